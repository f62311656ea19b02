import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  betaBelow,
  binomialAtLeast,
  lnGamma,
  poissonAtMost,
  poissonUpper,
  wilson,
} from '../../../src/slo/index.ts';

const close = (one: number, other: number, by = 1e-9): void =>
  assert.ok(Math.abs(one - other) <= by * Math.max(1, Math.abs(other)), `${one}, not ${other}`);

function choose(n: number, k: number): number {
  let result = 1;
  for (let index = 1; index <= k; index += 1) result *= (n - k + index) / index;
  return result;
}

describe('distribution functions', () => {
  it('lnGamma is the logarithm of the factorial', () => {
    let ln = 0;
    for (let n = 1; n < 60; n += 1) {
      close(lnGamma(n), ln, 1e-10);
      ln += Math.log(n);
    }
    close(lnGamma(0.5), Math.log(Math.PI) / 2);
  });

  it('binomialAtLeast is the sum of the terms', () => {
    for (const n of [1, 5, 40]) {
      for (const p of [0.001, 0.3, 0.9]) {
        let sum = 0;
        for (let k = n; k >= 0; k -= 1) {
          sum += choose(n, k) * p ** k * (1 - p) ** (n - k);
          close(binomialAtLeast(k, n, p), sum);
        }
      }
    }
    assert.equal(binomialAtLeast(3, 2, 0.5), 0);
  });

  it('poissonAtMost is the sum of the terms, on both sides of the mean', () => {
    for (const mean of [0.01, 1, 12, 300]) {
      let [term, sum] = [Math.exp(-mean), 0];
      for (let k = 0; k < 400; k += 1) {
        sum += term;
        term *= mean / (k + 1);
        close(poissonAtMost(k, mean), Math.min(1, sum));
      }
    }
    assert.equal(poissonAtMost(0, 0), 1);
    assert.equal(poissonAtMost(-1, 5), 0);
  });

  it('betaBelow is symmetric, and 0 and 1 at the ends', () => {
    close(betaBelow(0.2, 3, 7), 1 - betaBelow(0.8, 7, 3));
    assert.equal(betaBelow(0, 3, 7), 0);
    assert.equal(betaBelow(1, 3, 7), 1);
  });

  it('poissonUpper bounds the mean as often as it says', () => {
    // P(X <= k | upper) is the chance to be as low as that by chance: 10 % at 1.2816.
    for (const k of [0, 1, 5, 40, 1000]) {
      const chance = poissonAtMost(k, poissonUpper(k, 1.2816));
      assert.ok(Math.abs(chance - 0.1) < 0.003, `${k}: ${chance}`);
    }
  });

  it('wilson has the textbook’s bounds', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const table = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [bad, total, lower, upper] of table) {
      assert.equal(wilson(bad, total).lower.toFixed(4), lower.toFixed(4));
      assert.equal(wilson(bad, total).upper.toFixed(4), upper.toFixed(4));
    }
    assert.deepEqual(wilson(0, 0), { lower: 0, upper: 1 });
  });
});
