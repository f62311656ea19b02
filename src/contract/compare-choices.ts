import { isImpossible, typeNames, typesOf, valuesOf, valueTypes } from './facts.ts';
import type { Step } from './gap.ts';
import { member, type JsonObject } from './json.ts';
import { isSameSchema } from './same-schema.ts';
import { isSchema } from './subschemas.ts';
import {
  listIn,
  narrowed,
  propertyNames,
  propertyView,
  requiredNames,
  viewOf,
  type View,
} from './view.ts';

/** Choices that are followed at most: what is beyond them is called undecided. */
const MOST_VALUES = 100;
/** Levels of properties in which two alternatives are looked at for what tells them apart. */
const DEPTH_OF_TAGS = 3;

/** anyOf and oneOf of what is wanted. */
export function compareChoices(step: Step): void {
  const anyOf = member(step.wanted, 'anyOf');
  if (Array.isArray(anyOf) && !isSaidToo(step, 'anyOf')) compareChoice(step, 'anyOf', anyOf);
  const oneOf = member(step.wanted, 'oneOf');
  if (Array.isArray(oneOf) && !isSaidToo(step, 'oneOf')) compareChoice(step, 'oneOf', oneOf);
  const not = member(step.wanted, 'not');
  if (isSchema(not) && !isSaidToo(step, 'not')) {
    const { given, references } = step;
    if (!isApart(given, viewOf(references, [not]), DEPTH_OF_TAGS)) undecided(step, 'not');
  }
}

/** Keywords whose meaning is not followed: the same on both sides, or undecided. */
const opaque: Readonly<Record<string, readonly ('array' | 'object')[]>> = {
  if: [],
  contains: ['array'],
  minContains: ['array'],
  maxContains: ['array'],
  unevaluatedItems: ['array'],
  propertyNames: ['object'],
  dependentRequired: ['object'],
  dependentSchemas: ['object'],
  dependencies: ['object'],
  unevaluatedProperties: ['object'],
};
/** Said in one object, these say something together. */
const groups: Readonly<Record<string, readonly string[]>> = {
  if: ['if', 'then', 'else'],
  contains: ['contains', 'minContains', 'maxContains'],
  minContains: ['contains', 'minContains', 'maxContains'],
  maxContains: ['contains', 'minContains', 'maxContains'],
};
/** What they say depends on everything beside them, so it is not the same elsewhere. */
const dependent = ['unevaluatedItems', 'unevaluatedProperties'];

export function compareOpaque(step: Step): void {
  const types = typesOf(step.given);
  for (const [keyword, only] of Object.entries(opaque)) {
    if (!Object.hasOwn(step.wanted, keyword)) continue;
    if (only.length > 0 && !only.some((type) => types.has(type))) continue;
    if (keyword === 'if' && !('then' in step.wanted) && !('else' in step.wanted)) continue;
    if (dependent.includes(keyword) || !isSaidToo(step, keyword)) undecided(step, keyword);
  }
}

/** Whether an object of what is given says the same with a keyword, and with those that belong to it. */
function isSaidToo({ given, wanted, references }: Step, keyword: string): boolean {
  const keywords = groups[keyword] ?? [keyword];
  const said = pick(wanted, keywords);
  return given.objects.some((object) =>
    isSameSchema(
      { schema: pick(object, keywords), references: given.references },
      { schema: said, references },
    ),
  );
}

function pick(object: JsonObject, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => keywords.includes(name)));
}

function undecided({ given, wanted, path, walk }: Step, keyword: string): void {
  const said = given.objects.map((object) => member(object, keyword));
  walk.gap({
    path,
    aspect: 'undecided',
    detail: keyword,
    given: said.find((one) => one !== undefined),
    wanted: member(wanted, keyword),
  });
}

/**
 * Every value that is given must get through a branch. Parts of what is given, by type or by value, may each have
 * a branch of their own. In a oneOf no two branches may take the same value.
 */
