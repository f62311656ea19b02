import { fault, type HoldfastError } from '../../core/index.ts';

/** Fields of what a server answered, each read once from `unknown`. Throws `source_invalid` naming the field. */
export type Fields = Readonly<Record<string, unknown>>;

/** What stands in a path or a uid: Svix's own pattern, but for names that a URL would resolve away. */
const IDENTIFIER = /^(?!\.{1,2}$)[a-zA-Z0-9\-_.]{1,256}$/;

export function fieldsOf(value: unknown, field = 'body'): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw wrong(field, 'is no object');
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw wrong(name, 'is no text');
}

export function identifier(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (IDENTIFIER.test(value)) return value;
  throw wrong(name, 'is not 1 to 256 letters, digits, "-", "_" or "."');
}

export function identifierOrNull(fields: Fields, name: string): string | null {
  return isAbsent(fields, name) ? null : identifier(fields, name);
}

/** False where it is absent. */
export function boolean(fields: Fields, name: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw wrong(name, 'is neither true nor false');
}

export function integerOrNull(fields: Fields, name: string): number | null {
  const value = fields[name] ?? null;
  if (value === null || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
  throw wrong(name, 'is no whole number');
}

/** Without duplicates: the API means sets. */
export function textsOrNull(fields: Fields, name: string): readonly string[] | null {
  if (isAbsent(fields, name)) return null;
  const value = fields[name];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return [...new Set(value)];
  }
  throw wrong(name, 'is no list of texts');
}

/** Empty where it is absent. */
export function textsByName(fields: Fields, name: string): Readonly<Record<string, string>> {
  if (isAbsent(fields, name)) return {};
  const entries = Object.entries(fieldsOf(fields[name], name)).map(([key, value]) => {
    if (typeof value === 'string') return [key, value] as const;
    throw wrong(name, `holds "${key}", which is no text`);
  });
  return Object.fromEntries(entries);
}

export function isAbsent(fields: Fields, name: string): boolean {
  return fields[name] === undefined || fields[name] === null;
}

export function wrong(field: string, what: string): HoldfastError {
  return fault('source_invalid', { field, detail: `The field "${field}" ${what}.` });
}
