/** What bounds time and memory, whatever is given. Lengths are in UTF-16 code units. */

/** A longer text is read up to here; the rest is named as unread. */
export const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Markers of quotes and lists at the begin of a line, four columns of indentation before them counting as one. Parsers of Markdown take
 * quadratic time for nesting; a line that is deeper is named as unread.
 */
export const MOST_NESTING = 12;

/**
 * What a document's markup may weigh, in units of some 30 µs of the parser's time: 3 for a bracket or a marker of a quote
 * or list, 2 for a heading, 1 for a cell, a tag or a plain paragraph. 1 MB of prose weighs 5,000 to 50,000.
 */
export const MOST_MARKUP = 100_000;

/** Markdown is parsed in pieces of about this size, cut between paragraphs where there are any. */
export const PIECE_CHARACTERS = 1024;
export const LONGEST_PIECE_CHARACTERS = 16_384;

/**
 * Sentences are told apart within stretches of a paragraph of about this size, since doing so takes quadratic time and
 * most stretches need not be looked at.
 */
export const STRETCH_CHARACTERS = 200;
export const LONGEST_STRETCH_CHARACTERS = 1024;

/** Of one text; what follows is named as unread, so that a hostile one makes no report of gigabytes. */
export const MOST_FINDINGS = 10_000;
export const MOST_PHRASE_CHARACTERS = 160;
export const LONGEST_QUOTATION_CHARACTERS = 1000;
