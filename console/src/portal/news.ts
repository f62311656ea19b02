import type { News, OperationId } from '../api/index.ts';

/** What an attempt's outcome makes old. */
const ofAttempts: readonly OperationId[] = [
  'v1.endpoint.list',
  'v1.endpoint.get',
  'v1.endpoint.get-stats',
  'v1.lane.get',
  'v1.message.list',
  'v1.message-attempt.list-attempted-messages',
  'v1.message-attempt.list-by-endpoint',
  'v1.message-attempt.list-by-msg',
  'v1.delivery.list-by-msg',
  'v1.dead-letter.list',
];

/** What the owner of endpoints follows: attempts of the session's application, which is all that the stream tells them. */
export const ownerNews: News = {
  topics: 'attempts',
  asked: { attempt: ofAttempts, skipped: ofAttempts },
  leastMs: 2000,
  told: ofAttempts,
};
