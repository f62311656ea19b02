import { fault } from '../core/index.ts';

/**
 * Ids as they are read aloud and typed at night. An id is a prefix, nine digits of its own and six that mark the
 * ledger and are the same in all; of the nine the last ones differ the most.
 */
const OWN_DIGITS = 9;
const MARK_DIGITS = 6;
const SHORTEST = 4;

/** The last digits of its own, four at least and as many as tell it from the others. */
export function shortId(id: string, others: readonly string[]): string {
  const own = ownDigits(id);
  const rest = others.filter((other) => other !== id).map(ownDigits);
  for (let length = SHORTEST; length < own.length; length += 1) {
    const short = own.slice(-length);
    if (!rest.some((other) => other.endsWith(short))) return short;
  }
  return own;
}

export function isWholeId(prefix: string, text: string): boolean {
  return new RegExp(`^${prefix}[0-9A-Za-z]{${OWN_DIGITS + MARK_DIGITS}}$`).test(text);
}

/**
 * The one id that a text means: its number in the list (from 1) where the list is numbered, or its beginning or its
 * end, with or without prefix and mark. Throws `not_found`, and `validation` naming those that it could be.
 */
export function matchId(
  ids: readonly string[],
  text: string,
  { what, isNumbered }: { readonly what: string; readonly isNumbered: boolean },
): string {
  const nth = isNumbered && /^\d{1,3}$/.test(text) ? ids[Number(text) - 1] : undefined;
  if (nth !== undefined) return nth;
  const found = ids.filter((id) => {
    const own = ownDigits(id);
    return (
      text !== '' &&
      (own.endsWith(text) || own.startsWith(text) || id.startsWith(text) || id.endsWith(text))
    );
  });
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first === undefined) {
    throw fault('not_found', { field: what, detail: `No ${what} goes by "${text}".` });
  }
  const some = found.slice(0, 5).map((id) => shortId(id, ids));
  throw fault('validation', {
    field: what,
    detail: `"${text}" could be ${found.length} of them: ${some.join(', ')}${found.length > 5 ? ', ...' : ''}.`,
  });
}

function ownDigits(id: string): string {
  return id.slice(id.indexOf('_') + 1, -MARK_DIGITS);
}
