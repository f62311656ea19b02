import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOf, type RetryPolicy } from '../../src/retry/index.ts';

const policy: RetryPolicy = {
  delaysMs: [0, 60_000, 60_000],
  jitter: 0,
  maxAgeMs: 86_400_000,
  retryAfterMaxMs: 0,
};
const outage = { messagesPerSecond: 10, minutes: 30 };
const generous = { percent: 1000, perSecond: 1000 };

const near = (value: number | undefined, expected: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - expected) < 0.01, `${value} is not ${expected}`);

describe('the load of an outage', () => {
  it('is every attempt of the schedule while the endpoint fails, and one each afterwards', () => {
    const load = loadOf(policy, outage, generous);
    // Three attempts of each message, one a minute.
    near(load.perSecond[15], 30);
    near(load.peakPerSecond, 30);
    near(load.perSecond.at(-1), 10);
    // The last minute's first retry gets through.
    near(load.amplification, 3 - 1 / 30);
    assert.equal(load.perSecond.length, 30 + 60);
  });

  it('is held to what the retry budget pays for, and says what that holds back', () => {
    const budget = { percent: 20, perSecond: 3 };
    const load = loadOf(policy, outage, budget);
    near(load.budgetPerSecond, 5);
    near(load.perSecond[15], 30);
    near(load.withinBudget[15], 15);
    // What succeeds is not held back.
    near(load.withinBudget[45], 10);
    // Some 20 failing retries a second for half an hour, of which 5 are paid for.
    assert.ok(load.heldBack > 24_000 && load.heldBack < 27_000, String(load.heldBack));
    assert.equal(loadOf(policy, outage, generous).heldBack, 0);
  });

  it('is the messages alone where nothing is tried again', () => {
    const once = loadOf({ ...policy, delaysMs: [0] }, outage, generous);
    near(once.peakPerSecond, 10);
    near(once.amplification, 1);
  });
});
