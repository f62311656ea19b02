import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  budgetSpentAtFiring,
  BurnRates,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  timeToFireMs,
  workbookRules,
} from '../../../src/slo/index.ts';
import { runs } from '../../support/ledger-property.ts';

const soonestMs = (share: number, severity?: string): number =>
  Math.min(
    ...workbookRules
      .filter((rule) => severity === undefined || rule.severity === severity)
      .map((rule) => timeToFireMs(rule, 0.999, share)),
  );

describe('the workbook’s rules at 99.9 %', () => {
  it('fire as soon as the formula says', () => {
    assert.equal(Math.round(soonestMs(1) / 1000), 52);
    assert.equal((soonestMs(0.1) / MINUTE_MS).toFixed(1), '8.6');
    assert.equal(Math.round(soonestMs(0.02) / MINUTE_MS), 43);
    assert.equal((soonestMs(0.01) / HOUR_MS).toFixed(1), '3.6');
    assert.equal(soonestMs(0.003, 'page'), Infinity);
    assert.equal(Math.round(soonestMs(0.003) / HOUR_MS), 24);
  });

  it('have spent 2, 5, 10 and 10 % of a month’s budget when they fire', () => {
    const spent = workbookRules.map((rule) => budgetSpentAtFiring(rule, 30 * DAY_MS));
    assert.deepEqual(
      spent.map((part) => Math.round(part * 100)),
      [2, 5, 10, 10],
    );
  });

  it('never page below 14.4 times the budget of 90 %, as no share is above 1', () => {
    assert.equal(timeToFireMs(workbookRules[0] ?? assert.fail(), 0.9, 1), Infinity);
  });
});

/** The first finding after a step at `share`, minutes; healthy windows before it. */
function minutesToFire(share: number, binMs: number): number {
  const rates = new BurnRates(0.999);
  const beganAt = Date.UTC(2026, 0, 5);
  const perMs = 1000 / MINUTE_MS;
  for (let at = beganAt - 73 * HOUR_MS; at < beganAt; at += MINUTE_MS) {
    rates.feed({ startAt: at, endAt: at + MINUTE_MS, total: 1000, bad: 0 });
  }
  for (let at = beganAt; at < beganAt + 48 * HOUR_MS; at += binMs) {
    const total = perMs * binMs;
    const found = rates.feed({ startAt: at, endAt: at + binMs, total, bad: total * share });
    if (found.length > 0) return (at + binMs - beganAt) / MINUTE_MS;
  }
  return Infinity;
}

describe('burn rates over bins', () => {
  it('fire when the formula says, to the bin', () => {
    for (const share of [1, 0.1, 0.02, 0.01, 0.003]) {
      const wanted = soonestMs(share) / MINUTE_MS;
      const measured = minutesToFire(share, MINUTE_MS);
      assert.ok(Math.abs(measured - wanted) <= 1.5, `${share}: ${measured}, not ${wanted} min`);
    }
  });

  it('see a total outage within the minute where bins are ten seconds', () => {
    assert.equal(minutesToFire(1, 10_000), 1);
  });

  it('agree with sums over the bins themselves, across gaps and a restart', () => {
    const bins = fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
        total: fc.integer({ min: 0, max: 50 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    const rules = [
      { burnRate: 2, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS, severity: 'page' },
      { burnRate: 1, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS, severity: 'ticket' },
    ] as const;
    fc.assert(
      fc.property(bins, fc.nat(59), (drawn, restartAt) => {
        let rates = new BurnRates(0.99, rules);
        const fed: { minute: number; total: number; bad: number }[] = [];
        let minute = 29_000_000;
        for (const [index, { gap, total, share }] of drawn.entries()) {
          minute += gap;
          const bad = Math.floor(total * share);
          const startAt = minute * MINUTE_MS;
          rates.feed({ startAt, endAt: startAt + MINUTE_MS, total, bad });
          fed.push({ minute, total, bad });
          if (index === restartAt) {
            rates = new BurnRates(0.99, rules, JSON.parse(JSON.stringify(rates.state())));
          }
          for (const [place, { longMs }] of rules.entries()) {
            const inside = fed.filter((one) => one.minute > minute - longMs / MINUTE_MS);
            const all = inside.reduce((sum, one) => sum + one.total, 0);
            const failed = inside.reduce((sum, one) => sum + one.bad, 0);
            const wanted = all === 0 ? 0 : failed / all / 0.01;
            assert.ok(Math.abs(rates.burnRate(place) - wanted) < 1e-6);
          }
        }
      }),
      runs(200),
    );
  });
});
