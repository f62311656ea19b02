import type { AuditResult } from '../contract.ts';
import { openDatabaseToRead } from './open.ts';
import { prepareReads } from './operations.ts';
import { ledgerPath } from './sqlite-ledger.ts';
import { text } from './rows.ts';

export type DirectReading = {
  readonly mark: string;
  audit(request: { readonly now: number; readonly nameAtMost: number }): AuditResult;
  /** SQLite's own check of the file; empty where nothing is wrong. */
  fileFaults(): readonly string[];
  close(): void;
};

/** In flight is accounted for while its lease lasts; a lease ended this long ago is held by nobody. */
export const LEASE_GRACE_MS = 30_000;

/** Reads a ledger's file beside (or without) its server, so that a proof need not trust the server. */
export function readLedgerFile(dataDir: string): DirectReading {
  const database = openDatabaseToRead(ledgerPath(dataDir));
  const reads = prepareReads(database);
  const row = database.prepare('SELECT mark FROM ledger').get();
  return {
    mark: row === undefined ? '' : text(row, 'mark'),
    audit: ({ now, nameAtMost }) =>
      reads.audit({
        fromId: 0,
        beforeId: Number.MAX_SAFE_INTEGER,
        leasesEndedBefore: now - LEASE_GRACE_MS,
        nameAtMost,
      }),
    fileFaults: () =>
      database
        .prepare('PRAGMA quick_check(10)')
        .all()
        .map((found) => text(found, 'quick_check'))
        .filter((found) => found !== 'ok'),
    close: () => database.close(),
  };
}
