import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sliAgeMs, sliLatencyMs, type SliCounts } from '../../src/ledger/index.ts';
import { judgeOf } from '../../src/slo/indicator.ts';
import { checkedObjective, everything, exactDeadlines } from '../../src/slo/objective.ts';
import { periodStart, statusOf, type Slot, type ValueSlot } from '../../src/slo/status.ts';

const NOW = Date.UTC(2026, 5, 15, 12, 34, 56);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const objective = {
  name: 'all',
  description: '',
  indicator: 'first_attempt',
  target: 0.99,
  deadlineMs: null,
  periodDays: 7,
  owner: 'platform',
  consumers: [],
  slice: everything,
  value: null,
} as const;

const slotArbitrary: fc.Arbitrary<Slot> = fc.record({
  at: fc
    .integer({ min: 0, max: 10 * 24 })
    .map((hours) => Math.floor(NOW / HOUR_MS) * HOUR_MS - hours * HOUR_MS),
  unitMs: fc.constant(HOUR_MS),
  good: fc.integer({ min: 0, max: 1000 }),
  bad: fc.integer({ min: 0, max: 50 }),
});

describe('the status of an objective', () => {
  test('agrees with a recount of every outcome', () => {
    const seed = Date.now();
    fc.assert(
      fc.property(
        fc.array(slotArbitrary, { maxLength: 60 }),
        fc.double({ min: 0.5, max: 0.99999, noNaN: true }),
        fc.integer({ min: 1, max: 90 }),
        (slots, target, periodDays) => {
          const status = statusOf({ target, periodDays, value: null }, slots, NOW);
          let good = 0;
          let bad = 0;
          for (const slot of slots) {
            if (slot.at < periodStart({ periodDays }, NOW)) continue;
            for (let nth = 0; nth < slot.good; nth += 1) good += 1;
            for (let nth = 0; nth < slot.bad; nth += 1) bad += 1;
          }
          assert.deepEqual([status.good, status.bad], [good, bad]);
          const total = good + bad;
          assert.ok(Math.abs(status.budget.allowed - total * (1 - target)) < 1e-6);
          // Left above nothing exactly where the promise holds, but for rounding at the edge.
          if (total > 0 && Math.abs(bad - status.budget.allowed) > 1e-6) {
            assert.equal(status.budget.left > 0, good / total > target);
          }
          const last = status.burnDown.at(-1);
          if (last !== undefined && total > 0) {
            assert.ok(Math.abs(last.left - status.budget.left) < 1e-9);
          }
          for (const { windowMs, rate, ...sum } of status.burn) {
            const recent = slots.filter((slot) => slot.at + slot.unitMs > NOW - windowMs);
            assert.equal(
              sum.bad,
              recent.reduce((all, slot) => all + slot.bad, 0),
            );
            assert.ok(rate >= 0 && rate <= 1 / (1 - target) + 1e-9);
          }
        },
      ),
      { seed, verbose: true },
    );
  });

  test('spends a budget at burn rate 1 in exactly a period', () => {
    const at = Math.floor(NOW / HOUR_MS) * HOUR_MS;
    const status = statusOf(objective, [{ at, unitMs: HOUR_MS, good: 99, bad: 1 }], NOW);
    assert.deepEqual(
      status.burn.map(({ rate }) => Math.round(rate * 1e9) / 1e9),
      [1, 1, 1],
    );
    assert.equal(Math.abs(status.budget.left) < 1e-9, true);
    assert.equal(status.isMet, true);
  });

  test('without traffic is met, with its budget whole and nothing ahead', () => {
    const status = statusOf(objective, [], NOW);
    assert.deepEqual(
      [status.ratio, status.isMet, status.budget.left, status.forecast.exhaustedAt],
      [1, true, 1, null],
    );
  });

  test('says when the budget ends at the present rate, and what a week costs', () => {
    const at = Math.floor(NOW / HOUR_MS) * HOUR_MS - HOUR_MS;
    const slots: readonly Slot[] = [
      { at: at - 2 * DAY_MS, unitMs: HOUR_MS, good: 98_000, bad: 0 },
      { at, unitMs: HOUR_MS, good: 1900, bad: 100 },
    ];
    const value = { valuePerDelivery: 250, currency: 'EUR' };
    const { budget, forecast, atRisk, burn } = statusOf({ ...objective, value }, slots, NOW);
    assert.ok(Math.abs(budget.left - 0.9) < 1e-9);
    assert.ok(
      Math.abs((burn.find(({ windowMs }) => windowMs === 6 * 3_600_000)?.rate ?? 0) - 5) < 1e-9,
    );
    // 90 % of seven days at five times the rate.
    assert.equal(forecast.exhaustedAt, Math.round(NOW + (0.9 * 7 * DAY_MS) / 5));
    const weekly = (100_000 * 7 * DAY_MS) / (NOW - (at - 2 * DAY_MS));
    assert.equal(atRisk[0]?.perWeek, Math.round(0.05 * weekly * 250));
  });

  test('tells what the bad deliveries carried, by currency, before what the objective says', () => {
    const at = Math.floor(NOW / HOUR_MS) * HOUR_MS - HOUR_MS;
    const slots: readonly Slot[] = [{ at, unitMs: HOUR_MS, good: 900, bad: 100 }];
    const value = { valuePerDelivery: 250, currency: 'USD' };
    const slot = { at, unitMs: HOUR_MS };
    const values: readonly ValueSlot[] = [
      { ...slot, currency: 'JPY', accepted: 5000, bad: 400 },
      { ...slot, currency: 'EUR', accepted: 1_000_000, bad: 70_000 },
    ];
    const { atRisk } = statusOf({ ...objective, value }, slots, NOW, values);
    assert.deepEqual(
      atRisk.map(({ perBad, currency, source }) => ({ perBad, currency, source })),
      [
        { perBad: 700, currency: 'EUR', source: 'messages' },
        { perBad: 4, currency: 'JPY', source: 'messages' },
      ],
    );
    const weeks = (7 * DAY_MS) / (NOW - at);
    assert.deepEqual(
      atRisk.map(({ currency, perWeek }) => [currency, perWeek]),
      [
        ['EUR', Math.round(0.1 * 1000 * weeks * 700)],
        ['JPY', Math.round(0.1 * 1000 * weeks * 4)],
      ],
    );
  });

  test('tells what deliveries carry on average where it is not known which of it was bad', () => {
    const at = Math.floor(NOW / HOUR_MS) * HOUR_MS - HOUR_MS;
    const slots: readonly Slot[] = [{ at, unitMs: HOUR_MS, good: 900, bad: 100 }];
    const values = [{ at, unitMs: HOUR_MS, currency: 'EUR', accepted: 50_000, bad: null }];
    const [worth] = statusOf(objective, slots, NOW, values).atRisk;
    assert.deepEqual([worth?.perBad, worth?.currency, worth?.source], [50, 'EUR', 'messages']);
    const old = [{ ...values[0], at: at - 4 * DAY_MS }] as readonly ValueSlot[];
    assert.deepEqual(statusOf(objective, slots, NOW, old).atRisk, []);
  });
});

