import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { EventTypeValue } from '../../src/change/index.ts';
import { isCurrency, minorDigitsOf } from '../../src/core/index.ts';
import { ValueGate } from '../../src/intake/index.ts';
import { runs } from '../support/ledger-property.ts';

const cents: EventTypeValue = {
  path: '/data/amount',
  currency: 'EUR',
  currencyPath: null,
  unit: 'minor',
};
const major: EventTypeValue = { ...cents, unit: 'major' };

function gateOf(value: EventTypeValue | null): ValueGate {
  const gate = new ValueGate();
  gate.keep({ name: 'paid', value });
  return gate;
}

/** As the request was parsed. */
function read(value: EventTypeValue, payload: string) {
  return gateOf(value).read('paid', JSON.parse(payload));
}

/** What is counted of a payload that carries none. */
function missed(value: EventTypeValue, payload: string): string {
  const gate = gateOf(value);
  assert.equal(gate.read('paid', JSON.parse(payload)), null);
  const [name, ...others] = Object.entries(gate.figures().missed).filter(([, n]) => n > 0);
  assert.equal(others.length, 0);
  return name?.[0] ?? 'nothing';
}

const amountOf = (amount: string): string => `{"data":{"amount":${amount}}}`;

describe('the value of a message', () => {
  it('is what stands at the path, in the currency that the event type names', () => {
    assert.deepEqual(read(cents, amountOf('1250')), { amount: 1250, currency: 'EUR' });
    assert.deepEqual(read(cents, amountOf('0')), { amount: 0, currency: 'EUR' });
    assert.deepEqual(read({ ...cents, path: '/a~1b/~0/1' }, '{"a/b":{"~":[1,2]}}'), {
      amount: 2,
      currency: 'EUR',
    });
  });

  it('has as many decimals as its currency', () => {
    const of = (currency: string, amount: string) =>
      read({ ...major, currency }, amountOf(amount))?.amount;
    assert.deepEqual(
      [of('EUR', '12.5'), of('JPY', '1250'), of('KWD', '12.345'), of('JPY', '12.5')],
      [1250, 1250, 12_345, 13],
    );
  });

  it('takes the currency from the payload, in capitals or not', () => {
    const declared = { ...cents, currency: null, currencyPath: '/data/currency' };
    const payload = (currency: string): string => `{"data":{"amount":5,"currency":${currency}}}`;
    assert.deepEqual(read(declared, payload('"usd"')), { amount: 5, currency: 'USD' });
    for (const wrong of ['"USDX"', '"ZZQ"', '840', 'null', '["EUR"]']) {
      assert.equal(missed(declared, payload(wrong)), 'currency');
    }
    assert.equal(missed(declared, amountOf('5')), 'currency');
  });

  it('takes a number that is written as a text', () => {
    assert.equal(read(major, amountOf('"19.99"'))?.amount, 1999);
    assert.equal(read(cents, amountOf('"1999"'))?.amount, 1999);
    assert.equal(read(cents, amountOf('1.999e3'))?.amount, 1999);
    for (const wrong of ['"12 EUR"', '""', '"1,000"', '"Infinity"', 'true', '[1]', '{"a":1}']) {
      assert.equal(missed(major, amountOf(wrong)), 'not_a_number');
    }
  });

  it('is none where the path leads nowhere, whatever lies beside it', () => {
    for (const payload of [
      '{}',
      '{"data":null}',
      '{"data":[1]}',
      '{"data":"amount"}',
      amountOf('null'),
    ]) {
      assert.equal(missed(cents, payload), 'missing');
    }
    assert.equal(missed({ ...cents, path: '/data/length' }, '{"data":[1,2]}'), 'missing');
    assert.equal(missed({ ...cents, path: '/constructor/length' }, '{}'), 'missing');
  });

  it('is none below 0 and beyond 2^53, and no length of a number costs anything', () => {
    assert.equal(missed(cents, amountOf('-1')), 'negative');
    assert.equal(missed(major, amountOf('-0.01')), 'negative');
    assert.equal(read(cents, amountOf('9007199254740991'))?.amount, Number.MAX_SAFE_INTEGER);
    assert.equal(missed(cents, amountOf('9007199254740992')), 'too_large');
    assert.equal(missed(major, amountOf('90071992547409.92')), 'too_large');
    assert.equal(missed(cents, amountOf('1e400')), 'too_large');
    assert.equal(missed(cents, amountOf('1e300')), 'too_large');
    assert.equal(missed(cents, amountOf(`"${'9'.repeat(200)}"`)), 'too_large');
    assert.equal(missed(cents, amountOf(`"${'9'.repeat(100_000)}"`)), 'not_a_number');
    assert.equal(read(cents, amountOf('1e-400'))?.amount, 0);
  });

  it('is none for event types that say nothing, and is not counted', () => {
    const gate = gateOf(null);
    assert.equal(gate.read('paid', { data: { amount: 1 } }), null);
    gate.keep({ name: 'paid', value: cents });
    assert.equal(gate.read('other', { data: { amount: 1 } }), null);
    assert.notEqual(gate.read('paid', { data: { amount: 1 } }), null);
    gate.forget('paid');
    assert.equal(gate.read('paid', { data: { amount: 1 } }), null);
    const { carried, missed: none } = gate.figures();
    assert.equal(carried, 1);
    assert.ok(Object.values(none).every((count) => count === 0));
  });

  it('is exact for every amount of every currency', () => {
    const currencies = Intl.supportedValuesOf('currency');
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.nat({ max: 999_999_999_999 }),
        fc.boolean(),
        (currency, amount, isText) => {
          const digits = minorDigitsOf(currency);
          const text = String(amount).padStart(digits + 1, '0');
          const written = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
          const payload = amountOf(isText ? `"${written}"` : String(Number(written)));
          assert.deepEqual(read({ ...major, currency }, payload), { amount, currency });
        },
      ),
      runs(300),
    );
  });

  it('never throws, whatever the payload holds', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom('minor', 'major'),
        (found, unit) => {
          const declared = { path: '/data', currency: null, currencyPath: '/data', unit } as const;
          const value = gateOf(declared).read('paid', { data: found });
          assert.ok(value === null || (Number.isSafeInteger(value.amount) && value.amount >= 0));
          const held = gateOf({ ...major, path: '/data' }).read('paid', { data: found });
          assert.ok(held === null || (Number.isSafeInteger(held.amount) && held.amount >= 0));
        },
      ),
      runs(500),
    );
  });

  it('knows currencies and no other three letters', () => {
    assert.deepEqual(['EUR', 'JPY', 'eur', 'ZZQ', ''].map(isCurrency), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
