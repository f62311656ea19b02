import type { AnswerOf, Operations } from '../api/index.ts';

export type StoryScore = Omit<AnswerOf<'v1.story.score'>, 'pace' | 'prompts'>;
export type SignalScore = StoryScore['signals'][number];
export type Sentence = NonNullable<SignalScore['sentence']>;
export type Pace = AnswerOf<'v1.story.score'>['pace'];
export type PromptFit = AnswerOf<'v1.story.score'>['prompts'][number];
export type Draft = AnswerOf<'v1.story.draft'>;
export type Guide = AnswerOf<'v1.story.list-prompts'>;
export type Form = Draft['form'];
type ScoreIn = Operations['v1.story.score']['body'];
export type Level = NonNullable<ScoreIn['level']>;
export type Company = NonNullable<ScoreIn['company']>;
export type Grade = StoryScore['grade'];
export type SignalId = SignalScore['signal'];

export const forms: readonly { readonly value: Form; readonly label: string }[] = [
  { value: 'star', label: 'STAR' },
  { value: 'circles', label: 'CIRCLES' },
  { value: 'timeline', label: 'Timeline' },
];

/** Headings by which a form names its parts. */
export const headingsOf: Readonly<Record<Form, readonly string[]>> = {
  star: ['Situation', 'Task', 'Action', 'Result', 'Reflection'],
  circles: ['Context', 'Impact', 'Root cause', 'Corrective action', 'Lessons', 'Summary'],
  timeline: ['T+0', 'T+5', 'T+9', 'T+1 d'],
};

export function isForm(text: string): text is Form {
  return Object.hasOwn(headingsOf, text);
}

const levelsKnown: Readonly<Record<Level, true>> = {
  junior: true,
  mid: true,
  senior: true,
  staff: true,
};
const companiesKnown: Readonly<Record<Company, true>> = {
  amazon: true,
  google: true,
  meta: true,
  microsoft: true,
};

export function levelIn(text: string): Level {
  return isLevel(text) ? text : 'mid';
}

function isLevel(text: string): text is Level {
  return Object.hasOwn(levelsKnown, text);
}

/** undefined: none. */
export function companyIn(text: string): Company | undefined {
  return isCompany(text) ? text : undefined;
}

function isCompany(text: string): text is Company {
  return Object.hasOwn(companiesKnown, text);
}

/** By which words a signal goes in a list. */
export const signalWords: Readonly<Record<SignalId, string>> = {
  timeline: 'Timeline',
  'three-words': 'Three words',
  reversible: 'Reversible first',
  blameless: 'Blameless',
  prevention: 'Prevention',
  reflection: 'Reflection',
  ownership: 'Ownership',
  voice: 'Voice',
  result: 'Result',
  'follow-through': 'Follow-through',
};

/** Tone of a grade: never told by its colour alone, since the grade stands there. */
export function gradeTone(grade: Grade): 'good' | 'warn' | 'bad' {
  if (grade === 'A' || grade === 'B') return 'good';
  return grade === 'B−' ? 'warn' : 'bad';
}
