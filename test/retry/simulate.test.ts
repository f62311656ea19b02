import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom } from '../../src/core/index.ts';
import {
  decide,
  defaultPolicy,
  firstAttemptAt,
  forecast,
  outcomeMinutes,
  planOf,
  simulate,
  type OutcomeCounts,
  type OutcomeMinute,
  type RetryPolicy,
} from '../../src/retry/index.ts';
import { waitSpread } from '../../src/retry/wait-spread.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START = 1_750_000_000_000;
const START_MINUTE_AT = START - (START % MINUTE_MS);

/** A day of `firsts` a minute; everything fails in [from, before), and `failing` of it at other times. */
function dayWithOutage(
  firsts: number,
  [from, before]: readonly [number, number],
  failing = 0,
): readonly OutcomeMinute[] {
  return Array.from({ length: 1440 }, (_, minute) => {
    const share = minute >= from && minute < before ? 1 : failing;
    return { firsts, failing: share, retriesFailing: share };
  });
}

const aggressive: RetryPolicy = {
  ...defaultPolicy,
  delaysMs: [0, ...Array.from({ length: 40 }, () => 30_000)],
};

/** The same messages one by one through `decide`, with failures drawn by chance. */
function playOut(minutes: readonly OutcomeMinute[], policy: RetryPolicy, seed: number) {
  const random = seededRandom(seed);
  const quarters = new Map<number, number>();
  let [attempts, delivered, dead, oldestMs] = [0, 0, 0, 0];
  for (const [minute, { firsts }] of minutes.entries()) {
    for (let nth = 0; nth < firsts; nth += 1) {
      const roundStartedAt = START_MINUTE_AT + (minute + random.next()) * MINUTE_MS;
      let now = firstAttemptAt(policy, roundStartedAt, random);
      for (let attemptsInRound = 1; ; attemptsInRound += 1) {
        const at = Math.floor((now - START_MINUTE_AT) / MINUTE_MS);
        attempts += 1;
        quarters.set(Math.floor(at / 15), (quarters.get(Math.floor(at / 15)) ?? 0) + 1);
        const known = minutes[Math.min(at, minutes.length - 1)];
        const share = (attemptsInRound === 1 ? known?.failing : known?.retriesFailing) ?? 0;
        const outcomeClass = random.next() < share ? 'server_error' : 'delivered';
        const next = decide({ outcomeClass, attemptsInRound, roundStartedAt, policy, now, random });
        if (next.kind === 'retry') {
          now = next.dueAt;
          continue;
        }
        if (next.kind === 'dead') dead += 1;
        else {
          delivered += 1;
          oldestMs = Math.max(oldestMs, now - roundStartedAt);
        }
        break;
      }
    }
  }
  return { attempts, delivered, dead, oldestMs, quarters };
}

