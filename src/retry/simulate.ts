import type { OutcomeMinute } from './outcome-minutes.ts';
import { planOf } from './plan.ts';
import type { RetryPolicy } from './policy.ts';
import { waitSpread, type Series } from './wait-spread.ts';

/** Expected values, not whole numbers. */
export type Simulation = {
  /** Deliveries that began in the given minutes. */
  readonly messages: number;
  /** All attempts made for them, also after the given minutes. */
  readonly attempts: number;
  readonly delivered: number;
  readonly deadLetters: number;
  /** Those of them that no attempt was left for, and those that were too old for the next one. */
  readonly exhausted: number;
  readonly tooOld: number;
  /** Attempts in each minute, from the first given one until the last that can be. */
  readonly perMinute: Float64Array;
  /** Retries in each minute that fail: what the retry budget pays for. */
  readonly failedRetries: Float64Array;
  readonly peak: { readonly minute: number; readonly attempts: number };
  /** Attempts for each message; 1 where there was none. */
  readonly amplification: number;
  /** The oldest delivery, at its latest, in milliseconds after acceptance; null: nothing is delivered. */
  readonly oldestDeliveryMs: number | null;
};

/** What the model takes for granted, in sentences for whoever reads its figures. */
export const simulationAssumptions = [
  'Figures are expected values, minute by minute; nothing is drawn by chance.',
  'An attempt fails with the share of attempts that failed in its minute: a first attempt with that of first attempts, a retry with that of the retries of the last 15 minutes, or of first attempts where there were none.',
  'An outage persists: a minute without attempts fails as the one before it, and after the last minute everything goes on as it was.',
  'Attempts take no time, and no Retry-After, circuit breaker, rate or retry budget holds them back: it is what the policy asks for.',
  'Where the age of the policy cuts a wait short, the number of attempts is right and their minute approximate.',
  'Replays on request, and retries of what was accepted before the day, are left out.',
] as const;

const MINUTE_MS = 60_000;
/** Less than this is nothing. */
const LEAST = 1e-9;
/** A delivery that is expected at least so many times is one. */
const HALF = 0.5;

/**
 * What a policy makes of the given minutes: a fluid model of `decide`. The k-th attempts of all messages are one series
 * over time; those that fail wait, spread by the delay's jitter, and are the (k + 1)-th. Work is attempts times minutes
 * of the horizon: at most 50 × 45,000.
 */
export function simulate(minutes: readonly OutcomeMinute[], policy: RetryPolicy): Simulation {
  const { delaysMs, jitter, maxAgeMs } = policy;
  const plan = planOf(policy);
  const length = minutes.length + Math.ceil(plan.horizonMs / MINUTE_MS) + 1;
  const perMinute = new Float64Array(length);
  const failedRetries = new Float64Array(length);
  const wait = (series: Series, delayMs: number): Series =>
    waitSpread(
      series,
      (delayMs * (1 - jitter)) / MINUTE_MS,
      (delayMs * (1 + jitter)) / MINUTE_MS,
      length - 1,
    );
  const accepted = Float64Array.from(minutes, ({ firsts }) => firsts);
  const messages = sum(accepted);
  const firstDelayMs = Math.min(delaysMs[0] ?? 0, maxAgeMs);
  let due = wait({ from: 0, values: accepted }, firstDelayMs);
  /** How old deliveries are at their attempt, as shares by minute; only where that can cost them one. */
  let age: Series | null = plan.attempts.some(({ mayBeTooOld }) => mayBeTooOld)
    ? wait({ from: 0, values: Float64Array.of(1) }, firstDelayMs)
    : null;
  let [delivered, exhausted, tooOld] = [0, 0, 0];
  let oldestDeliveryMs: number | null = null;
  for (const [place, { latestAtMs }] of plan.attempts.entries()) {
    const isFirst = place === 0;
    let [made, failures] = [0, 0];
    const { from, values } = due;
    for (let index = 0; index < values.length; index += 1) {
      const minute = from + index;
      const amount = values[index] ?? 0;
      const known = minutes[Math.min(minute, minutes.length - 1)];
      const failed = amount * ((isFirst ? known?.failing : known?.retriesFailing) ?? 0);
      perMinute[minute] = (perMinute[minute] ?? 0) + amount;
      if (!isFirst) failedRetries[minute] = (failedRetries[minute] ?? 0) + failed;
      values[index] = failed;
      made += amount;
      failures += failed;
    }
    delivered += made - failures;
    if (made - failures >= HALF) oldestDeliveryMs = latestAtMs;
    const delayMs = delaysMs[place + 1];
    if (delayMs === undefined) {
      exhausted += failures;
      break;
    }
    const next = plan.attempts[place + 1];
    let shareTooOld = next === undefined ? 1 : 0;
    if (next?.mayBeTooOld === true && age !== null) {
      shareTooOld = cutAfter(age, maxAgeMs - delayMs);
      for (const [index, failed] of values.entries()) values[index] = failed * (1 - shareTooOld);
    }
    tooOld += failures * shareTooOld;
    if (failures * (1 - shareTooOld) < LEAST) break;
    due = wait(due, delayMs);
    if (age !== null) age = wait(age, delayMs);
  }
  const attempts = sum(perMinute);
  return {
    messages,
    attempts,
    delivered,
    deadLetters: exhausted + tooOld,
    exhausted,
    tooOld,
    perMinute,
    failedRetries,
    peak: peakOf(perMinute),
    amplification: messages > 0 ? attempts / messages : 1,
    oldestDeliveryMs,
  };
}

/** Amounts of several minutes together, as a plot has them. */
export function inSteps(
  perMinute: Float64Array,
  minutes: number,
  steps: number,
): readonly number[] {
  return Array.from({ length: steps }, (_, step) =>
    sum(perMinute.subarray(step * minutes, (step + 1) * minutes)),
  );
}

/** Leaves out what is older than that; the share that it was. */
function cutAfter({ from, values }: Series, ageMs: number): number {
  const whole = sum(values);
  // Ages begin within minute 0, half a minute late on average; so does the moment they are measured against.
  const minute = Math.max(0, Math.round(ageMs / MINUTE_MS + HALF));
  const old = values.subarray(Math.max(0, minute - from));
  const share = whole > 0 ? sum(old) / whole : 1;
  old.fill(0);
  return share;
}

function sum(amounts: Float64Array): number {
  let whole = 0;
  for (const amount of amounts) whole += amount;
  return whole;
}

function peakOf(perMinute: Float64Array): Simulation['peak'] {
  let peak = { minute: 0, attempts: 0 };
  for (const [minute, attempts] of perMinute.entries()) {
    if (attempts > peak.attempts) peak = { minute, attempts };
  }
  return peak;
}
