import type { SignalId } from '../rubric/signal.ts';

export const difficulties = ['easy', 'medium', 'hard'] as const;

export type Difficulty = (typeof difficulties)[number];

/** What a question is about: a signal, what disqualifies, or the forms and their times. */
export type QuizArea = SignalId | 'disqualifiers' | 'forms';

export type Question = {
  /** Never reused: results of earlier rounds refer to it. */
  readonly id: string;
  readonly difficulty: Difficulty;
  readonly area: QuizArea;
  readonly question: string;
  /** The right one first; they are shown in another order. */
  readonly choices: readonly [string, string, string, string];
  readonly because: string;
};

/** A line of the bank: area, question, the right choice and three others, the reasoning. */
export type BankLine = readonly [
  area: QuizArea,
  question: string,
  choices: readonly [string, string, string, string],
  because: string,
];
