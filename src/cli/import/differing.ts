import { isDeepStrictEqual } from 'node:util';

/** The fields of `wanted` that `present` has otherwise; empty where there are none. */
export function differing<Item extends object>(
  wanted: Item,
  present: Readonly<Record<keyof Item, unknown>>,
): Partial<Item> {
  const fields: Partial<Item> = { ...wanted };
  for (const name in fields) {
    if (isDeepStrictEqual(fields[name], present[name])) delete fields[name];
  }
  return fields;
}

export function isEmpty(change: object): boolean {
  return Object.keys(change).length === 0;
}
