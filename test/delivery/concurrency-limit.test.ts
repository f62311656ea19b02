import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ConcurrencyLimit } from '../../src/delivery/concurrency-limit.ts';
import { runs } from '../support/ledger-property.ts';

type QueueingEndpoint = {
  /** Requests that it works on at once; the others wait in its queue. */
  readonly atOnce: number;
  readonly serviceMs: number;
};

/**
 * A backlog sent to an endpoint that works on so many requests at once and queues the rest: answers come as its
 * workers end. Gives the limits seen after each answer.
 */
function drive(
  limit: ConcurrencyLimit,
  endpoint: (answer: number) => QueueingEndpoint,
  answers: number,
): readonly number[] {
  const seen: number[] = [];
  const queue: number[] = [];
  const working: { readonly sentAt: number; readonly endsAt: number }[] = [];
  let [now, sending] = [0, 0];
  for (let answer = 0; answer < answers; answer += 1) {
    const { atOnce, serviceMs } = endpoint(answer);
    while (sending < limit.value) {
      queue.push(now);
      sending += 1;
    }
    while (working.length < atOnce && queue.length > 0) {
      // Workers differ a little, as workers do: ±10 %, by a fixed pattern.
      const spread = 0.9 + (0.2 * (((answer + working.length) * 7919) % 101)) / 100;
      working.push({ sentAt: queue.shift() ?? now, endsAt: now + serviceMs * spread });
    }
    working.sort((left, right) => left.endsAt - right.endsAt);
    const ended = working.shift();
    assert.ok(ended);
    now = ended.endsAt;
    limit.answered(now - ended.sentAt, sending);
    sending -= 1;
    seen.push(limit.value);
  }
  return seen;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test('stays from one to the most, whatever it is told', () => {
  const events = fc.array(
    fc.record({
      does: fc.constantFrom('answered', 'answered', 'answered', 'refused', 'restart', 'most'),
      times: fc.integer({ min: 1, max: 60 }),
      durationMs: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 60_000 })),
      sending: fc.integer({ min: 1, max: 5_000 }),
      most: fc.integer({ min: 1, max: 4_096 }),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_096 }), events, (first, happens) => {
      const limit = new ConcurrencyLimit(first);
      let most = first;
      let now = 0;
      for (const { does, times, durationMs, sending, most: next } of happens) {
        if (does === 'most') limit.most = most = next;
        if (does === 'restart') limit.restart();
        for (let time = 0; time < times; time += 1) {
          now += 1;
          if (does === 'answered') limit.answered(durationMs, sending);
          if (does === 'refused') limit.refused(now, now);
          assert.ok(Number.isInteger(limit.value));
          assert.ok(limit.value >= 1 && limit.value <= most, `${limit.value} of ${most}`);
        }
      }
    }),
    runs(300),
  );
});

for (const atOnce of [4, 16, 60]) {
  test(`finds what an endpoint that works on ${atOnce} at once can take, and stays near it`, () => {
    const seen = drive(new ConcurrencyLimit(1_024), () => ({ atOnce, serviceMs: 50 }), 40_000);
    const settled = seen.slice(2_000);
    assert.ok(mean(settled) >= 0.9 * atOnce, `${mean(settled)} of ${atOnce} are used`);
    const most = Math.max(...settled);
    // Gradient2's margin: answer times half again as long are still believed, and a few requests to try for more.
    assert.ok(most <= 3 * atOnce + 8, `${most} at once, mean ${mean(settled)}`);
  });
}

test('an endpoint that takes anything gets the most within a few rounds', () => {
  const seen = drive(new ConcurrencyLimit(256), () => ({ atOnce: 1_000, serviceMs: 20 }), 2_000);
  assert.ok(seen.indexOf(256) > 0 && seen.indexOf(256) < 600, `after ${seen.indexOf(256)}`);
  assert.equal(seen.at(-1), 256);
});

test('an endpoint that becomes slow at its work alone keeps its limit, one that loses workers does not', () => {
  const worker = (atOnce: number, serviceMs: number) => ({ atOnce, serviceMs });
  const before = drive(new ConcurrencyLimit(64), () => worker(32, 50), 3_000).at(-1) ?? 0;
  assert.ok(before >= 28, `${before}`);
  const fewer = drive(
    new ConcurrencyLimit(64),
    (answer) => (answer < 3_000 ? worker(32, 50) : worker(4, 50)),
    4_500,
  );
  assert.ok(Math.min(...fewer.slice(3_000)) <= 16, `${Math.min(...fewer.slice(3_000))}`);
});

test('a limit that is not reached does not grow: it says nothing about a higher one', () => {
  const limit = new ConcurrencyLimit(100);
  const before = limit.value;
  for (let answer = 0; answer < 5_000; answer += 1) limit.answered(10, 2);
  assert.equal(limit.value, before);
});

test('requests shed together lower it once, later ones again, never below one', () => {
  const limit = new ConcurrencyLimit(100);
  for (let answer = 0; answer < 1_000; answer += 1) limit.answered(10, 100);
  const before = limit.value;
  for (let refused = 0; refused < 50; refused += 1) limit.refused(1_000, 2_000 + refused);
  assert.equal(limit.value, Math.floor(before * 0.7));
  limit.refused(2_060, 2_100);
  assert.equal(limit.value, Math.floor(before * 0.7 * 0.7));
  for (let refused = 0; refused < 50; refused += 1) limit.refused(3_000 + refused, 3_000 + refused);
  assert.equal(limit.value, 1);
});

test('one that was shed to a single request finds its way back', () => {
  const limit = new ConcurrencyLimit(32);
  for (let refused = 0; refused < 50; refused += 1) limit.refused(refused, refused);
  assert.equal(limit.value, 1);
  const seen = drive(limit, () => ({ atOnce: 32, serviceMs: 20 }), 3_000);
  assert.ok((seen.at(-1) ?? 0) >= 24, `${seen.at(-1)}`);
});

test('differences of a millisecond are our own: a fast endpoint is not slowed by them', () => {
  const limit = new ConcurrencyLimit(64);
  for (let answer = 0; answer < 5_000; answer += 1) {
    limit.answered(answer % 50 < 25 ? 0.1 : 1.9, limit.value);
  }
  assert.equal(limit.value, 64);
});

test('lowering the most lowers the limit at once, raising it gives room to grow', () => {
  const limit = new ConcurrencyLimit(64);
  for (let answer = 0; answer < 1_000; answer += 1) limit.answered(10, 64);
  limit.most = 5;
  assert.equal(limit.value, 5);
  limit.most = 64;
  for (let answer = 0; answer < 1_000; answer += 1) limit.answered(10, 64);
  assert.equal(limit.value, 64);
});
