import { fault } from '../core/index.ts';

/** A list in a query: repeated (`?a=x&a=y`), or one text with commas. Undefined where nothing is asked. */
export function filterTexts(
  given: string | readonly string[] | undefined,
): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const texts = (typeof given === 'string' ? [given] : given)
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
  return texts.length === 0 ? undefined : texts;
}

/** The same where every one is among those that there are. Throws `validation`, naming the first that is not. */
export function filterAmong<Text extends string>(
  given: string | readonly string[] | undefined,
  known: readonly Text[],
  field: string,
): readonly Text[] | undefined {
  return filterTexts(given)?.map((text) => {
    const found = known.find((each) => each === text);
    if (found !== undefined) return found;
    throw fault('validation', {
      field,
      detail: `The query parameter "${field}" takes ${known.join(', ')}; several with commas between.`,
    });
  });
}
