import { assertNever, type Random } from '../core/index.ts';
import type { OutcomeClass } from './outcome.ts';
import type { RetryPolicy } from './policy.ts';

export type DecideInput = {
  readonly outcomeClass: OutcomeClass;
  /** What the response's Retry-After asked for, see `parseRetryAfter`. */
  readonly retryAfterMs?: number | undefined;
  /** Attempts started in this round, the one that just ended included: 1 or more. */
  readonly attemptsInRound: number;
  /** When the round began: the message's acceptance, or the redrive. */
  readonly roundStartedAt: number;
  readonly policy: RetryPolicy;
  readonly now: number;
  readonly random: Random;
};

export type DeadReason = 'attempts_exhausted' | 'too_old' | 'gone' | 'conversion_failed';

/** `disablesEndpoint`: the endpoint said that it wants no more deliveries at all. */
export type Decision =
  | { readonly kind: 'delivered'; readonly disablesEndpoint: false }
  | { readonly kind: 'retry'; readonly dueAt: number; readonly disablesEndpoint: false }
  | { readonly kind: 'dead'; readonly reason: DeadReason; readonly disablesEndpoint: boolean };

/**
 * An interrupted attempt is our fault and went nowhere that we know of, so it is made again quickly.
 * Only early in a round: otherwise a delivery that crashes the process, or a process that crashes
 * for its own reasons, would burn all attempts within minutes.
 */
const INTERRUPTED_DELAY_MS = 1000;
const QUICK_INTERRUPTIONS = 3;

/**
 * What follows from an attempt's outcome.
 *
 *     delivered            → delivered
 *     gone                 → dead (gone), and the endpoint is disabled
 *     conversion_failed    → dead (conversion_failed): the next attempt would fail alike
 *     anything else        → retry at now + max(jittered delay, Retry-After)
 *       no delay left      → dead (attempts_exhausted)
 *       delay past the age → dead (too_old)
 *
 * Bounds that hold for every input: `now` ≤ dueAt ≤ roundStartedAt + maxAgeMs. Neither jitter nor a
 * Retry-After makes a delivery too old: they only move the last attempts to the end of its age.
 */
export function decide(input: DecideInput): Decision {
  if (!Number.isInteger(input.attemptsInRound) || input.attemptsInRound < 1) {
    throw new RangeError(`attemptsInRound must be 1 or more, not ${input.attemptsInRound}`);
  }
  switch (input.outcomeClass) {
    case 'delivered':
      return { kind: 'delivered', disablesEndpoint: false };
    case 'gone':
      return { kind: 'dead', reason: 'gone', disablesEndpoint: true };
    case 'conversion_failed':
      return dead('conversion_failed');
    case 'redirect':
    case 'client_error':
    case 'throttled':
    case 'server_error':
    case 'unavailable':
    case 'timeout':
    case 'dns_failure':
    case 'connect_failure':
    case 'tls_failure':
    case 'connection_reset':
    case 'address_refused':
    case 'invalid_response':
    case 'interrupted':
    case 'internal_error':
      return retryOrDie(input);
    default:
      return assertNever(input.outcomeClass);
  }
}

/** When a round's first attempt is due: its start plus the policy's first delay, within the age. */
export function firstAttemptAt(
  policy: RetryPolicy,
  roundStartedAt: number,
  random: Random,
): number {
  const delayMs = jittered(policy.delaysMs[0] ?? 0, policy.jitter, random);
  return roundStartedAt + Math.min(delayMs, policy.maxAgeMs);
}

function retryOrDie(input: DecideInput): Decision {
  const { policy, now, random } = input;
  const delayMs = nextDelayMs(input);
  if (delayMs === undefined) return dead('attempts_exhausted');
  const lastDueAt = input.roundStartedAt + policy.maxAgeMs;
  if (now + delayMs > lastDueAt) return dead('too_old');
  const waitMs = Math.max(jittered(delayMs, policy.jitter, random), honouredMs(input));
  return { kind: 'retry', dueAt: Math.min(now + waitMs, lastDueAt), disablesEndpoint: false };
}

function nextDelayMs({ policy, attemptsInRound, outcomeClass }: DecideInput): number | undefined {
  const scheduledMs = policy.delaysMs[attemptsInRound];
  const isQuick = outcomeClass === 'interrupted' && attemptsInRound <= QUICK_INTERRUPTIONS;
  return isQuick && scheduledMs !== undefined
    ? Math.min(scheduledMs, INTERRUPTED_DELAY_MS)
    : scheduledMs;
}

/** Written so that NaN and what is negative ask for nothing. */
function honouredMs({ retryAfterMs = 0, policy }: DecideInput): number {
  return retryAfterMs > 0 ? Math.ceil(Math.min(retryAfterMs, policy.retryAfterMaxMs)) : 0;
}

/** Even in [1 − jitter, 1 + jitter) of the delay, whole milliseconds. */
function jittered(delayMs: number, jitter: number, random: Random): number {
  return Math.round(delayMs * (1 + jitter * (2 * random.next() - 1)));
}

function dead(reason: DeadReason): Decision {
  return { kind: 'dead', reason, disablesEndpoint: false };
}
