import type { Fact } from './facts.ts';

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
