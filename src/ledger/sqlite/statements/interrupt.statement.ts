import type { DatabaseSync } from 'node:sqlite';
import { timeOfId } from '../../../core/index.ts';
import { integer, integerOrNull } from '../rows.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

/** An attempt that was started and never heard of again is written down as interrupted: no number is missing. */
export function prepareInterrupt(
  database: DatabaseSync,
): (endpointId: number, row: Row, now: number) => void {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO attempt (message_id, endpoint_id, nth, id, trigger, outcome, status_code, duration_ms, detail, response, url)
     VALUES (?, ?, ?, ?, ?, 'interrupted', NULL, ?, 'The process stopped, or could not write, before the outcome was recorded.', '', '')`,
  );
  return (endpointId, row, now) => {
    const attemptId = integerOrNull(row, 'attempt_id');
    if (attemptId === null) return;
    const endedAt = Math.min(now, integerOrNull(row, 'due_at') ?? now);
    const durationMs = Math.max(0, endedAt - timeOfId(attemptId));
    const messageId = integer(row, 'message_id');
    insert.run(
      messageId,
      endpointId,
      integer(row, 'attempts'),
      attemptId,
      integer(row, 'trigger'),
      durationMs,
    );
  };
}
