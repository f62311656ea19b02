import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import {
  Baseline,
  CAP_MS,
  Cusum,
  cusumThreshold,
  DAY_MS,
  FailureCap,
  HOUR_MS,
  MINUTE_MS,
  sayFinding,
  ShiryaevRoberts,
  SmallStep,
  type Finding,
  type SharedBin,
} from '../../../src/slo/index.ts';

const beganAt = Date.UTC(2026, 0, 5);

/** 1,000 an hour to 200 endpoints, failing by chance. */
function traffic(seed: number): (at: number, share: number) => SharedBin {
  const random = seededRandom(seed);
  return (at, share) => {
    const total = random.next() < 2 / 3 ? 17 : 16;
    const failing: { endpointId: number; bad: number }[] = [];
    for (let index = 0; index < total; index += 1) {
      if (random.next() >= share) continue;
      failing.push({ endpointId: Math.floor(random.next() * 200), bad: 1 });
    }
    return { startAt: at, endAt: at + MINUTE_MS, total, bad: failing.length, failing };
  };
}

/** A detector that has learned 0.02 % in so many days. */
function learned(
  seed: number,
  days = 21,
): { step: SmallStep; bin: ReturnType<typeof traffic>; now: number } {
  const step = new SmallStep();
  const bin = traffic(seed);
  let now = beganAt;
  for (; now < beganAt + days * DAY_MS; now += MINUTE_MS) step.feed(bin(now, 0.0002));
  return { step, bin, now };
}

describe('the threshold of a CUSUM', () => {
  it('is about what simulation gave at four rates of traffic', () => {
    // One false alarm a year at 10, 100, 1,000 and 10,000 an hour; 0.02 % against 0.3 %.
    for (const [perHour, h] of [
      [10, 4.6],
      [100, 6.7],
      [1000, 9],
      [10_000, 10.9],
    ] as const) {
      const measured = cusumThreshold(15, 0.0002 * perHour * 8760);
      assert.ok(Math.abs(measured - h) < 0.5, `${perHour}/h: ${measured}, not ${h}`);
    }
  });

  it('raises as many false alarms as were asked for', () => {
    // Failures as a Poisson process; time in failures expected.
    const random = seededRandom(11);
    const [ratio, between] = [15, 175];
    const h = cusumThreshold(ratio, between);
    let [sum, alarms] = [0, 0];
    const failures = 200_000;
    for (let index = 0; index < failures; index += 1) {
      sum = Math.max(0, sum + Math.log(1 - random.next()) * (ratio - 1)) + Math.log(ratio);
      if (sum >= h) [sum, alarms] = [0, alarms + 1];
    }
    const measured = failures / alarms;
    assert.ok(measured > between * 0.75 && measured < between * 1.33, `one in ${measured}`);
  });

  it('is never reached by a single failure', () => {
    for (const ratio of [1.5, 7, 200, 5000]) assert.ok(cusumThreshold(ratio, 0) > Math.log(ratio));
  });

  it('grows by 1 for each factor e beyond the table', () => {
    const [one, other] = [cusumThreshold(10, Math.exp(20)), cusumThreshold(10, Math.exp(21))];
    assert.ok(Math.abs(other - one - 1) < 1e-9);
  });
});

describe('a CUSUM', () => {
  it('says when the rate changed', () => {
    const cusum = new Cusum();
    const rates = { p0: 0.001, p1: 0.05 };
    const feed = (minute: number, bad: number): number =>
      cusum.feed(
        { startAt: minute * MINUTE_MS, endAt: (minute + 1) * MINUTE_MS, total: 100, bad },
        rates,
      );
    for (let minute = 0; minute < 10; minute += 1) assert.equal(feed(minute, 0), 0);
    for (let minute = 10; minute < 15; minute += 1) assert.ok(feed(minute, 5) > 0);
    assert.deepEqual(cusum.since, { at: 10 * MINUTE_MS, total: 500, bad: 25 });
  });
});

