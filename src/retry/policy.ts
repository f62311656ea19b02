/** When a failed delivery is attempted again. All durations in milliseconds. */
export type RetryPolicy = {
  /** The wait before each attempt, the first included; as many attempts as there are delays. */
  readonly delaysMs: readonly number[];
  /** Each wait is drawn evenly from ± this part of it, so that what failed together returns apart. */
  readonly jitter: number;
  /** No attempt is due later than this after the round began (acceptance, or a redrive). */
  readonly maxAgeMs: number;
  /** A Retry-After is honoured up to this; 0 ignores it. */
  readonly retryAfterMaxMs: number;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const policyBounds = {
  attempts: { min: 1, max: 50 },
  delayMs: { min: 0, max: 7 * DAY_MS },
  jitter: { min: 0, max: 0.5 },
  maxAgeMs: { min: MINUTE_MS, max: 30 * DAY_MS },
  retryAfterMaxMs: { min: 0, max: 7 * DAY_MS },
} as const;

/** Ten attempts over 75 hours, as Standard Webhooks recommends: a weekend's outage is survived. */
export const defaultPolicy: RetryPolicy = {
  delaysMs: [
    0,
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
  ],
  jitter: 0.2,
  maxAgeMs: 5 * DAY_MS,
  retryAfterMaxMs: DAY_MS,
};
