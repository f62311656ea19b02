import { DatabaseSync } from 'node:sqlite';
import { fault } from '../../core/index.ts';

/** sqlite.org/rescode.html#busy */
const BUSY = 5;

/**
 * One server a ledger: two would send twice. The lock is the operating system's on a file beside the ledger, held
 * through SQLite, so that kill -9 lets go of it and no stale lock is ever left; readers beside the server stay free.
 * Throws `ledger_in_use`; what else SQLite says of the lock (it is damaged, or may not be written) comes as it is.
 */
export function lockLedger(path: string): () => void {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw isBusy(cause) ? fault('ledger_in_use', { cause }) : cause;
  }
  return () => database.close();
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'errcode' in cause && Number(cause.errcode) % 256 === BUSY;
}
