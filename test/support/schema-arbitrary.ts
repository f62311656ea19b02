import fc from 'fast-check';

export type GeneratedSchema = Readonly<Record<string, unknown>> | boolean;

const names = ['a', 'b', 'c'];
const texts = ['', 'x', 'yes', 'no', 'aaaa', 'a@b.c', '2026-01-01'];
const numbers = [-5, -1, 0, 1, 2, 3.5, 4, 10, 100];
const small = fc.constantFrom(0, 1, 2, 3);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

/** A schema of few names, numbers and texts, so that two of them often speak of the same. */
const schemas: fc.Arbitrary<GeneratedSchema> = fc.letrec<{
  schema: GeneratedSchema;
  object: GeneratedSchema;
  array: GeneratedSchema;
  number: GeneratedSchema;
  text: GeneratedSchema;
  values: GeneratedSchema;
  choice: GeneratedSchema;
  types: GeneratedSchema;
  flag: GeneratedSchema;
}>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    tie('number'),
    tie('text'),
    tie('values'),
    tie('types'),
    tie('flag'),
    tie('object'),
    tie('array'),
    tie('choice'),
  ),
  flag: fc.boolean(),
  types: fc
    .uniqueArray(
      fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object'),
      { minLength: 1, maxLength: 3 },
    )
    .map((type) => ({ type })),
  values: fc.oneof(
    fc.constantFrom<unknown>(...numbers, ...texts, null, true).map((value) => ({ const: value })),
    fc
      .uniqueArray(fc.constantFrom<unknown>(...numbers, ...texts, null, true), {
        minLength: 1,
        maxLength: 4,
      })
      .map((values) => ({ enum: values })),
  ),
  number: fc
    .record({
      type: fc.constantFrom('integer', 'number', ['integer', 'null'], undefined),
      minimum: optional(fc.constantFrom(...numbers)),
      exclusiveMinimum: optional(fc.constantFrom(...numbers)),
      maximum: optional(fc.constantFrom(...numbers)),
      exclusiveMaximum: optional(fc.constantFrom(...numbers)),
      multipleOf: optional(fc.constantFrom(1, 2, 4, 0.5)),
    })
    .map(plain),
  text: fc
    .record({
      type: fc.constantFrom('string', 'string', undefined),
      minLength: optional(small),
      maxLength: optional(small),
      pattern: optional(fc.constantFrom('^a', 'e', '^[a-z]*$')),
      format: optional(fc.constantFrom('email', 'date')),
    })
    .map(plain),
  array: fc
    .record({
      type: fc.constantFrom('array', 'array', undefined),
      items: optional(tie('schema')),
      prefixItems: optional(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      minItems: optional(small),
      maxItems: optional(small),
      uniqueItems: optional(fc.constant(true)),
      contains: fc.option(tie('schema'), { nil: undefined, freq: 6 }),
    })
    .map(plain),
  object: fc
    .record({
      type: fc.constantFrom('object', 'object', undefined),
      properties: optional(fc.dictionary(fc.constantFrom(...names), tie('schema'))),
      required: optional(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })),
      additionalProperties: optional(
        fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, tie('schema')),
      ),
      patternProperties: fc.option(
        fc.dictionary(fc.constantFrom('^a', 'b', '.'), tie('schema'), { maxKeys: 1 }),
        { nil: undefined, freq: 5 },
      ),
      minProperties: fc.option(small, { nil: undefined, freq: 5 }),
      maxProperties: fc.option(small, { nil: undefined, freq: 5 }),
      propertyNames: fc.option(fc.constantFrom({ maxLength: 1 }, { pattern: '^a' }), {
        nil: undefined,
        freq: 8,
      }),
    })
    .map(plain),
  choice: fc
    .tuple(
      fc.constantFrom('anyOf', 'anyOf', 'oneOf', 'allOf', 'not', 'if'),
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
    )
    .map(([keyword, list]): GeneratedSchema => {
      if (keyword === 'not') return { not: list[0] };
      const [first, then = true] = list;
      if (keyword !== 'if') return { [keyword]: list };
      return Object.fromEntries([
        ['if', first],
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        ['then', then],
      ]);
    }),
})).schema;

