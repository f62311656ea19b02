import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Ledger } from '../../contract/ledger.ts';
import type {
  StoredIncident,
  StoredTimelineRow,
  TimelineLength,
  TimelineQuery,
} from '../../contract/incidents.ts';
import { all, condition, endedCondition, oneOf, statementCache } from '../conditions.ts';
import { pageThrough } from '../page.ts';
import { integer, integerOrNull, text } from '../rows.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;
type Request<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Given) => unknown
  ? Given
  : never;

/** By their primary keys. `newest_id` is what id sources begin after: a row's own id is at the end of its key. */
export function prepareStoreIncidents(
  database: DatabaseSync,
): (request: Request<'storeIncidents'>) => void {
  const put = database.prepare(
    `INSERT INTO incident (id, newest_id, row_count, system_row_count, ended_at, state, severity, owner, cause_class,
       is_drill, doc)
     VALUES (?1, ?1, 0, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT (id) DO UPDATE SET ended_at = ?2, state = ?3, severity = ?4, owner = ?5, cause_class = ?6,
       is_drill = ?7, doc = ?8`,
  );
  const attach = database.prepare(
    'INSERT OR IGNORE INTO incident_alert (alert_id, incident_id) VALUES (?, ?)',
  );
  const reach = database.prepare(
    `UPDATE incident SET newest_id = max(newest_id, ?), row_count = row_count + 1,
       system_row_count = system_row_count + ? WHERE id = ?`,
  );
  const add = database.prepare(
    'INSERT INTO incident_row (incident_id, at, id, kind, doc) VALUES (?, ?, ?, ?, ?)',
  );
  return ({ incidents, rows }) => {
    for (const incident of incidents) {
      const { id, endedAt, state, severity, owner, causeClass, isDrill, alertIds, doc } = incident;
      put.run(id, endedAt, state, severity, owner, causeClass, Number(isDrill), doc);
      for (const alertId of alertIds) attach.run(alertId, id);
    }
    for (const { id, incidentId, at, kind, isBySystem, doc } of rows) {
      add.run(incidentId, at, id, kind, doc);
      reach.run(id, Number(isBySystem), incidentId);
    }
  };
}

export function prepareReadIncident(database: DatabaseSync): (id: number) => StoredIncident | null {
  const read = database.prepare('SELECT * FROM incident WHERE id = ?');
  return (id) => {
    const row = read.get(id);
    return row === undefined ? null : incidentOf(row);
  };
}

/**
 * By `incident_open`, `incident_owner`, `incident_cause` or `incident_severity`, whichever is asked for, else by the
 * primary key.
 */
export function prepareListIncidents(
  database: DatabaseSync,
): (request: Request<'incidents'>) => readonly StoredIncident[] {
  const prepare = statementCache(database);
  return ({ isOpen, states, severities, causeClasses, owner, isDrill, fromId, ...page }) => {
    const where = all(
      endedCondition(isOpen),
      oneOf('state', states),
      oneOf('severity', severities),
      oneOf('cause_class', causeClasses),
      condition('owner = ?', owner),
      condition('is_drill = ?', isDrill === undefined ? undefined : Number(isDrill)),
      condition('id >= ?', fromId),
    );
    return pageThrough(prepare, 'SELECT * FROM incident', where, 'id', page).map(incidentOf);
  };
}

/** A range of the primary key of `incident_alert`. */
export function prepareIncidentOfAlert(database: DatabaseSync): (alertId: number) => number | null {
  const read = database.prepare(
    `SELECT i.id FROM incident_alert a JOIN incident i ON i.id = a.incident_id WHERE a.alert_id = ?
     ORDER BY i.state = 'merged', i.ended_at IS NOT NULL, i.id DESC LIMIT 1`,
  );
  return (alertId) => {
    const row = read.get(alertId);
    return row === undefined ? null : integer(row, 'id');
  };
}

/** A range of the primary key. */
export function prepareTimeline(
  database: DatabaseSync,
): (request: TimelineQuery) => readonly StoredTimelineRow[] {
  const statementFor = (hasKind: boolean, isDescending: boolean) =>
    database.prepare(
      `SELECT * FROM incident_row WHERE incident_id = ?
       AND (at, id) ${isDescending ? '<' : '>'} (?, ?)${hasKind ? ' AND kind = ?' : ''}
       ORDER BY at ${isDescending ? 'DESC' : 'ASC'}, id ${isDescending ? 'DESC' : 'ASC'} LIMIT ?`,
    );
  const statements = {
    up: { every: statementFor(false, false), kind: statementFor(true, false) },
    down: { every: statementFor(false, true), kind: statementFor(true, true) },
  };
  return ({ incidentId, after, kind, limit, descending }) => {
    const end = descending ? Number.MAX_SAFE_INTEGER : -1;
    const place = after ?? { at: end, id: end };
    const { every, kind: ofKind } = descending ? statements.down : statements.up;
    const bounds: readonly SQLInputValue[] = [incidentId, place.at, place.id];
    const rows =
      kind === undefined ? every.all(...bounds, limit) : ofKind.all(...bounds, kind, limit);
    return rows.map((row) => ({
      id: integer(row, 'id'),
      incidentId: integer(row, 'incident_id'),
      at: integer(row, 'at'),
      kind: text(row, 'kind'),
      doc: text(row, 'doc'),
    }));
  };
}

/** By the primary key. */
export function prepareTimelineLength(
  database: DatabaseSync,
): (incidentId: number) => TimelineLength {
  const read = database.prepare('SELECT row_count, system_row_count FROM incident WHERE id = ?');
  return (incidentId) => {
    const row = read.get(incidentId);
    return row === undefined
      ? { rows: 0, bySystem: 0 }
      : { rows: integer(row, 'row_count'), bySystem: integer(row, 'system_row_count') };
  };
}

function incidentOf(row: Row): StoredIncident {
  return {
    id: integer(row, 'id'),
    endedAt: integerOrNull(row, 'ended_at'),
    state: text(row, 'state'),
    severity: integer(row, 'severity'),
    owner: text(row, 'owner'),
    causeClass: text(row, 'cause_class'),
    isDrill: integer(row, 'is_drill') === 1,
    doc: text(row, 'doc'),
  };
}
