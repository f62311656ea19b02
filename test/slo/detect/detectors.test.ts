import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import {
  DAY_MS,
  defaultLeadMs,
  FirstDeadLetter,
  Growth,
  HOUR_MS,
  MINUTE_MS,
  Outage,
  sayFinding,
  Silence,
  Stuck,
  Unaccounted,
  type Bin,
  type Finding,
  type SharedBin,
} from '../../../src/slo/index.ts';
import { FastBurn } from '../../../src/slo/detect/fast-burn.ts';

const beganAt = Date.UTC(2026, 0, 5);
const minute = (at: number, total: number, bad: number): Bin => ({
  startAt: at,
  endAt: at + MINUTE_MS,
  total,
  bad,
});
const seconds = (at: number, total: number, failing: readonly number[]): SharedBin => ({
  startAt: at,
  endAt: at + 10_000,
  total,
  bad: failing.length,
  failing: failing.map((endpointId) => ({ endpointId, bad: 1 })),
});

describe('an outage', () => {
  it('is found within 20 seconds at 1,000 an hour, and over when deliveries succeed', () => {
    const outage = new Outage();
    let at = beganAt;
    for (; at < beganAt + 5 * MINUTE_MS; at += 10_000) outage.feed(seconds(at, 3, []));
    assert.equal(outage.feed(seconds(at, 3, [1, 2])), null);
    const found = outage.feed(seconds(at + 10_000, 3, [3, 4, 5]));
    assert.equal(found?.detector, 'outage');
    assert.equal(found.sinceAt, at);
    assert.match(sayFinding(found, 'all'), /^all: \d+ % failed \(\d of \d\) since .* % sure\)\.$/);
    for (at += 20_000; at < beganAt + 10 * MINUTE_MS; at += 10_000) outage.feed(seconds(at, 3, []));
    assert.equal(outage.isRaised, false);
  });

  it('is three failures of three endpoints where a minute brings less', () => {
    const outage = new Outage();
    assert.equal(outage.feed(seconds(beganAt, 1, [1])), null);
    const again = new Outage(undefined, JSON.parse(JSON.stringify(outage.state())));
    assert.equal(again.feed(seconds(beganAt + 6 * MINUTE_MS, 1, [2])), null);
    assert.notEqual(again.feed(seconds(beganAt + 12 * MINUTE_MS, 1, [3])), null);
  });

  it('keeps few of the endpoints that fail, and nothing else of what it was given', () => {
    const outage = new Outage();
    const many = Array.from({ length: 10_000 }, (_, nth) => nth);
    const endpoints = many.map((endpointId) => ({ endpointId, total: 1, bad: 1 }));
    for (let at = beganAt; at < beganAt + 2 * MINUTE_MS; at += 10_000) {
      const given: SharedBin = Object.assign(seconds(at, 10_000, many), { endpoints });
      outage.feed(given);
    }
    assert.equal(outage.isRaised, true);
    assert.ok(JSON.stringify(outage.state()).length < 2000);
  });

  it('is not one endpoint, nor a tenth of all', () => {
    const outage = new Outage();
    for (let index = 0; index < 100; index += 1) {
      assert.equal(outage.feed(seconds(beganAt + index * 10_000, 3, [7, 7, 7])), null);
    }
    const other = new Outage();
    for (let index = 0; index < 1000; index += 1) {
      assert.equal(
        other.feed(seconds(beganAt + index * 10_000, 30, [index, index + 1, index + 2])),
        null,
      );
    }
  });
});

describe('a fast burn of one endpoint', () => {
  it('is found with the third failure of three, or within minutes at a high rate', () => {
    const rare = new FastBurn();
    let found: Finding | null = null;
    let fed = 0;
    for (; found === null && fed < 10; fed += 1) {
      found = rare.feed(minute(beganAt + fed * 12 * MINUTE_MS, 1, 1));
    }
    assert.equal(fed, 3);
    assert.equal(found?.sinceAt, beganAt);
    const busy = new FastBurn();
    for (let at = 0; at < 60; at += 1) busy.feed(minute(beganAt + at * MINUTE_MS, 100, 0));
    const first = busy.feed(minute(beganAt + HOUR_MS, 100, 20));
    assert.equal(first?.detector, 'fast_burn');
    assert.match(sayFinding(first, 'endpoint a'), /20 of 500\).*more than 1.44 % \(.* % sure\)/);
  });

  it('does not find one in a thousand among 200 endpoints for a month', () => {
    const random = seededRandom(5);
    let findings = 0;
    for (let endpoint = 0; endpoint < 20; endpoint += 1) {
      const burn = new FastBurn();
      for (let at = beganAt; at < beganAt + 30 * DAY_MS; at += MINUTE_MS) {
        let bad = 0;
        for (let index = 0; index < 3; index += 1) if (random.next() < 0.001) bad += 1;
        if (burn.feed(minute(at, 3, bad)) !== null) findings += 1;
      }
    }
    assert.equal(findings, 0);
  });

  it('is over when the endpoint delivers', () => {
    const burn = new FastBurn();
    let at = beganAt;
    for (; at < beganAt + 10 * MINUTE_MS; at += MINUTE_MS) burn.feed(minute(at, 10, 10));
    assert.equal(burn.isRaised, true);
    for (; at < beganAt + 16 * MINUTE_MS; at += MINUTE_MS) burn.feed(minute(at, 10, 0));
    assert.equal(burn.isRaised, false);
  });
});

