import { assertNever, elementsAt, membersAt, type TextSpan } from '../core/index.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { placesOf, type Path } from './path.ts';

export const comparisons = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'exists'] as const;
export type Comparison = (typeof comparisons)[number];

/** What a payload must say at a path. `values` are JSON texts; `exists` compares with true or false. */
export type Condition = {
  readonly path: Path;
  readonly comparison: Comparison;
  readonly values: readonly string[];
};

/**
 * Whether it holds of the values its path leads to: of any of them, `ne` of all. Where there is no value only
 * `exists: false` holds. Numbers are compared exactly, texts by their code units; a number is neither less nor more
 * than a text.
 */
export function holds(json: string, { path, comparison, values }: Condition): boolean {
  const found = Array.from(placesOf(json, path), ({ start, end }) => json.slice(start, end));
  const [first = 'null'] = values;
  const isAny = (accepts: (order: number) => boolean): boolean =>
    found.some((value) => {
      const order = orderOf(value, first);
      return order !== null && accepts(order);
    });
  switch (comparison) {
    case 'exists':
      return found.length > 0 === (first === 'true');
    case 'eq':
    case 'in':
      return found.some((value) => values.some((wanted) => isSameJson(value, wanted)));
    case 'ne':
      return found.length > 0 && !found.some((value) => isSameJson(value, first));
    case 'lt':
      return isAny((order) => order < 0);
    case 'lte':
      return isAny((order) => order <= 0);
    case 'gt':
      return isAny((order) => order > 0);
    case 'gte':
      return isAny((order) => order >= 0);
    default:
      return assertNever(comparison);
  }
}

/** Null where the two cannot be put in an order. */
function orderOf(left: string, right: string): number | null {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (a !== null && b !== null) return compareDecimals(a, b);
  if (!left.startsWith('"') || !right.startsWith('"')) return null;
  const x = String(JSON.parse(left));
  const y = String(JSON.parse(right));
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What is nested more deeply is called different: nobody compares by such a value. */
const DEEPEST = 64;

/** Whether two JSON texts say the same, as RFC 6902 section 4.6 has it: numbers by value, members in any order. */
export function isSameJson(left: string, right: string, depth = 0): boolean {
  if (left === right) return true;
  const kind = left[0];
  if (depth > DEEPEST) return false;
  if (kind === '"') return right.startsWith('"') && JSON.parse(left) === JSON.parse(right);
  const cut =
    (json: string) =>
    ({ start, end }: TextSpan): string =>
      json.slice(start, end);
  if (kind === '[' && right.startsWith('[')) {
    const a = Array.from(elementsAt(left, 0), cut(left));
    const b = Array.from(elementsAt(right, 0), cut(right));
    return a.length === b.length && a.every((each, at) => isSameJson(each, b[at] ?? '', depth + 1));
  }
  if (kind === '{' && right.startsWith('{')) {
    const membersOf = (json: string): ReadonlyMap<string, string> =>
      new Map(Array.from(membersAt(json, 0), (each) => [each.name, cut(json)(each)]));
    const a = membersOf(left);
    const b = membersOf(right);
    return (
      a.size === b.size &&
      [...a].every(([name, value]) => {
        const other = b.get(name);
        return other !== undefined && isSameJson(value, other, depth + 1);
      })
    );
  }
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  return a !== null && b !== null && compareDecimals(a, b) === 0;
}
