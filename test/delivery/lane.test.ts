import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Lane } from '../../src/delivery/lane.ts';
import type { Claim } from '../../src/ledger/index.ts';
import { outcomeClasses, type OutcomeClass } from '../../src/retry/index.ts';
import { claimWith, endpointWith, laneWith } from '../support/lane-scene.ts';
import { runs } from '../support/ledger-property.ts';

function start(lane: Lane, now: number): Claim | null {
  const claim = lane.next(now);
  return claim === null ? null : lane.take(claim, now);
}

/** One attempt from its start to its end. */
function attempt(
  lane: Lane,
  outcome: OutcomeClass,
  { at = 0, retryAfterMs }: { readonly at?: number; readonly retryAfterMs?: number } = {},
): void {
  const begun = lane.begin(at);
  lane.sending += 1;
  lane.end(claimWith(), begun, outcome, retryAfterMs, at);
  lane.sending -= 1;
}

const retry = (): Claim => claimWith({ attemptsInRound: 2 });

test('retries and first attempts start by turns, so that neither keeps the other waiting', () => {
  const lane = laneWith();
  const waiting = [claimWith(), claimWith(), claimWith(), retry(), retry(), retry()];
  for (const claim of waiting) lane.wait(claim);
  const started = waiting.map(() => start(lane, 0)?.attemptsInRound);
  assert.deepEqual(started, [2, 1, 2, 1, 2, 1]);
  assert.equal(lane.waiting, 0);
});

test('a replay is a first attempt, what the policy or a crash brings again is none', () => {
  const lane = laneWith({ retryBudgetPercent: 0, retryBudgetPerSecond: 0 });
  for (let spent = 0; spent < 11; spent += 1) lane.wait(retry());
  for (let spent = 0; spent < 10; spent += 1) assert.ok(start(lane, 0));
  lane.wait(claimWith({ nth: 7, attemptsInRound: 1, trigger: 'manual' }));
  assert.equal(start(lane, 0)?.nth, 7);
  assert.equal(start(lane, 0), null, 'the budget is spent');
});

test('without a budget first attempts go on, and retries start as first attempts pay for them', () => {
  const lane = laneWith({ retryBudgetPercent: 10, retryBudgetPerSecond: 0 });
  for (let left = 0; left < 40; left += 1) lane.wait(retry());
  for (let left = 0; left < 300; left += 1) lane.wait(claimWith());
  const started = Array.from({ length: 300 }, () => start(lane, 0)?.attemptsInRound);
  const retries = started.filter((nth) => nth === 2).length;
  assert.ok(retries >= 36 && retries <= 38, `${retries} retries among 300`);
  assert.equal(lane.roomForRetries(0), 0);
});

test('a retry that gets through gives its token back', () => {
  const lane = laneWith({ retryBudgetPercent: 0, retryBudgetPerSecond: 0 });
  for (let count = 0; count < 100; count += 1) {
    const claim = retry();
    lane.wait(claim);
    assert.equal(start(lane, 0), claim);
    lane.end(claim, lane.begin(0), 'delivered', undefined, 5);
  }
});

test('nothing starts beyond the concurrency, the rate, or the rate of the application', () => {
  const busy = laneWith({ laneConcurrency: 2 });
  for (let count = 0; count < 5; count += 1) busy.wait(claimWith());
  for (const wanted of [true, true, false]) {
    assert.equal(start(busy, 0) !== null, wanted);
    if (wanted) busy.sending += 1;
  }
  assert.equal(busy.nextStartAt(0), Infinity);
  for (const given of [{ throttleRate: 4 }, { applicationThrottleRate: 4 }]) {
    const lane = laneWith({}, given);
    for (let count = 0; count < 9; count += 1) lane.wait(claimWith());
    for (let burst = 0; burst < 4; burst += 1) assert.ok(start(lane, 0));
    assert.equal(start(lane, 0), null);
    assert.equal(lane.nextStartAt(0), 250);
    assert.equal(start(lane, 249), null);
    assert.ok(start(lane, 250));
  }
});

