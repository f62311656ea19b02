import { createRequire } from 'node:module';
import { markdown, text } from 'alex';

/** A linter for prose that people know, asked the only thing that all answer: whether it says something. */
export type OtherLinter = {
  readonly name: string;
  readonly isFlagged: (sentence: string) => boolean;
  /** How many remarks it makes on a Markdown document. */
  readonly countIn: (document: string) => number;
};

// It comes without types.
const writeGood: (text: string) => readonly unknown[] = createRequire(import.meta.url)(
  'write-good',
);

export const otherLinters: readonly OtherLinter[] = [
  {
    name: 'alex',
    isFlagged: (sentence) => text(sentence).messages.length > 0,
    countIn: (document) => markdown(document).messages.length,
  },
  {
    name: 'write-good',
    isFlagged: (sentence) => writeGood(sentence).length > 0,
    countIn: (document) => writeGood(document).length,
  },
];
