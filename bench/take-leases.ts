import { DatabaseSync } from 'node:sqlite';
import { deliveryStates, ledgerPath } from '../src/ledger/index.ts';

const BUSY_MS = 5000;
const stateOf = (state: (typeof deliveryStates)[number]): number => deliveryStates.indexOf(state);

/**
 * Takes all scheduled deliveries of a ledger under leases that nobody holds, beside the Holdfast that runs on it: what
 * is left when a process claims and then dies, or when a process forgets what it claimed. No call of the service does
 * that, so the rows are written as a claim writes them. Returns how many.
 */
export function takeLeases(dataDir: string, leaseEndsAt: number): number {
  const database = new DatabaseSync(ledgerPath(dataDir), { timeout: BUSY_MS });
  try {
    const { changes } = database
      .prepare(
        'UPDATE delivery SET state = ?, attempts = attempts + 1, due_at = ?, attempt_id = message_id + 1 WHERE state = ?',
      )
      .run(stateOf('in_flight'), leaseEndsAt, stateOf('scheduled'));
    return Number(changes);
  } finally {
    database.close();
  }
}