test('what starts is free to start at the moment that the lane names, and not before', () => {
  const events = fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 2_000 }),
      does: fc.constantFrom('first', 'retry', 'retry', 'start', 'start', 'end'),
      outcome: fc.constantFrom<OutcomeClass>(...outcomeClasses),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    }),
    { maxLength: 120 },
  );
  const gates = fc.record({
    laneConcurrency: fc.integer({ min: 1, max: 5 }),
    adaptiveConcurrency: fc.constantFrom('on' as const, 'off' as const),
    breakerFailures: fc.integer({ min: 0, max: 4 }),
    retryBudgetPercent: fc.integer({ min: 0, max: 50 }),
    retryBudgetPerSecond: fc.integer({ min: 0, max: 3 }),
  });
  const rate = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
  fc.assert(
    fc.property(gates, rate, fc.boolean(), events, (settings, throttleRate, ordered, happens) => {
      const lane = laneWith(settings, { throttleRate, lane: { ordered } });
      const underWay: { claim: Claim; begun: ReturnType<Lane['begin']> }[] = [];
      let now = 0;
      for (const { waitMs, does, outcome, retryAfterMs } of happens) {
        now += waitMs;
        if (does === 'first') lane.wait(claimWith());
        if (does === 'retry') lane.wait(retry());
        if (does === 'start') {
          const claim = start(lane, now);
          if (claim !== null) {
            underWay.push({ claim, begun: lane.begin(now) });
            lane.sending += 1;
          }
        }
        if (does === 'end') {
          const ended = underWay.shift();
          if (ended !== undefined) {
            lane.end(ended.claim, ended.begun, outcome, retryAfterMs, now);
            lane.sending -= 1;
          }
        }
        assert.ok(lane.sending <= (ordered ? 1 : settings.laneConcurrency));
        const at = lane.nextStartAt(now);
        if (lane.waiting === 0) assert.equal(at, Infinity);
        else if (lane.next(now) !== null) assert.ok(at <= now, `${at} but free at ${now}`);
        else {
          // A wake that finds nothing to do would come again at once, and so for ever.
          assert.ok(at > now, `${at} but nothing may start at ${now}`);
          if (at !== Infinity) {
            // Parts of tokens are rounded: a millisecond more or less.
            if (at - 2 >= now) assert.equal(lane.next(at - 2), null);
            assert.ok(lane.next(at) !== null || lane.nextStartAt(at) > at);
          }
        }
      }
    }),
    runs(500),
  );
});

test('a rest is named by its cause, and leaves no room', () => {
  const paused = laneWith({}, { pausedAt: 5 });
  assert.deepEqual([paused.restsUntil(0), paused.room(0)], [Infinity, 0]);
  const held = laneWith();
  attempt(held, 'throttled', { retryAfterMs: 7_000 });
  assert.deepEqual([held.restsUntil(0), held.room(0), held.isResting(0)], [7_000, 0, true]);
  assert.equal(held.restsUntil(7_000), 0);
  const open = laneWith({
    breakerFailures: 1,
    breakerOpenMs: 10_000,
    breakerLongestOpenMs: 10_000,
  });
  attempt(open, 'server_error');
  assert.ok(open.restsUntil(1) > 1 && open.room(1) === 0);
  const ordered = laneWith({}, { lane: { ordered: true } });
  ordered.resumeAt = 9_000;
  assert.deepEqual([ordered.restsUntil(0), ordered.restsUntil(9_000)], [9_000, 0]);
});

test('each outcome says what it says about the endpoint, and no more', () => {
  const opening: OutcomeClass[] = [];
  const shedding: OutcomeClass[] = [];
  const holding: OutcomeClass[] = [];
  const holdingWhenAsked: OutcomeClass[] = [];
  for (const outcome of outcomeClasses) {
    const fragile = laneWith({ breakerFailures: 1 });
    attempt(fragile, outcome);
    if (!fragile.breaker.isClosed) opening.push(outcome);
    const adaptive = laneWith({ adaptiveConcurrency: 'on' });
    const before = adaptive.limit.value;
    attempt(adaptive, outcome);
    if (adaptive.limit.value < before) shedding.push(outcome);
    const lane = laneWith();
    attempt(lane, outcome);
    if (lane.hold.until(0) > 0) holding.push(outcome);
    attempt(lane, outcome, { retryAfterMs: 5_000 });
    if (lane.hold.until(0) > 0) holdingWhenAsked.push(outcome);
  }
  assert.deepEqual(holding, ['throttled']);
  assert.deepEqual(holdingWhenAsked, ['throttled', 'unavailable']);
  assert.deepEqual(shedding, [
    'throttled',
    'unavailable',
    'timeout',
    'connect_failure',
    'connection_reset',
  ]);
  assert.deepEqual(opening, [
    'server_error',
    'unavailable',
    'timeout',
    'dns_failure',
    'connect_failure',
    'tls_failure',
    'connection_reset',
    'invalid_response',
  ]);
});

