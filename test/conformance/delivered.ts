import assert from 'node:assert/strict';
import * as standardwebhooks from 'standardwebhooks';
import { Webhook } from 'svix';
import type { Received } from '../support/service-receiver.ts';
import type { World } from './world.ts';
import { soon } from './soon.ts';

/**
 * Verifies with Svix's library, and with Standard Webhooks' where its header names are there, what a receiver got.
 * Returns the headers. Throws where the signature is not by this key.
 */
export function verified(
  received: Received | undefined,
  key: string,
): Readonly<Record<string, string>> {
  assert.ok(received !== undefined, 'something was received');
  const headers = Object.fromEntries(
    Object.entries(received.headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  const body = String(received.body);
  new Webhook(key).verify(body, headers);
  if (headers['webhook-id'] !== undefined) new standardwebhooks.Webhook(key).verify(body, headers);
  assert.throws(() => new Webhook(key).verify(`${body} `, headers), 'a changed body is refused');
  return headers;
}

export function payloadOf(received: Received | undefined): unknown {
  return JSON.parse(String(received?.body));
}

/** Resolves once a message's only destination has ended so. */
export async function endsAs(
  { svix }: World,
  appId: string,
  messageId: string,
  status: 'success' | 'fail',
): Promise<void> {
  await soon(async () => {
    const { data } = await svix.messageAttempt.listAttemptedDestinations(appId, messageId);
    return String(data[0]?.statusText) === status;
  }, `${status} of ${messageId}`);
}
