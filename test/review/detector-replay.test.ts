import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { replayDetector, type RecordedMinute } from '../../src/review/verify/detector-replay.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 5, 12);

/** `[good, bad]` of one endpoint for each minute from the start. */
function minutes(...counts: readonly (readonly [number, number])[]): readonly RecordedMinute[] {
  return counts.map(([good, bad], nth) => ({
    at: START + nth * MINUTE_MS,
    endpoints: [{ endpointId: 1, good, bad }],
  }));
}

const well = Array.from({ length: 60 }, () => [100, 0] as const);
const minuteOf = (at: number | null): number | null =>
  at === null ? null : (at - START) / MINUTE_MS;

describe('a proposed detector, replayed over recorded minutes', () => {
  const failing = minutes(...well, [0, 100], [0, 100], [0, 100], [100, 0]);
  const impact = { startAt: START + 60 * MINUTE_MS, endAt: START + 63 * MINUTE_MS };

  test('fires at the end of the minute in which it had seen enough', () => {
    const outage = { detector: 'outage', share: 0.5, endpoints: 1 } as const;
    const replay = replayDetector(outage, failing, impact, 0);
    assert.deepEqual([minuteOf(replay.firedAt), replay.firedBefore], [61, 0]);
    const burn = {
      detector: 'burn_rate',
      target: 0.99,
      burnRate: 4.9,
      longMinutes: 60,
      shortMinutes: 5,
    } as const;
    // 5 % of an hour: three of its minutes, so the third decides.
    assert.equal(minuteOf(replayDetector(burn, failing, impact, 0).firedAt), 63);
  });

  test('knows what a deadline decides only after it', () => {
    const outage = { detector: 'outage', share: 0.5, endpoints: 1 } as const;
    const replay = replayDetector(outage, failing, impact, 2 * MINUTE_MS);
    assert.equal(minuteOf(replay.firedAt), 63);
  });

  test('that is too dull never fires', () => {
    const few = minutes(...well, [98, 2], [98, 2], [98, 2]);
    const outage = { detector: 'outage', share: 0.5, endpoints: 1 } as const;
    assert.equal(replayDetector(outage, few, impact, 0).firedAt, null);
    const three = { detector: 'outage', share: 0.5, endpoints: 3 } as const;
    assert.equal(replayDetector(three, failing, impact, 0).firedAt, null);
  });

  test('that cried before the impact is told of it, and fires again once that was over', () => {
    const cried = minutes([0, 50], [0, 50], ...well.slice(2), [0, 100], [0, 100]);
    const burst = { detector: 'fast_burn', rate: 0.1 } as const;
    const replay = replayDetector(burst, cried, impact, 0);
    assert.equal(replay.firedBefore, 1);
    assert.equal(minuteOf(replay.firedAt), 61);
  });

  test('looks at each endpoint apart where it is one endpoint that fails', () => {
    const others = Array.from({ length: 20 }, (_, nth) => ({
      endpointId: nth + 2,
      good: 100,
      bad: 0,
    }));
    const mixed = minutes(...well, [60, 40], [60, 40]).map(({ at, endpoints }) => ({
      at,
      endpoints: [...endpoints, ...others],
    }));
    const one = { detector: 'fast_burn', rate: 0.2 } as const;
    assert.equal(minuteOf(replayDetector(one, mixed, impact, 0).firedAt), 61);
    const all = { detector: 'outage', share: 0.2, endpoints: 1 } as const;
    assert.equal(replayDetector(all, mixed, impact, 0).firedAt, null);
  });
});
