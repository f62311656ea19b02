import { DatabaseSync } from 'node:sqlite';
import { ledgerPath } from '../../src/ledger/index.ts';

/** Rows by table, each as one text, in the order of their keys. */
export type Dump = ReadonlyMap<string, readonly string[]>;

export type LedgerWatch = {
  /** Another number each time somebody has written. */
  version(): number;
  dump(): Dump;
  /** The dump of this moment, which is only read once it is asked for; until the next one is kept. */
  keep(): () => Dump;
  /** Everything that does not belong to the application with this number. */
  dumpOutside(appId: number): Dump;
  /** Whether a delivery is due or in flight, a notification is due, or an act is under way: rows may change without any request. */
  isBusy(withinMs?: number): boolean;
  numberOfApplication(uid: string): number;
  close(): void;
};

type Row = Readonly<Record<string, unknown>>;

/**
 * What the service adds up and writes by the clock, whatever is asked of it meanwhile: how far retention has come, the
 * timing and the SLIs of minutes that are over, what it has learned of payloads and outcomes, and how notifiers fared.
 */
const BY_THE_CLOCK =
  /^(?:retention|sli_|freshness_|timing$|drift_state$|detector_state$|notifier_outcome$)/;
/** Alerts that the watch raises about receivers that fail, with all that tells of them: they come by the clock too. Those of the tests' own do not. */
const RAISED_BY_WATCH = `SELECT id FROM alert
  WHERE key NOT GLOB 'staged-*' AND (
    key GLOB '* objective *' OR key GLOB 'fast_burn endpoint *' OR key GLOB '* the service' OR key GLOB '* the ledger'
    OR key GLOB 'growth *' OR key GLOB 'stuck *')`;
/** And what the service counts and notes of incidents that it follows, which are all but those of the past. */
const FOLLOWED = `SELECT id FROM incident WHERE NOT doc ->> 'isRetrospective'`;
/** Who the service is in what it writes by itself. Of whatever else acts on an alert or an incident, such a row tells. */
const ITSELF = 'holdfast';
/** A postmortem that was drafted when the impact was over. */
const WRITTEN_BY_ITSELF = /"(?:changedBy|by)":"holdfast"/;
/** Of a delivery: so is this, once its deadline has passed. */
const LATE = 'late';
/** When the owner of an action item that is overdue was reminded, and how often. */
const REMINDED = /"(?:remindedAt|reminders)":[^,}]*/g;

/** A read-only connection of the test's own, beside the service. */
export function watchLedger(dataDir: string): LedgerWatch {
  const database = new DatabaseSync(ledgerPath(dataDir), { readOnly: true, timeout: 5000 });
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !BY_THE_CLOCK.test(name));
  const read = createReader(database, tables);
  // A transaction that is left open goes on seeing what it saw first.
  const keeping = new DatabaseSync(ledgerPath(dataDir), { readOnly: true, timeout: 5000 });
  const readKept = createReader(keeping, tables);
  const version = database.prepare('PRAGMA data_version');
  // What an endpoint holds back by hand waits until somebody lets it go on.
  const open = database.prepare(
    `SELECT count(*) AS n FROM delivery d WHERE state = 1 OR (state < 1 AND due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM resource r WHERE r.id = d.endpoint_id AND r.doc ->> 'pausedAt' IS NOT NULL
     ))`,
  );
  const untold = database.prepare(
    `SELECT count(*) AS n FROM notification n WHERE state = 0 AND due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM notification o
       WHERE o.alert_id = n.alert_id AND o.id < n.id AND o.notifier = n.notifier AND o.state = 0
     )`,
  );
  const running = database.prepare('SELECT count(*) AS n FROM act WHERE done = 0');
  const application = database.prepare(
    `SELECT id FROM resource WHERE kind = 'application' AND uid = ?`,
  );

  function dump(isWanted: (table: string, row: Row) => boolean): Dump {
    database.exec('BEGIN');
    try {
      return read(isWanted);
    } finally {
      database.exec('ROLLBACK');
    }
  }

  return {
    version: () => Number(version.get()?.['data_version']),
    dump: () => dump(() => true),
    keep() {
      if (keeping.isTransaction) keeping.exec('ROLLBACK');
      keeping.exec('BEGIN');
      keeping.prepare('SELECT mark FROM ledger').get();
      let kept: Dump | undefined;
      return () => (kept ??= readKept(() => true));
    },
    dumpOutside(appId) {
      const idsOf = (sql: string): ReadonlySet<unknown> =>
        new Set(
          database
            .prepare(sql)
            .all(appId)
            .map(({ id }) => id),
        );
      const messages = idsOf('SELECT id FROM message WHERE app_id = ?');
      const changes = idsOf('SELECT change_id AS id FROM change_item WHERE app_id = ?');
      return dump(
        (table, row) =>
          row['app_id'] !== appId &&
          row['id'] !== appId &&
          !messages.has(Number(row['message_id'])) &&
          !(table === 'change' && changes.has(row['id'])),
      );
    },
    isBusy: (withinMs = 0) =>
      [open, untold].some((due) => Number(due.get(Date.now() + withinMs)?.['n']) > 0) ||
      Number(running.get()?.['n']) > 0,
    numberOfApplication: (uid) => Number(application.get(uid)?.['id']),
    close() {
      keeping.close();
      database.close();
    },
  };
}

