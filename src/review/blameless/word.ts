/** A word, a mark or a piece of code in a sentence. */
export type Word = {
  /** As written. */
  readonly text: string;
  /** In lower case, with straight apostrophes: what patterns are held against. */
  readonly lower: string;
  readonly kind: 'word' | 'mark' | 'code';
  /** Where it stands in its block's text. */
  readonly from: number;
  readonly to: number;
  /** Whether it is somebody's words: within quotation marks, or the text of a link (a title). */
  readonly cited: 'quote' | 'link' | undefined;
};

export type Sentence = {
  readonly words: readonly Word[];
};

/** What stands for a code span in a block's text: the Unicode character for an object in a text. */
export const CODE = '￼';

/** In lower case, with straight apostrophes. */
export function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('’') ? lower.replaceAll('’', "'") : lower;
}
