import { urlInUse } from '../change/index.ts';
import type { OutcomeClass } from '../retry/index.ts';
import type { Target } from './target.ts';

type Meaning = {
  readonly breaker: 'success' | 'failure' | null;
  readonly limit: 'answered' | 'refused' | null;
};

/**
 * What an outcome says about the endpoint's health, and about how much it takes at once. Any answer that the
 * application behind the endpoint chose to give is a sign of life; what our side did says nothing.
 */
export const meanings: Readonly<Record<OutcomeClass, Meaning>> = {
  delivered: { breaker: 'success', limit: 'answered' },
  redirect: { breaker: 'success', limit: 'answered' },
  client_error: { breaker: 'success', limit: 'answered' },
  gone: { breaker: null, limit: null },
  throttled: { breaker: null, limit: 'refused' },
  server_error: { breaker: 'failure', limit: 'answered' },
  unavailable: { breaker: 'failure', limit: 'refused' },
  timeout: { breaker: 'failure', limit: 'refused' },
  dns_failure: { breaker: 'failure', limit: null },
  connect_failure: { breaker: 'failure', limit: 'refused' },
  tls_failure: { breaker: 'failure', limit: null },
  connection_reset: { breaker: 'failure', limit: 'refused' },
  address_refused: { breaker: null, limit: null },
  invalid_response: { breaker: 'failure', limit: 'answered' },
  interrupted: { breaker: null, limit: null },
  conversion_failed: { breaker: null, limit: null },
  internal_error: { breaker: null, limit: null },
};

/**
 * The outcome as far as it is the endpoint's: of a canary's candidate nothing, but that a machine is alive which both
 * share. A candidate that fails must not stop what goes to the endpoint as it is.
 */
export function outcomeOfEndpoint(
  lane: { isWhere(attempt: { readonly url: string }): boolean },
  { canaryId, endpoint }: Target,
  outcome: OutcomeClass,
): OutcomeClass {
  if (canaryId === null) return outcome;
  const isSame = lane.isWhere({ url: urlInUse(endpoint) });
  return outcome === 'delivered' && isSame ? outcome : 'internal_error';
}
