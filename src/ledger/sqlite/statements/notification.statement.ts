import type { DatabaseSync } from 'node:sqlite';
import {
  alertBounds,
  notificationStates,
  type NotificationHead,
  type PendingNotification,
  type StoredNotification,
} from '../../contract/alerts.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { integer, text, textOrNull } from '../rows.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;
type Request<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Given) => unknown
  ? Given
  : never;

const stateCode = { pending: 0, sent: 1, failed: 2 } as const;

/**
 * The outbox: rows by their primary key; the bound of one notifier is a range of `notification_pending`. A row that is
 * due brings forward the older ones of its alert and notifier (`notification_of_alert`), which go out before it.
 */
export function prepareInsertNotifications(
  database: DatabaseSync,
): (rows: readonly PendingNotification[]) => void {
  const insert = database.prepare(
    `INSERT INTO notification (id, alert_id, notifier, group_key, state, due_at, tries, said, doc)
     VALUES (?, ?, ?, ?, ${stateCode.pending}, ?, ?, NULL, ?)`,
  );
  const bringForward = database.prepare(
    `UPDATE notification INDEXED BY notification_of_alert SET due_at = ?
     WHERE alert_id = ? AND id < ? AND notifier = ? AND state = ${stateCode.pending} AND due_at > ?`,
  );
  const overflow = database.prepare(
    `UPDATE notification SET state = ${stateCode.failed}, said = 'too many notifications wait for this notifier'
     WHERE id IN (
       SELECT n.id FROM notification n WHERE n.notifier = ? AND n.state = ${stateCode.pending}
       ORDER BY n.due_at DESC LIMIT -1 OFFSET ${alertBounds.pending}
     )`,
  );
  return (rows) => {
    for (const { id, alertId, notifier, groupKey, dueAt, tries, doc } of rows) {
      insert.run(id, alertId, notifier, groupKey, dueAt, tries, doc);
      bringForward.run(dueAt, alertId, id, notifier, dueAt);
    }
    for (const notifier of new Set(rows.map((row) => row.notifier))) overflow.run(notifier);
  };
}

/** By their primary keys; what is beyond the bound goes by `notification_done`. */
export function prepareSettleNotifications(
  database: DatabaseSync,
): (request: Request<'settleNotifications'>) => void {
  const settle = database.prepare(
    'UPDATE notification SET state = ?, tries = ?, due_at = ?, said = ? WHERE id = ?',
  );
  const forget = database.prepare(
    `DELETE FROM notification WHERE id IN (
       SELECT n.id FROM notification n WHERE n.state > 0 ORDER BY n.id DESC LIMIT 100 OFFSET ${alertBounds.done}
     )`,
  );
  const insert = prepareInsertNotifications(database);
  return ({ results, notifications }) => {
    for (const { id, state, tries, dueAt, said } of results) {
      settle.run(stateCode[state], tries, dueAt, said, id);
    }
    insert(notifications);
    forget.run();
  };
}

/** A range of `notification_of_alert`. */
export function prepareNotificationsOf(
  database: DatabaseSync,
): (request: Request<'notificationsOf'>) => readonly StoredNotification[] {
  const read = database.prepare(
    'SELECT * FROM notification WHERE alert_id = ? ORDER BY id DESC LIMIT ?',
  );
  return ({ alertId, limit }) => read.all(alertId, limit).map(notificationOf);
}

/**
 * A range of `notification_pending`; a row waits for older ones of its alert, which `notification_of_alert` finds: what
 * is told of an alert by one notifier goes out in the order in which it was.
 */
export function prepareDueNotifications(
  database: DatabaseSync,
): (request: Request<'dueNotifications'>) => readonly StoredNotification[] {
  const read = database.prepare(
    `SELECT n.* FROM notification n
     WHERE n.notifier = ? AND n.state = ${stateCode.pending} AND n.due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM notification o INDEXED BY notification_of_alert
       WHERE o.alert_id = n.alert_id AND o.id < n.id AND o.notifier = n.notifier AND o.state = ${stateCode.pending}
     )
     ORDER BY n.due_at LIMIT ?`,
  );
  return ({ notifier, now, limit }) => read.all(notifier, now, limit).map(notificationOf);
}

/** All of `notification_pending`, which is bounded for each notifier. */
export function prepareNotificationHeads(
  database: DatabaseSync,
): () => readonly NotificationHead[] {
  const read = database.prepare(
    `SELECT notifier, count(*) AS pending, min(due_at) AS due_at FROM notification
     WHERE state = ${stateCode.pending} GROUP BY notifier`,
  );
  return () =>
    read.all().map((row) => ({
      notifier: text(row, 'notifier'),
      pending: integer(row, 'pending'),
      nextDueAt: integer(row, 'due_at'),
    }));
}

function notificationOf(row: Row): StoredNotification {
  return {
    id: integer(row, 'id'),
    alertId: integer(row, 'alert_id'),
    notifier: text(row, 'notifier'),
    groupKey: text(row, 'group_key'),
    dueAt: integer(row, 'due_at'),
    tries: integer(row, 'tries'),
    doc: text(row, 'doc'),
    state: notificationStates[integer(row, 'state')] ?? 'failed',
    said: textOrNull(row, 'said'),
  };
}
