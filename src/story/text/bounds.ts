/** What bounds time and memory, whatever is given. Lengths are in UTF-16 code units. */

/** Some 5,000 words, half an hour spoken; a longer text is read up to here and the report says so. */
export const MOST_STORY_CHARACTERS = 32_768;

/** A longer sentence is cut here, and goes on as another. */
export const LONGEST_SENTENCE_CHARACTERS = 1000;
