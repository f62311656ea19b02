import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { TokenBucket } from '../../src/core/index.ts';
import { runs } from '../support/ledger-property.ts';

const rates = fc.record({
  perSecond: fc.oneof(
    fc.integer({ min: 1, max: 5_000 }),
    fc.double({ min: 0.1, max: 50, noNaN: true }),
  ),
  capacity: fc.integer({ min: 1, max: 100 }),
});
/** Moments as steps of a clock that stands still, moves on, and now and then steps back. */
const steps = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: -500, max: 0 }),
  ),
  { maxLength: 200 },
);

test('lets no more through in any window than its capacity and what flowed in', () => {
  fc.assert(
    fc.property(rates, steps, ({ perSecond, capacity }, waits) => {
      const bucket = new TokenBucket(perSecond, capacity, 0);
      // The time that the bucket may count: the sum of the steps forward.
      let [now, passedMs] = [0, 0];
      const takenAt: number[] = [];
      for (const waitMs of waits) {
        now += waitMs;
        passedMs += Math.max(0, waitMs);
        if (bucket.take(now)) takenAt.push(passedMs);
      }
      for (let first = 0; first < takenAt.length; first += 1) {
        for (let last = first; last < takenAt.length; last += 1) {
          const windowMs = (takenAt[last] ?? 0) - (takenAt[first] ?? 0);
          const most = capacity + (windowMs * perSecond) / 1000 + 1e-6;
          assert.ok(last - first + 1 <= most, `${last - first + 1} in ${windowMs} ms`);
        }
      }
    }),
    runs(300),
  );
});

test('has a token at the moment it names, and none a millisecond before', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 1, max: 50 }), ({ perSecond, capacity }, takes) => {
      const bucket = new TokenBucket(perSecond, capacity, 1_000);
      let now = 1_000;
      for (let taken = 0; taken < takes; taken += 1) {
        const at = bucket.nextAt(now);
        assert.ok(at >= now);
        if (at > now) assert.ok(bucket.level(at - 1) < 1);
        // Sums of parts of tokens are rounded: one more millisecond at most.
        now = bucket.nextAt(at);
        assert.ok(now <= at + 1);
        assert.ok(bucket.take(now));
      }
    }),
    runs(300),
  );
});

test('whoever comes whenever there is a token gets the whole rate', () => {
  const bucket = new TokenBucket(7, 7, 0);
  let [now, taken] = [0, 0];
  while (now <= 60_000) {
    assert.ok(bucket.take(now));
    taken += 1;
    now = bucket.nextAt(now);
  }
  // 143 ms for each where 142.86 would do.
  assert.ok(taken >= 7 + 7 * 59 && taken <= 7 + 7 * 60, `${taken} in a minute`);
});

test('a clock that steps back adds nothing, and takes nothing away', () => {
  const bucket = new TokenBucket(1, 2, 10_000);
  assert.ok(bucket.take(10_000) && bucket.take(10_000));
  assert.equal(bucket.level(4_000), 0);
  assert.equal(bucket.level(5_000), 1, 'a second of the clock as it is now');
});

test('a bucket without inflow gives what it has, and what is added, and then never', () => {
  const bucket = new TokenBucket(0, 3, 0);
  for (let left = 3; left > 0; left -= 1) assert.ok(bucket.take(0));
  assert.equal(bucket.take(1e12), false);
  assert.equal(bucket.nextAt(1e12), Infinity);
  for (let added = 0; added < 5; added += 1) bucket.add(0.25);
  assert.equal(bucket.nextAt(1e12), 1e12);
  bucket.add(100);
  assert.equal(bucket.level(1e12), 3, 'up to its capacity');
});