describe('simulation of a retry policy', () => {
  const scenes: readonly [string, readonly OutcomeMinute[], RetryPolicy][] = [
    ['the default policy over an outage', dayWithOutage(20, [300, 500], 0.02), defaultPolicy],
    ['many quick retries over an outage', dayWithOutage(20, [300, 500], 0.02), aggressive],
    ['steady failures', dayWithOutage(20, [0, 0], 0.6), defaultPolicy],
    [
      'a short age, which jitter decides',
      dayWithOutage(20, [0, 1440]),
      { ...defaultPolicy, delaysMs: [0, HOUR_MS, 2 * HOUR_MS], jitter: 0.5, maxAgeMs: 3 * HOUR_MS },
    ],
    [
      'a first delay and wide jitter',
      dayWithOutage(20, [600, 700]),
      { ...defaultPolicy, delaysMs: [600_000, HOUR_MS, HOUR_MS], jitter: 0.5 },
    ],
  ];
  for (const [name, minutes, policy] of scenes) {
    it(`agrees with decide, played out with chance: ${name}`, () => {
      const seed = 20_251_122;
      const model = simulate(minutes, policy);
      const played = playOut(minutes, policy, seed);
      const near = (what: string, of: number, expected: number, part: number): void =>
        assert.ok(
          Math.abs(of - expected) <= part * expected + 4 * Math.sqrt(expected) + 1,
          `${what}: model ${expected}, played ${of} (seed ${seed})`,
        );
      near('attempts', played.attempts, model.attempts, 0.01);
      near('delivered', played.delivered, model.delivered, 0.01);
      near('dead letters', played.dead, model.deadLetters, 0.03);
      const { horizonMs, attempts } = planOf(policy);
      assert.ok(played.oldestMs <= horizonMs + attempts.length);
      assert.ok((model.oldestDeliveryMs ?? 0) <= horizonMs);
      // Where the age cuts waits short, the model knows how many attempts there are but not quite when.
      if (attempts.some(({ mayBeTooOld }) => mayBeTooOld)) return;
      for (let quarter = 0; quarter < 120; quarter += 1) {
        let expected = 0;
        for (const amount of model.perMinute.subarray(quarter * 15, quarter * 15 + 15)) {
          expected += amount;
        }
        near(`quarter ${quarter}`, played.quarters.get(quarter) ?? 0, expected, 0.05);
      }
    });
  }

  const policies: fc.Arbitrary<RetryPolicy> = fc.record({
    delaysMs: fc.array(
      fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: DAY_MS })),
      { minLength: 1, maxLength: 12 },
    ),
    jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
    maxAgeMs: fc.integer({ min: 60_000, max: 3 * DAY_MS }),
    retryAfterMaxMs: fc.constant(0),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const days = fc.array(
    fc.record({
      firsts: fc.integer({ min: 0, max: 500 }),
      failing: share,
      retriesFailing: share,
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('accounts for every message, and makes no more attempts than the policy has', () => {
    fc.assert(
      fc.property(days, policies, (minutes, policy) => {
        const { messages, attempts, delivered, deadLetters, peak } = simulate(minutes, policy);
        const slack = 1e-6 * (1 + attempts);
        assert.ok(Math.abs(delivered + deadLetters - messages) <= slack);
        assert.ok(attempts >= messages - slack);
        assert.ok(attempts <= messages * planOf(policy).attempts.length + slack);
        assert.ok(peak.attempts <= attempts + slack);
      }),
      { numRuns: 200 },
    );
  });

  it('plans no attempt outside what decide does', () => {
    fc.assert(
      fc.property(policies, fc.integer(), (policy, seed) => {
        const random = seededRandom(seed);
        const plan = planOf(policy);
        let now = firstAttemptAt(policy, START, random);
        for (let attemptsInRound = 1; ; attemptsInRound += 1) {
          const planned = plan.attempts[attemptsInRound - 1];
          assert.ok(planned !== undefined);
          assert.ok(now - START >= planned.earliestAtMs - attemptsInRound);
          assert.ok(now - START <= planned.latestAtMs + attemptsInRound);
          const next = decide({
            outcomeClass: 'timeout',
            attemptsInRound,
            roundStartedAt: START,
            policy,
            now,
            random,
          });
          if (next.kind !== 'retry') break;
          now = next.dueAt;
        }
      }),
    );
  });

  it('spreads a wait over its span and loses nothing', () => {
    const series = { from: 10, values: Float64Array.of(60) };
    const { from, values } = waitSpread(series, 20, 26, 100);
    assert.equal(from, 30);
    assert.ok(Math.abs(values.reduce((sum, one) => sum + one, 0) - 60) < 1e-9);
    assert.ok(Math.abs((values[0] ?? 0) - 5) < 1e-9);
    assert.ok(Math.abs((values[2] ?? 0) - 10) < 1e-9);
    assert.ok((values[7] ?? 0) < 1e-9);
    const cut = waitSpread(series, 20, 26, 31);
    assert.ok(Math.abs((cut.values[1] ?? 0) - 55) < 1e-9);
  });

  it('keeps to its bound of work for the longest policy there may be', () => {
    const longest = {
      ...defaultPolicy,
      delaysMs: Array.from({ length: 50 }, () => 14 * HOUR_MS),
      jitter: 0.5,
      maxAgeMs: 30 * DAY_MS,
    };
    const before = process.cpuUsage();
    const { attempts } = simulate(dayWithOutage(1, [0, 1440]), longest);
    const { user } = process.cpuUsage(before);
    assert.ok(attempts > 1440 * 45);
    assert.ok(user < 1_500_000, `took ${user} µs of CPU`);
  });
});

describe('minutes of a day from what was seen', () => {
  const seen = (given: Partial<OutcomeCounts>): OutcomeCounts => ({
    firsts: 0,
    firstsFailed: 0,
    retries: 0,
    retriesFailed: 0,
    ...given,
  });

  it('lets an outage persist until something got through', () => {
    const minutes = outcomeMinutes([
      seen({ firsts: 4, firstsFailed: 4 }),
      seen({}),
      seen({ firsts: 4 }),
      seen({}),
    ]);
    assert.deepEqual(
      minutes.map(({ failing }) => failing),
      [1, 1, 0, 0],
    );
  });

  it('lets retries meet what retries met, and first attempts tell where there were none', () => {
    const minutes = outcomeMinutes([
      seen({ firsts: 10, firstsFailed: 1 }),
      seen({ firsts: 10, firstsFailed: 1, retries: 2, retriesFailed: 2 }),
      ...Array.from({ length: 15 }, () => seen({ firsts: 10, firstsFailed: 1 })),
    ]);
    assert.equal(minutes[0]?.retriesFailing, 0.1);
    assert.equal(minutes[1]?.retriesFailing, 1);
    assert.equal(minutes[15]?.retriesFailing, 1);
    assert.equal(minutes[16]?.retriesFailing, 0.1);
  });
});

describe('forecast of a policy beside the one in force', () => {
  const allowance = { lanes: 1, percent: 20, perSecond: 1 };
  async function codes(
    minutes: readonly OutcomeMinute[],
    candidate: RetryPolicy,
  ): Promise<readonly string[]> {
    const { warnings } = await forecast(minutes, defaultPolicy, candidate, allowance);
    return warnings.map(({ scene, code }) => `${scene} ${code}`);
  }

  it('says nothing of the policy that is in force', async () => {
    assert.deepEqual(await codes(dayWithOutage(20, [300, 500], 0.02), { ...defaultPolicy }), []);
  });

  it('warns where attempts, the worst minute and the retry budget would be multiplied', async () => {
    const found = await codes(dayWithOutage(200, [300, 500]), aggressive);
    for (const expected of ['day attempts', 'day peak', 'day retry_budget', 'outage attempts']) {
      assert.ok(found.includes(expected), `${expected} in ${found.join(', ')}`);
    }
  });

  it('warns by the outage where the last day knew no failure', async () => {
    const found = await codes(dayWithOutage(20, [0, 0]), aggressive);
    assert.ok(found.includes('outage attempts'));
    assert.ok(!found.some((one) => one.startsWith('day')));
  });

  it('warns of dead letters where retries are taken away', async () => {
    const found = await codes(dayWithOutage(20, [300, 500]), { ...defaultPolicy, delaysMs: [0] });
    assert.deepEqual(found, ['day dead_letters', 'outage dead_letters']);
  });
});