test('another URL begins with nothing of what was learnt of the old one', () => {
  const lane = laneWith({ breakerFailures: 1, adaptiveConcurrency: 'on' });
  attempt(lane, 'throttled', { retryAfterMs: 60_000 });
  attempt(lane, 'timeout');
  assert.ok(lane.restsUntil(1) > 1);
  const renamed = endpointWith({ description: 'renamed' });
  assert.equal(lane.follow(renamed, 1), false);
  assert.ok(lane.restsUntil(1) > 1, 'the same URL');
  assert.equal(lane.follow({ ...renamed, url: 'https://two.example/hook' }, 1), true);
  assert.equal(lane.restsUntil(1), 0);
  assert.deepEqual([lane.breaker.isClosed, lane.concurrency(1)], [true, 8]);
});

test('an answer from the URL before the last says nothing about the new one', () => {
  const lane = laneWith({ breakerFailures: 1, adaptiveConcurrency: 'on' });
  const claim = claimWith();
  const begun = lane.begin(0);
  lane.sending += 1;
  lane.follow(endpointWith({ url: 'https://two.example/hook' }), 1);
  lane.end(claim, begun, 'throttled', 60_000, 2);
  assert.equal(lane.restsUntil(2), 0);
  lane.end(claim, begun, 'timeout', undefined, 2);
  assert.deepEqual([lane.concurrency(2), lane.breaker.isClosed], [8, true]);
});

test('with a rate it holds no more than is sent before the leases end', () => {
  const lane = laneWith({}, { throttleRate: 2 });
  // Half of what two a second send in the fifteen seconds that a lease has beside its attempt.
  assert.equal(lane.room(0), 15);
  assert.equal(laneWith({}, { throttleRate: 1_000 }).room(0), 64, 'twice its concurrency');
  const slow = laneWith({ leaseMs: 16_000, attemptTimeoutMs: 15_000 }, { throttleRate: 1 });
  assert.equal(slow.room(0), 1, 'and always one');
});

test('in strict order there is room for one, and one is under way', () => {
  const lane = laneWith({}, { lane: { ordered: true } });
  assert.deepEqual([lane.room(0), lane.concurrency(0), lane.roomForRetries(0)], [1, 1, 1]);
  lane.held = 1;
  assert.equal(lane.room(0), 0);
});

test('what waits is given back whole, retries with it', () => {
  const lane = laneWith();
  for (let count = 0; count < 3; count += 1) {
    lane.wait(claimWith());
    lane.wait(retry());
  }
  assert.equal(lane.takeWaiting().length, 6);
  assert.deepEqual([lane.waiting, lane.next(0)], [0, null]);
});

test('a lane that is half open or rests is not forgotten, one that is well may be', () => {
  const lane = laneWith({ breakerFailures: 1, breakerOpenMs: 1_000, breakerLongestOpenMs: 1_000 });
  assert.deepEqual([lane.isIdle, lane.isResting(0)], [true, false]);
  attempt(lane, 'server_error');
  assert.equal(lane.isResting(1), true);
  assert.equal(lane.isResting(2_000), true, 'its probe is still to come');
  attempt(lane, 'delivered', { at: 2_000 });
  assert.equal(lane.isResting(2_000), false);
});

test('what is given back because its lease is nearly over costs neither rate nor budget', () => {
  const lane = laneWith({ retryBudgetPercent: 0, retryBudgetPerSecond: 0 }, { throttleRate: 1 });
  for (let count = 0; count < 20; count += 1) lane.wait(claimWith({ attemptsInRound: 2 }));
  for (let count = 0; count < 20; count += 1) assert.ok(start(lane, 15_001));
  lane.wait(claimWith({ attemptsInRound: 2, leaseEndsAt: 60_000 }));
  assert.ok(start(lane, 15_001));
});
