import type { DatabaseSync } from 'node:sqlite';
import type {
  AttemptedMessage,
  AttemptedMessagesQuery,
  EndpointStatsRequest,
} from '../../contract/messages.ts';
import type { DeliveryState } from '../../records.ts';
import { all, condition, messageConditions, none, statementCache } from '../conditions.ts';
import { codesOf, integer, stateOf } from '../rows.ts';
import { deliveryOf, messageOf } from './query.statement.ts';

/**
 * Walks an endpoint's first attempts in the order they were made, by `attempt_of_endpoint`, which holds `nth` too;
 * deliveries have no index by endpoint for this list alone.
 */
export function prepareAttemptedMessages(
  database: DatabaseSync,
): (query: AttemptedMessagesQuery) => readonly AttemptedMessage[] {
  const prepare = statementCache(database);
  return ({ endpointId, filter, afterId, limit, descending }) => {
    const firstAttempt =
      '(SELECT id FROM attempt WHERE message_id = ? AND endpoint_id = ? AND nth = 1)';
    const where = all(
      condition('a.endpoint_id = ? AND a.nth = 1', endpointId),
      filter.states === undefined ? none : condition(`d.state IN (${codesOf(filter.states)})`),
      condition('m.id >= ?', filter.fromId),
      condition('m.id < ?', filter.beforeId),
      messageConditions(filter),
      condition(
        `a.id ${descending ? '<' : '>'} ${firstAttempt}`,
        afterId,
        afterId === undefined ? undefined : endpointId,
      ),
    );
    const rows = prepare(
      `SELECT m.*, d.* FROM attempt a
       JOIN delivery d ON d.message_id = a.message_id AND d.endpoint_id = a.endpoint_id
       JOIN message m ON m.id = a.message_id
       WHERE ${where.sql.join(' AND ')} ORDER BY a.id ${descending ? 'DESC' : 'ASC'} LIMIT ?`,
    ).all(...where.values, limit);
    return rows.map((row) => ({ message: messageOf(row), delivery: deliveryOf(row) }));
  };
}

/** Attempted deliveries through their first attempts, and those never attempted through the indexes of their states. */
export function prepareEndpointStats(
  database: DatabaseSync,
): (request: EndpointStatsRequest) => Readonly<Record<DeliveryState, number>> {
  const attempted = database.prepare(
    `SELECT d.state, count(*) AS n FROM attempt a
     JOIN delivery d ON d.message_id = a.message_id AND d.endpoint_id = a.endpoint_id
     WHERE a.endpoint_id = ? AND a.nth = 1 AND a.message_id >= ? AND a.message_id < ? GROUP BY d.state`,
  );
  const openUnattempted = database.prepare(
    `SELECT state, count(*) AS n FROM delivery d INDEXED BY delivery_open
     WHERE endpoint_id = ? AND state < 2 AND message_id >= ? AND message_id < ? AND NOT EXISTS (
       SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id AND nth = 1)
     GROUP BY state`,
  );
  const closedUnattempted = database.prepare(
    `SELECT state, count(*) AS n FROM delivery d INDEXED BY delivery_closed_of_endpoint
     WHERE endpoint_id = ? AND state > 2 AND message_id >= ? AND message_id < ? AND NOT EXISTS (
       SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id AND nth = 1)
     GROUP BY state`,
  );
  return ({ endpointId, fromId, beforeId }) => {
    const counts = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
    for (const statement of [attempted, openUnattempted, closedUnattempted]) {
      for (const row of statement.all(endpointId, fromId, beforeId)) {
        counts[stateOf(row)] += integer(row, 'n');
      }
    }
    return counts;
  };
}
