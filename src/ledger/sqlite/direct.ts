import type { DatabaseSync } from 'node:sqlite';
import { fault, timeOfId } from '../../core/index.ts';
import type { AuditResult } from '../contract/audit.ts';
import { faultOf } from './faults.ts';
import { migrations } from './migrations/index.ts';
import { openDatabaseToRead } from './open.ts';
import { prepareReads } from './operations.ts';
import {
  sliUnitMs,
  type SliComparison,
  type SliDifference,
  type SliSpan,
} from '../contract/sli.ts';
import { ledgerPath } from './sqlite-ledger.ts';
import { integer, text } from './rows.ts';

export type DirectReading = {
  readonly mark: string;
  /** The ids that are there: an audit of `[fromId, beforeId)` leaves out none, and can be taken in slices. */
  span(): IdSpan;
  /** Without a span it is the whole ledger; either way one snapshot, whatever a server writes meanwhile. */
  audit(
    request: { readonly now: number; readonly nameAtMost: number } & Partial<IdSpan>,
  ): AuditResult;
  /** SLI minutes of the whole file held against its raw rows, a day after the other, each in one snapshot. */
  sli(request: { readonly nameAtMost: number }): SliProof;
  /** The uid that the user gave an application; null where it has none or is not there. */
  applicationUid(appId: number): string | null;
  /** SQLite's own check of the file; empty where nothing is wrong. */
  fileFaults(): readonly string[];
  close(): void;
};

export type SliProof = Omit<SliComparison, 'comparedFromAt'>;

export type IdSpan = { readonly fromId: number; readonly beforeId: number };

/** In flight is accounted for while its lease lasts; a lease ended this long ago is held by nobody. */
export const LEASE_GRACE_MS = 30_000;

/**
 * Reads a ledger's file beside (or without) its server, so that a proof need not trust the server.
 * Throws `ledger_not_openable`, `ledger_newer`, `ledger_corrupt`, as do the readings themselves.
 */
export function readLedgerFile(dataDir: string): DirectReading {
  const database = openDatabaseToRead(ledgerPath(dataDir));
  try {
    return readingOf(database);
  } catch (thrown) {
    database.close();
    throw faultOf(thrown);
  }
}

function readingOf(database: DatabaseSync): DirectReading {
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
  if (tables === undefined || integer(tables, 'n') === 0) {
    throw fault('ledger_not_openable', { detail: 'The file is there, but holds no ledger yet.' });
  }
  const version = database.prepare('PRAGMA user_version').get();
  if (version === undefined || integer(version, 'user_version') < migrations.length) {
    throw fault('ledger_not_openable', {
      detail:
        'The ledger was written by an older Holdfast. Start this version of the service on it once, which brings it up to date.',
    });
  }
  const reads = prepareReads(database);
  const row = database.prepare('SELECT mark FROM ledger').get();
  const ends = database.prepare(
    `SELECT (SELECT min(id) FROM message) AS first_message, (SELECT max(id) FROM message) AS last_message,
            (SELECT min(message_id) FROM delivery) AS first_delivery, (SELECT max(message_id) FROM delivery) AS last_delivery`,
  );
  const sliEnds = database.prepare(
    `SELECT min(at) AS first_at, max(at) AS last_at, (SELECT max(id) FROM message) AS last_id FROM sli_minute`,
  );
  /** One snapshot over several statements; the file's own faults by their names. */
  const inSnapshot = <Result>(read: () => Result): Result => {
    try {
      database.exec('BEGIN');
      return read();
    } catch (thrown) {
      throw faultOf(thrown);
    } finally {
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  };
  return {
    mark: row === undefined ? '' : text(row, 'mark'),
    span: () => inSnapshot(() => spanOf(Object.values(ends.get() ?? {}))),
    audit: ({ now, nameAtMost, fromId = 0, beforeId = Number.MAX_SAFE_INTEGER }) =>
      inSnapshot(() =>
        reads.audit({ fromId, beforeId, leasesEndedBefore: now - LEASE_GRACE_MS, nameAtMost }),
      ),
    sli: ({ nameAtMost }) => {
      const { fromAt, beforeAt } = inSnapshot(() => sliSpanOf(sliEnds.get() ?? {}));
      const proof = { rows: 0, differing: 0, differences: [] as SliDifference[] };
      for (let at = fromAt; at < beforeAt; at += sliUnitMs.day) {
        const day = { fromAt: at, beforeAt: Math.min(at + sliUnitMs.day, beforeAt) };
        const room = nameAtMost - proof.differences.length;
        const found = inSnapshot(() => reads.compareSli({ ...day, nameAtMost: room }));
        proof.rows += found.rows;
        proof.differing += found.differing;
        proof.differences.push(...found.differences);
      }
      return proof;
    },
    applicationUid: (id) =>
      inSnapshot(() => reads.resource({ kind: 'application', id })?.uid ?? null),
    fileFaults: () =>
      inSnapshot(() =>
        database
          .prepare('PRAGMA quick_check(10)')
          .all()
          .map((found) => text(found, 'quick_check'))
          .filter((found) => found !== 'ok'),
      ),
    close: () => database.close(),
  };
}

/** From the first minute that is kept to the last one that can have anything. */
function sliSpanOf(ends: Readonly<Record<string, unknown>>): SliSpan {
  const { first_at: firstAt, last_at: lastAt, last_id: lastId } = ends;
  const messageAt = typeof lastId === 'number' ? timeOfId(lastId) : 0;
  const fromAt = typeof firstAt === 'number' ? firstAt : messageAt;
  const endAt = Math.max(typeof lastAt === 'number' ? lastAt : 0, messageAt);
  return { fromAt: fromAt - (fromAt % sliUnitMs.minute), beforeAt: endAt + sliUnitMs.hour };
}

function spanOf(ends: readonly unknown[]): IdSpan {
  const ids = ends.filter((end) => typeof end === 'number');
  return ids.length === 0
    ? { fromId: 0, beforeId: 0 }
    : { fromId: Math.min(...ids), beforeId: Math.max(...ids) + 1 };
}
