import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { DueQueue } from '../../src/delivery/due-queue.ts';
import { SimulationClock } from '../support/simulation-clock.ts';

type Woken = { readonly endpointId: number; readonly at: number };

function createQueue(): { clock: SimulationClock; queue: DueQueue; woken: Woken[] } {
  const clock = new SimulationClock(1_000_000);
  const woken: Woken[] = [];
  const queue = new DueQueue(clock, (endpointId) => woken.push({ endpointId, at: clock.now() }));
  return { clock, queue, woken };
}

test('wakes a lane at its moment, once', async () => {
  const { clock, queue, woken } = createQueue();
  queue.wakeAt(1, clock.now() + 500);
  await clock.advance(499);
  assert.deepEqual(woken, []);
  await clock.advance(1);
  assert.deepEqual(woken, [{ endpointId: 1, at: 1_000_500 }]);
  await clock.advance(100_000);
  assert.equal(woken.length, 1);
});

test('the earliest of several moments counts', async () => {
  const { clock, queue, woken } = createQueue();
  queue.wakeAt(1, clock.now() + 900);
  queue.wakeAt(1, clock.now() + 300);
  queue.wakeAt(1, clock.now() + 600);
  await clock.advance(10_000);
  assert.deepEqual(woken, [{ endpointId: 1, at: 1_000_300 }]);
});

test('a lane that was woken can be given a new moment', async () => {
  const { clock, queue, woken } = createQueue();
  queue.wakeAt(1, clock.now() + 100);
  await clock.advance(100);
  queue.wakeAt(1, clock.now() + 100);
  await clock.advance(100);
  assert.deepEqual(
    woken.map(({ at }) => at),
    [1_000_100, 1_000_200],
  );
});

test('wakes at once what is due already, and never what is due never', async () => {
  const { clock, queue, woken } = createQueue();
  queue.wakeAt(1, clock.now() - 5_000);
  queue.wakeAt(2, Infinity);
  assert.equal(clock.timers, 1);
  await clock.advance(0);
  assert.deepEqual(woken, [{ endpointId: 1, at: 1_000_000 }]);
  assert.equal(clock.timers, 0);
});

test('needs one timer for any number of lanes', async () => {
  const { clock, queue, woken } = createQueue();
  for (let endpointId = 0; endpointId < 10_000; endpointId += 1) {
    queue.wakeAt(endpointId, clock.now() + 1 + (endpointId % 100));
    assert.ok(clock.timers <= 1);
  }
  const before = clock.timersMade;
  await clock.advance(100);
  assert.equal(woken.length, 10_000);
  assert.ok(clock.timersMade - before <= 100, 'one timer for all that are due together');
});

test('waking may set the next moment of the same lane', async () => {
  const clock = new SimulationClock(0);
  const woken: number[] = [];
  const queue: DueQueue = new DueQueue(clock, (endpointId) => {
    woken.push(clock.now());
    if (woken.length < 5) queue.wakeAt(endpointId, clock.now() + 10);
  });
  queue.wakeAt(1, 10);
  await clock.advance(1000);
  assert.deepEqual(woken, [10, 20, 30, 40, 50]);
});

test('after stop nothing is woken and no timer is left, also not by what comes later', async () => {
  const { clock, queue, woken } = createQueue();
  queue.wakeAt(1, clock.now() + 100);
  queue.stop();
  queue.wakeAt(2, clock.now() + 100);
  queue.wakeAt(3, clock.now() + 50);
  assert.equal(clock.timers, 0);
  await clock.advance(1000);
  assert.deepEqual(woken, []);
});

test('a lane that keeps getting nearer moments does not fill memory', async () => {
  const { clock, queue, woken } = createQueue();
  const lanes = 10;
  for (let turn = 100_000; turn > 0; turn -= 1) queue.wakeAt(turn % lanes, clock.now() + turn);
  // Each turn is nearer than the one before: without a sweep all of them would still be there.
  assert.ok(queue.entries <= 4 * lanes + 64, `${queue.entries} entries`);
  await clock.advance(100_000);
  assert.equal(woken.length, lanes);
});

test('wakes every lane at the earliest moment it was given, whatever the order', async () => {
  const calls = fc.array(
    fc.record({
      endpointId: fc.integer({ min: 1, max: 6 }),
      inMs: fc.integer({ min: 0, max: 2000 }),
      thenPassMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })),
    }),
    { maxLength: 80 },
  );
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const { clock, queue, woken } = createQueue();
      const owed = new Map<number, number>();
      const expected: Woken[] = [];
      const pass = async (ms: number): Promise<void> => {
        const until = clock.now() + ms;
        for (const [endpointId, at] of owed) {
          if (at > until) continue;
          expected.push({ endpointId, at });
          owed.delete(endpointId);
        }
        await clock.advance(ms);
      };
      for (const { endpointId, inMs, thenPassMs } of given) {
        const at = clock.now() + inMs;
        queue.wakeAt(endpointId, at);
        owed.set(endpointId, Math.min(at, owed.get(endpointId) ?? Infinity));
        await pass(thenPassMs);
      }
      await pass(5000);
      const order = (left: Woken, right: Woken): number =>
        left.at - right.at || left.endpointId - right.endpointId;
      assert.deepEqual(woken.toSorted(order), expected.toSorted(order));
    }),
    { numRuns: 150 },
  );
});
