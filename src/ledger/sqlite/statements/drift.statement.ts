import type { DatabaseSync } from 'node:sqlite';
import type { DriftMemory } from '../../records.ts';
import { text } from '../rows.ts';

/** A few rows of up to some hundred kilobytes each, once a minute, by their key. */
export function prepareRememberDrift(
  database: DatabaseSync,
): (request: { readonly rows: readonly DriftMemory[] }) => void {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO drift_state (event_type, state) VALUES (?, ?)',
  );
  const forget = database.prepare('DELETE FROM drift_state WHERE event_type = ?');
  return ({ rows }) => {
    for (const { eventType, state } of rows) {
      if (state === null) forget.run(eventType);
      else insert.run(eventType, state);
    }
  };
}

/** A scan of a small table, at the start. */
export function prepareDriftMemories(
  database: DatabaseSync,
): (request: { readonly limit: number }) => readonly DriftMemory[] {
  const read = database.prepare('SELECT event_type, state FROM drift_state LIMIT ?');
  return ({ limit }) =>
    read
      .all(limit)
      .map((row) => ({ eventType: text(row, 'event_type'), state: text(row, 'state') }));
}
