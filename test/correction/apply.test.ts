import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyCorrection, parseCorrection, type Corrected } from '../../src/correction/index.ts';

const MAX = { maxBytes: 1_048_576 };

/** The correction as somebody would declare it, as text or as what JSON.stringify writes. */
function correct(declared: unknown, payload: string, bounds = MAX): Corrected {
  const json = typeof declared === 'string' ? declared : JSON.stringify(declared);
  return applyCorrection(parseCorrection(json), payload, bounds);
}

function multiply(payload: string, path: string, factor: string, round?: string): Corrected {
  return correct({ operations: [{ path, multiply: factor, round }] }, payload);
}

function textOf(corrected: Corrected): string {
  if (corrected.kind === 'corrected') return corrected.text;
  return `refused: ${corrected.reason}`;
}

describe('a field multiplied by a factor', () => {
  for (const [payload, factor, wanted] of [
    ['{"a":19.99}', '100', '{"a":1999}'],
    ['{"a":1999}', '100', '{"a":199900}'],
    ['{"a":199900}', '0.01', '{"a":1999}'],
    ['{"a":0.07}', '100', '{"a":7}'],
    ['{"a":-1.005}', '1000', '{"a":-1005}'],
    ['{"a":9007199254740993}', '100', '{"a":900719925474099300}'],
    ['{"a":12345678901234567890.5}', '2', '{"a":24691357802469135781}'],
    ['{"a":1e3}', '0.01', '{"a":10}'],
    ['{"a":"19.90"}', '100', '{"a":"1990.00"}'],
    ['{"a":1.5}', '1.5', '{"a":2.25}'],
  ] as const) {
    it(`${payload} × ${factor} is ${wanted}`, () => {
      assert.equal(textOf(multiply(payload, 'a', factor)), wanted);
    });
  }

  it('refuses decimals in what was an integer, unless a rounding is declared', () => {
    const half = '{"a":-25}';
    assert.equal(textOf(multiply(half, 'a', '0.1')), 'refused: needs_rounding');
    assert.equal(textOf(multiply(half, 'a', '0.1', 'exact')), '{"a":-2.5}');
    assert.equal(textOf(multiply(half, 'a', '0.1', 'half_up')), '{"a":-3}');
    assert.equal(textOf(multiply(half, 'a', '0.1', 'half_even')), '{"a":-2}');
    assert.equal(textOf(multiply(half, 'a', '0.1', 'down')), '{"a":-2}');
    assert.equal(textOf(multiply(half, 'a', '0.1', 'up')), '{"a":-3}');
  });

  it('changes every element of an array, and keeps every other byte', () => {
    const payload = '{ "lines" : [ {"p":1.10,"x":1.10}, {"p": 2 } ],\n "p":1.10, "p" : 3 }';
    assert.equal(
      textOf(multiply(payload, 'lines[].p', '100')),
      '{ "lines" : [ {"p":110,"x":1.10}, {"p": 200 } ],\n "p":1.10, "p" : 3 }',
    );
    assert.equal(
      textOf(multiply(payload, 'lines[1].p', '100')),
      '{ "lines" : [ {"p":1.10,"x":1.10}, {"p": 200 } ],\n "p":1.10, "p" : 3 }',
    );
    // Of equal names the last counts, for whoever reads it with JSON.parse.
    assert.equal(
      textOf(multiply(payload, '/p', '100')),
      '{ "lines" : [ {"p":1.10,"x":1.10}, {"p": 2 } ],\n "p":1.10, "p" : 300 }',
    );
  });

  it('says where it changed what', () => {
    const corrected = multiply('{"lines":[{"a/b":1.5},{"a/b":2}]}', 'lines.*.a/b', '10');
    assert.equal(corrected.kind, 'corrected');
    assert.deepEqual(corrected.kind === 'corrected' && corrected.changes, [
      { path: '/lines/0/a~1b', before: '1.5', after: '15' },
      { path: '/lines/1/a~1b', before: '2', after: '20' },
    ]);
  });

  it('asks a condition on an array of the very element that it changes', () => {
    const corrected = correct(
      {
        where: [
          { path: 'lines[].currency', op: 'eq', value: 'USD' },
          { path: 'lines[].price', op: 'lt', value: 100 },
        ],
        operations: [{ path: 'lines[].price', multiply: '100' }],
      },
      '{"lines":[{"price":5,"currency":"USD"},{"price":5,"currency":"JPY"},{"price":500,"currency":"USD"}]}',
    );
    assert.equal(
      textOf(corrected),
      '{"lines":[{"price":500,"currency":"USD"},{"price":5,"currency":"JPY"},{"price":500,"currency":"USD"}]}',
    );
  });

  it('asks the conditions before the first operation, not between them', () => {
    const declared = {
      where: [{ path: 'amount', op: 'lt', value: 100 }],
      operations: [
        { path: 'amount', multiply: '100' },
        { path: 'fee', multiply: '100' },
      ],
    };
    assert.equal(
      textOf(correct(declared, '{"amount":19.99,"fee":1}')),
      '{"amount":1999,"fee":100}',
    );
  });

  it('leaves a payload alone that it cannot correct wholly, and says why', () => {
    const reason = (payload: string, path: string, factor = '100'): string =>
      textOf(multiply(payload, path, factor));
    assert.equal(reason('{"a":1}', 'b'), 'refused: path_missing');
    assert.equal(reason('{"a":1}', 'a.b'), 'refused: path_missing');
    assert.equal(reason('{"a":[]}', 'a[].b'), 'refused: path_missing');
    assert.equal(reason('{"a":[1,null]}', 'a[]'), 'refused: not_a_number');
    assert.equal(reason('{"a":"n/a"}', 'a'), 'refused: not_a_number');
    assert.equal(reason('{"a":1e9999}', 'a'), 'refused: number_too_long');
    assert.equal(reason('{"a":0}', 'a'), 'refused: same');
    assert.equal(reason('{"a":5.00}', 'a', '1.0'), 'refused: same');
    assert.equal(reason('{"a":-0}', 'a'), 'refused: same');
    const bounds = { maxBytes: 8 };
    const declared = { operations: [{ path: 'a', multiply: '1000' }] };
    assert.equal(textOf(correct(declared, '{"a":55}', bounds)), 'refused: payload_too_large');
  });

  it('restores the text when the inverse follows, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).filter((value) => value !== 0n),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom('', ' ', '\n\t'),
        (around, digits, power, space) => {
          const json = JSON.stringify({ before: around });
          const payload = `${json.slice(0, -1)},${space}"amount"${space}:${space}${digits}}`;
          const factor = `1${'0'.repeat(power)}`;
          const inverse = power === 0 ? '1' : `0.${'0'.repeat(power - 1)}1`;
          const there = multiply(payload, 'amount', inverse, 'exact');
          if (power === 0) assert.equal(textOf(there), 'refused: same');
          else {
            assert.equal(textOf(multiply(textOf(there), 'amount', factor)), payload);
            const up = textOf(multiply(payload, 'amount', factor));
            assert.equal(textOf(multiply(up, 'amount', inverse)), payload);
          }
        },
      ),
    );
  });
});

