import { wordSet } from './lexicon/word-set.ts';
import type { Word } from './word.ts';

const monthsAndDays = wordSet(`
  january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday noon midnight
`);

/** Numbers in words, but for "one", which is an article as often. */
const numberWords = wordSet(`
  two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety hundred
  thousand million zero half quarter nightly daily hourly weekly
`);

/** What makes an end that a program can tell. */
const guardrails = wordSet(`
  refuse refuses refused reject rejects rejected block blocks blocked alert alerts alerted ci drill drills canary gate
  gates gated test tests tested automatic automatically automate automates automated detector detectors verify verified
  verifies linter lint enforce enforces enforced constraint schema limit limits check checks guard guards pipeline
`);

export function isNumber({ lower, kind }: Word): boolean {
  return kind === 'word' && (/^\d/.test(lower) || numberWords.has(lower));
}

/** Whether words hold a number, a time or a date. */
export function hasMeasure(words: readonly Word[]): boolean {
  return words.some((word) => isNumber(word) || monthsAndDays.has(word.lower));
}

/** Whether words name something that acts without anybody remembering it. */
export function hasGuardrail(words: readonly Word[]): boolean {
  return words.some(({ lower, kind }) => kind === 'word' && guardrails.has(lower));
}
