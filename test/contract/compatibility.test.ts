import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareSchemas, createPayloadCheck, type Breaks } from '../../src/contract/index.ts';

const integer = { type: 'integer' };
const text = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const closed = { additionalProperties: false };
const list = (items: object, more: object = {}) => object({ a: { type: 'array', items, ...more } });

const conditional = (condition: object, then: object): object =>
  Object.fromEntries([
    ['if', condition],
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    ['then', then],
  ]);

type Case = {
  readonly kind: string;
  readonly path: string;
  readonly breaks: Breaks;
  readonly old: object;
  readonly next: object;
  /** Sent by the new version, refused by the old one; and the other way round. */
  readonly backward?: object;
  readonly forward?: object;
};

const a = (schema: unknown): object => object({ a: schema });

/** Each difference with a payload that shows it. A unit has none: nothing in the payload tells it. */
const cases: readonly Case[] = [
  {
    kind: 'required_removed',
    path: '/a',
    breaks: 'backward',
    old: object({ a: integer }, { required: ['a'] }),
    next: a(integer),
    backward: {},
  },
  {
    kind: 'required_added',
    path: '/a',
    breaks: 'forward',
    old: a(integer),
    next: object({ a: integer }, { required: ['a'] }),
    forward: {},
  },
  {
    kind: 'property_removed',
    path: '/a',
    breaks: 'backward',
    old: a(integer),
    next: object({}),
    backward: { a: 'x' },
  },
  {
    kind: 'property_added',
    path: '/a',
    breaks: 'forward',
    old: object({}),
    next: a(integer),
    forward: { a: 'x' },
  },
  {
    kind: 'property_added',
    path: '/b',
    breaks: 'backward',
    old: object({ a: integer }, closed),
    next: object({ a: integer, b: text }, closed),
    backward: { b: 'x' },
  },
  {
    kind: 'property_removed',
    path: '/b',
    breaks: 'forward',
    old: object({ a: integer, b: text }, closed),
    next: object({ a: integer }, closed),
    forward: { b: 'x' },
  },
  {
    kind: 'additional_properties_allowed',
    path: '',
    breaks: 'backward',
    old: object({ a: integer }, closed),
    next: a(integer),
    backward: { z: 1 },
  },
  {
    kind: 'additional_properties_refused',
    path: '',
    breaks: 'forward',
    old: a(integer),
    next: object({ a: integer }, closed),
    forward: { z: 1 },
  },
  {
    kind: 'type_widened',
    path: '/a',
    breaks: 'backward',
    old: a(integer),
    next: a({ type: 'number' }),
    backward: { a: 1.5 },
  },
  {
    kind: 'type_narrowed',
    path: '/a',
    breaks: 'forward',
    old: a({ type: 'number' }),
    next: a(integer),
    forward: { a: 1.5 },
  },
  {
    kind: 'type_changed',
    path: '/a',
    breaks: 'both',
    old: a(integer),
    next: a(text),
    backward: { a: 'x' },
    forward: { a: 1 },
  },
  {
    kind: 'null_allowed',
    path: '/a',
    breaks: 'backward',
    old: a(integer),
    next: a({ type: ['integer', 'null'] }),
    backward: { a: null },
  },
  {
    kind: 'null_allowed',
    path: '/a',
    breaks: 'backward',
    old: a(integer),
    next: a({ type: 'integer', nullable: true }),
    backward: { a: null },
  },
  {
    kind: 'null_refused',
    path: '/a',
    breaks: 'forward',
    old: a({ anyOf: [integer, { type: 'null' }] }),
    next: a(integer),
    forward: { a: null },
  },
  {
    kind: 'enum_value_added',
    path: '/a',
    breaks: 'backward',
    old: a({ enum: ['x', 'y'] }),
    next: a({ enum: ['x', 'y', 'z'] }),
    backward: { a: 'z' },
  },
  {
    kind: 'enum_value_removed',
    path: '/a',
    breaks: 'forward',
    old: a({ enum: ['x', 'y', 'z'] }),
    next: a({ enum: ['x', 'y'] }),
    forward: { a: 'z' },
  },
  {
    kind: 'enum_removed',
    path: '/a',
    breaks: 'backward',
    old: a({ type: 'string', enum: ['x', 'y'] }),
    next: a(text),
    backward: { a: 'z' },
  },
  {
    kind: 'enum_added',
    path: '/a',
    breaks: 'forward',
    old: a(text),
    next: a({ type: 'string', enum: ['x', 'y'] }),
    forward: { a: 'z' },
  },
  {
    kind: 'const_changed',
    path: '/a',
    breaks: 'both',
    old: a({ const: 'x' }),
    next: a({ const: 'y' }),
    backward: { a: 'y' },
    forward: { a: 'x' },
  },
  {
    kind: 'number_bound_loosened',
    path: '/a',
    breaks: 'backward',
    old: a({ ...integer, minimum: 0 }),
    next: a(integer),
    backward: { a: -1 },
  },
  {
    kind: 'number_bound_tightened',
    path: '/a',
    breaks: 'forward',
    old: a({ ...integer, maximum: 9 }),
    next: a({ ...integer, exclusiveMaximum: 9 }),
    forward: { a: 9 },
  },
  {
    kind: 'number_bound_loosened',
    path: '/a',
    breaks: 'backward',
    old: a({ ...integer, multipleOf: 4 }),
    next: a({ ...integer, multipleOf: 2 }),
    backward: { a: 2 },
  },
  {
    kind: 'length_loosened',
    path: '/a',
    breaks: 'backward',
    old: a({ ...text, maxLength: 2 }),
    next: a({ ...text, maxLength: 3 }),
    backward: { a: 'xxx' },
  },
  {
    kind: 'length_tightened',
    path: '/a',
    breaks: 'forward',
    old: a(text),
    next: a({ ...text, minLength: 1 }),
    forward: { a: '' },
  },
  {
    kind: 'pattern_changed',
    path: '/a',
    breaks: 'both',
    old: a({ ...text, pattern: '^x' }),
    next: a({ ...text, pattern: '^y' }),
    backward: { a: 'y' },
    forward: { a: 'x' },
  },
  {
    kind: 'format_removed',
    path: '/a',
    breaks: 'backward',
    old: a({ ...text, format: 'date' }),
    next: a(text),
    backward: { a: 'x' },
  },
  {
    kind: 'format_added',
    path: '/a',
    breaks: 'forward',
    old: a(text),
    next: a({ ...text, format: 'date' }),
    forward: { a: 'x' },
  },
  {
    kind: 'type_widened',
    path: '/a/*',
    breaks: 'backward',
    old: list(integer),
    next: list({ type: ['integer', 'string'] }),
    backward: { a: ['x'] },
  },
  {
    kind: 'items_removed',
    path: '/a/*',
    breaks: 'backward',
    old: list(integer),
    next: a({ type: 'array' }),
    backward: { a: ['x'] },
  },
  {
    kind: 'array_bound_loosened',
    path: '/a',
    breaks: 'backward',
    old: list(integer, { maxItems: 1 }),
    next: list(integer, { maxItems: 2 }),
    backward: { a: [1, 2] },
  },
  {
    kind: 'array_bound_tightened',
    path: '/a',
    breaks: 'forward',
    old: list(integer),
    next: list(integer, { minItems: 1 }),
    forward: { a: [] },
  },
  {
    kind: 'unique_items_removed',
    path: '/a',
    breaks: 'backward',
    old: list(integer, { uniqueItems: true }),
    next: list(integer),
    backward: { a: [1, 1] },
  },
  {
    kind: 'alternative_added',
    path: '/a',
    breaks: 'backward',
    old: a({ oneOf: [{ const: 'x' }, { const: 'y' }] }),
    next: a({ oneOf: [{ const: 'x' }, { const: 'y' }, { const: 'z' }] }),
    backward: { a: 'z' },
  },
  {
    kind: 'unit_changed',
    path: '/a',
    breaks: 'both',
    old: a({ ...integer, 'x-unit': 'cents' }),
    next: a({ ...integer, 'x-unit': 'euros' }),
  },
  {
    kind: 'unit_changed',
    path: '/a',
    breaks: 'both',
    old: a({ ...integer, 'x-unit': 'ms' }),
    next: a({ ...integer, 'x-unit': 's' }),
  },
  {
    kind: 'unit_added',
    path: '/a',
    breaks: 'both',
    old: a(integer),
    next: a({ ...integer, 'x-unit': 'ms' }),
  },
  {
    kind: 'unit_removed',
    path: '/a',
    breaks: 'both',
    old: a({ ...integer, 'x-unit': 'ms' }),
    next: a(integer),
  },
  {
    kind: 'undecided',
    path: '',
    breaks: 'both',
    old: object({}, conditional({ required: ['a'] }, { required: ['b'] })),
    next: object({}, conditional({ required: ['a'] }, { required: ['c'] })),
    backward: { a: 1, c: 1 },
    forward: { a: 1, b: 1 },
  },
];