const counts: SliCounts = {
  accepted: 10,
  cancelled: 1,
  dead: 1,
  onTime: 6,
  late: 2,
  firstOk: 5,
  firstBad: 4,
  latency: sliLatencyMs
    .map(() => 0)
    .concat(0)
    .with(3, 6)
    .with(13, 1),
  ages: sliAgeMs
    .map(() => 0)
    .concat(2)
    .with(0, 7)
    .with(4, 1),
};

describe('an indicator', () => {
  test('reads lateness as it was counted for the service deadline', () => {
    const judge = judgeOf({ indicator: 'on_time', deadlineMs: 60_000 }, 60_000);
    assert.deepEqual(judge(counts, true), { good: 6, bad: 2 });
  });

  test('reads latency for another deadline, and leaves open what may still arrive', () => {
    const judge = judgeOf({ indicator: 'on_time', deadlineMs: 100 }, 60_000);
    assert.deepEqual(judge(counts, false), { good: 6, bad: 3 });
    assert.deepEqual(judge(counts, true), { good: 6, bad: 1 });
  });

  test('reads looks at lanes for each of its deadlines', () => {
    const judge = (deadlineMs: number) => judgeOf({ indicator: 'freshness', deadlineMs }, 60_000);
    assert.deepEqual(judge(1000)(counts, true), { good: 7, bad: 3 });
    assert.deepEqual(judge(30_000)(counts, true), { good: 7, bad: 3 });
    assert.deepEqual(judge(60_000)(counts, false), { good: 8, bad: 2 });
    assert.deepEqual(judge(3_600_000)(counts, true), { good: 8, bad: 2 });
  });

  test('reads first attempts', () => {
    const judge = judgeOf({ indicator: 'first_attempt', deadlineMs: null }, 60_000);
    assert.deepEqual(judge(counts, false), { good: 5, bad: 4 });
  });
});

describe('an objective', () => {
  const refusals: readonly (readonly [string, object, RegExp])[] = [
    ['target', { target: 1 }, /five nines/],
    ['target', { target: 0.999995 }, /five nines/],
    ['target', { target: 0 }, /above 0/],
    ['periodDays', { periodDays: 91 }, /1 to 90/],
    ['indicator', { indicator: 'confirmed' }, /Receivers cannot say yet/],
    ['deadlineMs', { indicator: 'freshness', deadlineMs: 45_000 }, /1000, .*30000, 60000/],
    [
      'slice',
      { indicator: 'freshness', deadlineMs: 60_000, slice: { ...everything, eventTypes: ['a'] } },
      /all event types/,
    ],
    ['deadlineMs', { indicator: 'on_time', deadlineMs: 61_000 }, /10, 25, .*45000, 60000/],
    ['deadlineMs', { deadlineMs: 60_000 }, /Only "on_time" and/],
    ['slice', { indicator: 'accounted', slice: { ...everything, appIds: ['a'] } }, /over all/],
  ];
  for (const [field, change, words] of refusals) {
    test(`is refused for its ${field}: ${JSON.stringify(change)}`, () => {
      assert.throws(
        () => checkedObjective({ ...objective, ...change }, 45_000),
        (thrown: { field?: string; message?: string }) =>
          thrown.field === field && words.test(thrown.message ?? ''),
      );
    });
  }

  test('takes every deadline that is named as exact', () => {
    for (const deadlineMs of sliAgeMs) {
      checkedObjective({ ...objective, indicator: 'freshness', deadlineMs }, 45_000);
    }
    for (const deadlineMs of exactDeadlines(45_000)) {
      checkedObjective({ ...objective, indicator: 'on_time', deadlineMs }, 45_000);
    }
  });
});
