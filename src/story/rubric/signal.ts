import type { Finding } from '../../review/index.ts';
import type { StorySentence, StoryText, Stretch } from '../text/story-text.ts';

/** What a reviewer looks for in the story of an incident, in the order of the list. */
export const signalTitles = {
  timeline: 'four time markers, T+0 and mitigation among them, and one of a day or more',
  'three-words': 'mitigation, fix and prevention in different words',
  reversible: 'the cheapest reversible action first, the principle, and both costs',
  blameless: 'causes in the system, not in people',
  prevention: 'prevention as a named guardrail with a date',
  reflection: "reflection on one's own judgement, and what is now habit",
  ownership: 'noticed and begun unasked, with the scope said',
  voice: "I for one's own acts, we for the team's, others by role",
  result: 'a metric before and after, its value, and who took it over',
  'follow-through': 'reproduced, tested, deployed with care, watched for days',
} as const;

export type SignalId = keyof typeof signalTitles;

export const signalIds = Object.keys(signalTitles).filter(isSignal);

export function isSignal(name: string): name is SignalId {
  return Object.hasOwn(signalTitles, name);
}

/** From this score on a signal counts as earned. */
export const EARNED = 0.6;

/** How a sentence bears on a score: it earned it, it lost it, or it is where the edit belongs. */
export type SentenceRole = 'earned' | 'lost' | 'extend';

export type CitedSentence = Stretch & { readonly text: string; readonly role: SentenceRole };

/** A part of a signal, found or missing. */
export type ElementScore = {
  readonly name: string;
  /** Of the signal's score; the weights of a signal's elements make 1. */
  readonly weight: number;
  /** From 0 to 1. */
  readonly share: number;
  /** The sentence that says it. */
  readonly sentence: CitedSentence | null;
  /** What to write where it is missing. */
  readonly edit: string;
};

export type SignalScore = {
  readonly signal: SignalId;
  /** 1 to 10: the place in the list. */
  readonly nth: number;
  readonly title: string;
  /** From 0 to 1, in steps of 0.01. */
  readonly score: number;
  readonly isEarned: boolean;
  /** What earned or lost it, or where the edit belongs; null in a text without sentences. */
  readonly sentence: CitedSentence | null;
  readonly reason: string;
  /** The next edit, concrete; empty where nothing is missing. */
  readonly edit: string;
  readonly elements: readonly ElementScore[];
};

/** What signals judge by. */
export type Evidence = {
  readonly story: StoryText;
  /** Of the library for blameless language, over the same text. */
  readonly findings: readonly Finding[];
};

export type Signal = {
  readonly id: SignalId;
  judge(evidence: Evidence): Judged;
};

export type Judged = Pick<SignalScore, 'score' | 'sentence' | 'reason' | 'edit' | 'elements'>;

export function cite({ from, to, text }: StorySentence, role: SentenceRole): CitedSentence {
  return { from, to, text, role };
}
