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
  /\b(?:root cause|(?:the|its|our) (?:real |actual |true )?(?:cause|reason|origin|culprit|explanation)(?: (?:was|is|turned|had|came|emerged|lay)\b|:)|cause(?:d by)?:|turn(?:s|ed) out|it transpired)(?!(?: was| is|:)? ?(?:still|not|unknown|open|unclear|hidden|there))/i;
const TOLD_BY_CLOCK = new RegExp(`\\b${CLOCK}\\b`);

/** A first act of fewer sentences is none. */
const SHORT = 2;

/**
 * Parted where a later day begins or the cause is told, whichever is first; never before the first time of day, nor in that
 * sentence. A story without either is one act, which is then both.
 */
export function actsOf({ sentences }: StoryText): Acts {
  const first = sentences.findIndex(({ text }) => TOLD_BY_CLOCK.test(text));
  const at = sentences.find(
    ({ text, nth }) => nth > Math.max(0, first) && (LATER_DAY.test(text) || CAUSE.test(text)),
  )?.nth;
  if (at === undefined) return { early: sentences, late: sentences };
  return { early: at < SHORT ? sentences : sentences.slice(0, at), late: sentences.slice(at) };
}
