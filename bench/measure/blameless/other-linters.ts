import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { installFolder } from '../../install-folder.ts';

/** A linter for prose that people know, asked the only thing that all answer: whether it says something. */
export type OtherLinter = {
  readonly name: string;
  readonly isFlagged: (sentence: string) => boolean;
  /** How many remarks it makes on a Markdown document. */
  readonly countIn: (document: string) => number;
};

type Alex = Readonly<
  Record<'markdown' | 'text', (text: string) => { readonly messages: readonly unknown[] }>
>;

/** alex and write-good: 800 packages between them, which are installed at the first use. */
export async function loadOtherLinters(
  progress: (line: string) => void,
): Promise<readonly OtherLinter[]> {
  const folder = new URL('./others/', import.meta.url);
  installFolder(folder, 'alex and write-good', progress);
  const require = createRequire(new URL('package.json', folder));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as alex documents it
  const { markdown, text } = (await import(pathToFileURL(require.resolve('alex')).href)) as Alex;
  // It comes without types.
  const writeGood: (text: string) => readonly unknown[] = require('write-good');
  return [
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
}