/** Reads the rows that do not change by themselves, within a transaction of the caller's. */
function createReader(
  database: DatabaseSync,
  tables: readonly string[],
): (isWanted: (table: string, row: Row) => boolean) => Dump {
  const readers = tables.map(
    (table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`)] as const,
  );
  const raisedByWatch = database.prepare(RAISED_BY_WATCH);
  const followedIncidents = database.prepare(FOLLOWED);
  return (isWanted) => {
    const raised = new Set<unknown>(raisedByWatch.all().map(({ id }) => id));
    const followed = new Set<unknown>(followedIncidents.all().map(({ id }) => id));
    const isOfWatch = (table: string, row: Row): boolean => {
      switch (table) {
        case 'alert':
          return raised.has(row['id']);
        case 'alert_event':
          return raised.has(row['alert_id']) && row['actor'] === ITSELF;
        case 'notification':
        case 'alert_app':
          return raised.has(row['alert_id']);
        case 'incident':
          return followed.has(row['id']);
        case 'incident_alert':
          return followed.has(row['incident_id']) && raised.has(row['alert_id']);
        case 'postmortem':
        case 'postmortem_version':
          return WRITTEN_BY_ITSELF.test(String(row['doc']));
        case 'incident_row':
          return followed.has(row['incident_id']) && JSON.parse(String(row['doc'])).by === ITSELF;
        default:
          return false;
      }
    };
    return new Map(
      readers.map(([table, reader]) => [
        table,
        reader
          .all()
          .filter((row) => isWanted(table, row) && !isOfWatch(table, row))
          .map((row) => textOf(table, row)),
      ]),
    );
  };
}

/** Without what comes by the clock. */
function textOf(table: string, row: Row): string {
  const own =
    table === 'action_item' ? { ...row, doc: String(row['doc']).replaceAll(REMINDED, '') } : row;
  return JSON.stringify(own, (name, value) => (name === LATE ? undefined : value));
}

/** What differs, in a line a row; empty where nothing does. */
export function differences(
  before: Dump,
  after: Dump,
  tables = [...after.keys()],
): readonly string[] {
  return tables.flatMap((table) => {
    const [old, now] = [new Set(before.get(table)), new Set(after.get(table))];
    return [
      ...[...old].filter((row) => !now.has(row)).map((row) => `${table} - ${row.slice(0, 300)}`),
      ...[...now].filter((row) => !old.has(row)).map((row) => `${table} + ${row.slice(0, 300)}`),
    ];
  });
}