function compareChoice(step: Step, keyword: 'anyOf' | 'oneOf', list: readonly unknown[]): void {
  const { given, references, path, walk } = step;
  const branches = list.filter(isSchema).map((schema) => viewOf(references, [schema]));
  if (isWithin(step, keyword, given, branches)) return;
  for (const part of partsOf(given)) {
    if (isWithin(step, keyword, part, branches)) continue;
    const possible = branches.filter((branch) => !isApart(part, branch, DEPTH_OF_TAGS));
    const [only] = possible;
    if (only !== undefined && possible.length === 1) {
      // The one that it must be: its own gaps say more than that no branch fits.
      walk.again(part, only, path);
    } else if (possible.length === 0) {
      const wanted = branches.flatMap((branch) => [...typesOf(branch)]);
      const isValue = typesOf(part).isSubsetOf(new Set(wanted));
      if (isValue) {
        const types = typeNames(typesOf(part));
        walk.gap({ path, aspect: 'alternative', detail: types.join(), given: types, wanted: list });
      } else {
        const types = typesOf(given);
        const aspect = typesOf(part).has('null') ? 'null' : 'type';
        const allowed = typeNames(new Set(wanted));
        walk.gap({ path, aspect, detail: '', given: typeNames(types), wanted: allowed });
      }
    } else undecided(step, keyword);
  }
}

function isWithin(
  { path, walk }: Step,
  keyword: 'anyOf' | 'oneOf',
  part: View,
  branches: readonly View[],
): boolean {
  const fitting = (branch: View): boolean =>
    walk.tried(() => walk.again(part, branch, path)).length === 0;
  const found = branches.find(fitting);
  if (found === undefined) return false;
  if (keyword === 'anyOf') return true;
  return branches.every((branch) => branch === found || isApart(part, branch, DEPTH_OF_TAGS));
}

/** What is given, in parts: by the types it may have, or by its values where it has a list of them. */
function partsOf(given: View): readonly View[] {
  const values = valuesOf(given);
  if (values !== undefined && values.size <= MOST_VALUES) {
    return [...values.values()].map((value) => narrowed(given, { const: value }));
  }
  const types = typesOf(given);
  return valueTypes
    .filter((type) => types.has(type))
    .map((type) => (types.size === 1 ? given : narrowed(given, onlyOf[type])));
}

/** One object for each type: what is compared knows them again. A fraction cannot be said, so both numbers stand for it. */
const onlyOf = {
  null: { type: 'null' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  fraction: { type: 'number' },
  string: { type: 'string' },
  array: { type: 'array' },
  object: { type: 'object' },
} as const;

/** No value gets through both, as types, lists of values and properties that tell them apart show. */
function isApart(one: View, other: View, depth: number): boolean {
  if (isImpossible(one) || isImpossible(other)) return true;
  const types = typesOf(one).intersection(typesOf(other));
  if (types.size === 0) return true;
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values !== undefined && others !== undefined) {
    return [...values.keys()].every((text) => !others.has(text));
  }
  if (types.size > 1 || !types.has('object') || depth === 0) return false;
  const required = requiredNames(one).union(requiredNames(other));
  const names = new Set([...propertyNames(one), ...propertyNames(other)]);
  return [...names].some(
    (name) =>
      required.has(name) && isApart(propertyView(one, name), propertyView(other, name), depth - 1),
  );
}

/** What is given, once for each branch of its first choice; undefined where it has none. */
export function branchesOf(given: View): readonly View[] | undefined {
  for (const object of given.objects) {
    for (const keyword of ['anyOf', 'oneOf']) {
      const list = listIn(object, keyword);
      if (list.length === 0) continue;
      const objects = given.objects.filter((one) => one !== object);
      const rest: View = { ...given, objects: [...objects, without(object, keyword)] };
      return list.map((branch) => narrowed(rest, branch));
    }
  }
  return undefined;
}

/** The same object each time, so that what was compared is known again. */
function without(object: JsonObject, keyword: string): JsonObject {
  const known = rests.get(object) ?? new Map<string, JsonObject>();
  rests.set(object, known);
  const rest =
    known.get(keyword) ??
    Object.fromEntries(Object.entries(object).filter(([name]) => name !== keyword));
  known.set(keyword, rest);
  return rest;
}

const rests = new WeakMap<JsonObject, Map<string, JsonObject>>();
