const MONTHS =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';
const NUMBER = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|ten|fourteen|thirty)';

/** A date, or a time by which something is there. */
export const DATE = new RegExp(
  [
    `\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTHS}\\b`,
    `\\b${MONTHS} (?:the )?\\d{1,2}(?:st|nd|rd|th)?\\b`,
    `\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b`,
    `\\b(?:since|from|in) (?:the )?(?:last |this |early |mid-|late |middle of |end of |start of )?(?:spring|summer|autumn|winter|Easter|Christmas|${MONTHS})\\b`,
    `\\b(?:in|by|since|until) ${MONTHS}\\b`,
    `\\b\\d{4}-\\d{2}-\\d{2}\\b`,
    `\\bT ?\\+ ?\\d{1,3} ?(?:d|days?|w|weeks?)\\b`,
    `\\bwithin (?:the )?${NUMBER} (?:days?|weeks?|months?|sprints?)\\b`,
    `\\b${NUMBER} (?:days?|weeks?) later\\b`,
    `\\b(?:by|on|until|next) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\\b`,
    `\\bby (?:the )?(?:end of (?:the |that )?(?:week|month|quarter|sprint)|next (?:week|month|sprint|quarter))\\b`,
    `\\b(?:the )?(?:same|next|following) (?:day|week|sprint)\\b`,
    `\\bQ[1-4]\\b`,
  ].join('|'),
  'i',
);

/** Since when something is there: a day of the calendar, with a word that says that it began then. */
export const SINCE_DATE = new RegExp(
  `\\b(?:since|from|as of|effective|with effect from|starting|merged|live|in force|in place|active|introduced|on|in|went (?:in|live)(?: on)?|by) (?:since |from |on |as of |the )*(?:${DATE.source})`,
  'i',
);
