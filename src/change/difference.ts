import { isDeepStrictEqual } from 'node:util';

/** A document of configuration, as fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a change did to one field; `path` is the field, or field and key of one that holds named values. */
export type FieldChange = {
  readonly path: readonly string[];
  /** undefined: it was not there. */
  readonly before: unknown;
  readonly after: unknown;
};

/** Written by every change, and no part of what was configured. */
const STAMPS = new Set(['id', 'createdAt', 'updatedAt', 'version']);

/**
 * The fields in which two documents differ. Where a field holds named values on both sides (metadata, a lane's
 * policy, schemas) each name counts for itself, so that two changes of different names do not touch each other.
 */
export function differences(before: Fields, after: Fields): readonly FieldChange[] {
  return namesOf(before, after)
    .filter((name) => !STAMPS.has(name))
    .flatMap((name) => {
      const [old, now] = [own(before, name), own(after, name)];
      if (isNamed(old) && isNamed(now)) {
        return namesOf(old, now)
          .map((key) => ({ path: [name, key], before: own(old, key), after: own(now, key) }))
          .filter(isDifferent);
      }
      return [{ path: [name], before: old, after: now }].filter(isDifferent);
    });
}

/** Of a document that is there on one side only: its fields, without those that say nothing. */
export function allFields(fields: Fields): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).filter(([name]) => !STAMPS.has(name));
}

export function valueAt(fields: Fields, [name = '', key]: readonly string[]): unknown {
  const value = own(fields, name);
  if (key === undefined) return value;
  return isNamed(value) ? own(value, key) : undefined;
}

/** The document with one value set; undefined takes it out. */
export function withValue(fields: Fields, path: readonly string[], value: unknown): Fields {
  const [name = '', key] = path;
  if (key === undefined) return set(fields, name, value);
  const named = own(fields, name);
  return set(fields, name, set(isNamed(named) ? named : {}, key, value));
}

function set(fields: Fields, name: string, value: unknown): Fields {
  const others = Object.entries(fields).filter(([known]) => known !== name);
  if (value === undefined) return Object.fromEntries(others);
  return Object.fromEntries(
    Object.hasOwn(fields, name)
      ? Object.entries(fields).map(([known, old]) => [known, known === name ? value : old])
      : [...others, [name, value]],
  );
}

/** Names come from users, and every object inherits a "constructor". */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isDifferent({ before, after }: FieldChange): boolean {
  return !isDeepStrictEqual(before, after);
}

function namesOf(one: Fields, other: Fields): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function isNamed(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
