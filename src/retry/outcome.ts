/** What became of one attempt: the class decides what happens next, and is what people filter by. */
export const outcomeClasses = [
  'delivered',
  'redirect',
  'client_error',
  'gone',
  'throttled',
  'server_error',
  'unavailable',
  'timeout',
  'dns_failure',
  'connect_failure',
  'tls_failure',
  'connection_reset',
  'address_refused',
  'invalid_response',
  'interrupted',
  'conversion_failed',
  'internal_error',
] as const;

export type OutcomeClass = (typeof outcomeClasses)[number];

/** A sentence for people about each class: what was seen, and where the cause lies. */
export const outcomeMeanings: Readonly<Record<OutcomeClass, string>> = {
  delivered: 'The endpoint answered with a 2xx status.',
  redirect: 'The endpoint answered with a 3xx status; redirects are not followed.',
  client_error: 'The endpoint refused the request with a 4xx status.',
  gone: 'The endpoint answered 410: it wants no more deliveries and is disabled.',
  throttled: 'The endpoint answered 429: it gets more requests than it takes.',
  server_error: 'The endpoint failed with a 5xx status.',
  unavailable: 'The endpoint, or a proxy before it, answered 502, 503 or 504.',
  timeout: 'The connection or the response took longer than the endpoint is given.',
  dns_failure: 'The host name could not be resolved to an address.',
  connect_failure: 'No connection came about: refused, or no route to the host.',
  tls_failure: 'No TLS session came about: the certificate or the protocol was not accepted.',
  connection_reset: 'The connection was closed before the response was complete.',
  address_refused: 'The host leads to an address that is not public; nothing was sent.',
  invalid_response: 'What the endpoint answered is not valid HTTP, or exceeds its bounds.',
  interrupted: 'Our process ended during the attempt, so its outcome is unknown.',
  conversion_failed:
    "The payload could not be made as the endpoint's pinned version has it; nothing was sent.",
  internal_error: 'The attempt failed on our side; the endpoint is not to blame.',
};

export function isOutcomeClass(text: string): text is OutcomeClass {
  return Object.hasOwn(outcomeMeanings, text);
}
