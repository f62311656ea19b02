import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { movementOf } from '../../src/incident/index.ts';
import type { Slot } from '../../src/slo/index.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 12);
const CHANGED = START + 20 * MINUTE + 30_000;

/** `badOf` says how many of a hundred outcomes of a minute are bad. */
function slotsOf(minutes: number, badOf: (minute: number) => number): readonly Slot[] {
  return Array.from({ length: minutes }, (_, nth) => ({
    at: START + nth * MINUTE,
    unitMs: MINUTE,
    good: 100 - badOf(nth),
    bad: badOf(nth),
  }));
}

const judge = (slots: readonly Slot[], now = CHANGED + 10 * MINUTE) =>
  movementOf(slots, { impactStartAt: START, changedAt: CHANGED, now });

describe('a hypothesis', () => {
  it('is borne out where the SLI is surely better after its change', () => {
    const { verdict, before, after } = judge(slotsOf(30, (minute) => (minute < 21 ? 8 : 0)));
    assert.equal(verdict, 'moved');
    assert.deepEqual(before, { bad: 160, of: 2000 });
    assert.deepEqual(after, { bad: 0, of: 900 });
  });

  it('is not where the SLI stays as it was', () => {
    assert.equal(judge(slotsOf(30, () => 8)).verdict, 'unmoved');
  });

  it('is not where the SLI got worse', () => {
    assert.equal(judge(slotsOf(30, (minute) => (minute < 21 ? 4 : 9))).verdict, 'unmoved');
  });

  it('is not where a little better may be chance', () => {
    assert.equal(judge(slotsOf(30, (minute) => (minute < 21 ? 8 : 7))).verdict, 'unmoved');
  });

  it('waits until enough was seen after its change', () => {
    const slots = slotsOf(30, (minute) => (minute < 21 ? 8 : 0));
    assert.equal(judge(slots, CHANGED + 4 * MINUTE).verdict, 'too_early');
    assert.equal(judge(slots.slice(0, 21)).verdict, 'too_early');
  });

  it('is not borne out by a metric that was never bad', () => {
    assert.equal(judge(slotsOf(30, () => 0)).verdict, 'unmoved');
  });
});
