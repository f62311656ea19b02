import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { workbookRules } from '../../src/slo/index.ts';
import { replayBurn } from '../../src/slo/replay-burn.ts';
import { statusOf, type Slot } from '../../src/slo/status.ts';
import { burningOf } from '../../src/slo/watch/objective-watch.ts';
import { promise } from '../support/watch-scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FROM = Date.UTC(2026, 5, 1);
const UNTIL = FROM + 4 * 24 * HOUR_MS;

/** Ten outcomes a minute, of which so many are bad. */
function minutesWith(badOf: (minute: number) => number): readonly Slot[] {
  return Array.from({ length: (UNTIL - FROM) / MINUTE_MS }, (_none, nth) => {
    const bad = badOf(nth);
    return { at: FROM + nth * MINUTE_MS, unitMs: MINUTE_MS, good: 10 - bad, bad };
  });
}

describe('a replay of burn rates', () => {
  test('fires when a status of that minute would have, by the worst rule', () => {
    const slots = minutesWith((nth) => (nth >= 3000 && nth < 3040 ? 5 : 0));
    const [firing, ...others] = replayBurn(promise.target, slots, FROM, UNTIL);
    assert.ok(firing);
    assert.deepEqual(others, []);
    const known = (at: number): readonly Slot[] => slots.filter((slot) => slot.at < at);
    const live = (at: number) => burningOf(promise, statusOf(promise, known(at), at));
    assert.equal(live(firing.firedAt - MINUTE_MS), null);
    assert.notEqual(live(firing.firedAt), null);
    assert.deepEqual([firing.severity, firing.burnRate], ['page', 14.4]);
    const { endedAt } = firing;
    assert.ok(endedAt !== null);
    assert.notEqual(live(endedAt - MINUTE_MS), null);
    assert.equal(live(endedAt), null);
  });

  test('takes what fires again within the hour for one alert, and what fires later for another', () => {
    const spells = (gap: number): readonly Slot[] =>
      minutesWith((nth) => (nth % gap < 10 && nth < 2 * gap ? 9 : 0));
    const pages = workbookRules.slice(0, 1);
    assert.equal(replayBurn(0.99, spells(60), FROM, UNTIL, pages).length, 1);
    assert.equal(replayBurn(0.99, spells(600), FROM, UNTIL, pages).length, 2);
  });

  test('fires for nothing that is rare, and still fires at the end of what still burns', () => {
    assert.deepEqual(
      replayBurn(
        0.99,
        minutesWith((nth) => Number(nth === 17 || nth === 18)),
        FROM,
        UNTIL,
      ),
      [],
    );
    const [firing] = replayBurn(
      0.99,
      minutesWith((nth) => (nth > 5000 ? 10 : 0)),
      FROM,
      UNTIL,
    );
    assert.equal(firing?.endedAt, null);
  });

  test('spreads an hour evenly over its minutes', () => {
    const slots = [{ at: FROM + HOUR_MS, unitMs: HOUR_MS, good: 300, bad: 300 }];
    const [firing] = replayBurn(0.99, slots, FROM, UNTIL);
    assert.ok(firing);
    assert.ok(firing.firedAt > FROM + HOUR_MS && firing.firedAt <= FROM + HOUR_MS + 5 * MINUTE_MS);
  });
});
