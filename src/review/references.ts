import type { Fact } from './fact.ts';

/**
 * Live facts in a postmortem's Markdown: `{{fact:impact.late}}` within a sentence, `{{list:timeline}}` on a line of its
 * own. They stay references until the text is frozen at its publication; what a name does not stand for is named, and
 * refused when the text is handed in.
 */

/** One reference of a text. Positions are UTF-16 code units. */
type Reference = {
  readonly kind: 'fact' | 'list';
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

const REFERENCE = /\{\{(fact|list):([a-z][a-z0-9_.]{0,99})\}\}/g;

/** In the order of their places. */
function referencesOf(markdown: string): readonly Reference[] {
  return Array.from(markdown.matchAll(REFERENCE), ({ 0: whole, 1: kind, 2: name = '', index }) => ({
    kind: kind === 'list' ? 'list' : 'fact',
    name,
    start: index,
    end: index + whole.length,
  }));
}

/** What references stand for: live, or as it was when the text was frozen. */
export type ReferenceValues = {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Markdown by the names of lists. */
  readonly lists: ReadonlyMap<string, string>;
};

/** The text with its references filled in, those of its lists too. @param write how a fact stands in it. */
export function fillReferences(
  markdown: string,
  values: ReferenceValues,
  write: (fact: Fact) => string,
): string {
  return withLists(markdown, values).replaceAll(REFERENCE, (_whole, _kind, name: string) => {
    const fact = values.facts.get(name);
    return fact === undefined ? `(not known yet: ${name})` : write(fact);
  });
}

/** A stretch of a text. UTF-16 code units. */
export type Stretch = { readonly start: number; readonly end: number };

/**
 * Where stretches of the filled text stand in the Markdown that it was made of, by the pieces between references; null
 * for what a reference says, wholly or in part.
 */
export function createPlaces(
  markdown: string,
  fill: (reference: string) => string,
): (shown: Stretch) => Stretch | null {
  const pieces: { readonly shownAt: number; readonly at: number; readonly length: number }[] = [];
  let [at, shownAt] = [0, 0];
  for (const { start, end } of [
    ...referencesOf(markdown),
    { start: markdown.length, end: markdown.length },
  ]) {
    pieces.push({ shownAt, at, length: start - at });
    shownAt += start - at + fill(markdown.slice(start, end)).length;
    at = end;
  }
  return ({ start, end }) => {
    const piece = pieces.find((each) => start >= each.shownAt && end <= each.shownAt + each.length);
    if (piece === undefined) return null;
    const shift = piece.at - piece.shownAt;
    return { start: start + shift, end: end + shift };
  };
}

/** References that stand for nothing now. */
export function unknownReferences(markdown: string, values: ReferenceValues): readonly string[] {
  const lists = referencesOf(markdown).filter(
    ({ kind, name }) => kind === 'list' && !values.lists.has(name),
  );
  const facts = referencesOf(withLists(markdown, values)).filter(
    ({ kind, name }) => kind === 'fact' && !values.facts.has(name),
  );
  return [...new Set([...lists, ...facts].map(({ kind, name }) => `${kind}:${name}`))];
}

/** Facts that a text names, also in its lists; each once, in the order in which they first come. */
export function factsUsed(markdown: string, values: ReferenceValues): readonly Fact[] {
  const names = new Set(
    referencesOf(withLists(markdown, values)).flatMap(({ kind, name }) =>
      kind === 'fact' ? [name] : [],
    ),
  );
  return [...names].flatMap((name) => values.facts.get(name) ?? []);
}

function withLists(markdown: string, { lists }: ReferenceValues): string {
  return markdown.replaceAll(REFERENCE, (whole, kind: string, name: string) =>
    kind === 'list' ? (lists.get(name) ?? `(no such list: ${name})`) : whole,
  );
}