describe('a difference is named with its place and direction, and a payload shows it', () => {
  for (const { kind, path, breaks, old, next, backward, forward } of cases) {
    test(`${kind} at "${path}": ${JSON.stringify(old)} to ${JSON.stringify(next)}`, () => {
      const { differences, isBackward, isForward } = compareSchemas(old, next);
      const found = differences.find((one) => one.kind === kind && one.path === path);
      assert.equal(found?.breaks, breaks, JSON.stringify(differences));
      assert.deepEqual([isBackward, isForward], [breaks === 'forward', breaks === 'backward']);
      assert.match(found?.sentence ?? '', /^"payload[^"]*" .+\.$/);
      const isSent = (payload: object, by: object, to: object): void => {
        const json = JSON.stringify(payload);
        assert.deepEqual(createPayloadCheck(by, 'by').problems(json), []);
        assert.notDeepEqual(createPayloadCheck(to, 'to').problems(json), []);
      };
      if (backward !== undefined) isSent(backward, next, old);
      if (forward !== undefined) isSent(forward, old, next);
    });
  }
});

const same: readonly (readonly [string, object, object])[] = [
  [
    'titles, examples and our other annotations',
    a(integer),
    a({ ...integer, title: 'A', examples: [1], 'x-note': 'n' }),
  ],
  [
    'null by type, by anyOf or by nullable',
    a({ type: ['integer', 'null'] }),
    a({ anyOf: [{ type: 'null' }, integer] }),
  ],
  [
    'a schema in place or by reference',
    a(integer),
    { ...a({ $ref: '#/$defs/n' }), $defs: { n: integer } },
  ],
  [
    'allOf or one schema',
    a({ allOf: [integer, { minimum: 1 }] }),
    a({ ...integer, exclusiveMinimum: 0 }),
  ],
  [
    'a recursive schema under another name',
    {
      $ref: '#/$defs/tree',
      $defs: { tree: object({ left: { $ref: '#/$defs/tree' }, n: integer }) },
    },
    {
      $ref: '#/$defs/node',
      $defs: { node: object({ left: { $ref: '#/$defs/node' }, n: integer }) },
    },
  ],
  ['one value as const or enum', a({ const: 'x' }), a({ enum: ['x'] })],
  [
    'drafts',
    { $schema: 'http://json-schema.org/draft-07/schema#', ...list(integer) },
    list(integer),
  ],
];

