import { after } from 'node:test';
import type { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger, type Ledger } from '../../src/ledger/index.ts';
import { createFolder, openRaw, wipe } from './ledger-folder.ts';

export type SharedLedger = {
  readonly dataDir: string;
  /** The test's own connection to the file, for what no operation can do. */
  readonly raw: DatabaseSync;
  /** The ledger, emptied. It is closed when the tests of the file have run, not by who opens it. */
  readonly open: () => Ledger;
};

/**
 * Opening a ledger starts two threads, which takes a hundred times as long as most tests of it: one file on disk
 * serves all tests of a test file and is emptied before each. What opening and closing do has tests of its own.
 */
export async function shareSqliteLedger(): Promise<SharedLedger> {
  const dataDir = createFolder();
  const ledger = await openSqliteLedger({ dataDir });
  const raw = openRaw(dataDir);
  after(async () => {
    raw.close();
    await ledger.close();
  });
  return {
    dataDir,
    raw,
    open: () => {
      wipe(raw);
      return { ...ledger, close: async () => {} };
    },
  };
}
