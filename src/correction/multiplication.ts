import type { TextSpan } from '../core/index.ts';
import { holds, type Condition } from './condition.ts';
import {
  compareDecimals,
  formatDecimal,
  isInteger,
  multiply,
  parseDecimal,
  roundToInteger,
  type Decimal,
  type Rounding,
} from './decimal.ts';
import { boundTo, placesOf, type Path } from './path.ts';
import type { FieldChange, Operated, Refusal } from './result.ts';

/** A field × a factor. */
export type Multiplication = {
  readonly path: Path;
  readonly factor: Decimal;
  readonly round: Rounding | null;
};

/** Places that one correction changes in one payload, at most: as many are kept in its audit row. */
export const MOST_CHANGES = 1000;

/**
 * Multiplies what the path leads to and leaves every other byte as it is. A condition whose path runs through the
 * same array is asked of each element. One value that cannot be multiplied refuses the whole payload: half a
 * correction would be a new fault.
 *
 * @param accepted the payload before the first operation, of which the conditions are asked.
 */
export function applyMultiplication(
  json: string,
  { path, factor, round }: Multiplication,
  conditions: readonly Condition[],
  accepted: string,
): Operated {
  const changes: FieldChange[] = [];
  const edits: (TextSpan & { readonly text: string })[] = [];
  let isFound = false;
  let isAnyMeant = false;
  for (const { start, end, pointer, indices } of placesOf(json, path)) {
    isFound = true;
    const isMeant = conditions.every((condition) =>
      holds(accepted, { ...condition, path: boundTo(condition.path, path, indices) }),
    );
    if (!isMeant) continue;
    isAnyMeant = true;
    const before = json.slice(start, end);
    const after = product(before, factor, round);
    if (typeof after === 'object') return { ...after, path: pointer };
    if (after === before) continue;
    if (changes.length === MOST_CHANGES) {
      return { kind: 'refused', reason: 'too_many_changes', path: pointer };
    }
    edits.push({ start, end, text: after });
    changes.push({ path: pointer, before, after });
  }
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, text } of edits) {
    parts.push(json.slice(at, start), text);
    at = end;
  }
  return {
    kind: 'done',
    text: parts.join('') + json.slice(at),
    isFound,
    isMeant: isAnyMeant,
    changes,
  };
}

/** A text that holds a number, as amounts are often sent. */
const NUMBER_TEXT = /^"(-?(?:0|[1-9]\d*)(?:\.\d+)?)"$/;

/** The product as text, written as the value was: an integer stays one, a text stays a text with as many decimals. */
function product(before: string, factor: Decimal, round: Rounding | null): string | Refusal {
  const quoted = NUMBER_TEXT.exec(before)?.[1];
  const written = quoted ?? before;
  if (quoted === undefined && !/^[-\d]/.test(before)) {
    return { kind: 'refused', reason: 'not_a_number' };
  }
  const value = parseDecimal(written);
  if (value === null) return { kind: 'refused', reason: 'number_too_long' };
  let result = multiply(value, factor);
  if (compareDecimals(result, value) === 0) return before;
  if (/^-?\d+$/.test(written) && !isInteger(result) && round !== 'exact') {
    if (round === null) return { kind: 'refused', reason: 'needs_rounding' };
    result = roundToInteger(result, round);
  }
  const decimals = quoted?.split('.')[1]?.length ?? 0;
  const text = formatDecimal(result, decimals);
  if (parseDecimal(text) === null) return { kind: 'refused', reason: 'number_too_long' };
  return quoted === undefined ? text : `"${text}"`;
}
