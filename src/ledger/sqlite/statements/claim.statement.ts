import type { DatabaseSync } from 'node:sqlite';
import { timeOfId } from '../../../core/index.ts';
import type { Claim, ClaimRequest, Window } from '../../contract/leases.ts';
import {
  integer,
  integerOrNull,
  PAUSED,
  RETRY,
  stateCode,
  text,
  textOrNull,
  triggerOf,
} from '../rows.ts';
import { prepareCorrectedPayload } from './corrected.statement.ts';
import { prepareInterrupt } from './interrupt.statement.ts';

/** A claim holds the ledger for some milliseconds at most; the next one goes on. */
const MOST_SET_ASIDE = 500;

/**
 * A lane's window: deliveries whose lease has ended, then retries as far as the lane may make them, then first
 * attempts; each a range of `delivery_open` in the order of their due times. Ended leases are few and go first, or a
 * backlog would keep them waiting until the audit calls them overdue. Taking a delivery moves its entry within that index.
 * An attempt whose lease ended without an outcome is written down as interrupted, so that no number is missing.
 * A delivery of a paused event type is set aside, out of these ranges: each is met once, however many there are.
 * A delivery whose payload was removed has nothing to send and ends here: throwing would close the lane behind it.
 */
export function prepareClaim(database: DatabaseSync): (request: ClaimRequest) => Window {
  // What no act has touched is not corrected either, and is spared the look; a column of its own would cost each row.
  // "state < 2" repeats the index's own condition: SQLite uses a partial index only where the query states it.
  const due = database.prepare(
    `SELECT d.message_id, d.app_id, d.state, d.attempts, d.attempt_id, d.due_at, d.trigger, d.round_from, d.round_at,
            m.id IS NULL AS is_orphaned, m.event_type, m.traceparent, m.payload,
            iif(d.act_id IS NULL, length(m.payload), NULL) AS untouched_length
     FROM delivery d INDEXED BY delivery_open LEFT JOIN message m ON m.id = d.message_id
     WHERE d.endpoint_id = ? AND d.state = ? AND d.state < 2 AND d.due_at <= ?
     ORDER BY d.due_at, d.message_id LIMIT ?`,
  );
  const take = database.prepare(
    `UPDATE delivery SET state = 1, attempts = ?, due_at = ?, attempt_id = ? WHERE message_id = ? AND endpoint_id = ?`,
  );
  const end = database.prepare(
    'UPDATE delivery SET state = ?, due_at = NULL, reason = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  const interrupt = prepareInterrupt(database);
  const correctedPayload = prepareCorrectedPayload(database);
  const earliest = database.prepare(
    `SELECT min(due_at) AS due_at FROM delivery INDEXED BY delivery_open
     WHERE endpoint_id = ? AND state = ? AND state < 2 AND due_at IS NOT NULL`,
  );
  const nextDueAt = (endpointId: number, state: number): number => {
    const row = earliest.get(endpointId, state);
    return (row === undefined ? null : integerOrNull(row, 'due_at')) ?? Infinity;
  };

  const setAside = database.prepare(
    `UPDATE delivery SET state = ?, due_at = ? WHERE message_id = ? AND endpoint_id = ?`,
  );

  return ({ endpointId, now, leaseEndsAt, attemptIds, retries, payloadBytes, pausedTypes }) => {
    const paused = new Set(pausedTypes);
    const claims: Claim[] = [];
    let bytes = 0;
    let aside = 0;
    for (const state of [stateCode.in_flight, RETRY, stateCode.scheduled]) {
      const room = attemptIds.length - claims.length;
      if (room === 0) return { claims, nextDueAt: now, nextRetryAt: now, setAside: aside };
      const wanted = state === RETRY ? Math.min(room, retries) : room;
      const before = claims.length;
      // What is set aside leaves the range, and what lay behind it takes its place.
      for (let isMore = wanted > 0; isMore;) {
        const rows = due.all(endpointId, state, now, wanted - (claims.length - before));
        isMore = false;
        for (const row of rows) {
          const messageId = integer(row, 'message_id');
          const accepted = textOrNull(row, 'payload');
          if (accepted === null) {
            if (state === stateCode.in_flight) interrupt(endpointId, row, now);
            if (integer(row, 'is_orphaned') === 1) {
              end.run(stateCode.dead, 'message_missing', messageId, endpointId);
            } else end.run(stateCode.cancelled, 'payload_expunged', messageId, endpointId);
            continue;
          }
          if (paused.size > 0 && paused.has(text(row, 'event_type'))) {
            const isLeased = state === stateCode.in_flight;
            if (isLeased) interrupt(endpointId, row, now);
            const code = (isLeased ? RETRY : state) - PAUSED;
            setAside.run(code, integer(row, 'due_at'), messageId, endpointId);
            aside += 1;
            isMore = true;
            continue;
          }
          const attemptId = attemptIds[claims.length];
          const length = integerOrNull(row, 'untouched_length');
          const corrected = length === null ? correctedPayload(messageId, endpointId) : null;
          const payload = corrected?.payload ?? accepted;
          bytes += length ?? payload.length;
          if (attemptId === undefined || (bytes > payloadBytes && claims.length > 0)) {
            return { claims, nextDueAt: now, nextRetryAt: now, setAside: aside };
          }
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
            dueAt: integer(row, 'due_at'),
            traceparent: textOrNull(row, 'traceparent'),
            eventType: text(row, 'event_type'),
            payload,
            corrected: corrected === null ? null : { webhookNth: corrected.webhookNth },
          });
        }
        if (claims.length - before >= wanted) isMore = false;
        if (aside >= MOST_SET_ASIDE) {
          return { claims, nextDueAt: now, nextRetryAt: now, setAside: aside };
        }
      }
    }
    const scheduledAt = nextDueAt(endpointId, stateCode.scheduled);
    return {
      claims,
      nextDueAt: Math.min(scheduledAt, nextDueAt(endpointId, stateCode.in_flight)),
      nextRetryAt: nextDueAt(endpointId, RETRY),
      setAside: aside,
    };
  };
}
