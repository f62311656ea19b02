import type { Company } from '../lenses/companies.ts';
import type { Level } from '../lenses/levels.ts';
import { checkPace, sectionSeconds, type PaceCheck } from '../narrative/pace.ts';
import type { PromptId } from '../prompts/prompts.ts';
import { scoreStory, type StoryScore } from '../rubric/score.ts';
import { signalIds, type SignalId } from '../rubric/signal.ts';
import type { Grade } from '../rubric/grade.ts';
import { followUpsFor } from './follow-ups.ts';

export const sections = ['situation', 'task', 'action', 'result', 'reflection'] as const;

export type PracticeSection = (typeof sections)[number];

/** What was told in one section, and how long it took. */
export type ToldSection = {
  readonly section: PracticeSection;
  readonly text: string;
  /** Null where nobody took the time. */
  readonly seconds: number | null;
};

/** A try as it is kept: no text, only what it was worth. */
export type Try = {
  /** ISO 8601. */
  readonly at: string;
  readonly prompt: PromptId;
  readonly level: Level;
  readonly company: Company | null;
  readonly grade: Grade;
  readonly score: number;
  readonly words: number;
  readonly signals: Readonly<Partial<Record<SignalId, number>>>;
};

/** A section held against its clock. */
export type SectionClock = {
  readonly section: PracticeSection;
  readonly seconds: number | null;
  readonly target: number;
};

export type Comparison = {
  /** When the try was that this one is compared with: the last of the same prompt, else the last of all. */
  readonly with: string;
  readonly isSamePrompt: boolean;
  readonly grade: Grade;
  readonly scoreChange: number;
  /** Signals that moved by a tenth or more. */
  readonly better: readonly SignalId[];
  readonly worse: readonly SignalId[];
};

export type PracticeReport = {
  readonly prompt: PromptId;
  readonly score: StoryScore;
  readonly pace: readonly PaceCheck[];
  readonly clock: readonly SectionClock[];
  /** Aimed at the weakest signal. */
  readonly followUps: readonly [string, string];
  readonly aimedAt: SignalId;
  readonly comparison: Comparison | null;
  readonly attempt: Try;
};

export type PracticeInput = {
  readonly prompt: PromptId;
  readonly level: Level;
  readonly company: Company | undefined;
  readonly told: readonly ToldSection[];
  /** The oldest first. */
  readonly earlier: readonly Try[];
  /** ISO 8601. */
  readonly at: string;
};

const MOVED = 0.1;

/** Scores what was told, holds it against the clock and an earlier try, and asks two questions. Pure. */
export function judgePractice({
  prompt,
  level,
  company,
  told,
  earlier,
  at,
}: PracticeInput): PracticeReport {
  const text = told.map((one) => `## ${title(one.section)}\n\n${one.text.trim()}`).join('\n\n');
  const score = scoreStory(text, { level, ...(company === undefined ? {} : { company }) });
  const attempt: Try = {
    at,
    prompt,
    level,
    company: company ?? null,
    grade: score.grade,
    score: score.score,
    words: score.words,
    signals: Object.fromEntries(score.signals.map((one) => [one.signal, one.score])),
  };
  const aimedAt = score.weakest ?? 'reflection';
  const nth = earlier.filter((one) => one.prompt === prompt).length;
  return {
    prompt,
    score,
    pace: checkPace(text, 'star', level),
    clock: told.map(({ section, seconds }) => ({
      section,
      seconds,
      target: sectionSeconds[section],
    })),
    followUps: followUpsFor(aimedAt, nth),
    aimedAt,
    comparison: compare(attempt, earlier),
    attempt,
  };
}

function compare(now: Try, earlier: readonly Try[]): Comparison | null {
  const same = earlier.findLast((one) => one.prompt === now.prompt);
  const before = same ?? earlier.at(-1);
  if (before === undefined) return null;
  const moved = (signal: SignalId): number =>
    (now.signals[signal] ?? 0) - (before.signals[signal] ?? 0);
  return {
    with: before.at,
    isSamePrompt: same !== undefined,
    grade: before.grade,
    scoreChange: Math.round((now.score - before.score) * 100) / 100,
    better: signalIds.filter((signal) => moved(signal) >= MOVED),
    worse: signalIds.filter((signal) => moved(signal) <= -MOVED),
  };
}

function title(section: string): string {
  return section.charAt(0).toUpperCase() + section.slice(1);
}
