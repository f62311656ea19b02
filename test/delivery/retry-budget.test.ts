import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { RetryBudget } from '../../src/delivery/retry-budget.ts';
import { runs } from '../support/ledger-property.ts';

const policies = fc.record({
  retryBudgetPercent: fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 300 })),
  retryBudgetPerSecond: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 50 })),
});

test('retries that fail are a share of the first attempts, a few a second, and what was saved up', () => {
  const moves = fc.array(
    fc.record({
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2_000 })),
      firsts: fc.integer({ min: 0, max: 30 }),
      isPatient: fc.boolean(),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(policies, moves, (policy, happens) => {
      const budget = new RetryBudget(policy, 0);
      const saved = Math.max(10, policy.retryBudgetPerSecond);
      let [now, firsts, retries] = [0, 0, 0];
      for (const move of happens) {
        now += move.waitMs;
        for (let first = 0; first < move.firsts; first += 1) budget.deposit();
        firsts += move.firsts;
        while (!move.isPatient && budget.available(now) > 0) {
          assert.ok(budget.spend(now));
          retries += 1;
        }
        const inflow = (now * policy.retryBudgetPerSecond) / 1000;
        const most = (firsts * policy.retryBudgetPercent) / 100 + inflow + saved + 1e-6;
        assert.ok(retries <= most, `${retries} of ${most}`);
        assert.ok(budget.available(now) <= saved);
      }
    }),
    runs(500),
  );
});

test('a budget that is spent says when the next retry may start, and keeps its word', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const budget = new RetryBudget(policy, 0);
      while (budget.spend(0));
      const at = budget.nextAt(0);
      if (policy.retryBudgetPerSecond === 0) {
        assert.equal(at, Infinity);
        if (policy.retryBudgetPercent > 0) {
          const firsts = Math.ceil(100 / policy.retryBudgetPercent) + 1;
          for (let first = 0; first < firsts; first += 1) budget.deposit();
          assert.ok(budget.spend(0), 'first attempts pay for it');
        }
        return;
      }
      assert.equal(budget.spend(at - 1), false);
      assert.ok(budget.spend(at + 1));
    }),
    runs(200),
  );
});

test('retries that get through cost nothing: a backlog that succeeds is not held back', () => {
  const budget = new RetryBudget({ retryBudgetPercent: 0, retryBudgetPerSecond: 0 }, 0);
  for (let retry = 0; retry < 10_000; retry += 1) {
    assert.ok(budget.spend(0));
    budget.refund();
  }
  assert.equal(budget.available(0), 10);
});

test('under steady failure one in ten is a retry, and one a second beside it', () => {
  const budget = new RetryBudget({ retryBudgetPercent: 10, retryBudgetPerSecond: 1 }, 0);
  let retries = 0;
  const seconds = 1_000;
  for (let second = 0; second < seconds; second += 1) {
    for (let first = 0; first < 40; first += 1) budget.deposit();
    while (budget.spend(second * 1000)) retries += 1;
  }
  assert.ok(retries <= seconds * 5 + 10 && retries >= seconds * 5 - 10, `${retries}`);
});
