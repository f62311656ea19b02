import type { DatabaseSync } from 'node:sqlite';
import type { CloseLane, LaneHead } from '../../contract/lanes.ts';
import type { LeaseKey } from '../../contract/leases.ts';
import { codesOf, integer, integerOrNull, RETRY, stateCode, timeOfIdSql } from '../rows.ts';
import { prepareInterrupt } from './interrupt.statement.ts';

/**
 * Walks `delivery_open` from lane to lane by its first column (a loose index scan): the cost is the number of lanes,
 * not of deliveries.
 */
export function prepareLanes(database: DatabaseSync): () => readonly LaneHead[] {
  const statement = database.prepare(
    `WITH RECURSIVE lane (endpoint_id) AS (
       SELECT min(endpoint_id) FROM delivery WHERE state < 2
       UNION ALL
       SELECT (SELECT min(endpoint_id) FROM delivery WHERE state < 2 AND endpoint_id > lane.endpoint_id)
       FROM lane WHERE lane.endpoint_id IS NOT NULL
     )
     SELECT endpoint_id,
       (SELECT min(due_at) FROM delivery d WHERE d.endpoint_id = lane.endpoint_id AND d.state = 0 AND d.state < 2) AS scheduled_at,
       (SELECT min(due_at) FROM delivery d WHERE d.endpoint_id = lane.endpoint_id AND d.state = -1 AND d.state < 2) AS retry_at,
       (SELECT min(due_at) FROM delivery d WHERE d.endpoint_id = lane.endpoint_id AND d.state = 1 AND d.state < 2) AS lease_at,
       EXISTS (SELECT 1 FROM delivery d WHERE d.endpoint_id = lane.endpoint_id AND d.state < -1 AND d.state < 2) AS has_paused
     FROM lane WHERE endpoint_id IS NOT NULL`,
  );
  return () =>
    statement.all().map((row) => {
      const retryAt = integerOrNull(row, 'retry_at') ?? Infinity;
      const scheduledAt = Math.min(integerOrNull(row, 'scheduled_at') ?? Infinity, retryAt);
      const dueAt = Math.min(scheduledAt, integerOrNull(row, 'lease_at') ?? Infinity);
      const hasPaused = integer(row, 'has_paused') === 1;
      return { endpointId: integer(row, 'endpoint_id'), dueAt, scheduledAt, retryAt, hasPaused };
    });
}

/** A delivery's place in its lane: the moment its round began, which no later message of the lane precedes. */
const PLACE = `ifnull(round_at, ${timeOfIdSql('message_id')})`;

/** Gives claimed deliveries back as if they had never been claimed, each to its place: ahead of all that came later. */
export function prepareRelease(database: DatabaseSync): (claims: readonly LeaseKey[]) => void {
  const giveBack = database.prepare(
    `UPDATE delivery SET state = CASE WHEN attempts - 1 > round_from THEN ${RETRY} ELSE 0 END,
       attempts = attempts - 1, due_at = ${PLACE}, attempt_id = (
       SELECT id FROM attempt a WHERE a.message_id = delivery.message_id AND a.endpoint_id = delivery.endpoint_id
         AND a.nth = delivery.attempts - 1)
     WHERE message_id = ? AND endpoint_id = ? AND state = 1 AND attempt_id = ?`,
  );
  return (claims) => {
    for (const claim of claims) giveBack.run(claim.messageId, claim.endpointId, claim.attemptId);
  };
}

/**
 * One process owns the file, so at its start every lease is of a life that ended: those attempts are written down
 * as interrupted and their deliveries are due, each at its place. As many as the bound on deliveries in flight, at most.
 */
export function prepareEndLeases(database: DatabaseSync): (now: number) => number {
  const lanes = prepareLanes(database);
  const interrupt = prepareInterrupt(database);
  const inFlight = database.prepare(
    `SELECT message_id, attempts, attempt_id, trigger, due_at FROM delivery INDEXED BY delivery_open
     WHERE endpoint_id = ? AND state = 1 AND state < 2`,
  );
  const reopen = database.prepare(
    `UPDATE delivery SET state = ${RETRY}, due_at = ${PLACE} WHERE message_id = ? AND endpoint_id = ?`,
  );
  return (now) => {
    let ended = 0;
    for (const { endpointId } of lanes()) {
      for (const row of inFlight.all(endpointId)) {
        interrupt(endpointId, row, now);
        reopen.run(integer(row, 'message_id'), endpointId);
        ended += 1;
      }
    }
    return ended;
  };
}

/** Closes the scheduled deliveries of a disabled or deleted endpoint, a window at a time. */
export function prepareCloseLane(database: DatabaseSync): (request: CloseLane) => number {
  const close = database.prepare(
    `UPDATE delivery SET state = ?, due_at = NULL, reason = ?
     WHERE (message_id, endpoint_id) IN (
       SELECT message_id, endpoint_id FROM delivery INDEXED BY delivery_open
       WHERE endpoint_id = ? AND state IN (${codesOf(['scheduled'])}) AND state < 2 LIMIT ?)`,
  );
  return ({ endpointId, state, reason, limit }) =>
    Number(close.run(stateCode[state], reason, endpointId, limit).changes);
}