describe('conditions', () => {
  const isMet = (payload: string, ...where: readonly object[]): boolean => {
    const declared = { where, operations: [{ op: 'add', path: '/new', value: 1 }] };
    return correct(declared, payload).kind === 'corrected';
  };
  it('compare numbers exactly, texts by their order, and never one with the other', () => {
    const big = '{"n":9007199254740993,"t":"2026-03-01","z":null}';
    const declared = (value: string): string =>
      `{"where":[{"path":"n","op":"eq","value":${value}}],"operations":[{"op":"add","path":"/new","value":1}]}`;
    assert.equal(correct(declared('9007199254740993'), big).kind, 'corrected');
    assert.equal(correct(declared('9007199254740992'), big).kind, 'refused');
    assert.ok(isMet(big, { path: 't', op: 'gte', value: '2026-01-01' }));
    assert.ok(!isMet(big, { path: 't', op: 'lt', value: 5 }));
    assert.ok(!isMet(big, { path: 'n', op: 'lt', value: '9' }));
    assert.ok(isMet('{"n":1.0}', { path: 'n', op: 'eq', value: 1 }));
    assert.ok(isMet(big, { path: 'z', op: 'eq', value: null }));
  });

  it('hold for any value of an array, and "ne" for all of them', () => {
    const list = '{"a":[1,2,3]}';
    assert.ok(isMet(list, { path: 'a[]', op: 'in', value: [3, 9] }));
    assert.ok(!isMet(list, { path: 'a[]', op: 'ne', value: 3 }));
    assert.ok(isMet(list, { path: 'a[]', op: 'ne', value: 4 }));
  });

  it('hold of nothing where there is nothing, but for "exists" false', () => {
    for (const op of ['eq', 'ne', 'lt', 'gte']) {
      assert.ok(!isMet('{}', { path: 'a', op, value: 1 }), op);
    }
    assert.ok(isMet('{}', { path: 'a', op: 'exists', value: false }));
    assert.ok(isMet('{"a":null}', { path: 'a', op: 'exists' }));
  });
});

