import type { DatabaseSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import { integer } from '../rows.ts';

/** How far retention has come with the messages of one period. */
export type RetentionPeriod = {
  readonly days: number;
  /** All messages of this period with ids up to this one were purged, or wait because they are not finished. */
  readonly cursor: number;
};

/**
 * The retention periods in use. They are few, so a message with a new one adds a row, and all others cost a look into
 * memory: no index and no second row tells when a message's period ends.
 */
export type RetentionPeriods = {
  /** A message with this period is being accepted. */
  use(days: number, messageId: number): void;
  all(): readonly RetentionPeriod[];
  moveTo(period: RetentionPeriod): void;
};

/** Messages are not committed in the order of their ids: a period's first one need not have its smallest. */
const BEFORE_FIRST_MS = 86_400_000;

export function prepareRetentionPeriods(database: DatabaseSync): RetentionPeriods {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO retention_period (days, cursor) VALUES (?, ?)',
  );
  const read = database.prepare('SELECT days, cursor FROM retention_period ORDER BY days');
  const move = database.prepare('UPDATE retention_period SET cursor = ? WHERE days = ?');
  const known = new Set<number>();
  return {
    use(days, messageId) {
      if (known.has(days)) return;
      insert.run(days, idAt(timeOfId(messageId) - BEFORE_FIRST_MS));
      known.add(days);
    },
    all() {
      // A commit that was undone took its period with it, and messages after it believed it stored: from the beginning.
      for (const days of known) insert.run(days, 0);
      return read.all().map((row) => ({
        days: integer(row, 'days'),
        cursor: integer(row, 'cursor'),
      }));
    },
    moveTo({ days, cursor }) {
      move.run(cursor, days);
    },
  };
}
