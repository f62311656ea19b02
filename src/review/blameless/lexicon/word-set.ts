/** A set of words written as text, parted by blanks and line breaks. */
export function wordSet(...texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== '')));
}