describe('the first dead letter', () => {
  it('is news after a day without one', () => {
    const detector = new FirstDeadLetter();
    const found = detector.feed(minute(beganAt, 0, 1));
    assert.equal(found?.detector, 'first_dead_letter');
    assert.match(
      sayFinding(found, 'endpoint a'),
      /1 dead letter at 2026-01-05T00:01Z, the first in 24 h/,
    );
    assert.equal(detector.feed(minute(beganAt + HOUR_MS, 0, 5)), null);
    const again = new FirstDeadLetter(detector.state());
    assert.equal(again.feed(minute(beganAt + 24 * HOUR_MS, 0, 1)), null);
    assert.notEqual(again.feed(minute(beganAt + 48 * HOUR_MS, 0, 1)), null);
  });
});

describe('unaccounted', () => {
  it('is said at once, and again only when there are more', () => {
    const detector = new Unaccounted();
    const look = (at: number, unaccounted: number): Finding | null =>
      detector.feed({ at, unaccounted, oldestAt: beganAt });
    assert.equal(look(beganAt, 0), null);
    assert.match(
      sayFinding(look(beganAt + 1000, 2) ?? assert.fail(), 'ledger'),
      /2 unaccounted deliveries, accepted since 2026-01-05T00:00Z \(counted, not inferred\)/,
    );
    assert.equal(look(beganAt + 2000, 2), null);
    assert.notEqual(look(beganAt + 3000, 4), null);
    assert.equal(look(beganAt + 4000, 4), null);
    assert.notEqual(look(beganAt + 5000, 6), null, 'as many more as before');
  });
});

describe('a stuck lane', () => {
  it('is found within 30 seconds where it is looked at every ten, whenever it stops', () => {
    for (let stopsAt = 0; stopsAt < 10; stopsAt += 1) {
      const stuck = new Stuck();
      let foundAt = Infinity;
      for (let second = 0; second < 120; second += 10) {
        const progress = Math.min(second, stopsAt);
        const look = { at: second * 1000, oldestDueAt: 0, progress, isResting: false };
        if (stuck.feed(look) !== null) foundAt = Math.min(foundAt, second);
      }
      assert.ok(foundAt - stopsAt <= 30, `${foundAt - stopsAt} s`);
    }
  });

  it('is none that rests, has nothing due, or moves', () => {
    const stuck = new Stuck();
    const usual = { oldestDueAt: 0, progress: 5, isResting: false };
    for (let at = 0; at < 120_000; at += 10_000) {
      assert.equal(stuck.feed({ ...usual, at, isResting: true }), null);
      assert.equal(new Stuck().feed({ ...usual, at, oldestDueAt: null }), null);
    }
    for (let at = 0; at < 120_000; at += 10_000) {
      assert.equal(stuck.feed({ ...usual, at, progress: at }), null);
    }
  });
});

describe('growth', () => {
  const feed = (
    growth: Growth,
    value: (minute: number) => number,
    minutes: number,
  ): Finding | null => {
    for (let at = 0; at < minutes; at += 1) {
      const found = growth.feed(beganAt + at * MINUTE_MS, value(at));
      if (found !== null) return found;
    }
    return null;
  };

  it('is said before the limit, with the time that is left', () => {
    // 10 a minute: 1,000 after 100 minutes more than it takes to see a trend.
    const found = feed(
      new Growth({ gauge: 'backlog', limit: 3000, leadMs: defaultLeadMs }),
      (at) => at * 10,
      300,
    );
    assert.ok(found?.limitAt !== undefined);
    const reachedAt = beganAt + 300 * MINUTE_MS;
    assert.ok(Math.abs(found.limitAt - reachedAt) < 5 * MINUTE_MS);
    const leadMs = reachedAt - found.seenAt;
    assert.ok(leadMs > defaultLeadMs * 0.9 && leadMs <= defaultLeadMs);
    assert.match(
      sayFinding(found, 'backlog'),
      /^backlog: 1,\d\d\d deliveries wait, more and more since .*; at this rate, at 2026-01-05T0[45]:\d\dZ, 3,000 do/,
    );
  });

  it('is not noise, a daily swing far below the limit, or one jump', () => {
    const random = seededRandom(9);
    const options = { gauge: 'backlog' as const, limit: 1000, leadMs: defaultLeadMs };
    assert.equal(
      feed(new Growth(options), () => 500 + 200 * random.next(), 5000),
      null,
    );
    assert.equal(
      feed(new Growth(options), (at) => 300 + 200 * Math.sin(at / 229), 5000),
      null,
    );
    assert.equal(
      feed(new Growth(options), (at) => (at < 600 ? 100 : 700), 2000),
      null,
    );
  });

  it('is said when the limit is reached twice in a row, however it came, and since when', () => {
    const gauge = { gauge: 'backlog' as const, limit: 1000, leadMs: defaultLeadMs };
    const found = feed(new Growth(gauge), (at) => (at < 61 ? 0 : 1000), 100);
    assert.equal(found?.seenAt, beganAt + 62 * MINUTE_MS);
    assert.equal(found.sinceAt, beganAt + 61 * MINUTE_MS);
    assert.equal(found.severity, 'page');
    assert.equal(
      feed(new Growth(gauge), (at) => (at === 61 ? 1000 : 0), 100),
      null,
      'what a circuit held back is old for a moment',
    );
  });
});

