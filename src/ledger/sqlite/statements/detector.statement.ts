import type { DatabaseSync } from 'node:sqlite';
import type { DetectorMemory } from '../../records.ts';
import { text } from '../rows.ts';

/** Rows by their keys, once a minute: of an objective one of some kilobytes, and one that grows with what fails when it changes. */
export function prepareRememberDetectors(
  database: DatabaseSync,
): (request: { readonly rows: readonly DetectorMemory[] }) => void {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO detector_state (key, state) VALUES (?, ?)',
  );
  const forget = database.prepare('DELETE FROM detector_state WHERE key = ?');
  return ({ rows }) => {
    for (const { key, state } of rows) {
      if (state === null) forget.run(key);
      else insert.run(key, state);
    }
  };
}

/** A scan of a small table, at the start. */
export function prepareDetectorMemories(
  database: DatabaseSync,
): (request: { readonly limit: number }) => readonly DetectorMemory[] {
  const read = database.prepare('SELECT key, state FROM detector_state LIMIT ?');
  return ({ limit }) =>
    read.all(limit).map((row) => ({ key: text(row, 'key'), state: text(row, 'state') }));
}
