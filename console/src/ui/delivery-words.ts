import type { AnswerOf } from '../api/index.ts';
import { duration } from './format.ts';

export type Attempt = AnswerOf<'v1.message-attempt.get'>;
export type Lane = AnswerOf<'v1.lane.get'>;
export type Endpoint = AnswerOf<'v1.endpoint.get'>;

/** Why a delivery is dead. */
export const deadReasons: Readonly<Record<string, string>> = {
  attempts_exhausted: 'all attempts failed',
  too_old: 'it grew too old to be sent',
  gone: 'the endpoint answered 410: it wants no more',
  conversion_failed: 'its payload could not be converted to the pinned version',
};

/** What an attempt ended in, as docs/reference/outcomes.md has it. */
const outcomes: Readonly<Record<string, string>> = {
  delivered: 'The endpoint took the message',
  redirect: 'The endpoint answered with a redirect; redirects are not followed',
  client_error: 'The endpoint refused the request',
  gone: 'The endpoint answered 410: it wants no more deliveries, and is disabled',
  throttled: 'The endpoint gets more requests than it takes',
  server_error: 'The endpoint failed',
  unavailable: 'The endpoint, or a proxy before it, is not available',
  timeout: 'The connection or the response took longer than the endpoint is given',
  dns_failure: 'The host name could not be resolved to an address',
  connect_failure: 'No connection came about: refused, or no route to the host',
  tls_failure: 'No TLS session came about: the certificate or the protocol was not accepted',
  connection_reset: 'The connection was closed before the response was complete',
  address_refused: 'The host leads to an address that is not public; nothing was sent',
  invalid_response: 'What the endpoint answered is not valid HTTP, or exceeds its bounds',
  interrupted: 'Holdfast ended during the attempt, so its outcome is unknown; it is sent again',
  conversion_failed: 'The payload could not be made for the pinned version; nothing was sent',
  internal_error: 'The attempt failed on our side; the endpoint is not to blame',
};

/** What an outcome means, in a sentence without its full stop. */
export function outcomeWords(outcome: string): string {
  return outcomes[outcome] ?? `The attempt ended in ${outcome}`;
}

/** An attempt in a sentence: what came of it, with which status, after how long. */
export function sentenceOf({ outcome, responseStatusCode, responseDurationMs }: Attempt): string {
  const status = responseStatusCode === 0 ? '' : ` with status ${responseStatusCode}`;
  return `${outcomeWords(outcome)}${status}, after ${duration(responseDurationMs)}.`;
}

export function statusText(status: number): string {
  return status === 0 ? 'none' : String(status);
}

export const phases = [
  ['dns', 'dnsMs', 'Look up the name'],
  ['connect', 'connectMs', 'Connect'],
  ['tls', 'tlsMs', 'Agree on TLS'],
  ['send', 'sentMs', 'Send the request'],
  ['first_byte', 'firstByteMs', 'Wait for the first byte'],
  ['last_byte', 'lastByteMs', 'Read the response'],
] as const;

export function phaseName(phase: string): string {
  return phases.find(([name]) => name === phase)?.[2].toLowerCase() ?? phase;
}

/** What people call an endpoint: its description, or where it is. */
export function nameOf({
  description,
  url,
  uid,
}: {
  readonly description: string;
  readonly url: string;
  readonly uid?: string | null;
}): string {
  if (description !== '') return description;
  return uid ?? hostOf(url);
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** host:port, as certificates are kept by. */
export function peerOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:') return null;
  return `${hostname}:${port === '' ? '443' : port}`;
}
