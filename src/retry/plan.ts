import type { RetryPolicy } from './policy.ts';

/** One attempt as a policy plans it, where every attempt before it failed at once. All in milliseconds. */
export type PlannedAttempt = {
  /** 1 for the first. */
  readonly attempt: number;
  /** The wait before it, after the attempt before it (the first: after the round began). */
  readonly earliestWaitMs: number;
  readonly latestWaitMs: number;
  /** The same since the round began, never past the policy's age. */
  readonly earliestAtMs: number;
  readonly latestAtMs: number;
  /** Whether the waits before it can add up so that the delivery is too old for it. */
  readonly mayBeTooOld: boolean;
};

export type RetryPlan = {
  readonly attempts: readonly PlannedAttempt[];
  /** Attempts of the schedule that the policy's age never lets happen. */
  readonly unreachable: number;
  /** When the last attempt is made at the latest, after the round began. */
  readonly horizonMs: number;
};

/** What a policy means for a delivery that always fails: each attempt, its waits with their jitter, and the end. */
export function planOf({ delaysMs, jitter, maxAgeMs }: RetryPolicy): RetryPlan {
  const attempts: PlannedAttempt[] = [];
  let [earliest, latest] = [0, 0];
  for (const [place, delayMs] of delaysMs.entries()) {
    // `decide` measures the age with the delay as it is written; the first attempt is always made.
    if (place > 0 && earliest + delayMs > maxAgeMs) break;
    const mayBeTooOld = place > 0 && latest + delayMs > maxAgeMs;
    const earliestWaitMs = Math.round(delayMs * (1 - jitter));
    const latestWaitMs = Math.round(delayMs * (1 + jitter));
    earliest = Math.min(earliest + earliestWaitMs, maxAgeMs);
    latest = Math.min(latest + latestWaitMs, maxAgeMs);
    attempts.push({
      attempt: place + 1,
      earliestWaitMs,
      latestWaitMs,
      earliestAtMs: earliest,
      latestAtMs: latest,
      mayBeTooOld,
    });
  }
  return {
    attempts,
    unreachable: delaysMs.length - attempts.length,
    horizonMs: latest,
  };
}
