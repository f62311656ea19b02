import { isDeepStrictEqual } from 'node:util';

/** The fields of `wanted` that `present` has otherwise; empty where there are none. Fields that are lists mean sets. */
export function differing<Item extends object>(
  wanted: Item,
  present: Readonly<Record<keyof Item, unknown>>,
): Partial<Item> {
  const fields: Partial<Item> = { ...wanted };
  for (const name in fields) {
    if (isDeepStrictEqual(ordered(fields[name]), ordered(present[name]))) delete fields[name];
  }
  return fields;
}

export function isEmpty(change: object): boolean {
  return Object.keys(change).length === 0;
}

function ordered(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).toSorted() : value;
}
