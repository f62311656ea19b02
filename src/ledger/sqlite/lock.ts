import { DatabaseSync } from 'node:sqlite';
import { fault } from '../../core/index.ts';

/**
 * One server a ledger: two would send twice. The lock is the operating system's on a file beside the ledger, held
 * through SQLite, so that kill -9 lets go of it and no stale lock is ever left; readers beside the server stay free.
 * Throws `ledger_in_use`.
 */
export function lockLedger(path: string): () => void {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw fault('ledger_in_use', { cause });
  }
  return () => database.close();
}
