import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom, type Random } from '../../src/core/index.ts';
import {
  decide,
  defaultPolicy,
  firstAttemptAt,
  outcomeClasses,
  type DecideInput,
  type Decision,
  type OutcomeClass,
  type RetryPolicy,
} from '../../src/retry/index.ts';

const START = 1_750_000_000_000;
const DAY_MS = 86_400_000;

/** Draws the same number each time: 0.5 is no jitter at all. */
const always = (value: number): Random => ({
  next: () => value,
  bytes: (count) => new Uint8Array(count),
});
const steady = always(0.5);

const failed: DecideInput = {
  outcomeClass: 'server_error',
  attemptsInRound: 1,
  roundStartedAt: START,
  policy: defaultPolicy,
  now: START,
  random: steady,
};

const retryAt = (dueAt: number): Decision => ({ kind: 'retry', dueAt, disablesEndpoint: false });
const deadOf = (reason: 'attempts_exhausted' | 'too_old'): Decision => ({
  kind: 'dead',
  reason,
  disablesEndpoint: false,
});

const endings: readonly OutcomeClass[] = ['delivered', 'gone', 'conversion_failed'];
const retriedClasses = outcomeClasses.filter((outcomeClass) => !endings.includes(outcomeClass));

const policies: fc.Arbitrary<RetryPolicy> = fc.record({
  delaysMs: fc.array(
    fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 7 * DAY_MS })),
    {
      minLength: 1,
      maxLength: 50,
    },
  ),
  jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
  maxAgeMs: fc.integer({ min: 60_000, max: 30 * DAY_MS }),
  retryAfterMaxMs: fc.integer({ min: 0, max: 7 * DAY_MS }),
});

type Step = {
  readonly outcomeClass: OutcomeClass;
  readonly retryAfterMs?: number;
  readonly tookMs: number;
};

/** Runs a round as the scheduler would: each attempt starts when it is due, some time passes, the outcome decides. */
function runRound(
  policy: RetryPolicy,
  random: Random,
  stepOf: (attempt: number) => Step,
): readonly number[] {
  const startedAt: number[] = [];
  let dueAt = firstAttemptAt(policy, START, random);
  for (;;) {
    startedAt.push(dueAt);
    const { tookMs, ...outcome } = stepOf(startedAt.length);
    const now = dueAt + tookMs;
    const decision = decide({
      ...outcome,
      attemptsInRound: startedAt.length,
      roundStartedAt: START,
      policy,
      now,
      random,
    });
    if (decision.kind !== 'retry') return startedAt;
    assert(Number.isInteger(decision.dueAt) && decision.dueAt >= now);
    dueAt = decision.dueAt;
  }
}

test('ends with a delivery', () => {
  assert.deepEqual(decide({ ...failed, outcomeClass: 'delivered' }), {
    kind: 'delivered',
    disablesEndpoint: false,
  });
});

test('ends with 410 and disables the endpoint', () => {
  assert.deepEqual(decide({ ...failed, outcomeClass: 'gone' }), {
    kind: 'dead',
    reason: 'gone',
    disablesEndpoint: true,
  });
});

test('ends with a payload that cannot be converted, which no retry would change', () => {
  assert.deepEqual(decide({ ...failed, outcomeClass: 'conversion_failed' }), {
    kind: 'dead',
    reason: 'conversion_failed',
    disablesEndpoint: false,
  });
});

test('retries every other outcome by the schedule, a refused address too', () => {
  assert.equal(retriedClasses.length, 14);
  for (const outcomeClass of retriedClasses) {
    assert.deepEqual(
      decide({ ...failed, outcomeClass, attemptsInRound: 4 }),
      retryAt(START + 7_200_000),
      outcomeClass,
    );
  }
});

test('makes an interrupted attempt again within a second, but only early in a round', () => {
  const interrupted = (attemptsInRound: number): Decision =>
    decide({ ...failed, outcomeClass: 'interrupted', attemptsInRound });
  assert.deepEqual(
    [1, 2, 3].map(interrupted),
    [START + 1000, START + 1000, START + 1000].map(retryAt),
  );
  assert.deepEqual(interrupted(4), retryAt(START + 7_200_000));
  assert.deepEqual(interrupted(10), deadOf('attempts_exhausted'));
  const hasty = { ...defaultPolicy, delaysMs: [0, 10] };
  assert.deepEqual(
    decide({ ...failed, outcomeClass: 'interrupted', policy: hasty }),
    retryAt(START + 10),
  );
});

test('dies when the attempts are exhausted', () => {
  assert.deepEqual(decide({ ...failed, attemptsInRound: 9 }), retryAt(START + DAY_MS));
  assert.deepEqual(decide({ ...failed, attemptsInRound: 10 }), deadOf('attempts_exhausted'));
});

