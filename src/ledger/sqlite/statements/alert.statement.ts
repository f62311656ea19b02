import type { DatabaseSync } from 'node:sqlite';
import { alertBounds, type StoredAlert, type StoredAlertEvent } from '../../contract/alerts.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { all, condition, endedCondition, oneOf, statementCache } from '../conditions.ts';
import { pageOf, pageThrough } from '../page.ts';
import { integer, integerOrNull, text, textOrNull } from '../rows.ts';
import { prepareInsertNotifications } from './notification.statement.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;
type Request<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Given) => unknown
  ? Given
  : never;

/** By their primary keys; what is beyond the bounds goes by `alert_ended`, `alert_event_of_alert` and `alert_app_alert`. */
export function prepareStoreAlerts(
  database: DatabaseSync,
): (request: Request<'storeAlerts'>) => void {
  const put = database.prepare(
    `INSERT OR REPLACE INTO alert (id, key, ended_at, state, severity, kind, owner, objective, silenced_until, doc)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const forgetApps = database.prepare('DELETE FROM alert_app WHERE alert_id = ?');
  const addApp = database.prepare(
    'INSERT OR IGNORE INTO alert_app (app_id, alert_id) VALUES (?, ?)',
  );
  const add = database.prepare(
    'INSERT INTO alert_event (id, alert_id, kind, actor, detail) VALUES (?, ?, ?, ?, ?)',
  );
  const trim = database.prepare(
    `DELETE FROM alert_event WHERE alert_id = ?1 AND id <= (
       SELECT e.id FROM alert_event e WHERE e.alert_id = ?1 ORDER BY e.id DESC LIMIT 1 OFFSET ${alertBounds.events}
     )`,
  );
  const beyond = database.prepare(
    `SELECT id FROM alert WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 100 OFFSET ${alertBounds.resolved}`,
  );
  const forget = database.prepare('DELETE FROM alert WHERE id = ?');
  const forgetEvents = database.prepare('DELETE FROM alert_event WHERE alert_id = ?');
  const insert = prepareInsertNotifications(database);
  return ({ alerts, events, notifications }) => {
    for (const alert of alerts) {
      const { id, key, endedAt, state, severity, kind, owner, objective, silencedUntil } = alert;
      const columns = [key, endedAt, state, severity, kind, owner, objective, silencedUntil];
      put.run(id, ...columns, alert.doc);
      forgetApps.run(id);
      for (const appId of alert.appIds) addApp.run(appId, id);
    }
    for (const { id, alertId, kind, actor, detail } of events) {
      add.run(id, alertId, kind, actor, detail);
    }
    for (const alertId of new Set(events.map((event) => event.alertId))) trim.run(alertId);
    if (alerts.some(({ endedAt }) => endedAt !== null)) {
      for (const row of beyond.all()) {
        const id = integer(row, 'id');
        forget.run(id);
        forgetEvents.run(id);
        forgetApps.run(id);
      }
    }
    insert(notifications);
  };
}

export function prepareReadAlert(database: DatabaseSync): (id: number) => StoredAlert | null {
  const read = database.prepare('SELECT * FROM alert WHERE id = ?');
  return (id) => {
    const row = read.get(id);
    return row === undefined ? null : alertOf(row);
  };
}

/**
 * By `alert_open`, `alert_owner`, `alert_kind`, `alert_objective` or `alert_app`, whichever is asked for, else by the
 * primary key: of what is left, at most all alerts are looked through, which `alertBounds` bounds.
 */
export function prepareListAlerts(
  database: DatabaseSync,
): (request: Request<'alerts'>) => readonly StoredAlert[] {
  const prepare = statementCache(database);
  return ({ isOpen, states, severities, kinds, owner, objective, appId, silenced, ...page }) => {
    const where = all(
      endedCondition(isOpen),
      oneOf('state', states),
      oneOf('severity', severities),
      oneOf('kind', kinds),
      condition('owner = ?', owner),
      condition('objective = ?', objective),
      condition('id IN (SELECT a.alert_id FROM alert_app a WHERE a.app_id = ?)', appId),
      condition(
        silenced?.is === false
          ? '(silenced_until IS NULL OR silenced_until <= ?)'
          : 'silenced_until > ?',
        silenced?.at,
      ),
    );
    return pageThrough(prepare, 'SELECT * FROM alert', where, 'id', page).map(alertOf);
  };
}

/** A range of `alert_ended`. */
export function prepareEndedAlerts(
  database: DatabaseSync,
): (request: Request<'endedAlerts'>) => readonly StoredAlert[] {
  const read = database.prepare('SELECT * FROM alert WHERE ended_at >= ? ORDER BY ended_at');
  return ({ since }) => read.all(since).map(alertOf);
}

/** A range of `alert_event_of_alert`. */
export function prepareAlertEvents(
  database: DatabaseSync,
): (request: Request<'alertEvents'>) => readonly StoredAlertEvent[] {
  const page = pageOf(database, 'SELECT * FROM alert_event WHERE alert_id = ?', 'id');
  return ({ alertId, ...bounds }) =>
    page([alertId], bounds).map((row) => ({
      id: integer(row, 'id'),
      alertId: integer(row, 'alert_id'),
      kind: text(row, 'kind'),
      actor: text(row, 'actor'),
      detail: text(row, 'detail'),
    }));
}

function alertOf(row: Row): StoredAlert {
  return {
    id: integer(row, 'id'),
    key: text(row, 'key'),
    endedAt: integerOrNull(row, 'ended_at'),
    state: text(row, 'state'),
    severity: text(row, 'severity'),
    kind: text(row, 'kind'),
    owner: text(row, 'owner'),
    objective: textOrNull(row, 'objective'),
    silencedUntil: integerOrNull(row, 'silenced_until'),
    doc: text(row, 'doc'),
  };
}
