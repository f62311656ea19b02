import type { DatabaseSync } from 'node:sqlite';
import type { TimingsQuery } from '../../contract/timings.ts';
import { timedPhases, type StoredTiming } from '../../records.ts';
import { integer, text } from '../rows.ts';

/** Timings are kept this long. */
const KEPT_MS = 30 * 86_400_000;
/** Old rows that a commit of new ones takes away: more than come in. */
const FORGOTTEN_AT_ONCE = 1000;

export function prepareStoreTimings(
  database: DatabaseSync,
): (request: { readonly rows: readonly StoredTiming[] }) => void {
  const insert = database.prepare(
    'INSERT INTO timing (endpoint_id, minute_at, phase, id, histogram) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare(
    `DELETE FROM timing WHERE (endpoint_id, minute_at, phase, id) IN (
       SELECT endpoint_id, minute_at, phase, id FROM timing INDEXED BY timing_minute WHERE minute_at < ? LIMIT ?)`,
  );
  return ({ rows }) => {
    let newestAt = 0;
    for (const { endpointId, minuteAt, phase, id, histogram } of rows) {
      insert.run(endpointId, minuteAt, timedPhases.indexOf(phase), id, histogram);
      newestAt = Math.max(newestAt, minuteAt);
    }
    forget.run(newestAt - KEPT_MS, FORGOTTEN_AT_ONCE);
  };
}

export function prepareTimings(
  database: DatabaseSync,
): (request: TimingsQuery) => readonly StoredTiming[] {
  const statement = database.prepare(
    'SELECT * FROM timing WHERE endpoint_id = ? AND minute_at >= ? AND minute_at < ? ORDER BY minute_at, phase, id',
  );
  return ({ endpointId, fromAt, beforeAt }) =>
    statement.all(endpointId, fromAt, beforeAt).map((row) => ({
      id: integer(row, 'id'),
      endpointId,
      minuteAt: integer(row, 'minute_at'),
      phase: timedPhases[integer(row, 'phase')] ?? 'total',
      histogram: text(row, 'histogram'),
    }));
}