test('dies when the next delay ends after the age bound, to the millisecond', () => {
  const lastDueAt = START + defaultPolicy.maxAgeMs;
  assert.deepEqual(decide({ ...failed, now: lastDueAt - 5000 }), retryAt(lastDueAt));
  assert.deepEqual(decide({ ...failed, now: lastDueAt - 4999 }), deadOf('too_old'));
});

test('lets neither jitter nor Retry-After make a delivery too old', () => {
  const lastDueAt = START + defaultPolicy.maxAgeMs;
  assert.deepEqual(
    decide({ ...failed, now: lastDueAt - 5000, random: always(0.999) }),
    retryAt(lastDueAt),
  );
  const retryAfterMs = DAY_MS;
  assert.deepEqual(decide({ ...failed, now: lastDueAt - 5000, retryAfterMs }), retryAt(lastDueAt));
});

test('honours Retry-After where it is longer than the delay, up to its bound', () => {
  const after = (retryAfterMs: number): Decision =>
    decide({ ...failed, outcomeClass: 'throttled', retryAfterMs });
  assert.deepEqual(after(4999), retryAt(START + 5000));
  assert.deepEqual(after(60_000), retryAt(START + 60_000));
  assert.deepEqual(after(DAY_MS + 1), retryAt(START + DAY_MS));
  assert.deepEqual(after(Number.POSITIVE_INFINITY), retryAt(START + DAY_MS));
  for (const nonsense of [Number.NaN, -1, Number.NEGATIVE_INFINITY]) {
    assert.deepEqual(after(nonsense), retryAt(START + 5000));
  }
});

test('ignores Retry-After where the policy says 0', () => {
  const policy = { ...defaultPolicy, retryAfterMaxMs: 0 };
  assert.deepEqual(decide({ ...failed, policy, retryAfterMs: 60_000 }), retryAt(START + 5000));
});

test('takes an impossible number of attempts as our bug', () => {
  for (const attemptsInRound of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => decide({ ...failed, attemptsInRound }), RangeError);
  }
});

test('makes exactly as many attempts as there are delays when everything fails', () => {
  const ageless = { ...defaultPolicy, maxAgeMs: 30 * DAY_MS };
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40_000_000 }), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(...retriedClasses),
      fc.nat(),
      (delaysMs, outcomeClass, seed) => {
        const stepOf = (): Step => ({ outcomeClass, tookMs: 0 });
        const startedAt = runRound({ ...ageless, delaysMs }, seededRandom(seed), stepOf);
        assert.equal(startedAt.length, delaysMs.length);
      },
    ),
  );
});

test('holds all bounds for every policy and every sequence of outcomes', () => {
  const steps = fc.array(
    fc.record(
      {
        outcomeClass: fc.constantFrom(...outcomeClasses),
        tookMs: fc.oneof(
          fc.integer({ min: 0, max: 60_000 }),
          fc.integer({ min: 0, max: 20 * DAY_MS }),
        ),
        retryAfterMs: fc.double(),
      },
      { requiredKeys: ['outcomeClass', 'tookMs'] },
    ),
    { minLength: 1, maxLength: 50 },
  );
  fc.assert(
    fc.property(policies, steps, fc.nat(), (policy, sequence, seed) => {
      const failing: Step = { outcomeClass: 'server_error', tookMs: 0 };
      const startedAt = runRound(
        policy,
        seededRandom(seed),
        (attempt) => sequence[attempt - 1] ?? failing,
      );
      assert(startedAt.length <= policy.delaysMs.length);
      const ending = sequence.findIndex(({ outcomeClass }) => endings.includes(outcomeClass));
      if (ending >= 0) assert(startedAt.length <= ending + 1);
      for (const at of startedAt) assert(at >= START && at <= START + policy.maxAgeMs);
    }),
    { numRuns: 2000 },
  );
});

test('spreads waits evenly over ± 20 %', () => {
  const random = seededRandom(99);
  const waits = Array.from({ length: 20_000 }, () => {
    const decision = decide({ ...failed, attemptsInRound: 4, random });
    assert(decision.kind === 'retry');
    return (decision.dueAt - START) / 7_200_000;
  });
  for (const wait of waits) assert(wait >= 0.8 && wait <= 1.2);
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    const low = 0.8 + tenth * 0.04;
    return waits.filter((wait) => wait >= low && wait < low + 0.04).length;
  });
  // 2,000 are expected in each, with a standard deviation of 42.
  for (const count of tenths) assert(count > 1800 && count < 2200, String(tenths));
});

test('has the first attempt due after the first delay, within the age', () => {
  assert.equal(firstAttemptAt(defaultPolicy, START, steady), START);
  const late = { ...defaultPolicy, delaysMs: [60_000], maxAgeMs: 60_000 };
  assert.equal(firstAttemptAt(late, START, always(0)), START + 48_000);
  assert.equal(firstAttemptAt(late, START, always(0.999)), START + 60_000);
});
