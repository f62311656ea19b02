import { beyondBudget, type RetryAllowance } from './allowance.ts';
import type { OutcomeMinute } from './outcome-minutes.ts';
import type { RetryPolicy } from './policy.ts';
import { simulate } from './simulate.ts';

/** An outage that somebody asks about: one endpoint gets so many messages a second, and fails for so long. */
export type Outage = { readonly messagesPerSecond: number; readonly minutes: number };

export const loadBounds = {
  messagesPerSecond: { min: 0.001, max: 100_000 },
  minutes: { min: 1, max: 1440 },
} as const;

/** What a policy and its retry budget make of an outage. Expected values; each list has one for each minute. */
export type Load = {
  /** Attempts a second that the policy asks for: first ones and retries, while the endpoint fails and afterwards. */
  readonly perSecond: readonly number[];
  /** The same while no more retries fail than the retry budget pays for; what it holds back comes after the outage. */
  readonly withinBudget: readonly number[];
  /** The largest of `perSecond`. */
  readonly peakPerSecond: number;
  /** Failing retries a second that the retry budget pays for. */
  readonly budgetPerSecond: number;
  /** Failing retries that it holds back. */
  readonly heldBack: number;
  /** Attempts for each message that is accepted during the outage, for as long as they go on. */
  readonly amplification: number;
};

const MINUTE_SECONDS = 60;
/** What comes after the outage is shown for as long as it was, and for this long at least. */
const LEAST_AFTER_MINUTES = 60;

/** Throws nothing: what is asked about is within `loadBounds`. */
export function loadOf(
  policy: RetryPolicy,
  { messagesPerSecond, minutes }: Outage,
  { percent, perSecond: steady }: Omit<RetryAllowance, 'lanes'>,
): Load {
  const firsts = messagesPerSecond * MINUTE_SECONDS;
  const shown = minutes + Math.max(LEAST_AFTER_MINUTES, minutes);
  const scene = Array.from({ length: shown }, (_, minute): OutcomeMinute => {
    const failing = minute < minutes ? 1 : 0;
    return { firsts, failing, retriesFailing: failing };
  });
  const simulation = simulate(scene, policy);
  const { perMinute, failedRetries } = simulation;
  const budgetPerSecond = (percent / 100) * messagesPerSecond + steady;
  const asked = perMinute.subarray(0, shown);
  const perSecond = [...asked].map((attempts) => attempts / MINUTE_SECONDS);
  const withinBudget = perSecond.map((attempts, minute) => {
    const failing = (failedRetries[minute] ?? 0) / MINUTE_SECONDS;
    return attempts - Math.max(0, failing - budgetPerSecond);
  });
  const alone = simulate(
    [...scene.slice(0, minutes), { firsts: 0, failing: 0, retriesFailing: 0 }],
    policy,
  );
  return {
    perSecond,
    withinBudget,
    peakPerSecond: Math.max(...perSecond),
    budgetPerSecond,
    heldBack: beyondBudget(simulation, scene, { lanes: 1, percent, perSecond: steady }),
    amplification: alone.amplification,
  };
}