describe('the Shiryaev–Roberts mixture', () => {
  it('is in the mean what time has passed, in bins of any length', () => {
    const random = seededRandom(3);
    const [p0, perMinute, minutes, draws] = [0.01, 2, 60, 3000];
    let sum = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const mixture = new ShiryaevRoberts();
      let years = 0;
      for (let minute = 0; minute < minutes; minute += 4) {
        let bad = 0;
        const total = perMinute * 4;
        for (let index = 0; index < total; index += 1) if (random.next() < p0) bad += 1;
        years = mixture.feed(
          { startAt: minute * MINUTE_MS, endAt: (minute + 4) * MINUTE_MS, total, bad },
          p0,
        );
      }
      sum += years;
    }
    const ratio = sum / draws / (minutes / 525_600);
    // Heavy tails: most draws are below the mean.
    assert.ok(ratio > 0.3 && ratio < 3, `${ratio}`);
  });
});

describe('the cap', () => {
  it('counts an endpoint once in six hours, across a restart', () => {
    const cap = new FailureCap();
    assert.equal(cap.count(7, 1000), true);
    assert.equal(cap.count(7, 1000 + CAP_MS - 1), false);
    assert.equal(cap.count(8, 2000), true);
    const again = new FailureCap(cap.state());
    assert.equal(again.count(7, 1000 + CAP_MS - 1), false);
    assert.equal(again.count(7, 1000 + CAP_MS), true);
  });

  it('forgets what no longer holds anything back', () => {
    const cap = new FailureCap();
    for (let endpointId = 0; endpointId < 100; endpointId += 1) cap.count(endpointId, endpointId);
    cap.tidy(CAP_MS + 49);
    assert.equal(cap.state().length, 50);
  });

  it('remembers 50,000 endpoints at most', () => {
    const cap = new FailureCap();
    for (let endpointId = 0; endpointId < 50_100; endpointId += 1) cap.count(endpointId, 1);
    const [counted = []] = cap.state();
    assert.equal(counted.length, 1 + 50_000);
  });

  it('is stored in some bytes an endpoint where many failed at once, and comes back as it was', () => {
    const cap = new FailureCap();
    const idOf = (nth: number): number => 1_440_000_000_000_000 + 8192 * nth;
    const endpoints = Array.from({ length: 10_000 }, (_, nth) => idOf(nth < 5 ? 9999 - nth : nth));
    for (const [nth, endpointId] of endpoints.entries()) cap.count(endpointId, nth < 9000 ? 5 : 9);
    const text = JSON.stringify(cap.state());
    assert.ok(text.length < 60_000, `${text.length}`);
    const again = new FailureCap(JSON.parse(text));
    assert.deepEqual(again.state(), cap.state());
    assert.equal(again.count(idOf(8990), CAP_MS + 4), false);
    assert.equal(again.count(idOf(8990), CAP_MS + 5), true);
    assert.equal(again.count(idOf(9990), CAP_MS + 8), false);
  });

  it('gives the same state until something changes', () => {
    const cap = new FailureCap();
    cap.count(1, 1);
    const state = cap.state();
    cap.count(1, 2);
    assert.equal(cap.state(), state);
    cap.count(2, 3);
    assert.notEqual(cap.state(), state);
  });
});

