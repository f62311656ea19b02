import { canonicalText, isJsonObject, member, type JsonObject } from './json.ts';
import { listIn, type View } from './view.ts';

/**
 * What is sure about every value that a view lets through. Where it is not sure, these say "anything": a comparison
 * built on them may call a difference breaking that is none, but never the other way round.
 */
export const valueTypes = [
  'null',
  'boolean',
  'integer',
  // A number that is no integer: "number" is this and "integer".
  'fraction',
  'string',
  'array',
  'object',
] as const;
export type ValueType = (typeof valueTypes)[number];

function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : 'object';
}

/** The types that the keyword "type" lets through. */
export function typesNamed(schema: JsonObject): ReadonlySet<ValueType> {
  const type = member(schema, 'type');
  if (type === undefined) return new Set(valueTypes);
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  const types = valueTypes.filter(
    (one) =>
      names.includes(one) ||
      (names.includes('number') && (one === 'integer' || one === 'fraction')),
  );
  // OpenAPI 3.0's way to say it, and Ajv's too.
  return new Set(member(schema, 'nullable') === true ? [...types, 'null'] : types);
}

export function typesOf(view: View): ReadonlySet<ValueType> {
  let types = new Set<ValueType>(view.isNever ? [] : valueTypes);
  for (const object of view.objects) {
    types = types.intersection(typesNamed(object));
    const values = valuesNamed(object);
    if (values !== undefined) types = types.intersection(new Set(values.map(typeOf)));
  }
  return types;
}

/** How types are written in a schema. */
export function typeNames(types: ReadonlySet<ValueType>): readonly string[] {
  if (types.size === valueTypes.length) return ['any'];
  return valueTypes
    .filter((type) => types.has(type) && !(type === 'integer' && types.has('fraction')))
    .map((type) => (type === 'fraction' ? 'number' : type));
}

/** What "const" or "enum" lets through; undefined where there is neither. */
export function valuesNamed(schema: JsonObject): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) {
    const only = schema['const'];
    const isInEnum =
      !Object.hasOwn(schema, 'enum') ||
      listIn(schema, 'enum').some((one) => canonicalText(one) === canonicalText(only));
    return isInEnum ? [only] : [];
  }
  return Object.hasOwn(schema, 'enum') ? listIn(schema, 'enum') : undefined;
}

/** The only values that a view lets through, by their canonical text; undefined where it has no list of them. */
export function valuesOf(view: View): ReadonlyMap<string, unknown> | undefined {
  const types = typesOf(view);
  let values: Map<string, unknown> | undefined;
  if ([...types].every((type) => type === 'null' || type === 'boolean')) {
    const all = [null, true, false].filter((value) => types.has(typeOf(value)));
    values = new Map(all.map((value) => [canonicalText(value), value]));
  }
  for (const object of view.objects) {
    const named = valuesNamed(object);
    if (named === undefined) continue;
    const next = new Map(named.map((value) => [canonicalText(value), value]));
    const before = values;
    values = before === undefined ? next : new Map([...next].filter(([text]) => before.has(text)));
  }
  if (values === undefined) return undefined;
  return new Map([...values].filter(([, value]) => types.has(typeOf(value))));
}

/** Nothing gets through, as far as types and lists of values tell. */
export function isImpossible(view: View): boolean {
  return view.isNever || typesOf(view).size === 0 || valuesOf(view)?.size === 0;
}

/** The largest of a keyword's numbers, where all must hold. */
export function largest(view: View, keyword: string): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...numbersIn(view, keyword));
}

export function smallest(view: View, keyword: string): number {
  return Math.min(Number.POSITIVE_INFINITY, ...numbersIn(view, keyword));
}

export function numbersIn({ objects }: View, keyword: string): readonly number[] {
  return objects.map((object) => member(object, keyword)).filter((one) => typeof one === 'number');
}

export function textsIn({ objects }: View, keyword: string): readonly string[] {
  return objects.map((object) => member(object, keyword)).filter((one) => typeof one === 'string');
}

export type Limit = { readonly value: number; readonly isExclusive: boolean };

/** The least number that gets through; among integers "over 0" is 1. */
export function lowerLimit(view: View): Limit {
  return limitOf(largest(view, 'minimum'), largest(view, 'exclusiveMinimum'), isInteger(view), 1);
}

export function upperLimit(view: View): Limit {
  const mirrored = limitOf(
    -smallest(view, 'maximum'),
    -smallest(view, 'exclusiveMaximum'),
    isInteger(view),
    1,
  );
  return { ...mirrored, value: -mirrored.value };
}

function limitOf(inclusive: number, exclusive: number, isInteger: boolean, step: number): Limit {
  if (isInteger) {
    const value = Math.max(Math.ceil(inclusive), Math.floor(exclusive) + step);
    return { value, isExclusive: false };
  }
  return exclusive >= inclusive && Number.isFinite(exclusive)
    ? { value: exclusive, isExclusive: true }
    : { value: inclusive, isExclusive: false };
}

function isInteger(view: View): boolean {
  return !typesOf(view).has('fraction');
}

/** Units at a place, those in branches of a choice too. */
export function unitsOf(view: View): readonly string[] {
  const units = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (objects: readonly unknown[]): void => {
    for (const object of objects) {
      if (!isJsonObject(object) || seen.has(object)) continue;
      seen.add(object);
      const unit = member(object, 'x-unit');
      if (typeof unit === 'string') units.add(unit.trim());
      const ref = member(object, '$ref');
      if (typeof ref === 'string') visit([view.references(ref)]);
      for (const keyword of ['allOf', 'anyOf', 'oneOf']) visit(listIn(object, keyword));
      visit(['then', 'else'].map((keyword) => member(object, keyword)));
    }
  };
  visit(view.objects);
  return [...units].sort();
}
