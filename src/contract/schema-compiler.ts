import { Ajv, type ErrorObject, type KeywordDefinition, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { formatNames, fullFormats } from 'ajv-formats/dist/formats.js';
import { fault } from '../core/index.ts';
import type { Dialect, Inspected } from './inspect-schema.ts';
import { canonicalText, isJsonObject, shownValue, type JsonObject } from './json.ts';
import { compilePattern } from './linear-pattern.ts';
import type { Meter } from './meter.ts';
import { mapSubschemas } from './subschemas.ts';
import { listIn } from './view.ts';

/** Our own keyword in the copy that is compiled: its number of steps is spent each time its schema is applied. */
const STEPS = 'x-holdfast-steps';
/** No date, address or identifier is longer; regular expressions are not run on more. */
const LONGEST_FORMATTED = 4096;
/** What OpenAPI adds to a schema, and what is only a remark; "nullable" Ajv knows itself. */
const ANNOTATIONS = ['example', 'discriminator', 'xml', 'externalDocs'];

export type Compiled = (value: unknown) => readonly ErrorObject[];

/** Names that Ajv takes. */
const KEYWORD = /^[a-z_$][a-z0-9_$:-]*$/i;

/**
 * Compiles a schema that was inspected. Each has an Ajv of its own, so that names in one never meet those in another.
 * @param collectAll all failures, or the first one only.
 * Throws `validation` for a schema that is none.
 */
export function compileInspected(
  inspected: Inspected,
  field: string,
  meter: Meter,
  collectAll: boolean,
): Compiled {
  assertIsSchema(inspected, field);
  const ajv = createAjv(inspected.dialect, meter, collectAll);
  for (const keyword of inspected.ownKeywords) {
    if (!KEYWORD.test(keyword)) throw refusal(field, `"${keyword}" is no name of a keyword`);
    if (ajv.getKeyword(keyword) === false) ajv.addKeyword(keyword);
  }
  for (const format of inspected.formats) {
    // One that nobody knows is a remark, as draft 2020-12 has it.
    if (!Object.hasOwn(ajv.formats, format)) ajv.addFormat(format, true);
  }
  let validate: ValidateFunction;
  try {
    const { schema } = metered(inspected.root);
    validate = ajv.compile(isJsonObject(schema) ? schema : { not: schema === true ? false : {} });
  } catch (thrown) {
    // Ajv goes over lists by recursion.
    if (thrown instanceof RangeError) throw refusal(field, 'it has too much in one place');
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw refusal(field, said.replace(/^strict mode: /, ''));
  }
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

function refusal(field: string, why: string): Error {
  const shown = why.slice(0, 300).replace(/\.$/, '');
  return fault('validation', {
    field,
    detail: `The schema "${field}" cannot be used: ${shown}.`,
  });
}

/** Against the draft's own schema; those two are compiled once. */
function assertIsSchema({ root, dialect }: Inspected, field: string): void {
  const validate = metaSchemas[dialect]();
  if (validate(root)) return;
  const [first] = validate.errors ?? [];
  throw refusal(field, `at "${first?.instancePath ?? ''}" it ${first?.message ?? 'is not valid'}`);
}

const metaSchemas: Readonly<Record<Dialect, () => ValidateFunction>> = {
  '2020-12': once(() => metaSchema(new Ajv2020(metaOptions), 'draft/2020-12/schema')),
  'draft-07': once(() => metaSchema(new Ajv(metaOptions), 'draft-07/schema#')),
};

const metaOptions = { strict: false, logger: false, validateFormats: false } as const;

function metaSchema(ajv: Ajv, name: string): ValidateFunction {
  const validate =
    ajv.getSchema(`https://json-schema.org/${name}`) ??
    ajv.getSchema(`http://json-schema.org/${name}`);
  if (validate === undefined) throw new Error(`Ajv has no ${name}`);
  return validate;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function createAjv(dialect: Dialect, meter: Meter, allErrors: boolean): Ajv {
  const regExp = Object.assign(
    (pattern: string) => {
      const { isMatch, size } = compilePattern(pattern);
      const cost = size / 100;
      return {
        test(text: string): boolean {
          meter.spend(1 + text.length * cost);
          return isMatch(text);
        },
        // Ajv keeps patterns apart by it.
        toString: () => JSON.stringify(pattern),
      };
    },
    { code: 'unused' },
  );
  const options = {
    allErrors,
    meta: false,
    validateSchema: false,
    strict: true,
    // Half a schema is a schema too: these would ask for more than the drafts do.
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    // A schema used in many places would be written out in each.
    inlineRefs: false,
    logger: false,
    code: { regExp },
  } as const;
  const ajv = dialect === '2020-12' ? new Ajv2020(options) : new Ajv(options);
  for (const name of formatNames) addFormat(ajv, name);
  for (const keyword of ANNOTATIONS) {
    if (ajv.getKeyword(keyword) === false) ajv.addKeyword(keyword);
  }
  for (const keyword of boundedKeywords(meter)) {
    if (typeof keyword.keyword === 'string') ajv.removeKeyword(keyword.keyword);
    ajv.addKeyword(keyword);
  }
  return ajv;
}

function addFormat(ajv: Ajv, name: (typeof formatNames)[number]): void {
  const format = fullFormats[name];
  const check = checkOf(format);
  if (check === undefined) {
    ajv.addFormat(name, format);
    return;
  }
  ajv.addFormat(name, {
    type: 'string',
    validate: (text: string) => text.length <= LONGEST_FORMATTED && check(text),
  });
}

/** The check of a format of texts; undefined for one of numbers, or one that checks nothing. */
function checkOf(format: unknown): ((text: string) => boolean) | undefined {
  if (format instanceof RegExp) return (text) => format.test(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Ajv's types have it
  if (typeof format === 'function') return format as (text: string) => boolean;
  if (!isJsonObject(format) || format['type'] === 'number') return undefined;
  return checkOf(format['validate']);
}

/** Ajv compares each element with each other one, and each value with each of an enum: a square of work. */
function boundedKeywords(meter: Meter): readonly KeywordDefinition[] {
  return [
    {
      keyword: 'enum',
      schemaType: 'array',
      error: { message: ({ schema }) => `must be one of ${shownValue(schema)}` },
      compile(values: readonly unknown[]) {
        const allowed = new Set(values.map(canonicalText));
        const isDeep = values.some((value) => typeof value === 'object' && value !== null);
        return (value: unknown) =>
          (isDeep || typeof value !== 'object' || value === null) &&
          allowed.has(canonicalText(value));
      },
    },
    {
      keyword: 'uniqueItems',
      type: 'array',
      schemaType: 'boolean',
      error: { message: 'must not have equal items' },
      compile: (isUnique: boolean) => (items: readonly unknown[]) =>
        !isUnique || new Set(items.map(canonicalText)).size === items.length,
    },
    {
      keyword: STEPS,
      schemaType: 'number',
      errors: false,
      compile: (steps: number) => () => {
        meter.spend(steps);
        return true;
      },
    },
  ];
}

/** Keywords whose schema is applied as often as the payload has elements or members. */
const REPEATED = [
  'items',
  'additionalItems',
  'contains',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** A copy that counts its steps where it repeats or refers, and how many schemas stand in it. */
function metered(
  schema: unknown,
  keyword = '',
): { readonly schema: unknown; readonly size: number } {
  if (!isJsonObject(schema)) return { schema, size: 1 };
  let size = 1;
  const copy = mapSubschemas(schema, (below, name) => {
    const one = metered(below, name);
    if (name !== '$defs' && name !== 'definitions') size += one.size;
    return one.schema;
  });
  const whole = prefixApart(copy);
  const counts = REPEATED.includes(keyword) || '$ref' in schema;
  return { schema: counts ? { ...whole, [STEPS]: size } : whole, size };
}

/**
 * Ajv 8.20 leaves out what stands after a list of items in the same schema where the array is empty ("contains", for
 * one): its code goes on by a variable that only the first item sets. So the list is put where nothing stands after it.
 */
function prefixApart(schema: JsonObject): JsonObject {
  const { prefixItems, items, additionalItems, ...rest } = schema;
  if (!Array.isArray(prefixItems) && !Array.isArray(items)) return schema;
  const list = Object.fromEntries(
    Object.entries({ prefixItems, items, additionalItems }).filter(([, one]) => one !== undefined),
  );
  return { ...rest, allOf: [...listIn(rest, 'allOf'), list] };
}
