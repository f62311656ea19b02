import type { Settings } from '../core/index.ts';

/**
 * How a lane treats its endpoint. The service's settings give the values; an endpoint may have its own for each.
 * `lanePolicyTable` has default, bounds and meaning of all of them.
 */
export type LanePolicy = {
  /** Requests under way at once, at most. 1 to 4096. */
  readonly concurrency: number;
  /** Finds the best concurrency up to that by the endpoint's answer times; otherwise it is always the most. */
  readonly adaptive: boolean;
  /** Strict order: a delivery starts only once the one before it is delivered or dead. One request at a time. */
  readonly ordered: boolean;
  /** Failures in a row that open the circuit; 0: never. */
  readonly breakerFailures: number;
  /** Share of failures among the last attempts that opens the circuit, in percent; 0: never. */
  readonly breakerFailurePercent: number;
  /** How long the circuit stays open at first, ms; it doubles while probes fail. */
  readonly breakerOpenMs: number;
  /** And at most, ms. */
  readonly breakerLongestOpenMs: number;
  /** Retries for each hundred first attempts, over the long run. */
  readonly retryBudgetPercent: number;
  /** Retries a second beside that share, so that a quiet lane retries too. */
  readonly retryBudgetPerSecond: number;
  /** A Retry-After, or our own wait after 429, holds the lane no longer than this, ms. */
  readonly longestHoldMs: number;
  /** After so long of nothing but failures the endpoint is disabled, ms; 0: never. */
  readonly disableAfterMs: number;
  /** Passes the trace that a message was accepted in on to the receiver (`traceparent`). */
  readonly passTrace: boolean;
};

export type LaneOverrides = Partial<LanePolicy>;

export type LaneSettings = Pick<
  Settings,
  | 'laneConcurrency'
  | 'adaptiveConcurrency'
  | 'breakerFailures'
  | 'breakerFailurePercent'
  | 'breakerOpenMs'
  | 'breakerLongestOpenMs'
  | 'retryBudgetPercent'
  | 'retryBudgetPerSecond'
  | 'longestHoldMs'
  | 'disableAfterMs'
>;

/** The policy in force for an endpoint: its own values where it has any, the service's otherwise. */
export function lanePolicyOf(settings: LaneSettings, overrides: LaneOverrides | null): LanePolicy {
  const policy: LanePolicy = {
    concurrency: settings.laneConcurrency,
    adaptive: settings.adaptiveConcurrency === 'on',
    ordered: false,
    breakerFailures: settings.breakerFailures,
    breakerFailurePercent: settings.breakerFailurePercent,
    breakerOpenMs: settings.breakerOpenMs,
    breakerLongestOpenMs: settings.breakerLongestOpenMs,
    retryBudgetPercent: settings.retryBudgetPercent,
    retryBudgetPerSecond: settings.retryBudgetPerSecond,
    longestHoldMs: settings.longestHoldMs,
    disableAfterMs: settings.disableAfterMs,
    passTrace: false,
  };
  return overrides === null ? policy : { ...policy, ...overrides };
}
