import type { DatabaseSync } from 'node:sqlite';
import type { MessageAtRequest } from '../../contract/audit.ts';
import type { Ledger } from '../../contract/ledger.ts';
import type { DeadLetter, DeadLetterQuery } from '../../contract/messages.ts';
import type { Act, Attempt, Delivery, Message } from '../../records.ts';
import { all, condition, messageConditions, none, statementCache } from '../conditions.ts';
import { pageOf, pageThrough } from '../page.ts';
import {
  integer,
  integerOrNull,
  numbers,
  stateOf,
  stringsOrNull,
  text,
  textOrNull,
  timingOf,
  triggerOf,
  valueOf,
} from '../rows.ts';
import { actOf, closedSelection } from './act.statement.ts';

type Query<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Request) => unknown
  ? Request
  : never;
type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

export function prepareReadMessage(database: DatabaseSync): (id: number) => Message | null {
  const read = database.prepare('SELECT * FROM message WHERE id = ?');
  return (id) => {
    const row = read.get(id);
    return row === undefined ? null : messageOf(row);
  };
}

export function prepareReadMessageByEventId(
  database: DatabaseSync,
): (request: Query<'messageByEventId'>) => Message | null {
  const read = database.prepare('SELECT * FROM message WHERE app_id = ? AND event_id = ?');
  return ({ appId, eventId }) => {
    const row = read.get(appId, eventId);
    return row === undefined ? null : messageOf(row);
  };
}

export function prepareListMessages(
  database: DatabaseSync,
): (request: Query<'messages'>) => readonly Message[] {
  const prepare = statementCache(database);
  return ({ appId, filter = {}, ...page }) => {
    const where = all(
      condition('m.app_id = ?', appId),
      condition('m.id >= ?', filter.fromId),
      condition('m.id < ?', filter.beforeId),
      messageConditions(filter),
    );
    return pageThrough(prepare, 'SELECT m.* FROM message m', where, 'm.id', page).map(messageOf);
  };
}

export function prepareDeliveriesOf(
  database: DatabaseSync,
): (messageId: number) => readonly Delivery[] {
  const read = database.prepare('SELECT * FROM delivery WHERE message_id = ? ORDER BY endpoint_id');
  return (messageId) => read.all(messageId).map(deliveryOf);
}

export function prepareAttemptsOf(
  database: DatabaseSync,
): (messageId: number) => readonly Attempt[] {
  const read = database.prepare('SELECT * FROM attempt WHERE message_id = ? ORDER BY id DESC');
  return (messageId) => read.all(messageId).map(attemptOf);
}

export function prepareAttemptsTo(
  database: DatabaseSync,
): (request: Query<'attemptsTo'>) => readonly Attempt[] {
  const prepare = statementCache(database);
  return ({ endpointId, filter = {}, ...page }) => {
    const { isDelivered, codeClass } = filter;
    const ofMessage = messageConditions(filter);
    const where = all(
      condition('a.endpoint_id = ?', endpointId),
      condition('a.id >= ?', filter.fromId),
      condition('a.id < ?', filter.beforeId),
      isDelivered === undefined
        ? none
        : condition(`a.outcome ${isDelivered ? '=' : '<>'} ?`, 'delivered'),
      codeClass === undefined
        ? none
        : codeClass === 0
          ? condition('a.status_code IS NULL')
          : condition('a.status_code BETWEEN ? AND ?', codeClass, codeClass + 99),
      ofMessage.sql.length === 0
        ? none
        : condition(
            `EXISTS (SELECT 1 FROM message m WHERE m.id = a.message_id AND ${ofMessage.sql.join(' AND ')})`,
            ...ofMessage.values,
          ),
    );
    return pageThrough(prepare, 'SELECT a.* FROM attempt a', where, 'a.id', page).map(attemptOf);
  };
}

