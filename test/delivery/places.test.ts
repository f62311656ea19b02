import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Lane } from '../../src/delivery/lane.ts';
import { Places } from '../../src/delivery/places.ts';
import { laneWith } from '../support/lane-scene.ts';
import { runs } from '../support/ledger-property.ts';

const BYTES = 1_000_000;

/** Takes as many places as the lane may have at once, as a read does. */
function read(places: Places, lane: Lane, wanted = Infinity): number {
  const room = Math.min(wanted, places.freeFor(lane));
  for (let place = 0; place < room; place += 1) places.hold(lane, 0);
  return room;
}

function sendAll(places: Places, lane: Lane): number {
  let sent = 0;
  for (; places.maySend(lane); sent += 1) places.send(lane);
  return sent;
}

test('however many lanes hang, one that has nothing finds a place as long as one is free', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 300 }),
      (maxInFlight, wants) => {
        const places = new Places({ maxInFlight, maxInFlightBytes: BYTES });
        for (const wanted of wants) {
          const lane = laneWith();
          if (places.held < 2 * maxInFlight) assert.ok(places.freeFor(lane) >= 1);
          read(places, lane, wanted);
          if (!places.isFull) assert.ok(places.maySend(lane));
          sendAll(places, lane);
          assert.ok(places.held <= 2 * maxInFlight && places.sending <= maxInFlight);
        }
      },
    ),
    runs(100),
  );
});

test('a lane alone takes half of the places, in memory and under way, and leaves the others', () => {
  for (const maxInFlight of [2, 10, 256, 1_024]) {
    const places = new Places({ maxInFlight, maxInFlightBytes: BYTES });
    const lane = laneWith();
    assert.equal(read(places, lane), maxInFlight);
    assert.equal(sendAll(places, lane), maxInFlight / 2);
    assert.equal(read(places, lane), 0);
  }
});

test('places that lanes hang on to are shared by them, and as many are free as each of them has', () => {
  const places = new Places({ maxInFlight: 1_000, maxInFlightBytes: BYTES });
  const lanes = Array.from({ length: 9 }, () => laneWith());
  for (let round = 0; round < 2_000; round += 1) for (const lane of lanes) read(places, lane, 1);
  for (const { held } of lanes) assert.ok(held >= 199 && held <= 201, `${held}`);
  assert.ok(read(places, laneWith()) >= 99);
  for (let round = 0; round < 1_000; round += 1) {
    for (const lane of lanes) if (places.maySend(lane)) places.send(lane);
  }
  for (const { sending } of lanes) assert.ok(sending >= 99 && sending <= 101, `${sending}`);
});

test('reads at one time leave a place for the next, down to the last one', () => {
  const places = new Places({ maxInFlight: 64, maxInFlightBytes: BYTES });
  const taken: number[] = [];
  while (places.held < 128) taken.push(read(places, laneWith()));
  assert.deepEqual(taken.slice(0, 4), [64, 32, 16, 8]);
  assert.ok(taken.length >= 7, `${taken.length} lanes found a place`);
});

test('a single place can be held and sent from', () => {
  const places = new Places({ maxInFlight: 1, maxInFlightBytes: BYTES });
  const lane = laneWith();
  assert.ok(read(places, lane) >= 1);
  assert.equal(sendAll(places, lane), 1);
  assert.ok(places.isFull);
});

test('what is let go is free again, and bytes are counted to the last one', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 100 });
  fc.assert(
    fc.property(steps, (payloads) => {
      const places = new Places({ maxInFlight: 1_000, maxInFlightBytes: 100_000 });
      const lane = laneWith();
      for (const bytes of payloads) {
        places.hold(lane, bytes);
        places.send(lane);
      }
      const sum = payloads.reduce((all, bytes) => all + bytes, 0);
      assert.equal(places.freeBytes, Math.max(0, 100_000 - sum));
      if (sum >= 100_000) assert.equal(places.freeFor(laneWith()), 0);
      places.setAside(places.freeBytes);
      assert.equal(places.freeFor(laneWith()), 0, 'a read under way may bring all of them');
      places.setAside(-Math.max(0, 100_000 - sum));
      for (const bytes of payloads) {
        places.sent(lane);
        places.letGo(lane, bytes);
      }
      assert.deepEqual([places.held, places.heldBytes, places.sending], [0, 0, 0]);
      assert.deepEqual([lane.held, lane.sending], [0, 0]);
    }),
    runs(100),
  );
});
