import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPayloadCheck } from '../../src/contract/index.ts';
import { HoldfastError } from '../../src/core/index.ts';

const problems = (schema: unknown, payload: unknown) =>
  createPayloadCheck(schema, 'schemas.1').problems(
    typeof payload === 'string' ? payload : JSON.stringify(payload),
  );

function refused(schema: unknown, words: RegExp): void {
  assert.throws(
    () => createPayloadCheck(schema, 'schemas.1'),
    (thrown: unknown) => {
      assert.ok(thrown instanceof HoldfastError, String(thrown));
      assert.deepEqual([thrown.code, thrown.field], ['validation', 'schemas.1']);
      assert.match(thrown.message, words);
      return true;
    },
  );
}

/** Seconds of CPU: a machine under load may take longer by the clock. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('problems of a payload', () => {
  test('name the field and say what is wrong, at most five of them', () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { 'a/b': { type: 'integer' }, list: { items: { enum: [1, 2] } } },
      additionalProperties: false,
    };
    assert.deepEqual(problems(schema, { 'a/b': 'x', list: [1, 3], no: 1 }), [
      { path: '/id', field: 'payload.id', rule: 'is missing' },
      { path: '/no', field: 'payload.no', rule: 'is not known to the contract' },
      { path: '/a~1b', field: 'payload.a/b', rule: 'must be integer, not "x"' },
      { path: '/list/1', field: 'payload.list.1', rule: 'must be one of [1,2], not 3' },
    ]);
    assert.equal(problems(schema, { id: 1, list: [3, 4, 5, 6, 7, 8, 9] }).length, 5);
  });

  test('are found by the draft that the schema names', () => {
    const tuple = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { a: { items: [{ type: 'integer' }] } },
    };
    assert.equal(problems(tuple, { a: ['x'] }).length, 1);
    refused({ properties: tuple.properties }, /items/);
  });

  test('annotations of our own and of OpenAPI, and unknown formats, are no problem', () => {
    const schema = {
      'x-team': 'pay',
      properties: { a: { type: 'integer', 'x-unit': 'cents', example: 1, format: 'money' } },
    };
    assert.deepEqual(problems(schema, { a: 1 }), []);
  });

  test('what follows a list of items is checked in an empty array too', () => {
    const schema = {
      properties: { a: { prefixItems: [{ type: 'string' }], contains: { type: 'integer' } } },
    };
    assert.equal(problems(schema, { a: [] }).length, 1);
    assert.deepEqual(problems(schema, { a: ['x', 1] }), []);
  });

  test('equal items are equal however they are written', () => {
    const schema = { properties: { a: { uniqueItems: true } } };
    assert.equal(problems(schema, '{"a":[{"x":1,"y":2},{"y":2,"x":1.0}]}').length, 1);
    assert.deepEqual(problems(schema, { a: [1, '1', [1], { x: 1 }, null, true] }), []);
  });
});

describe('a schema is refused', () => {
  test('that is no schema', () => {
    refused(5, /neither an object nor a boolean/);
    refused({ type: 'objekt' }, /"\/type"/);
    refused({ propertis: {} }, /unknown keyword: "propertis"/);
    refused({ $schema: 'http://json-schema.org/draft-04/schema#' }, /other than draft/);
    refused({ $async: true }, /\$async/);
  });
  test('that leads elsewhere, nowhere or round in a circle', () => {
    refused({ $ref: 'https://example.com/x' }, /only "#"/);
    refused({ $ref: '#/$defs/none' }, /where there is no schema/);
    refused({ $ref: '#/examples/0', examples: [{ $ref: '#' }] }, /no schema of it/);
    refused({ $ref: '#' }, /refers to itself/);
    refused(
      { $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
      /refers to itself/,
    );
    refused({ properties: { a: { $dynamicRef: '#x' } } }, /use \$ref/);
    refused({ properties: { a: { $id: 'b' } } }, /only its root/);
  });
  test('that is too large in any way', () => {
    const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });
    refused(deep(101), /deep/);
    refused({ allOf: Array.from({ length: 5001 }, () => ({})) }, /more than 5000 schemas/);
    refused({ title: 'x'.repeat(300_000) }, /larger than/);
    refused(
      { $defs: { a: {} }, allOf: Array.from({ length: 501 }, () => ({ $ref: '#/$defs/a' })) },
      /references/,
    );
    refused({ allOf: Array.from({ length: 201 }, (_, n) => ({ pattern: `${n}` })) }, /patterns/);
  });
  test('whose pattern cannot be matched in linear time', () => {
    for (const pattern of [
      '(?=a)b',
      '(?<!a)b',
      '(a)\\1',
      '(?<x>a)\\k<x>',
      '(',
      'x'.repeat(1001),
      '((a{100}){100}){100}',
    ]) {
      refused({ properties: { a: { pattern } } }, /pattern at "\/properties\/a"/);
    }
  });
});

describe('a payload is checked in bounded time', () => {
  test('whatever backtracking its pattern would ask of others', () => {
    const text = `${'a'.repeat(200_000)}!`;
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '(a*)*b', '^(.*)(.*)(.*)(.*)[0-9]$']) {
      const check = createPayloadCheck({ properties: { a: { pattern } } }, 'schemas.1');
      const json = JSON.stringify({ a: text });
      const seconds = cpuSeconds(() => assert.equal(check.problems(json).length, 1));
      assert.ok(seconds < 3, `${pattern}: ${seconds} s`);
    }
  });
  test('where a schema leads to the same place in ever more ways', () => {
    const branch = (minItems: number) => ({ items: { $ref: '#/$defs/n' }, minItems });
    const schema = {
      properties: { n: { $ref: '#/$defs/n' } },
      $defs: { n: { anyOf: [branch(99), branch(98), { type: 'string' }] } },
    };
    const check = createPayloadCheck(schema, 'schemas.1');
    const json = `{"n":${'['.repeat(60)}${']'.repeat(60)}}`;
    const seconds = cpuSeconds(() => {
      assert.match(check.problems(json)[0]?.rule ?? '', /more steps/);
    });
    assert.ok(seconds < 5, `${seconds} s`);
    assert.deepEqual(check.problems('{"n":"x"}'), []);
  });
  test('however deep it is, and however many elements it has', () => {
    const tree = {
      properties: { n: { $ref: '#/$defs/n' } },
      $defs: { n: { items: { $ref: '#/$defs/n' } } },
    };
    const deep = `{"n":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    assert.match(problems(tree, deep)[0]?.rule ?? '', /nested too deeply/);
    const unique = { properties: { n: { uniqueItems: true } } };
    const wide = JSON.stringify({ n: Array.from({ length: 150_000 }, (_, index) => index) });
    const seconds = cpuSeconds(() => assert.deepEqual(problems(unique, wide), []));
    assert.ok(seconds < 5, `${seconds} s`);
  });
});
