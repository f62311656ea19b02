/** An answer of the API, read where it is used: what is not there reads as undefined and fails the check that needs it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** What stands at the end of a path of names and places; undefined where the path leads nowhere. */
export function at(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let found = json;
  for (const step of path) {
    if (found === null || typeof found !== 'object') return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a list's places are names of an object too
    found = (found as Readonly<Record<string | number, Json | undefined>>)[step];
  }
  return found;
}

export function textAt(json: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(json, ...path);
  return typeof found === 'string' ? found : '';
}

/** NaN where there is none: no comparison with it holds. */
export function numberAt(json: Json | undefined, ...path: readonly (string | number)[]): number {
  const found = at(json, ...path);
  return typeof found === 'number' ? found : Number.NaN;
}

export function listAt(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const found = at(json, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** A moment in ms since 1970, written as a number or in ISO 8601; null where there is none. */
export function momentAt(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): number | null {
  const found = at(json, ...path);
  if (typeof found === 'number') return found;
  const parsed = typeof found === 'string' ? Date.parse(found) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}
