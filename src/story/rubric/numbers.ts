import type { StoryText } from '../text/story-text.ts';

/** Quantities: digits or words with a unit; times of day, T+… and dates are none. */
const QUANTITY =
  /(?:[$€£]\s?\d|\d(?:[\d.,]*\d)?\s?(?:%|percent|ms\b|s\b|seconds?|minutes?|hours?|GB|MB|kB|times|x\b|€|dollars?|euros?|points?)|\b\d[\d,.]*\d\b|\b\d+ (?!d\b|days?\b|min\b|h\b|January|February|March|April|May|June|July|August|September|October|November|December)[a-z]+|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred|thousand|million|half|third|quarter|twice|doubled|halved)\b)/i;
const MOMENTS =
  /\bT ?\+ ?\d+(?: ?(?:d|days?|w|weeks?|min|minutes?|h|hours?|s))?\b|\b\d{1,2}:\d{2}\b/gi;

/** Whether a count, share, duration or amount is said. */
export function hasNumbers({ sentences }: StoryText): boolean {
  return sentences.filter(({ text }) => QUANTITY.test(text.replaceAll(MOMENTS, ' '))).length > 0;
}
