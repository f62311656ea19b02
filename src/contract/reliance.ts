import { fault } from '../core/index.ts';
import { findGaps, keyOf } from './containment.ts';
import { differenceOf, type Difference } from './difference.ts';
import { inspectSchema } from './inspect-schema.ts';
import { isJsonObject, pointerParts, type JsonObject } from './json.ts';

/** One thing that a consumer reads in a payload. */
export type Reliance = {
  /** JSON pointer; "*" stands for every element of an array. */
  readonly path: string;
  readonly type?: string | readonly string[] | undefined;
  /** As "x-unit" has it. */
  readonly unit?: string | undefined;
  /** Whether it must be there; it must, unless this says false. */
  readonly required?: boolean | undefined;
  /** The values that the consumer knows. */
  readonly enum?: readonly unknown[] | undefined;
};

/** Steps of one path. */
const LONGEST_PATH = 32;

/** What is relied on as a schema: payloads that the consumer can read. Throws `validation` for a path that is none. */
function relianceSchema(relies: readonly Reliance[]): JsonObject {
  return {
    allOf: relies.map((one, index) => {
      const parts = pointerParts(one.path);
      if ((one.path !== '' && !one.path.startsWith('/')) || parts.length > LONGEST_PATH) {
        throw fault('validation', {
          field: `relies.${index}.path`,
          detail: `"${one.path.slice(0, 100)}" is no JSON pointer of at most ${LONGEST_PATH} parts. Give it like /data/amount, or /items/*/amount.`,
        });
      }
      return schemaAt(parts, one);
    }),
  };
}

/** A way to a field is an object, or an array, all along. */
function schemaAt(parts: readonly string[], reliance: Reliance): JsonObject {
  const [name, ...rest] = parts;
  if (name === undefined) {
    const { type, unit, enum: values } = reliance;
    return {
      ...(type === undefined ? {} : { type }),
      ...(unit === undefined ? {} : { 'x-unit': unit }),
      ...(values === undefined ? {} : { enum: values }),
    };
  }
  const below = schemaAt(rest, reliance);
  if (name === '*') return { type: 'array', items: below };
  return {
    type: 'object',
    properties: { [name]: below },
    ...(reliance.required === false ? {} : { required: [name] }),
  };
}

/**
 * What a version does not promise of what a consumer relies on. With the version before it, only what that one did
 * promise: a consumer breaks by what changes and not by what was never said.
 */
export function unmetBy(
  schema: unknown,
  consumer: JsonObject | boolean,
  before?: unknown,
): readonly Difference[] {
  const wanted = inspectSchema(consumer, 'consumer');
  const unmet = findGaps(inspectSchema(schema, 'to'), wanted);
  const known =
    before === undefined ? [] : findGaps(inspectSchema(before, 'from'), wanted).map(keyOf);
  return unmet
    .filter((gap) => !known.includes(keyOf(gap)))
    .map((gap) => differenceOf(gap, 'backward'));
}

/** The schema of a consumer, whichever way it was given. Throws `validation` for a path that is none. */
export function consumerSchema(given: {
  readonly relies: readonly Reliance[];
  readonly schema: unknown;
}): JsonObject {
  const schema = given.schema ?? {};
  const relied = relianceSchema(given.relies);
  return isJsonObject(schema) && Object.keys(schema).length > 0
    ? { ...schema, allOf: [...listOf(schema['allOf']), relied] }
    : relied;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