describe('the baseline', () => {
  const hours = (baseline: Baseline, from: number, count: number, bad: number): number => {
    let at = from;
    for (; at < from + count * HOUR_MS; at += HOUR_MS) {
      baseline.feed({ startAt: at, endAt: at + HOUR_MS, total: 1000, bad }, bad, true);
    }
    return at;
  };

  it('comes to the share that is, from above', () => {
    const baseline = new Baseline();
    assert.ok(baseline.share > 0.0005);
    hours(baseline, beganAt, 24 * 60, 1);
    assert.ok(baseline.share > 0.001 && baseline.share < 0.00106, `${baseline.share}`);
    assert.ok(Math.abs(baseline.perYear / 8_760_000 - 1) < 0.02, `${baseline.perYear}`);
  });

  it('rises by 2 % a day at most, once it is known', () => {
    const baseline = new Baseline();
    const known = hours(baseline, beganAt, 24 * 30, 1);
    const before = baseline.share;
    hours(baseline, known, 24 * 10, 20);
    assert.ok(baseline.share <= before * 1.02 ** 10 * 1.000_001);
    assert.ok(baseline.share > before * 1.1);
  });

  it('does not learn what is dropped within a day', () => {
    const baseline = new Baseline();
    const known = hours(baseline, beganAt, 24 * 30, 0);
    hours(baseline, known, 20, 50);
    baseline.forget(known);
    hours(baseline, known + 20 * HOUR_MS, 48, 0);
    const untouched = new Baseline();
    hours(untouched, beganAt, 24 * 32, 0);
    assert.ok(baseline.share <= untouched.share * 1.05);
  });

  it('is in a week what a noisy service is, so that nothing alarms for ever', () => {
    const baseline = new Baseline();
    hours(baseline, beganAt, 24 * 7, 10);
    assert.ok(baseline.share > 0.009 && baseline.share < 0.011, `${baseline.share}`);
  });
});

describe('a small step', () => {
  it('is found in hours at 1,000 an hour, and said in words', () => {
    const { step, bin, now } = learned(1);
    let found: Finding | null = null;
    let at = now;
    for (; found === null && at < now + DAY_MS; at += MINUTE_MS) found = step.feed(bin(at, 0.003));
    assert.ok(found !== null && at - now < 6 * HOUR_MS, `${(at - now) / HOUR_MS} h`);
    assert.ok(Math.abs(found.sinceAt - now) < 3 * HOUR_MS);
    assert.match(
      sayFinding(found, 'objective payments'),
      /^objective payments: \d\.\d+ % failed \(\d+ of [\d,]+\) since 2026-01-2\dT\d\d:\d\dZ, where 0\.0[12]\d* % is usual; .*\(chance says so once a year at most\)\.$/,
    );
  });

  it('is found once, and the alarm ends when it is over', () => {
    const { step, bin, now } = learned(2);
    let findings = 0;
    let at = now;
    for (; at < now + 12 * HOUR_MS; at += MINUTE_MS) {
      if (step.feed(bin(at, 0.005)) !== null) findings += 1;
    }
    assert.deepEqual([findings, step.isRaised], [1, true]);
    for (; at < now + 24 * HOUR_MS; at += MINUTE_MS) step.feed(bin(at, 0.0002));
    assert.equal(step.isRaised, false);
  });

  it('is learned after a week, where nobody ended it', () => {
    const { step, bin, now } = learned(4);
    let at = now;
    for (; at < now + 20 * DAY_MS; at += MINUTE_MS) step.feed(bin(at, 0.005));
    assert.equal(step.isRaised, false);
    assert.ok(step.baseline > 0.004);
  });

  it('is not one endpoint that fails everything for two hours', () => {
    const { step, bin, now } = learned(5);
    for (let at = now; at < now + 2 * HOUR_MS; at += MINUTE_MS) {
      const healthy = bin(at, 0);
      assert.equal(step.feed({ ...healthy, bad: 5, failing: [{ endpointId: 3, bad: 5 }] }), null);
    }
  });

  it('goes on after a restart as if there had been none', () => {
    const { step, bin, now } = learned(6);
    for (let at = now; at < now + HOUR_MS; at += MINUTE_MS) step.feed(bin(at, 0.002));
    const [state, failures] = [step.state(), step.failures()].map((of) => JSON.stringify(of));
    const again = new SmallStep(undefined, JSON.parse(state ?? ''), JSON.parse(failures ?? ''));
    let foundAt: number | null = null;
    for (let at = now + HOUR_MS; at < now + DAY_MS; at += MINUTE_MS) {
      const drawn = bin(at, 0.003);
      const [one, other] = [step.feed(drawn), again.feed(drawn)];
      assert.deepEqual(one === null, other === null);
      if (one !== null) foundAt ??= at;
    }
    assert.ok(foundAt !== null);
  });
});
