import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EventTypeDrift } from '../../../src/contract/index.ts';
import { seededRandom } from '../../../src/core/index.ts';
import { normal } from '../../support/payment.ts';

/** Bytes of what is kept of one event type: what bounds memory too. */
const MOST_BYTES = 400_000;

describe('what drift may cost and claim', () => {
  it('takes whatever JSON there is, within its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 12 }), { minLength: 1 }), (payloads) => {
        const drift = new EventTypeDrift();
        for (let nth = 0; nth < 300; nth += 1) {
          drift.look({ id: nth, payload: payloads[nth % payloads.length] });
        }
        const text = drift.toJson();
        assert.ok(text.length <= MOST_BYTES);
        assert.equal(EventTypeDrift.fromJson(text).toJson(), text);
      }),
      { numRuns: 50 },
    );
  });

  it('stays within its bounds under payloads made to break them', () => {
    const drift = new EventTypeDrift();
    const random = seededRandom(11);
    const deep = `${'{"a":['.repeat(5000)}1${']}'.repeat(5000)}`;
    for (let nth = 0; nth < 300; nth += 1) {
      const word = (): string => Math.floor(random.next() * 2 ** 40).toString(36);
      const members = Object.fromEntries(Array.from({ length: 60 }, () => [word(), random.next()]));
      drift.look({ id: nth, payload: { [word()]: members, again: { [word()]: members } } });
      drift.look({
        id: nth,
        payload: { numbers: Array.from({ length: 5000 }, () => random.next()) },
      });
      drift.look({ id: nth, payload: { scale: 10 ** (random.next() * 600 - 300), text: word() } });
      drift.look({ id: nth, payload: JSON.parse(`{"__proto__":{"x":${nth}},"constructor":1}`) });
    }
    drift.look({ id: 1, payload: JSON.parse(deep) });
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, nth) => [`k${nth}`, nth]));
    drift.look({ id: 2, payload: many });
    assert.ok(drift.fields <= 200, String(drift.fields));
    assert.ok(drift.toJson().length <= MOST_BYTES, String(drift.toJson().length));
    assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
  });

  it('keeps to two hundred fields, however many a payload has', () => {
    const wide = (depth: number): unknown =>
      depth === 0
        ? 1
        : Object.fromEntries(Array.from({ length: 10 }, (_, nth) => [`n${nth}`, wide(depth - 1)]));
    const drift = new EventTypeDrift();
    for (let nth = 0; nth < 200; nth += 1) drift.look({ id: nth, payload: wide(3) });
    assert.equal(drift.fields, 200);
    assert.ok(drift.toJson().length <= MOST_BYTES, String(drift.toJson().length));
  });

  it('raises no more alarms on exchangeable numbers than its bound allows, heavy tails included', () => {
    const seed = Math.floor(Math.random() * 1e9);
    const random = seededRandom(seed);
    const draws: readonly (() => number)[] = [
      () => Math.exp(1.5 * normal(random)),
      // Pareto with exponent 1: the mean does not exist.
      () => 1 / (1 - random.next()),
      () => (random.next() < 0.02 ? 100 : 1) * (5 + random.next()),
      () => Math.floor(10 * random.next() ** 4),
      () => random.next(),
    ];
    const messages = 20_000;
    for (const [which, draw] of draws.entries()) {
      const drift = new EventTypeDrift();
      for (let nth = 1; nth <= messages; nth += 1) {
        drift.look({ id: nth, payload: { value: draw() } });
      }
      const alarms = drift.findings.reduce((sum, { repeats }) => sum + 1 + repeats, 0);
      // At most one in 1,000 on average; four times the square root more has a chance below 1 in 1,000.
      const most = messages / 1000 + 4 * Math.sqrt(messages / 1000);
      assert.ok(alarms <= most, `seed ${seed}, stream ${which}: ${alarms} alarms`);
    }
  });
});
