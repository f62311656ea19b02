import type { DatabaseSync } from 'node:sqlite';
import { timeOfId } from '../../../core/index.ts';
import type { Claim, ClaimRequest, Window } from '../../contract.ts';
import { integer, integerOrNull, stateCode, text, triggerOf } from '../rows.ts';
import { prepareInterrupt } from './interrupt.statement.ts';

/**
 * A lane's window: the due deliveries that are scheduled, then those whose lease has ended, each a range of
 * `delivery_open` in the order of their due times. Taking one moves its entry within that index.
 * An attempt whose lease ended without an outcome is written down as interrupted, so that no number is missing.
 */
export function prepareClaim(database: DatabaseSync): (request: ClaimRequest) => Window {
  // "state < 2" repeats the index's own condition: SQLite uses a partial index only where the query states it.
  const due = database.prepare(
    `SELECT d.message_id, d.app_id, d.state, d.attempts, d.attempt_id, d.due_at, d.trigger, d.round_from, d.round_at,
            m.event_type, m.payload, length(m.payload) AS payload_length
     FROM delivery d INDEXED BY delivery_open JOIN message m ON m.id = d.message_id
     WHERE d.endpoint_id = ? AND d.state = ? AND d.state < 2 AND d.due_at <= ?
     ORDER BY d.due_at, d.message_id LIMIT ?`,
  );
  const take = database.prepare(
    `UPDATE delivery SET state = 1, attempts = ?, due_at = ?, attempt_id = ? WHERE message_id = ? AND endpoint_id = ?`,
  );
  const interrupt = prepareInterrupt(database);
  const earliest = database.prepare(
    `SELECT min(due_at) AS due_at FROM delivery INDEXED BY delivery_open
     WHERE endpoint_id = ? AND state = ? AND state < 2 AND due_at IS NOT NULL`,
  );
  const nextDueAt = (endpointId: number, state: number): number => {
    const row = earliest.get(endpointId, state);
    return (row === undefined ? null : integerOrNull(row, 'due_at')) ?? Infinity;
  };

  return ({ endpointId, now, leaseEndsAt, attemptIds, payloadBytes }) => {
    const claims: Claim[] = [];
    let bytes = 0;
    for (const state of [stateCode.scheduled, stateCode.in_flight]) {
      const wanted = attemptIds.length - claims.length;
      if (wanted === 0) return { claims, nextDueAt: now };
      for (const row of due.all(endpointId, state, now, wanted)) {
        const attemptId = attemptIds[claims.length];
        bytes += integer(row, 'payload_length');
        if (attemptId === undefined || (bytes > payloadBytes && claims.length > 0)) {
          return { claims, nextDueAt: now };
        }
        const messageId = integer(row, 'message_id');
        const attempts = integer(row, 'attempts');
        if (state === stateCode.in_flight) interrupt(endpointId, row, now);
        take.run(attempts + 1, leaseEndsAt, attemptId, messageId, endpointId);
        claims.push({
          messageId,
          endpointId,
          appId: integer(row, 'app_id'),
          attemptId,
          nth: attempts + 1,
          trigger: triggerOf(row),
          attemptsInRound: attempts + 1 - integer(row, 'round_from'),
          roundStartedAt: integerOrNull(row, 'round_at') ?? timeOfId(messageId),
          leaseEndsAt,
          eventType: text(row, 'event_type'),
          payload: text(row, 'payload'),
        });
      }
    }
    const scheduledAt = nextDueAt(endpointId, stateCode.scheduled);
    return { claims, nextDueAt: Math.min(scheduledAt, nextDueAt(endpointId, stateCode.in_flight)) };
  };
}
