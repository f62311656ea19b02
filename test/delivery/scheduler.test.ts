import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Lane } from '../../src/delivery/lane.ts';
import { Places } from '../../src/delivery/places.ts';
import { Scheduler } from '../../src/delivery/scheduler.ts';
import { claimWith, laneWith } from '../support/lane-scene.ts';
import { runs } from '../support/ledger-property.ts';

/** A lane's quantum, and what a request costs beside its payload: what is fair is fair up to these. */
const QUANTUM = 4096;
const REQUEST_BYTES = 1024;

/** A scheduler whose requests end when the test says so, the longest under way first or in any order. */
class Scene {
  now = 0;
  readonly places: Places;
  readonly scheduler: Scheduler;
  readonly underWay: { readonly lane: Lane; readonly bytes: number }[] = [];
  readonly starts: Lane[] = [];
  readonly bytesOf = new Map<Lane, number>();
  readonly wakes: (readonly [endpointId: number, at: number])[] = [];

  constructor(maxInFlight: number) {
    this.places = new Places({ maxInFlight, maxInFlightBytes: 1e12 });
    this.scheduler = new Scheduler(
      this.places,
      (lane, claim) => {
        this.places.send(lane);
        const bytes = claim.payload.length + REQUEST_BYTES;
        this.underWay.push({ lane, bytes });
        this.starts.push(lane);
        this.bytesOf.set(lane, (this.bytesOf.get(lane) ?? 0) + bytes);
      },
      (endpointId, at) => this.wakes.push([endpointId, at]),
    );
  }

  wait(lane: Lane, count: number, payloadBytes: number): void {
    const payload = 'x'.repeat(payloadBytes);
    for (let left = count; left > 0; left -= 1) lane.wait(claimWith({ payload }));
    this.scheduler.add(lane);
  }

  serve(): void {
    this.scheduler.serve(this.now);
  }

  /** One request ends, and its lane goes on, as the engine does it. */
  end(which = 0): void {
    const [ended] = this.underWay.splice(which % this.underWay.length, 1);
    assert.ok(ended);
    this.places.sent(ended.lane);
    this.scheduler.add(ended.lane);
    this.serve();
  }
}

const share =
  'a lane may have as many under way as are free: with few free it sends one in its turn, whatever its size';

for (const [title, most, todo] of [
  ['of one place', 1, false],
  ['of few places', 8, share],
] as const) {
  test(`lanes of small and of large payloads get the same bytes ${title}`, { todo }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Math.min(2, most), max: most }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 10, maxLength: 20 }),
        (maxInFlight, sizes) => {
          const scene = new Scene(maxInFlight);
          const lanes = sizes.map((size) => {
            const lane = laneWith();
            scene.wait(lane, 200, size);
            return lane;
          });
          scene.serve();
          const largest = Math.max(...sizes) + REQUEST_BYTES;
          while (lanes.every(({ waiting }) => waiting > 10)) {
            scene.end();
            const bytes = lanes.map((lane) => scene.bytesOf.get(lane) ?? 0);
            // Deficit round robin: ahead of another by no more than a quantum and a largest request for each.
            const spread = Math.max(...bytes) - Math.min(...bytes);
            assert.ok(
              spread <= 2 * (QUANTUM + largest),
              `${bytes.join(' ')} for ${sizes.join(' ')}`,
            );
          }
        },
      ),
      { ...runs(20), endOnFailure: true },
    );
  });
}

test('a lane that was ready for long while places were short saves nothing up', () => {
  const scene = new Scene(2);
  const lanes = Array.from({ length: 10 }, () => laneWith());
  for (const lane of lanes) scene.wait(lane, 400, 0);
  scene.serve();
  for (let ends = 0; ends < 2_000; ends += 1) scene.end();
  for (const { deficit } of lanes) assert.ok(deficit <= 2 * QUANTUM, `${deficit} bytes`);
});

test('all that may start starts, and what may not costs one look', () => {
  const scene = new Scene(1_000);
  const lanes = Array.from({ length: 50 }, () => laneWith({ laneConcurrency: 3 }));
  for (const lane of lanes) scene.wait(lane, 10, 100);
  scene.serve();
  assert.equal(scene.starts.length, 150);
  assert.equal(scene.wakes.length, 50);
  assert.ok(
    scene.wakes.every(([, at]) => at === Infinity),
    'only the end of a request helps',
  );
  scene.serve();
  assert.equal(scene.wakes.length, 50, 'none of them is in the ring any more');
});

test('a lane whose share is used up goes on once the others have ended', () => {
  const scene = new Scene(8);
  const [busy, other] = [laneWith(), laneWith()];
  scene.wait(other, 4, 10);
  scene.serve();
  scene.wait(busy, 20, 10);
  scene.serve();
  assert.equal(other.sending, 4);
  assert.equal(busy.sending, 2, 'as many as are left free');
  // The others end; the first requests of this lane hang.
  for (let ends = 0; ends < 4; ends += 1) scene.end(0);
  assert.equal(other.sending, 0);
  assert.equal(busy.sending, 4, 'half of the places');
});

test('a payload many quanta large is sent in one serve, and the small ones are not kept waiting for it', () => {
  const scene = new Scene(100);
  const [large, small] = [laneWith(), laneWith()];
  scene.wait(large, 1, 1_000_000);
  scene.wait(small, 20, 10);
  scene.serve();
  assert.equal(scene.starts.length, 21);
  assert.equal(scene.starts.at(-1), large);
  assert.deepEqual([large.deficit, small.deficit], [0, 0]);
});

test('a lane that is removed starts nothing', () => {
  const scene = new Scene(10);
  const lane = laneWith();
  scene.wait(lane, 5, 10);
  scene.scheduler.remove(lane);
  scene.serve();
  assert.equal(scene.starts.length, 0);
  scene.scheduler.add(lane);
  scene.serve();
  assert.equal(scene.starts.length, 5);
});

test('a lane that waits for its rate names the moment, once', () => {
  const scene = new Scene(10);
  const lane = laneWith({}, { throttleRate: 2 });
  scene.wait(lane, 5, 10);
  scene.serve();
  assert.equal(scene.starts.length, 2);
  assert.deepEqual(scene.wakes, [[1, 500]]);
  scene.now = 500;
  scene.scheduler.add(lane);
  scene.serve();
  assert.equal(scene.starts.length, 3);
});

test('what a start sets off does not begin a second round inside the first', () => {
  const places = new Places({ maxInFlight: 100, maxInFlightBytes: 1e9 });
  const lanes = [laneWith(), laneWith()];
  const order: number[] = [];
  let depth = 0;
  const scheduler = new Scheduler(
    places,
    (lane) => {
      depth += 1;
      assert.equal(depth, 1);
      places.send(lane);
      order.push(lanes.indexOf(lane));
      scheduler.add(lane);
      scheduler.serve(0);
      depth -= 1;
    },
    () => {},
  );
  for (const lane of lanes) {
    for (let count = 0; count < 6; count += 1) lane.wait(claimWith());
    scheduler.add(lane);
  }
  scheduler.serve(0);
  assert.deepEqual(
    lanes.map(({ sending }) => sending),
    [6, 6],
  );
  assert.notDeepEqual(order.slice(0, 6), [0, 0, 0, 0, 0, 0], 'by turns');
});