describe('a JSON Patch', () => {
  const patch = (payload: string, ...operations: readonly object[]): string =>
    textOf(correct({ operations }, payload));

  it('changes the text and nothing but what it names', () => {
    const payload = '{"b" : 1.0, "a": [1 , 2],"b": 20000000000000000001, "c":{}}';
    assert.equal(
      patch(payload, { op: 'replace', path: '/a/1', value: { x: 1 } }),
      '{"b" : 1.0, "a": [1 , {"x":1}],"b": 20000000000000000001, "c":{}}',
    );
    assert.equal(patch(payload, { op: 'remove', path: '/b' }), '{"a": [1 , 2], "c":{}}');
    assert.equal(
      patch(payload, { op: 'move', from: '/b', path: '/c/d' }),
      '{"a": [1 , 2], "c":{"d":20000000000000000001}}',
    );
    assert.equal(
      patch(payload, { op: 'add', path: '/a/-', value: 3 }, { op: 'add', path: '/a/0', value: 0 }),
      '{"b" : 1.0, "a": [0,1 , 2,3],"b": 20000000000000000001, "c":{}}',
    );
    assert.equal(patch('{"a":[1]}', { op: 'remove', path: '/a/0' }), '{"a":[]}');
    assert.equal(patch('{ "a":1 , "z":2 }', { op: 'remove', path: '/z' }), '{ "a":1 }');
  });

  it('puts a value in as it was written', () => {
    const json = '{"operations":[{"op":"replace","path":"/a","value": 1.50e400}]}';
    assert.equal(textOf(correct(json, '{"a":1}')), '{"a":1.50e400}');
  });

  it('is refused wholly where one operation is', () => {
    assert.equal(
      patch('{"a":1}', { op: 'remove', path: '/a' }, { op: 'remove', path: '/b' }),
      'refused: path_missing',
    );
    assert.equal(patch('{"a":1}', { op: 'test', path: '/a', value: 2 }), 'refused: test_failed');
    assert.equal(patch('{"a":1}', { op: 'replace', path: '', value: 2 }), 'refused: not_an_object');
    assert.equal(patch('{"a":1}', { op: 'test', path: '/a', value: 1 }), 'refused: same');
    const doubling = Array.from({ length: 32 }, (_, at) => ({
      op: 'copy',
      from: '',
      path: `/${at}`,
    }));
    assert.equal(patch('{"a":1}', ...doubling), 'refused: payload_too_large');
  });

  it('reaches no prototype', () => {
    const before = Object.keys(Object.prototype);
    assert.equal(
      patch('{"a":1}', { op: 'add', path: '/__proto__', value: { isAdmin: true } }),
      '{"a":1,"__proto__":{"isAdmin":true}}',
    );
    assert.equal(
      patch('{}', { op: 'add', path: '/constructor/prototype/x', value: 1 }),
      'refused: path_missing',
    );
    assert.deepEqual(Object.keys(Object.prototype), before);
  });

  it('says the same as objects do that are patched one member at a time', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('add', 'remove', 'replace'),
        (given, value, pick, op) => {
          // As JSON has it: no -0, no undefined.
          const object = new Map(Object.entries(JSON.parse(JSON.stringify(given))));
          const payload = JSON.stringify(Object.fromEntries(object), null, pick % 3);
          const name = [...object.keys()][pick % object.size] ?? '';
          const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          if (op === 'remove') object.delete(name);
          else object.set(name, JSON.parse(JSON.stringify(value)));
          const corrected = correct({ operations: [{ op, path, value }] }, payload);
          const text = corrected.kind === 'corrected' ? corrected.text : payload;
          if (corrected.kind === 'refused') assert.equal(corrected.reason, 'same');
          assert.deepEqual(new Map(Object.entries(JSON.parse(text))), object);
        },
      ),
    );
  });
});

