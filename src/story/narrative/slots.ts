import type { SignalId } from '../rubric/signal.ts';
import type { StoryPart } from '../text/parts.ts';

/**
 * A sentence of a narrative as data: the first template whose facts are all known is said. In braces stand names of facts;
 * `{T:kind}` is the time of a moment, as T+….
 */
export type Slot = {
  readonly part: StoryPart;
  readonly say: readonly string[];
  /** What to ask where no template can be said; left out where it may be missing. */
  readonly ask?: string;
  readonly signal: SignalId;
};

export const starSlots: readonly Slot[] = [
  {
    part: 'situation',
    say: [
      'At T+0, {began.clock}, {service} began to fail: {impact.failed} and {impact.late}, of {impact.deliveries}.',
      'At T+0, {began.clock}, {service} began to fail: {impact.failed}, of {impact.deliveries}.',
      'At T+0, {began.clock}, {service} began to fail: {impact.share} of all, {impact.failed} in the end.',
      'At T+0, {began.clock}, {service} began to fail: {impact.failed} in the end.',
      'At T+0, {began.clock}, this began: {headline}.',
      'At T+0, {began.clock}, {service} began to fail.',
    ],
    ask: 'What failed, for how many, and since when?',
    signal: 'timeline',
  },
  {
    part: 'situation',
    say: [
      'It concerned {impact.people} and {impact.money}.',
      'It concerned {impact.people}.',
      'At stake: {impact.money}.',
    ],
    signal: 'result',
  },
  { part: 'situation', say: ['I {noticed}.'], ask: 'How did you notice it?', signal: 'ownership' },
  {
    part: 'task',
    say: [
      '{scope}; {unasked}, so I opened the incident and led it.',
      '{unasked}, so I opened the incident and led it.',
    ],
    ask: 'Whose service was it, who had asked you, and what did you take on?',
    signal: 'ownership',
  },
  {
    part: 'action',
    say: ['{detected.by} found it at {T:detected}.', 'It was detected at {T:detected}.'],
    signal: 'timeline',
  },
  {
    part: 'action',
    say: ['I could {mitigation.options}.'],
    ask: 'Which choices did you have?',
    signal: 'reversible',
  },
  {
    part: 'action',
    say: [
      'Acting cost {mitigation.cost}; waiting cost {waiting.cost}.',
      'Waiting cost {waiting.cost}.',
    ],
    ask: 'What did acting cost, and what waiting?',
    signal: 'reversible',
  },
  {
    part: 'action',
    say: [
      'At {T:mitigated} I {mitigation}, the cheapest action that could be undone: {mitigation.undo}.',
      'At {T:mitigated} I {mitigation}, the cheapest action that could be undone.',
    ],
    ask: 'What stopped the impact, when, and how could it have been undone?',
    signal: 'reversible',
  },
  {
    part: 'action',
    say: ['That was the mitigation; the cause was still there.'],
    signal: 'three-words',
  },
  { part: 'action', say: ['The impact was over at {T:stopped}.'], signal: 'timeline' },
  {
    part: 'action',
    say: [
      'At {T:suspected} the suspicion was this: {suspected.said}. At {T:refuted} it was refuted: {refuted.said}.',
      'I suspected {suspected}, until {refuted} at {T:refuted}.',
      'I suspected {suspected}, until {refuted}.',
    ],
    signal: 'timeline',
  },
  {
    part: 'action',
    say: ['The cause: {cause}.'],
    ask: 'Which conditions in the system came together?',
    signal: 'blameless',
  },
  {
    part: 'action',
    say: ['I {reproduced}.'],
    ask: 'How did you reproduce it before you changed anything?',
    signal: 'follow-through',
  },
  {
    part: 'action',
    say: [
      'At {T:fixed} I brought the fix: I {fix}.',
      'For the fix I {fix}.',
      'The fix was in force at {T:fixed}: {fix.said}.',
    ],
    ask: 'What removed the cause, and when?',
    signal: 'three-words',
  },
  {
    part: 'action',
    say: [
      'It came with {fix.tests} and went out {fix.deployed}.',
      'It came with {fix.tests}.',
      'It went out {fix.deployed}.',
    ],
    ask: 'Which tests came with the fix, and how was it deployed?',
    signal: 'follow-through',
  },
  {
    part: 'action',
    say: ['I watched {watched}.'],
    ask: 'Which figure did you watch, for how many days?',
    signal: 'follow-through',
  },
  {
    part: 'action',
    say: [
      'For prevention, {prevention}, since {prevention.at}.',
      'The prevention, verified on {prevention.verified}: {prevention.said}.',
      'The prevention: {prevention.said}.',
      'For prevention, {prevention}.',
    ],
    ask: 'Which guardrail keeps this kind of cause away, since when?',
    signal: 'prevention',
  },
  {
    part: 'result',
    say: ['It went from {result.before} to {result.after}.', '{result.said}.'],
    ask: 'The metric: before, and after?',
    signal: 'result',
  },
  {
    part: 'result',
    say: ['That is worth {result.value}.'],
    ask: 'What is that worth?',
    signal: 'result',
  },
  { part: 'result', say: ['{result.adopted}.'], ask: 'Who took it over?', signal: 'result' },
  {
    part: 'reflection',
    say: ['{reflection}.'],
    ask: 'What would you do sooner or otherwise?',
    signal: 'reflection',
  },
  {
    part: 'reflection',
    say: ['{habit}.'],
    ask: 'What do you do since, every time?',
    signal: 'reflection',
  },
];

