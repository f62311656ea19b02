import { assertNever } from '../core/index.ts';
import type { Fact } from './fact.ts';
import {
  createPlaces,
  factsUsed,
  fillReferences,
  type ReferenceValues,
  type Stretch,
} from './references.ts';
import { escapedMarkdown } from './say.ts';

/** The text as people read it: each reference filled in, with no word of where it is known from. */
export function shownText(markdown: string, values: ReferenceValues): string {
  return fillReferences(markdown, values, writeFact);
}

/** Where stretches of the shown text stand in its Markdown; null for what the record says, wholly or in part. */
export function createShownPlaces(
  markdown: string,
  values: ReferenceValues,
): (shown: Stretch) => Stretch | null {
  return createPlaces(markdown, (reference) => shownText(reference, values));
}

/** As Markdown that stands alone: each fact with a note that says from where and of when it is. */
export function notedMarkdown(
  markdown: string,
  values: ReferenceValues,
  linkTo: (fact: Fact) => string,
): string {
  const used = factsUsed(markdown, values).filter(isNoted);
  const numbers = new Map(used.map(({ name }, nth) => [name, nth + 1]));
  const text = fillReferences(markdown, values, (fact) =>
    isNoted(fact) ? `${writeFact(fact)}[^${numbers.get(fact.name)}]` : writeFact(fact),
  );
  const notes = used.map(
    (fact, nth) =>
      `[^${nth + 1}]: \`${fact.name}\`, from ${sourceWords(fact)}, ${new Date(fact.at).toISOString()}; ${linkTo(fact)}.`,
  );
  return notes.length === 0 ? text : `${text.trimEnd()}\n\n${notes.join('\n')}\n`;
}

/** Words without a number need no note; digits within a name are none. */
function isNoted({ unit, text }: Fact): boolean {
  return unit !== 'text' || /(?<![\p{L}\p{N}_./:-])\d/u.test(text);
}

export function sourceWords({ source }: Pick<Fact, 'source'>): string {
  switch (source) {
    case 'ledger':
      return 'the ledger';
    case 'alert':
      return 'an alert';
    case 'change':
      return 'a change';
    case 'person':
      return 'a person';
    case 'verification':
      return 'a verification';
    default:
      return assertNever(source);
  }
}

function writeFact({ unit, text }: Fact): string {
  return unit === 'text' ? escapedMarkdown(text) : text;
}
