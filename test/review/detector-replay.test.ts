import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  learnsMs,
  replayDetector,
  type RecordedMinute,
} from '../../src/review/verify/detector-replay.ts';

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
    const mixed = minutes(...well, [60, 40], [60, 40], [60, 40]).map(({ at, endpoints }) => ({
      at,
      endpoints: [...endpoints, ...others],
    }));
    const one = { detector: 'fast_burn', rate: 0.05 } as const;
    assert.equal(minuteOf(replayDetector(one, mixed, impact, 0).firedAt), 63);
    const restart = mixed.slice(0, -2);
    assert.equal(replayDetector(one, restart, impact, 0).firedAt, null, 'one burst is a restart');
    const all = { detector: 'outage', share: 0.2, endpoints: 1 } as const;
    assert.equal(replayDetector(all, mixed, impact, 0).firedAt, null);
  });
});

describe('a detector that learns from the past', () => {
  const HOUR_MS = 60 * MINUTE_MS;
  const DAY_MS = 24 * HOUR_MS;
  const impact = { startAt: START, endAt: START + 120 * MINUTE_MS };
  /** `[good, bad]` each minute of each of 40 endpoints, for hours until the start and minutes after it. */
  const spread = (
    at: number,
    unitMs: number,
    badOf: (endpoint: number) => number,
    perMinute = 5,
  ): RecordedMinute => ({
    at,
    ...(unitMs === HOUR_MS ? { unitMs: HOUR_MS } : {}),
    endpoints: Array.from({ length: 40 }, (_, endpointId) => {
      const bad = badOf(endpointId);
      return { endpointId, bad, good: (perMinute * unitMs) / MINUTE_MS - bad };
    }),
  });
  const past = (days: number): readonly RecordedMinute[] =>
    Array.from({ length: days * 24 }, (_, nth) =>
      spread(START - days * DAY_MS + nth * HOUR_MS, HOUR_MS, () => 0),
    );

  test('finds a small step across many endpoints after its week', () => {
    const step = { detector: 'small_step', share: 0.003, falseAlarmsPerYear: 1 } as const;
    const during = Array.from({ length: 120 }, (_, nth) =>
      // Each minute one endpoint of forty fails once: 0.5 %.
      spread(START + nth * MINUTE_MS, MINUTE_MS, (endpoint) => (endpoint === nth % 40 ? 1 : 0)),
    );
    const { firedAt, firedBefore } = replayDetector(step, [...past(10), ...during], impact, 0);
    assert.ok(firedAt !== null && firedAt > START && firedAt <= START + 40 * MINUTE_MS);
    assert.equal(firedBefore, 0);
    assert.equal(replayDetector(step, [...past(5), ...during], impact, 0).firedAt, null);
    assert.equal(learnsMs(step), 7 * DAY_MS);
  });

  test('finds silence where nothing is recorded at all, and none where it goes on', () => {
    const silence = { detector: 'silence', falseAlarmsPerYear: 0.5 } as const;
    const before = past(21);
    const { firedAt } = replayDetector(silence, before, impact, 0);
    assert.ok(firedAt !== null && firedAt <= START + 10 * MINUTE_MS, String(firedAt));
    const during = Array.from({ length: 120 }, (_, nth) =>
      spread(START + nth * MINUTE_MS, MINUTE_MS, () => 0),
    );
    assert.equal(replayDetector(silence, [...before, ...during], impact, 0).firedAt, null);
    assert.equal(replayDetector(silence, past(7), impact, 0).firedAt, null);
  });
});
