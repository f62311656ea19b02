import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Arrivals, MILESTONE_EVERY } from '../../bench/arrivals.ts';
import { nowUs, payloadOf } from '../../bench/payload.ts';

const body = (sequence: number): Buffer => Buffer.from(payloadOf(sequence, nowUs()));

describe('arrivals', () => {
  it('counts what arrives once, again, and not as it was sent', () => {
    const arrivals = new Arrivals();
    arrivals.record(body(0));
    arrivals.record(body(2));
    arrivals.record(body(2));
    arrivals.record(Buffer.from('{}'));
    const { requests, asked, received, repeated, changed } = arrivals;
    assert.deepEqual(
      { requests, asked, received, repeated, changed },
      { requests: 4, asked: 2, received: 2, repeated: 1, changed: 1 },
    );
    assert.deepEqual(arrivals.missing(4, [3]), [1]);
  });

  it('holds what was refused for missing until it is received, and then for received once', () => {
    const arrivals = new Arrivals();
    arrivals.record(body(0), 0, false);
    assert.deepEqual([arrivals.asked, arrivals.received], [1, 0]);
    assert.deepEqual(arrivals.missing(1, []), [0]);
    arrivals.record(body(0));
    assert.deepEqual([arrivals.asked, arrivals.received, arrivals.repeated], [1, 1, 0]);
    assert.deepEqual(arrivals.missing(1, []), []);
  });

  it('misses a message of which one endpoint got nothing', () => {
    const arrivals = new Arrivals(2);
    arrivals.record(body(0), 0);
    arrivals.record(body(0), 1);
    arrivals.record(body(1), 1);
    arrivals.record(body(2), 0);
    assert.equal(arrivals.received, 4);
    assert.deepEqual(arrivals.missing(3, []), [1, 2]);
  });

  it('takes the latency of a first request only', () => {
    const arrivals = new Arrivals();
    arrivals.record(body(0), 0, false);
    arrivals.beginLatencies();
    arrivals.record(body(0));
    arrivals.record(body(1));
    assert.equal(arrivals.endLatencies().count, 1);
  });

  it('keeps the moments of the first and of each hundredth reception', () => {
    const arrivals = new Arrivals();
    for (let sequence = 0; sequence <= 2 * MILESTONE_EVERY; sequence += 1) {
      arrivals.record(body(sequence));
    }
    const moments = arrivals.milestonesUs();
    assert.equal(moments.length, 3);
    assert.deepEqual(
      moments.toSorted((left, right) => left - right),
      moments,
    );
    assert.equal(moments.at(-1), arrivals.lastAtUs);
  });

  it('grows with the sequence numbers', () => {
    const arrivals = new Arrivals();
    arrivals.record(body(5_000_000));
    arrivals.record(body(5_000_000));
    assert.deepEqual([arrivals.received, arrivals.repeated], [1, 1]);
  });
});