/** Payload schemas: of objects, most of the time. */
export const payloadSchemas: fc.Arbitrary<GeneratedSchema> = fc
  .record({
    properties: fc.dictionary(fc.constantFrom(...names), schemas),
    required: optional(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })),
    additionalProperties: optional(fc.constant(false)),
  })
  .map((object) => plain({ type: 'object', ...object }));

function plain(object: Readonly<Record<string, unknown>>): GeneratedSchema {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** A step from one version to the next: one keyword or schema somewhere is changed, added or taken away. */
export function changed(schema: GeneratedSchema, random: () => number): GeneratedSchema {
  const pick = <Value>(list: readonly Value[]): Value | undefined =>
    list[Math.floor(random() * list.length)];
  const step = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) {
      if (value.length > 1 && random() < 0.3) return value.slice(1);
      const at = Math.floor(random() * value.length);
      return value.map((one, index) => (index === at ? step(one, depth + 1) : one));
    }
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      const at = Math.floor(random() * entries.length);
      if (random() < 0.25) return Object.fromEntries(entries.filter((_, index) => index !== at));
      return Object.fromEntries(
        entries.map(([name, one], index) => [name, index === at ? step(one, depth + 1) : one]),
      );
    }
    if (typeof value === 'number') return pick([value - 1, value + 1, 0, 2]);
    if (typeof value === 'boolean') return !value;
    const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
    return typeof value === 'string' && types.includes(value) ? pick(types) : value;
  };
  // Whether it is one still, the compiler says.
  return step(schema, 0) as GeneratedSchema;
}

/** Values near what a schema asks for: right in most places, wrong in some. */
export function valueFor(schema: unknown, random: () => number, depth = 0): unknown {
  const pick = <Value>(list: readonly Value[]): Value | undefined =>
    list[Math.floor(random() * list.length)];
  const any = (): unknown =>
    pick<unknown>([...numbers, ...texts, null, true, false, [], [1, 1], { a: 1 }, {}]);
  if (typeof schema !== 'object' || schema === null || depth > 5 || random() < 0.08) return any();
  const where = schema as Readonly<Record<string, ReturnType<typeof JSON.parse>>>;
  const list = ['anyOf', 'oneOf', 'allOf'].find((name) => Array.isArray(where[name]));
  if (list !== undefined && random() < 0.7) {
    return valueFor(pick<unknown>(where[list]), random, depth + 1);
  }
  if ('const' in where && random() < 0.9) return where['const'];
  if (Array.isArray(where['enum']) && random() < 0.9) return pick(where['enum']);
  const guessed =
    (where['properties'] ?? where['required']) ? 'object' : where['items'] ? 'array' : undefined;
  const type = [where['type'] ?? guessed].flat();
  switch (pick(type)) {
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const name of names) {
        const known = where['properties']?.[name] ?? where['additionalProperties'];
        const isWanted = [where['required']].flat().includes(name);
        if (known === false || (known === undefined && !isWanted && random() < 0.7)) continue;
        if (!isWanted && random() < 0.3) continue;
        object[name] = valueFor(known, random, depth + 1);
      }
      return object;
    }
    case 'array': {
      const length = Math.floor(random() * 4);
      return Array.from({ length }, (_, index) =>
        valueFor(where['prefixItems']?.[index] ?? where['items'], random, depth + 1),
      );
    }
    case 'integer':
    case 'number': {
      const near = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']
        .map((name) => where[name])
        .filter((bound) => typeof bound === 'number')
        .flatMap((bound) => [bound, bound - 1, bound + 1, bound + 0.5]);
      return pick([...near, ...numbers]);
    }
    case 'string':
      return pick(texts);
    case 'boolean':
      return random() < 0.5;
    case 'null':
      return null;
    default:
      return any();
  }
}