describe('a declaration', () => {
  it('is refused by the name of the field that is wrong', () => {
    const fieldOf = (declared: unknown): string | undefined => {
      try {
        correct(declared, '{}');
      } catch (thrown) {
        assert.ok(thrown instanceof Error && 'field' in thrown && 'code' in thrown);
        assert.equal(thrown.code, 'validation');
        return String(thrown.field);
      }
      return undefined;
    };
    const one = { path: 'a', multiply: '100' };
    assert.equal(fieldOf({}), 'correction.operations');
    assert.equal(fieldOf({ operations: [] }), 'correction.operations');
    assert.equal(fieldOf({ operations: [one], wher: [] }), 'correction.wher');
    assert.equal(
      fieldOf({ operations: [{ ...one, multiply: 100 }] }),
      'correction.operations.0.multiply',
    );
    assert.equal(
      fieldOf({ operations: [{ ...one, multiply: '0' }] }),
      'correction.operations.0.multiply',
    );
    assert.equal(
      fieldOf({ operations: [{ ...one, round: 'up?' }] }),
      'correction.operations.0.round',
    );
    for (const path of [
      '',
      '.',
      'a..b',
      'a.',
      '[',
      'a[',
      'a[x]',
      'a]b',
      'a[].',
      'a[0]b',
      'a.[0]',
    ]) {
      assert.equal(
        fieldOf({ operations: [{ ...one, path }] }),
        'correction.operations.0.path',
        path,
      );
    }
    assert.equal(
      fieldOf({ operations: [{ op: 'remove', path: 'a' }] }),
      'correction.operations.0.path',
    );
    assert.equal(
      fieldOf({ operations: [{ op: 'add', path: '/a' }] }),
      'correction.operations.0.value',
    );
    assert.equal(
      fieldOf({ operations: [{ op: 'move', from: '/a', path: '/a/b' }] }),
      'correction.operations.0.path',
    );
    assert.equal(
      fieldOf({ operations: [one, { op: 'remove', path: '/a' }] }),
      'correction.operations.0.op',
    );
    const where = (...conditions: readonly object[]) => ({ where: conditions, operations: [one] });
    assert.equal(fieldOf(where({ path: 'a', op: 'like', value: 1 })), 'correction.where.0.op');
    assert.equal(fieldOf(where({ path: 'a', op: 'lt', value: true })), 'correction.where.0.value');
    assert.equal(fieldOf(where({ path: 'a', op: 'eq' })), 'correction.where.0.value');
    assert.equal(fieldOf(where({ path: 'a', op: 'in', value: 1 })), 'correction.where.0.value');
  });
});
