/** More than any schema here allows, so that what is too long stays too long. */
const MOST = 1001;
const DEEPEST = 16;

/**
 * A value cut short, for finding out what is wrong with it: TypeBox looks for all errors at once, and its search for
 * doubles takes the square of a list's length. 150,000 items took one request minutes, and everybody else with it.
 */
export function shortened(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return value.slice(0, MOST).map((item) => shortened(item, depth + 1));
  const members = Object.entries(value).slice(0, MOST);
  return Object.fromEntries(members.map(([name, member]) => [name, shortened(member, depth + 1)]));
}
