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
  const { resolve } = createRequire(new URL('package.json', folder));
  // They come without types.
  const load = async (name: string): Promise<unknown> =>
    (await import(pathToFileURL(resolve(name)).href)) as unknown;
  const { markdown, text } = (await load('alex')) as Alex;
  const { default: writeGood } = (await load('write-good')) as {
    readonly default: (text: string) => readonly unknown[];
  };
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
