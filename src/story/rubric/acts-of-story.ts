import type { StorySentence, StoryText } from '../text/story-text.ts';
import { CLOCK } from './words.ts';

/** The two acts of a story: until the impact is stopped, and from the search for the cause on. */
export type Acts = {
  readonly early: readonly StorySentence[];
  readonly late: readonly StorySentence[];
};

const N = '(?:an?|one|two|three|four|five|six|seven|ten|some|few|a few|\\d{1,2})';
const WEEKDAY = '(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun|Wed|Sat)(?:day)?';

/** A later day begins. */
const LATER_DAY = new RegExp(
  [
    `\\bT ?\\+ ?\\d{1,3} ?(?:d|days?|w|weeks?)\\b`,
    `\\b(?:the )?(?:next|following) (?:day|morning|week|afternoon)\\b|\\b(?:the )?(?:day|morning|week) after\\b`,
    `\\bday (?:[2-9]|two|three)\\b`,
    `\\b${N} (?:days?|weeks?|nights?) (?:later|after|on)\\b|\\bafter ${N} (?:days?|weeks?)\\b`,
    `^(?:(?:On|By|Come) )?(?:the )?${WEEKDAY}\\b`,
    `\\b(?:afterwards|later on|in the aftermath|with (?:that|the pressure) (?:off|out of the way))\\b`,
  ].join('|'),
  'i',
);
const CAUSE =
  /\b(?:root cause|the (?:cause|reason|origin|culprit|explanation) (?:was|is|turned|had|came|emerged|lay)|turn(?:s|ed) out|it transpired|cause(?:d by)?:|cause of it)\b/i;
const TOLD_BY_CLOCK = new RegExp(`\\b${CLOCK}\\b`);

/**
 * Parted where a later day begins or, where none is named, where the cause is told; never before the first time of day. A
 * story without either is one act, which is then both.
 */
export function actsOf({ sentences }: StoryText): Acts {
  const first = sentences.findIndex(({ text }) => TOLD_BY_CLOCK.test(text));
  const from = Math.max(1, first);
  const turn = (cue: RegExp): number =>
    sentences.findIndex(({ text, nth }) => nth >= from && cue.test(text));
  const at = [turn(LATER_DAY), turn(CAUSE)].find((one) => one > 0);
  if (at === undefined) return { early: sentences, late: sentences };
  return { early: sentences.slice(0, at), late: sentences.slice(at) };
}
