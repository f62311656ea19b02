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
