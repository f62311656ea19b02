import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isMet,
  median,
  missedBy,
  overRounds,
  shareOfTarget,
  type Measure,
} from '../../bench/measure.ts';
import { percentile } from '../../bench/percentile.ts';

const measure = (value: number, target: NonNullable<Measure['target']>): Measure => ({
  name: 'rate',
  value,
  unit: 'ratio',
  target,
});

describe('measures', () => {
  it('miss a floor from below and a ceiling from above, and say by what part of the target', () => {
    const low = measure(0.28, { atLeast: 0.35 });
    assert.equal(isMet(low), false);
    assert.equal(missedBy(low)?.toFixed(3), '0.200');
    const high = measure(1.5, { atMost: 1.2 });
    assert.equal(isMet(high), false);
    assert.equal(missedBy(high)?.toFixed(3), '0.250');
  });

  it('meet a target that they touch', () => {
    for (const target of [{ atLeast: 2 }, { atMost: 2 }]) {
      assert.equal(isMet(measure(2, target)), true);
      assert.equal(missedBy(measure(2, target)), undefined);
      assert.equal(shareOfTarget(measure(2, target)), 1);
    }
  });

  it('say nothing where nothing was measured', () => {
    const none = measure(Number.NaN, { atMost: 2 });
    assert.equal(isMet(none), undefined);
    assert.equal(missedBy(none), undefined);
  });

  it('are missed without a share where the target is 0', () => {
    const lost = measure(3, { atMost: 0 });
    assert.equal(isMet(lost), false);
    assert.equal(missedBy(lost), undefined);
  });

  it('take the median of the rounds, with the ends', () => {
    const { value, spread } = overRounds('rate', 'ratio', [3, 1, 2, 9], (round) => round);
    assert.equal(value, 2.5);
    assert.deepEqual(spread, [1, 9]);
    assert.equal(median([5, 1, 3]), 3);
    assert.equal(median([]), Number.NaN);
  });
});

describe('percentile', () => {
  it('is the smallest value that the share of values does not exceed', () => {
    const values = Array.from({ length: 100 }, (_, place) => place + 1);
    assert.deepEqual(
      [0.5, 0.99, 0.991, 1].map((share) => percentile(values, share)),
      [50, 99, 100, 100],
    );
    assert.equal(percentile([7], 0.01), 7);
  });

  it('is not a number where there are none', () => {
    assert.equal(percentile([], 0.5), Number.NaN);
  });
});