export function prepareDeadLetters(
  database: DatabaseSync,
): (query: DeadLetterQuery) => readonly DeadLetter[] {
  const last = (column: string): string =>
    `(SELECT ${column} FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id ORDER BY nth DESC LIMIT 1)`;
  const select = closedSelection(
    database,
    `d.*, (SELECT event_type FROM message m WHERE m.id = d.message_id) AS event_type,
     ${last('outcome')} AS last_outcome, ${last('status_code')} AS last_status_code`,
  );
  return ({ appId, filter, afterId, limit, descending }) =>
    select({
      appId,
      filter,
      afterId: afterId ?? (descending ? Infinity : 0),
      limit,
      descending,
    }).map((row) => ({
      ...deliveryOf(row),
      eventType: textOrNull(row, 'event_type') ?? '', // a message that is missing is the audit's to tell
      lastOutcome: textOrNull(row, 'last_outcome'),
      lastStatusCode: integerOrNull(row, 'last_status_code'),
    }));
}

export function prepareRunningActs(database: DatabaseSync): () => readonly number[] {
  const read = database.prepare('SELECT id FROM act WHERE done = 0 ORDER BY id');
  return () => read.all().map((row) => integer(row, 'id'));
}

export function prepareListActs(
  database: DatabaseSync,
): (request: Query<'acts'>) => readonly Act[] {
  const page = pageOf(database, 'SELECT * FROM act WHERE app_id = ?', 'id');
  return ({ appId, ...bounds }) => page([appId], bounds).map(actOf);
}

export function messageOf(row: Row): Message {
  const purgedAt = integerOrNull(row, 'purged_at');
  const value = valueOf(row);
  return {
    id: integer(row, 'id'),
    appId: integer(row, 'app_id'),
    eventType: text(row, 'event_type'),
    eventId: textOrNull(row, 'event_id'),
    channels: stringsOrNull(row, 'channels'),
    tags: stringsOrNull(row, 'tags'),
    payload: textOrNull(row, 'payload'),
    retentionDays: integer(row, 'retention_days'),
    traceparent: textOrNull(row, 'traceparent'),
    ...(value === null ? {} : { value }),
    ...(purgedAt === null ? {} : { purgedAt }),
    matched: numbers(row, 'matched'),
  };
}

/** Walks the table by its key and reads of each row no more than that. */
export function prepareMessageAt(
  database: DatabaseSync,
): (request: MessageAtRequest) => number | null {
  const after = database.prepare(
    'SELECT id FROM message WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?',
  );
  const before = database.prepare(
    'SELECT id FROM message WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?',
  );
  return ({ id, distance, descending }) => {
    const row = descending ? before.get(id, distance - 1) : after.get(id, distance);
    return row === undefined ? null : integer(row, 'id');
  };
}

export function deliveryOf(row: Row): Delivery {
  return {
    messageId: integer(row, 'message_id'),
    endpointId: integer(row, 'endpoint_id'),
    appId: integer(row, 'app_id'),
    state: stateOf(row),
    attempts: integer(row, 'attempts'),
    dueAt: integerOrNull(row, 'due_at'),
    attemptId: integerOrNull(row, 'attempt_id'),
    reason: textOrNull(row, 'reason'),
    actId: integerOrNull(row, 'act_id'),
  };
}

function attemptOf(row: Row): Attempt {
  return {
    messageId: integer(row, 'message_id'),
    endpointId: integer(row, 'endpoint_id'),
    id: integer(row, 'id'),
    nth: integer(row, 'nth'),
    trigger: triggerOf(row),
    outcome: text(row, 'outcome'),
    statusCode: integerOrNull(row, 'status_code'),
    durationMs: integer(row, 'duration_ms'),
    timing: timingOf(row),
    detail: textOrNull(row, 'detail'),
    response: text(row, 'response'),
    url: text(row, 'url'),
    canaryId: integerOrNull(row, 'canary_id'),
    address: textOrNull(row, 'address'),
    certificate: textOrNull(row, 'certificate'),
  };
}
