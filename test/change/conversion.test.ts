import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createConversion, noContract, type EventType } from '../../src/change/index.ts';
import { seededRandom } from '../../src/core/index.ts';
import { PayloadVersions } from '../../src/delivery/payload-versions.ts';

type Known = Pick<EventType, 'name' | 'schemas' | 'contract'>;

const old = {
  type: 'object',
  required: ['amount'],
  properties: { amount: { type: 'integer', 'x-unit': 'cents' } },
};
const now = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'number', 'x-unit': 'euros' }, currency: { type: 'string' } },
};

function eventType(declaration: object | null, schemas = { 1: old, 2: now }): Known {
  const conversions =
    declaration === null
      ? {}
      : { 1: { declaration: JSON.stringify([declaration].flat()), from: '2' } };
  return { name: 'invoice.paid', schemas, contract: { ...noContract, conversions } };
}

const toCents = {
  where: [{ path: '/currency', op: 'exists' }],
  operations: [{ path: '/amount', multiply: '100', round: 'half_up' }],
};
const bounds = { maxBytes: 1000 };

describe('a conversion', () => {
  it("makes an older version's payload and leaves every other byte as it was", () => {
    const convert = createConversion(eventType(toCents), '1', bounds);
    const payload =
      '{ "b":1.0,\t"amount" : 12.34, "currency":"\\u20ac", "big":12345678901234567890 }';
    assert.deepEqual(convert(payload), {
      kind: 'converted',
      text: payload.replace('12.34', '1234'),
    });
  });

  it('changes what it names and nothing else, byte for byte, whatever else is there', () => {
    const seed = 20_261_122;
    const random = seededRandom(seed);
    const pick = <Item>(items: readonly Item[]): Item =>
      items[Math.floor(random.next() * items.length)] ?? assert.fail('nothing to pick');
    const convert = createConversion(eventType(toCents), '1', { maxBytes: 1e6 });
    const space = (): string => pick(['', ' ', '\n', '\t ', '  ']);
    const values = [
      '1.0',
      '1e400',
      '-0',
      '"\\u0041"',
      '"€"',
      '[1, 2 ]',
      '{"amount": 5}',
      'null',
      '""',
    ];
    for (let nth = 0; nth < 2000; nth += 1) {
      const euros = Math.floor(random.next() * 1e6);
      const members = Array.from(
        { length: Math.floor(random.next() * 6) },
        (_, at) => `"m${at}"${space()}:${space()}${pick(values)}`,
      );
      members.push(`"currency":${space()}"EUR"`);
      const at = Math.floor(random.next() * members.length);
      const payload = `{${space()}${members.toSpliced(at, 0, `"amount":${euros}`).join(',')}}`;
      const expected = payload.replace(`"amount":${euros}`, `"amount":${euros * 100}`);
      const converted = convert(payload);
      assert.deepEqual(
        converted,
        { kind: 'converted', text: expected },
        `seed ${seed}: ${payload}`,
      );
    }
  });

  it('applies its corrections one after the other, each where its own conditions hold', () => {
    const declared = [
      toCents,
      { where: [{ path: '/note', op: 'exists' }], operations: [{ op: 'remove', path: '/note' }] },
    ];
    const convert = createConversion(eventType(declared), '1', bounds);
    const made = (payload: string): unknown => convert(payload);
    const text = '{"amount":100,"currency":"EUR"}';
    assert.deepEqual(made('{"amount":1,"currency":"EUR"}'), { kind: 'converted', text });
    assert.deepEqual(made('{"amount":1,"currency":"EUR","note":1}'), { kind: 'converted', text });
  });

  it('leaves a payload as it is where its conditions do not hold', () => {
    const convert = createConversion(eventType(toCents), '1', bounds);
    assert.deepEqual(convert('{"amount": 5}'), { kind: 'converted', text: '{"amount": 5}' });
  });

  it('fails where it points at nothing, naming the place and no value', () => {
    const patch = { operations: [{ op: 'remove', path: '/secret' }] };
    const converted = createConversion(eventType(patch), '1', bounds)('{"amount": 77}');
    assert.deepEqual(converted, {
      kind: 'failed',
      detail: 'The conversion to version 1 does not fit the payload: path_missing at /secret.',
    });
  });

  it('fails where the result does not follow its version, whatever the mode of the contract', () => {
    const rename = { operations: [{ op: 'move', from: '/amount', path: '/total' }] };
    const converted = createConversion(eventType(rename), '1', bounds)('{"amount": 77}');
    assert.deepEqual(converted, {
      kind: 'failed',
      detail: 'What was made for version 1 does not follow it at payload.amount.',
    });
  });

  it('fails where the result is larger than a payload may be', () => {
    const add = { operations: [{ op: 'add', path: '/x', value: 'x'.repeat(2000) }] };
    const converted = createConversion(eventType(add), '1', bounds)('{"amount": 77}');
    assert.match(converted.kind === 'failed' ? converted.detail : '', /payload_too_large/);
  });

  it('is not needed where the payload follows the version as it is, and none is made up', () => {
    const convert = createConversion(eventType(null), '1', bounds);
    assert.equal(convert('{"amount":5,"currency":"EUR"}').kind, 'converted');
    assert.equal(convert('{"amount":5.5,"currency":"EUR"}').kind, 'failed');
  });

  it('is not applied once its version is in force again', () => {
    const known = eventType(toCents, { 1: old } as never);
    const payload = '{"amount":5,"currency":"EUR"}';
    assert.deepEqual(createConversion(known, '1', bounds)(payload), {
      kind: 'converted',
      text: payload,
    });
  });

  it('fails for a version that is no more', () => {
    const known = eventType(toCents, { 2: now } as never);
    assert.equal(createConversion(known, '1', bounds)('{}').kind, 'failed');
  });
});

describe('pinned versions', () => {
  it('cost an endpoint without pins nothing but the look', () => {
    assert.equal(new PayloadVersions(1000).of({ payloadVersions: null }), null);
  });

  it('leave event types alone that are not pinned', () => {
    const pinned = new PayloadVersions(1000).of({ payloadVersions: { 'invoice.paid': '1' } });
    assert.equal(pinned?.('other', '{}'), null);
  });

  it('follow their event type as it is written, and fail once it is gone', () => {
    const versions = new PayloadVersions(1000);
    const pinned = versions.of({ payloadVersions: { 'invoice.paid': '1' } });
    const payload = '{"amount":5,"currency":"EUR"}';
    versions.keep(eventType(null));
    assert.deepEqual(pinned?.('invoice.paid', payload), {
      version: '1',
      kind: 'converted',
      text: payload,
    });
    versions.keep(eventType(toCents));
    assert.deepEqual(pinned?.('invoice.paid', payload), {
      version: '1',
      kind: 'converted',
      text: '{"amount":500,"currency":"EUR"}',
    });
    versions.forget('invoice.paid');
    assert.equal(pinned?.('invoice.paid', payload)?.kind, 'failed');
  });
});
