import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { budgetOf, costPerWeek, DAY_MS } from '../../../src/slo/index.ts';
import { runs } from '../../support/ledger-property.ts';

const uses = fc
  .record({
    target: fc.double({ min: 0.5, max: 0.99999, noNaN: true }),
    total: fc.integer({ min: 0, max: 1_000_000 }),
    badShare: fc.double({ min: 0, max: 1, noNaN: true }),
    recentTotal: fc.integer({ min: 0, max: 10_000 }),
    recentShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ target, total, badShare, recentTotal, recentShare }) => ({
    target,
    periodMs: 30 * DAY_MS,
    total,
    bad: Math.floor(total * badShare),
    recentTotal,
    recentBad: Math.floor(recentTotal * recentShare),
  }));

test('what is left and what was used make the whole, and nothing lasts where nothing is left', () => {
  fc.assert(
    fc.property(uses, (use) => {
      const { allowed, left, burnRate, lastsMs } = budgetOf(use);
      assert.ok(left <= 1 && burnRate >= 0 && lastsMs >= 0);
      assert.ok(Math.abs(allowed * (1 - left) - use.bad) < 1e-6 * Math.max(1, use.bad));
      assert.equal(left <= 0, lastsMs === 0);
      if (left > 0 && use.recentBad === 0) assert.equal(lastsMs, Infinity);
    }),
    runs(500),
  );
});

test('one more failure never leaves more, nor makes it last longer', () => {
  fc.assert(
    fc.property(uses, (use) => {
      fc.pre(use.bad < use.total && use.recentBad < use.recentTotal);
      const before = budgetOf(use);
      const after = budgetOf({ ...use, bad: use.bad + 1, recentBad: use.recentBad + 1 });
      assert.ok(after.left < before.left);
      assert.ok(after.burnRate > before.burnRate);
      assert.ok(after.lastsMs <= before.lastsMs);
    }),
    runs(500),
  );
});

test('a burn rate of 1 with an untouched budget lasts the period', () => {
  const use = { target: 0.999, periodMs: 30 * DAY_MS, total: 1e6, bad: 0 };
  const budget = budgetOf({ ...use, recentTotal: 1000, recentBad: 1 });
  assert.ok(Math.abs(budget.burnRate - 1) < 1e-9);
  assert.ok(Math.abs(budget.lastsMs - 30 * DAY_MS) < 1);
});

test('half a budget at a burn rate of 2 lasts a quarter of the period', () => {
  const use = { target: 0.99, periodMs: 28 * DAY_MS, total: 10_000, bad: 50 };
  const budget = budgetOf({ ...use, recentTotal: 100, recentBad: 2 });
  assert.ok(Math.abs(budget.left - 0.5) < 1e-9);
  assert.ok(Math.abs(budget.lastsMs - 7 * DAY_MS) < 1);
});

test('refuses a target that leaves no budget', () => {
  const use = { periodMs: DAY_MS, total: 1, bad: 0, recentTotal: 1, recentBad: 0 };
  assert.throws(() => budgetOf({ ...use, target: 1 }), RangeError);
});

test('says what a fault costs a week beyond what is usual', () => {
  assert.ok(Math.abs(costPerWeek(0.003, 0.0002, 1000) - 470.4) < 1e-9);
  assert.equal(costPerWeek(0.0001, 0.0002, 1000), 0);
});
