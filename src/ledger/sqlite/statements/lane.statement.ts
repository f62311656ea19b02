import type { DatabaseSync } from 'node:sqlite';
import type { LaneBacklog } from '../../contract/lanes.ts';
import type { LaneMemory } from '../../records.ts';
import { integer, integerOrNull, PAUSED, RETRY, stateCode } from '../rows.ts';

/** A row for each lane that fails or waits in order: a lane that is well has none, and costs nothing. */
export function prepareRememberLane(
  database: DatabaseSync,
): (endpointId: number, memory: LaneMemory | null) => void {
  const put = database.prepare(
    'INSERT OR REPLACE INTO lane (endpoint_id, failing_since, resume_at) VALUES (?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM lane WHERE endpoint_id = ?');
  return (endpointId, memory) => {
    if (memory === null) forget.run(endpointId);
    else put.run(endpointId, memory.failingSince, memory.resumeAt);
  };
}

export function prepareLaneMemories(
  database: DatabaseSync,
): () => readonly (LaneMemory & { readonly endpointId: number })[] {
  const statement = database.prepare('SELECT endpoint_id, failing_since, resume_at FROM lane');
  return () =>
    statement.all().map((row) => ({
      endpointId: integer(row, 'endpoint_id'),
      failingSince: integerOrNull(row, 'failing_since'),
      resumeAt: integerOrNull(row, 'resume_at'),
    }));
}

/**
 * One range of `delivery_open` (the codes of all kinds of scheduled lie beside each other), read up to `atMost`
 * entries, and the first entry of each of them. It reads the index alone and locks nothing.
 */
export function prepareLaneBacklog(
  database: DatabaseSync,
): (request: { readonly endpointId: number; readonly atMost: number }) => LaneBacklog {
  const earliest = (state: number): string =>
    `(SELECT min(due_at) FROM delivery d WHERE d.endpoint_id = ?1 AND d.state = ${state} AND d.state < 2)`;
  const statement = database.prepare(
    `SELECT (SELECT count(*) FROM (
         SELECT 1 FROM delivery INDEXED BY delivery_open
         WHERE endpoint_id = ?1 AND state BETWEEN ${RETRY - PAUSED} AND ${stateCode.scheduled} AND state < 2 LIMIT ?2
       )) AS scheduled,
       ${earliest(stateCode.scheduled)} AS first_at, ${earliest(RETRY)} AS retry_at,
       ${earliest(stateCode.scheduled - PAUSED)} AS paused_first_at,
       ${earliest(RETRY - PAUSED)} AS paused_retry_at`,
  );
  return ({ endpointId, atMost }) => {
    const row = statement.get(endpointId, atMost);
    if (row === undefined) throw new Error('a query without a table has one row');
    const columns = ['first_at', 'retry_at', 'paused_first_at', 'paused_retry_at'];
    const known = columns.map((column) => integerOrNull(row, column)).filter((at) => at !== null);
    return {
      scheduled: integer(row, 'scheduled'),
      oldestDueAt: known.length === 0 ? null : Math.min(...known),
    };
  };
}
