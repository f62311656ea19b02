import type { DatabaseSync } from 'node:sqlite';
import type { ResumedTypes, ResumeTypes } from '../../contract/lanes.ts';
import { integer, PAUSED, RETRY, stateCode, textOrNull } from '../rows.ts';

/**
 * Walks the ranges of `delivery_open` that hold what was set aside, retries first, from a cursor on, and moves what may
 * go on back to the ranges that claims read. The moments are written, so the ledger itself keeps them apart: the rate
 * needs no process that stays alive.
 */
export function prepareResumeTypes(database: DatabaseSync): (request: ResumeTypes) => ResumedTypes {
  const find = database.prepare(
    `SELECT d.message_id, d.due_at, m.event_type
     FROM delivery d INDEXED BY delivery_open LEFT JOIN message m ON m.id = d.message_id
     WHERE d.endpoint_id = ?1 AND d.state = ?2 AND d.state < 2 AND d.due_at >= ?3
       AND (d.due_at > ?3 OR d.message_id > ?4)
     ORDER BY d.due_at, d.message_id LIMIT ?5`,
  );
  const goOn = database.prepare(
    'UPDATE delivery SET state = ?, due_at = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  return ({ endpointId, pausedTypes, after, limit, dueFrom, everyMs }) => {
    const paused = new Set(pausedTypes);
    let [looked, resumed] = [0, 0];
    for (const state of [RETRY, stateCode.scheduled]) {
      const isRetry = state === RETRY;
      if (after !== null && !after.isRetry && isRetry) continue;
      const from = after?.isRetry === isRetry ? after : { dueAt: 0, messageId: 0 };
      const rows = find.all(endpointId, state - PAUSED, from.dueAt, from.messageId, limit - looked);
      for (const row of rows) {
        const messageId = integer(row, 'message_id');
        const dueAt = integer(row, 'due_at');
        looked += 1;
        const eventType = textOrNull(row, 'event_type');
        if (eventType === null || !paused.has(eventType)) {
          const spaced = everyMs === 0 ? dueAt : Math.floor(dueFrom + resumed * everyMs);
          goOn.run(state, Math.max(dueAt, spaced), messageId, endpointId);
          resumed += 1;
        }
        if (looked === limit) return { resumed, next: { isRetry, dueAt, messageId } };
      }
    }
    return { resumed, next: null };
  };
}
