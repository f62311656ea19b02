import {
  createClient,
  HoldfastApiError,
  type Client,
  type RequestOf,
} from '../../../client/client.ts';
import { operationPaths, type Operations } from '../../../client/operations.ts';

export { HoldfastApiError, operationPaths, type Operations, type RequestOf };
export type OperationId = keyof Operations;
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer'];

/** What a session's requests carry beside its cookie, so that another site cannot make them. */
let csrf = '';
export function setCsrf(value: string): void {
  csrf = value;
}

/** Of the two sessions that a browser may have here, the portal's is meant. */
let isPortal = false;
export function actAsPortal(): void {
  isPortal = true;
}

/** Told of every answer 401: the session has ended. */
const endedListeners = new Set<() => void>();
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener);
  return () => endedListeners.delete(listener);
}

const LONGEST_MS = 30_000;

export async function sendWithSession(
  input: URL | string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if ((init.method ?? 'GET') !== 'GET') headers.set('x-csrf-token', csrf);
  if (isPortal) headers.set('x-holdfast-session', 'portal');
  const response = await fetch(input, { ...init, headers, credentials: 'same-origin' });
  if (response.status === 401) for (const listener of endedListeners) listener();
  return response;
}

/** Holdfast's API with the session of this page. Throws `HoldfastApiError`. */
export const api: Client = createClient({
  url: location.origin,
  timeoutMs: LONGEST_MS,
  fetch: (input, init) => sendWithSession(input instanceof Request ? input.url : input, init),
});