describe('what says the same in other words is compatible both ways', () => {
  for (const [name, old, next] of same) {
    test(name, () => assert.deepEqual(compareSchemas(old, next).differences, []));
  }
});

test('alternatives told apart by a constant are compared one with one', () => {
  const tagged = (kind: string, n: object) =>
    object({ kind: { const: kind }, n }, { required: ['kind'] });
  const old = a({ oneOf: [tagged('x', integer), tagged('y', text)] });
  const next = a({ oneOf: [tagged('y', text), tagged('x', { type: 'number' })] });
  const { differences } = compareSchemas(old, next);
  assert.deepEqual(
    differences.map(({ kind, path, breaks }) => [kind, path, breaks]),
    [['type_widened', '/a/n', 'backward']],
  );
});

test('a unit inside a choice, a list or a recursion is compared too', () => {
  const money = (unit: string) => ({ ...integer, 'x-unit': unit });
  const schema = (unit: string) => ({
    ...object({
      next: { $ref: '#' },
      a: { anyOf: [money(unit), { type: 'null' }] },
      l: { items: money(unit) },
    }),
  });
  const { differences } = compareSchemas(schema('cents'), schema('euros'));
  const units = differences.filter(({ kind }) => kind === 'unit_changed');
  assert.deepEqual(
    units.map(({ path }) => path),
    // Once round the recursion: the payload itself is an object, what stands below need not be.
    ['/a', '/l/*', '/next/a', '/next/l/*'],
  );
});

test('schemas that are too much to compare are undecided, in bounded time', () => {
  const hard = (last: object) => {
    const $defs: Record<string, object> = { d0: last };
    for (let n = 1; n <= 30; n += 1) {
      $defs[`d${n}`] = {
        anyOf: [
          object({ x: { $ref: `#/$defs/d${n - 1}` } }),
          object({ x: { $ref: `#/$defs/d${n - 1}` }, y: integer }),
        ],
      };
    }
    return { ...a({ $ref: '#/$defs/d30' }), $defs };
  };
  const before = process.cpuUsage();
  const { isBackward, isForward } = compareSchemas(hard(integer), hard({ type: 'number' }));
  const { user, system } = process.cpuUsage(before);
  assert.deepEqual([isBackward, isForward], [false, false]);
  assert.ok(user + system < 10_000_000, `${(user + system) / 1e6} s`);
});
