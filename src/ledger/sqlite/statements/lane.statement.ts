import type { DatabaseSync } from 'node:sqlite';
import type { LaneMemory } from '../../records.ts';
import { integer, integerOrNull } from '../rows.ts';

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
