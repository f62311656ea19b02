import { isJsonObject, member, type JsonObject } from './json.ts';
import { compilePattern } from './linear-pattern.ts';
import type { References } from './references.ts';
import { isSchema } from './subschemas.ts';

/**
 * What a schema says about one place of the payload: all of `objects` must hold, where `$ref` and `allOf` are
 * followed already. No objects: anything may stand there.
 */
export type View = {
  readonly references: References;
  readonly objects: readonly JsonObject[];
  /** The schema "false" is among them: nothing may stand there. */
  readonly isNever: boolean;
};

export function viewOf(references: References, schemas: readonly unknown[]): View {
  const objects: JsonObject[] = [];
  const seen = new Set<unknown>();
  let isNever = false;
  const waiting = schemas.toReversed();
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (schema === false) isNever = true;
    if (!isJsonObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    if (Object.keys(schema).some(isConstraint)) objects.push(schema);
    const ref = member(schema, '$ref');
    if (typeof ref === 'string') waiting.push(references(ref));
    waiting.push(...listIn(schema, 'allOf'));
  }
  return { references, objects, isNever };
}

export function isAnything({ objects, isNever }: View): boolean {
  return objects.length === 0 && !isNever;
}

/** The same with something more that must hold. */
export function narrowed(view: View, ...schemas: readonly unknown[]): View {
  const more = viewOf(view.references, schemas);
  const objects = [...view.objects, ...more.objects.filter((one) => !view.objects.includes(one))];
  return { ...view, objects, isNever: view.isNever || more.isNever };
}

/** What says nothing about validity. A unit is no remark: it is part of what a number means. */
const REMARKS = new Set([
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'discriminator',
  'xml',
  'externalDocs',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
]);

export function isRemark(keyword: string): boolean {
  return REMARKS.has(keyword) || (keyword.startsWith('x-') && keyword !== 'x-unit');
}

function isConstraint(keyword: string): boolean {
  return keyword !== '$ref' && keyword !== 'allOf' && !isRemark(keyword);
}

export function listIn(schema: JsonObject, keyword: string): readonly unknown[] {
  const value = member(schema, keyword);
  return Array.isArray(value) ? value : [];
}

export function mapIn(schema: JsonObject, keyword: string): JsonObject {
  const value = member(schema, keyword);
  return isJsonObject(value) ? value : {};
}

/** What is said about the member of that name. */
export function propertyView({ references, objects }: View, name: string): View {
  const schemas = objects.flatMap((object) => {
    const own = member(mapIn(object, 'properties'), name);
    const matching = Object.entries(mapIn(object, 'patternProperties')).filter(([pattern]) =>
      compilePattern(pattern).isMatch(name),
    );
    const named = [own, ...matching.map(([, schema]) => schema)].filter(isSchema);
    if (named.length > 0) return named;
    return [member(object, 'additionalProperties')].filter(isSchema);
  });
  return viewOf(references, schemas);
}

/**
 * What is said about a member that no schema names.
 * @param except patterns that its name is known not to match.
 */
export function otherPropertiesView(
  { references, objects }: View,
  except: readonly string[] = [],
): View {
  const schemas = objects
    .filter((object) =>
      Object.keys(mapIn(object, 'patternProperties')).every((pattern) => except.includes(pattern)),
    )
    .map((object) => member(object, 'additionalProperties'))
    .filter(isSchema);
  return viewOf(references, schemas);
}

export function propertyNames({ objects }: View): readonly string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(mapIn(object, 'properties'))))];
}

export function requiredNames({ objects }: View): ReadonlySet<string> {
  const names = objects.flatMap((object) => listIn(object, 'required'));
  return new Set(names.filter((name): name is string => typeof name === 'string'));
}

/** The schemas of an array's first elements, one each; draft-07 writes them under "items". */
export function prefixOf(object: JsonObject): readonly unknown[] {
  const items = member(object, 'items');
  return Array.isArray(items) ? items : listIn(object, 'prefixItems');
}

/** The schema of all elements behind those. */
export function restOf(object: JsonObject): unknown {
  const items = member(object, 'items');
  return Array.isArray(items) ? member(object, 'additionalItems') : items;
}

/** What is said about the element at an index; behind every prefix, about all of them. */
export function itemView({ references, objects }: View, index: number): View {
  const schemas = objects.map((object) => {
    const prefix = prefixOf(object);
    return index < prefix.length ? prefix[index] : restOf(object);
  });
  return viewOf(references, schemas.filter(isSchema));
}

export function longestPrefix({ objects }: View): number {
  return Math.max(0, ...objects.map((object) => prefixOf(object).length));
}
