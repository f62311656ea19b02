import { isJsonObject, pointerPart, type JsonObject } from './json.ts';

/**
 * Where a keyword's schemas apply: at the same place of the payload, at a place below it, or nowhere by themselves
 * (a definition is used by $ref only).
 */
export type Reach = 'same' | 'below' | 'none';
/** The shape of a keyword's value: one schema, a list of them, or names with one each. */
type Shape = 'one' | 'list' | 'map' | 'one or list';

/** Every keyword of drafts 7 and 2020-12 that holds schemas. */
const schemaKeywords: Readonly<Record<string, readonly [Reach, Shape]>> = {
  allOf: ['same', 'list'],
  anyOf: ['same', 'list'],
  oneOf: ['same', 'list'],
  not: ['same', 'one'],
  if: ['same', 'one'],
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: ['same', 'one'],
  else: ['same', 'one'],
  dependentSchemas: ['same', 'map'],
  // A name's value may be a list of names instead, which is no schema.
  dependencies: ['same', 'map'],
  properties: ['below', 'map'],
  patternProperties: ['below', 'map'],
  additionalProperties: ['below', 'one'],
  unevaluatedProperties: ['below', 'one'],
  propertyNames: ['below', 'one'],
  prefixItems: ['below', 'list'],
  items: ['below', 'one or list'],
  additionalItems: ['below', 'one'],
  unevaluatedItems: ['below', 'one'],
  contains: ['below', 'one'],
  $defs: ['none', 'map'],
  definitions: ['none', 'map'],
};

export type Subschema = {
  readonly schema: unknown;
  readonly keyword: string;
  readonly reach: Reach;
  /** JSON pointer from the schema it stands in. */
  readonly pointer: string;
};

/** The schemas that stand directly in a schema. */
export function subschemasOf(schema: JsonObject): readonly Subschema[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const known = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined;
    if (known === undefined) return [];
    const [reach, shape] = known;
    const at = `/${pointerPart(keyword)}`;
    if (shape === 'map') {
      if (!isJsonObject(value)) return [];
      return Object.entries(value)
        .filter(([, one]) => isSchema(one))
        .map(([name, one]) => ({
          schema: one,
          keyword,
          reach,
          pointer: `${at}/${pointerPart(name)}`,
        }));
    }
    if (Array.isArray(value)) {
      if (shape === 'one') return [];
      return value.map((one: unknown, index) => ({
        schema: one,
        keyword,
        reach,
        pointer: `${at}/${index}`,
      }));
    }
    return [{ schema: value, keyword, reach, pointer: at }];
  });
}

/** A copy in which each schema that stands directly in this one is replaced by what `replace` makes of it. */
export function mapSubschemas(
  schema: JsonObject,
  replace: (schema: unknown, keyword: string) => unknown,
): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      const known = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined;
      if (known === undefined) return [keyword, value];
      if (known[1] === 'map' && isJsonObject(value)) {
        const members = Object.entries(value).map(([name, one]) => [
          name,
          isSchema(one) ? replace(one, keyword) : one,
        ]);
        return [keyword, Object.fromEntries(members)];
      }
      if (Array.isArray(value)) return [keyword, value.map((one) => replace(one, keyword))];
      return [keyword, replace(value, keyword)];
    }),
  );
}

export function isSchema(value: unknown): value is JsonObject | boolean {
  return typeof value === 'boolean' || isJsonObject(value);
}
