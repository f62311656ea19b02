import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BucketCounts } from '../../src/core/index.ts';

describe('counts by buckets', () => {
  it('puts a value that equals a bound under that bound, and one beyond all into the last', () => {
    const counts = new BucketCounts([1, 2, 5]);
    for (const value of [0, 1, 1.5, 2, 5, 5.01, 1e9]) counts.add(value);
    assert.deepEqual([...counts.counts], [2, 2, 1, 2]);
    assert.equal(counts.sum, 1e9 + 14.51);
  });

  it('counts nothing before the first value', () => {
    const counts = new BucketCounts([1]);
    assert.deepEqual([...counts.counts, counts.sum], [0, 0, 0]);
  });

  it('has up to each bound as many values as are no greater, whatever they are', () => {
    const bounds = [0.5, 1, 10, 100];
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true })), (values) => {
        const counts = new BucketCounts(bounds);
        for (const value of values) counts.add(value);
        let upTo = 0;
        for (const [index, bound] of [...bounds, Infinity].entries()) {
          upTo += counts.counts[index] ?? 0;
          assert.equal(upTo, values.filter((value) => value <= bound).length);
        }
      }),
    );
  });
});
