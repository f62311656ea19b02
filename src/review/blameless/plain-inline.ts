/** A part of a line in which nothing is markup but code spans and links to one address. */
export type PlainPart =
  | { readonly kind: 'text' | 'code'; readonly from: number; readonly to: number }
  | { readonly kind: 'link'; readonly children: readonly PlainPart[] };

/** What is itself wherever it stands. Emphasis is not told apart, so its marks are. */
const TEXT = /[^`[\]<&\\|]+/y;
const CODE_SPAN = /`[^`]+`(?!`)/y;
const LINK_ADDRESS = /\]\([^\s()<>&\\`|[\]]*\)/y;

/**
 * Tells apart what a parser of Markdown would, where that is seen at a glance; undefined where it is not, or where it would be
 * something else. Takes linear time.
 */
export function plainInline(text: string): readonly PlainPart[] | undefined {
  const outer: PlainPart[] = [];
  let link: PlainPart[] | undefined;
  for (let at = 0; at < text.length;) {
    const into = link ?? outer;
    const from = at;
    const behind = (pattern: RegExp): boolean => {
      pattern.lastIndex = from;
      if (!pattern.test(text)) return false;
      at = pattern.lastIndex;
      return true;
    };
    if (behind(TEXT)) into.push({ kind: 'text', from, to: at });
    else if (behind(CODE_SPAN)) into.push({ kind: 'code', from, to: at });
    else if (link === undefined && text[from] === '[' && text[from - 1] !== '!') {
      link = [];
      at = from + 1;
    } else if (link !== undefined && behind(LINK_ADDRESS)) {
      outer.push({ kind: 'link', children: link });
      link = undefined;
    } else return undefined;
  }
  return link === undefined ? outer : undefined;
}
