import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { regression, type Point } from '../../bench/regression.ts';
import { csvHead, csvLine, growthOf, type SoakSample } from '../../bench/soak-samples.ts';

const sample = (atSeconds: number, residentBytes: number): SoakSample => ({
  atSeconds,
  residentBytes,
  heapBytes: 50e6,
  externalBytes: Number.NaN,
  ledgerBytes: 1e6,
  logBytes: 4e6,
  deliveriesPerSecond: 600.12345,
  p50Ms: 2,
  p99Ms: 9,
});

describe('regression', () => {
  it('finds the line that points lie on, wherever it lies', () => {
    const coordinate = fc.integer({ min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer({ min: 2, max: 40 }), (a, b, count) => {
        const points = Array.from({ length: count }, (_, place): Point => [
          1e6 + place,
          a * (1e6 + place) + b,
        ]);
        const { slope, intercept } = regression(points);
        assert.ok(Math.abs(slope - a) < 1e-6 * Math.max(1, Math.abs(a)), `${slope}, not ${a}`);
        const at = slope * 1e6 + intercept;
        const wanted = a * 1e6 + b;
        assert.ok(Math.abs(at - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted)));
      }),
    );
  });

  it('lies between points that scatter', () => {
    const points: readonly Point[] = [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ];
    const { slope, intercept } = regression(points);
    assert.equal(slope.toFixed(3), '0.600');
    assert.equal(intercept.toFixed(3), '0.600');
  });

  it('has no slope through a single moment', () => {
    assert.equal(regression([[1, 1]]).slope, Number.NaN);
    assert.equal(regression([]).slope, Number.NaN);
  });
});

describe('growth of a soak', () => {
  it('is that of the second half, in MB an hour', () => {
    const climb = Array.from({ length: 100 }, (_, place) =>
      // Fills up in the first half, then a kilobyte each second.
      sample(place, place < 50 ? 100e6 + place * 2e6 : 200e6 + place * 1000),
    );
    const { mbAnHour, from, to } = growthOf(climb);
    assert.equal(mbAnHour.toFixed(3), '3.600');
    assert.deepEqual([from[0], to[0]], [50, 99]);
    assert.equal(from[1].toFixed(3), '200.050');
  });

  it('writes what could not be measured as an empty cell', () => {
    const cells = csvLine(sample(2, 1e6)).trimEnd().split(',');
    assert.equal(cells.length, csvHead.split(',').length);
    assert.deepEqual(cells, [
      '2',
      '1000000',
      '50000000',
      '',
      '1000000',
      '4000000',
      '600.123',
      '2',
      '9',
    ]);
  });
});
