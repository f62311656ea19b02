import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../../core/index.ts';
import { integer } from './rows.ts';
import { ledgerPath } from './sqlite-ledger.ts';

export type Forgotten = { readonly messageId: number; readonly endpointId: number };

/** A delivery that waits for a retry no sooner than this, so that no lane holds it in memory. */
const NOT_BEFORE_MS = 1000;

/**
 * Does to a ledger in use what a bug in a retry queue would do: deliveries that wait for a retry vanish, or lose the
 * moment at which they are due. For drills and tests of the audit alone. Never call it for a ledger that matters.
 *
 * @param most of them, drawn by `random` from those that wait.
 */
export function forgetDeliveries(
  dataDir: string,
  random: Random,
  most: number,
  now: number,
): readonly Forgotten[] {
  const database = new DatabaseSync(ledgerPath(dataDir), { timeout: 5000 });
  try {
    database.exec('BEGIN IMMEDIATE');
    // A retry's state is -1: a range of its own in `delivery_open`.
    const waiting = database
      .prepare('SELECT message_id, endpoint_id FROM delivery WHERE state = -1 AND due_at > ?')
      .all(now + NOT_BEFORE_MS)
      .map((row) => ({
        messageId: integer(row, 'message_id'),
        endpointId: integer(row, 'endpoint_id'),
      }));
    const vanish = database.prepare(
      'DELETE FROM delivery WHERE message_id = ? AND endpoint_id = ?',
    );
    const lose = database.prepare(
      'UPDATE delivery SET due_at = NULL WHERE message_id = ? AND endpoint_id = ?',
    );
    const chosen = waiting
      .map((row) => ({ row, draw: random.next() }))
      .toSorted((one, other) => one.draw - other.draw)
      .slice(0, most)
      .map(({ row }) => row);
    for (const [index, { messageId, endpointId }] of chosen.entries()) {
      (index % 2 === 0 ? vanish : lose).run(messageId, endpointId);
    }
    database.exec('COMMIT');
    return chosen;
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.close();
  }
}
