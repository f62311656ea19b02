import type { Client } from '../client.ts';
import { createCalls } from './calls.ts';
import { messagesApi } from './messages.ts';
import { deadLettersApi } from './dead-letters.ts';
import { lanesApi } from './lanes.ts';
import { changesApi } from './changes.ts';
import { promisesApi } from './promises.ts';
import { incidentsApi } from './incidents.ts';
import { reviewsApi } from './reviews.ts';

export type { Whole } from './calls.ts';
export type { DeadLetterFilter } from './dead-letters.ts';

/** The routes that the commands call. `app` and `endpoint` are ids or uids. */
export type Api = ReturnType<typeof createApi>;

export function createApi(client: Client) {
  const calls = createCalls(client);
  return {
    url: client.url,
    ...messagesApi(calls),
    ...deadLettersApi(calls),
    ...lanesApi(calls),
    ...changesApi(calls),
    ...promisesApi(calls),
    ...incidentsApi(calls),
    ...reviewsApi(calls),
  };
}
