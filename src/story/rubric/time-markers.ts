import type { StorySentence, StoryText } from '../text/story-text.ts';

/** A moment that a story names, so that others can be told before and after it. */
export type TimeMarker = {
  readonly sentence: StorySentence;
  /** As written. */
  readonly text: string;
  readonly kind: 'begin' | 'moment' | 'days';
};

const NUMBER =
  '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|ninety)';
const DAYS = '(?:days?|weeks?|months?|nights?|mornings?)';

const kinds: readonly (readonly [TimeMarker['kind'], RegExp])[] = [
  ['begin', /\bT ?\+ ?0\b(?![.,]?\d)|\bT plus zero\b|\bat T-?zero\b/gi],
  [
    'days',
    new RegExp(
      [
        `\\bT ?\\+ ?\\d{1,3} ?(?:d|days?|w|weeks?)\\b`,
        `\\b(?:the )?(?:next|following) (?:day|morning|week)\\b|\\bthe (?:day|morning|week) after\\b`,
        `\\bon (?:the )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\\b|\\bday (?:[2-9]|\\d\\d|two|three|four|five|seven|ten)\\b`,
        `\\b(?:on|until|by) day (?:\\d{1,2}|two|three|five|seven|nine|ten|thirty)\\b`,
        `\\b${NUMBER} ${DAYS} (?:later|after|on)\\b`,
        `\\b(?:for|after|within|in) (?:the (?:next|first|following) )?${NUMBER} (?:more )?${DAYS}\\b`,
        `\\bin the (?:\\d{1,2}|thirty) days\\b`,
      ].join('|'),
      'gi',
    ),
  ],
  [
    'moment',
    new RegExp(
      [
        `\\bT ?\\+ ?(?!0\\b)\\d{1,4}(?: ?(?:s|min|minutes?|h|hours?))?\\b(?! ?(?:d|days?|w|weeks?)\\b)`,
        `\\b(?:[01]?\\d|2[0-3]):[0-5]\\d\\b`,
        `\\bT(?: ?-?plus| minus) (?!zero)(?:\\d+|[a-z]+)(?: minutes?| hours?)?`,
        `\\b(?:five|ten|(?:a )?quarter|twenty|half) (?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\\b`,
        `\\b(?:1[0-2]|[1-9])(?:[:.][0-5]\\d)? ?(?:am|pm|a\\.m|p\\.m|o'clock)\\b`,
        `\\b${NUMBER} (?:seconds|minutes?|hours?) (?:later|after|in)\\b`,
        `\\b(?:after|within) (?:just |only |about )?${NUMBER} (?:seconds|minutes?|hours?)\\b`,
      ].join('|'),
      'gi',
    ),
  ],
];

/** In the order of the text; one for each spelling of a moment. */
export function timeMarkers({ sentences }: StoryText): readonly TimeMarker[] {
  const seen = new Set<string>();
  return sentences.flatMap((sentence) =>
    kinds.flatMap(([kind, pattern]) =>
      [...sentence.text.matchAll(pattern)].flatMap(({ 0: text }): TimeMarker[] => {
        const key = text.toLowerCase().replace(/\s/g, '');
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ sentence, text, kind }];
      }),
    ),
  );
}
