import type { DatabaseSync } from 'node:sqlite';
import { alertBounds, type StoredAlert, type StoredAlertEvent } from '../../contract/alerts.ts';
import type { Ledger } from '../../contract/ledger.ts';
import type { Page } from '../../contract/paging.ts';
import { pageOf } from '../page.ts';
import { integer, integerOrNull, text } from '../rows.ts';
import { prepareInsertNotifications } from './notification.statement.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;
type Request<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Given) => unknown
  ? Given
  : never;

/** By their primary keys; what is beyond the bounds goes by `alert_ended` and `alert_event_of_alert`. */
export function prepareStoreAlerts(
  database: DatabaseSync,
): (request: Request<'storeAlerts'>) => void {
  const put = database.prepare(
    'INSERT OR REPLACE INTO alert (id, key, ended_at, doc) VALUES (?, ?, ?, ?)',
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
    for (const { id, key, endedAt, doc } of alerts) put.run(id, key, endedAt, doc);
    for (const { id, alertId, kind, actor, detail } of events) {
      add.run(id, alertId, kind, actor, detail);
    }
    for (const alertId of new Set(events.map((event) => event.alertId))) trim.run(alertId);
    if (alerts.some(({ endedAt }) => endedAt !== null)) {
      for (const row of beyond.all()) {
        const id = integer(row, 'id');
        forget.run(id);
        forgetEvents.run(id);
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

/** By the primary key, and where only some of them are asked for by `alert_open` or `alert_ended_id`. */
export function prepareListAlerts(
  database: DatabaseSync,
): (request: Request<'alerts'>) => readonly StoredAlert[] {
  const every = pageOf(database, 'SELECT * FROM alert WHERE true', 'id');
  const open = pageOf(database, 'SELECT * FROM alert WHERE ended_at IS NULL', 'id');
  const ended = pageOf(database, 'SELECT * FROM alert WHERE ended_at IS NOT NULL', 'id');
  return ({ isOpen, ...page }: { readonly isOpen?: boolean | undefined } & Page) => {
    const list = isOpen === undefined ? every : isOpen ? open : ended;
    return list([], page).map(alertOf);
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
    doc: text(row, 'doc'),
  };
}
