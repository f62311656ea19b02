import { DatabaseSync } from 'node:sqlite';
import { createLedgerMark, fault, LEDGER_MARK_DIGITS, type Random } from '../../core/index.ts';
import { faultOf } from './faults.ts';
import { migrations } from './migrations/index.ts';
import { integer, integerOrNull, text } from './rows.ts';

/** "HOLD": marks the file as ours in its header (sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x484f4c44;

const PAGE_BYTES = 4096;

export type OpenOptions = {
  /** A file, or ":memory:". */
  readonly path: string;
  /** 0: as large as the disk allows. */
  readonly maxBytes: number;
  readonly random: Random;
  readonly now: number;
};

export type OpenedDatabase = {
  readonly database: DatabaseSync;
  readonly mark: string;
  readonly newestId: number;
};

/**
 * Opens or makes the ledger for writing and brings its schema up to date.
 * Throws `ledger_corrupt`, `ledger_newer`, `ledger_not_openable`, `ledger_full`.
 */
export function openDatabase(options: OpenOptions): OpenedDatabase {
  try {
    const database = new DatabaseSync(options.path);
    database.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
    // Free pages are given back in small steps (docs/adr/0016). Only a file that is made now can be told so.
    if (!hasTables(database)) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    assertOurs(database);
    // WAL with FULL: every commit is one fsync of the log before it is acknowledged.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;',
    );
    database.exec(
      'PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA busy_timeout = 5000;',
    );
    database.exec('PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;');
    if (options.maxBytes > 0) {
      database.exec(`PRAGMA max_page_count = ${Math.ceil(options.maxBytes / PAGE_BYTES)}`);
    }
    migrate(database, options);
    const row = database.prepare('SELECT mark FROM ledger').get();
    if (row === undefined) {
      throw fault('ledger_corrupt', { detail: 'The ledger holds no mark of its own.' });
    }
    return { database, mark: text(row, 'mark'), newestId: newestId(database) };
  } catch (thrown) {
    throw faultOf(thrown);
  }
}

/** Opens an existing ledger to read beside its writer: WAL lets both go on. */
export function openDatabaseToRead(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    database.exec(
      'PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;',
    );
    assertOurs(database);
    return database;
  } catch (thrown) {
    throw faultOf(thrown);
  }
}

function pragma(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? 0 : integer(row, name);
}

function hasTables(database: DatabaseSync): boolean {
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
  return tables !== undefined && integer(tables, 'n') > 0;
}

function assertOurs(database: DatabaseSync): void {
  if (!hasTables(database)) return;
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    throw fault('ledger_not_openable', {
      detail: 'The file is a database, but not a Holdfast ledger. Give another dataDir.',
    });
  }
  const version = pragma(database, 'user_version');
  if (version > migrations.length) throw fault('ledger_newer');
}

function migrate(database: DatabaseSync, { random, now }: OpenOptions): void {
  const version = pragma(database, 'user_version');
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    if (version === 0) {
      const mark = createLedgerMark(random.bytes(LEDGER_MARK_DIGITS));
      database.prepare('INSERT INTO ledger (mark, made_at) VALUES (?, ?)').run(mark, now);
    }
    database.exec(
      `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}; COMMIT`,
    );
  } catch (thrown) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}

function newestId(database: DatabaseSync): number {
  const newest = (table: string): number => {
    const row = database.prepare(`SELECT max(id) AS id FROM ${table}`).get();
    return row === undefined ? 0 : (integerOrNull(row, 'id') ?? 0);
  };
  const attempted = database.prepare(NEWEST_ATTEMPT).get();
  const newestAttempt = attempted === undefined ? 0 : (integerOrNull(attempted, 'id') ?? 0);
  return Math.max(
    newest('message'),
    newest('resource'),
    newest('act'),
    newest('alert'),
    newest('alert_event'),
    newest('notification'),
    newest('(SELECT newest_id AS id FROM incident)'),
    newest('action_item'),
    newest('certificate'),
    newest('change'),
    newest(NEWEST_TIMINGS),
    newestAttempt,
  );
}

/** Timings get their ids when their minute is over: the newest id is in one of the last two minutes there are. */
const NEWEST_TIMINGS =
  '(SELECT id FROM timing WHERE minute_at >= (SELECT max(minute_at) FROM timing) - 60000)';

/**
 * Attempts are the last ids made, and messages may be much older. Walks `attempt_of_endpoint` and `delivery_open` from
 * endpoint to endpoint: the cost is the number of endpoints, and for each one the deliveries in flight.
 */
const NEWEST_ATTEMPT = `
WITH RECURSIVE
  attempted (endpoint_id) AS (
    SELECT min(endpoint_id) FROM attempt
    UNION ALL
    SELECT (SELECT min(endpoint_id) FROM attempt WHERE endpoint_id > attempted.endpoint_id)
    FROM attempted WHERE attempted.endpoint_id IS NOT NULL
  ),
  lane (endpoint_id) AS (
    SELECT min(endpoint_id) FROM delivery WHERE state < 2
    UNION ALL
    SELECT (SELECT min(endpoint_id) FROM delivery WHERE state < 2 AND endpoint_id > lane.endpoint_id)
    FROM lane WHERE lane.endpoint_id IS NOT NULL
  )
SELECT max(id) AS id FROM (
  SELECT (SELECT max(id) FROM attempt a WHERE a.endpoint_id = attempted.endpoint_id) AS id FROM attempted
  UNION ALL
  SELECT (SELECT max(attempt_id) FROM delivery d INDEXED BY delivery_open
    WHERE d.endpoint_id = lane.endpoint_id AND d.state = 1 AND d.state < 2) FROM lane
)`;