export const circlesSlots: readonly Slot[] = [
  {
    part: 'context',
    say: [
      '{service} serves more than one team: {scope}.',
      '{headline}.',
      '{service} is what failed.',
    ],
    ask: 'What was it, and for whom?',
    signal: 'ownership',
  },
  {
    part: 'impact',
    say: [
      'From {began.clock}, T+0: {impact.failed} and {impact.late}, of {impact.deliveries}, and {impact.money}.',
      'From {began.clock}, T+0: {impact.failed} and {impact.late}, of {impact.deliveries}.',
      'From {began.clock}, T+0: {impact.failed}, of {impact.deliveries}.',
      'From {began.clock}, T+0, {impact.share} failed, {impact.failed} in all, and {impact.money} with it.',
      'From {began.clock}, T+0, {impact.failed} failed, and {impact.money} with it.',
      'From {began.clock}, T+0, {impact.failed} failed.',
    ],
    ask: 'How many, since when, worth how much?',
    signal: 'result',
  },
  {
    part: 'root-cause',
    say: ['The contributing factors: {cause}.'],
    ask: 'Which conditions came together?',
    signal: 'blameless',
  },
  {
    part: 'corrective-action',
    say: ['At {T:mitigated} I {mitigation}, which could be undone; that was the mitigation.'],
    ask: 'What stopped the impact, and when?',
    signal: 'reversible',
  },
  {
    part: 'corrective-action',
    say: [
      'The fix came at {T:fixed}: I {fix}.',
      'The fix: I {fix}.',
      'The fix was in force at {T:fixed}: {fix.said}.',
    ],
    ask: 'What removed the cause?',
    signal: 'three-words',
  },
  {
    part: 'corrective-action',
    say: [
      'For prevention, {prevention}, since {prevention.at}.',
      'The prevention, verified on {prevention.verified}: {prevention.said}.',
      'The prevention: {prevention.said}.',
      'For prevention, {prevention}.',
    ],
    ask: 'Which guardrail, since when?',
    signal: 'prevention',
  },
  {
    part: 'lessons',
    say: ['{reflection}.'],
    ask: 'What would you do sooner or otherwise?',
    signal: 'reflection',
  },
  { part: 'lessons', say: ['{habit}.'], signal: 'reflection' },
  {
    part: 'summary',
    say: [
      'It went from {result.before} to {result.after}; {result.adopted}.',
      'It went from {result.before} to {result.after}.',
      '{result.said}.',
    ],
    ask: 'Before, after, and what followed?',
    signal: 'result',
  },
];