describe('silence', () => {
  /** So many an hour by day, none by night, for weeks. */
  const fed = (
    silence: Silence,
    perHour: number,
    from: number,
    days: number,
    seed: number,
  ): Finding[] => {
    const random = seededRandom(seed);
    const findings: Finding[] = [];
    for (let at = from; at < from + days * DAY_MS; at += MINUTE_MS) {
      const hour = (at / HOUR_MS) % 24;
      let total = 0;
      if (hour >= 6 && hour < 22) {
        for (let left = -Math.log(1 - random.next()); left < perHour / 60; total += 1) {
          left -= Math.log(1 - random.next());
        }
      }
      const found = silence.feed(minute(at, total, 0));
      if (found !== null) findings.push(found);
    }
    return findings;
  };

  it('is found within the hour at 60 an hour by day, and not looked for by night', () => {
    const silence = new Silence();
    assert.deepEqual(fed(silence, 60, beganAt, 28, 1), []);
    const again = new Silence(undefined, JSON.parse(JSON.stringify(silence.state())));
    const silentAt = beganAt + 28 * DAY_MS;
    let foundAt: number | null = null;
    for (let at = silentAt; at < silentAt + DAY_MS; at += MINUTE_MS) {
      const found = again.feed(minute(at, 0, 0));
      if (found === null) continue;
      foundAt = at;
      assert.match(
        sayFinding(found, 'invoice.paid'),
        /^invoice.paid: 0 outcomes since .*, where [\d.]+ are usual/,
      );
      break;
    }
    const hours = ((foundAt ?? 0) - silentAt) / HOUR_MS;
    assert.ok(hours >= 6 && hours < 7, `${hours} h after midnight`);
  });

  it('is also most of the traffic missing', () => {
    const silence = new Silence();
    fed(silence, 600, beganAt, 28, 2);
    const findings = fed(silence, 100, beganAt + 28 * DAY_MS, 1, 3);
    assert.equal(findings.length, 1);
    assert.ok((findings[0]?.seenAt ?? 0) < beganAt + 28 * DAY_MS + 7.5 * HOUR_MS);
  });

  it('that lasts a week is how things are: it is over, and learned anew', () => {
    const silence = new Silence();
    fed(silence, 600, beganAt, 28, 5);
    const lowAt = beganAt + 28 * DAY_MS;
    assert.equal(fed(silence, 60, lowAt, 7, 6).length, 1);
    const again = new Silence(undefined, JSON.parse(JSON.stringify(silence.state())));
    assert.equal(again.isRaised, true);
    assert.deepEqual(fed(again, 60, lowAt + 7 * DAY_MS, 28, 7), []);
    assert.equal(again.isRaised, false);
    let isFound = false;
    for (let at = lowAt + 35 * DAY_MS; at < lowAt + 36 * DAY_MS; at += MINUTE_MS) {
      isFound ||= again.feed(minute(at, 0, 0)) !== null;
    }
    assert.ok(isFound, 'the new level is missed too');
  });

  it('ends when traffic comes back', () => {
    const silence = new Silence();
    fed(silence, 60, beganAt, 28, 4);
    for (let at = 0; at < 12 * 60; at += 1) {
      silence.feed(minute(beganAt + 28 * DAY_MS + at * MINUTE_MS, 0, 0));
    }
    assert.equal(silence.isRaised, true);
    for (let at = 0; at < 60; at += 1) {
      silence.feed(minute(beganAt + 28.5 * DAY_MS + at * MINUTE_MS, 1, 0));
    }
    assert.equal(silence.isRaised, false);
  });
});
