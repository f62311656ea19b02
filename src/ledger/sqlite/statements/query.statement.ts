import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetter, DeadLetterQuery, Ledger } from '../../contract.ts';
import type { Act, Attempt, Delivery, Message } from '../../records.ts';
import { pageOf } from '../page.ts';
import {
  integer,
  integerOrNull,
  numbers,
  stateOf,
  stringsOrNull,
  text,
  textOrNull,
  triggerOf,
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

export function prepareListMessages(
  database: DatabaseSync,
): (request: Query<'messages'>) => readonly Message[] {
  const page = pageOf(database, 'SELECT * FROM message WHERE app_id = ?', 'id');
  return ({ appId, ...bounds }) => page([appId], bounds).map(messageOf);
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
  const page = pageOf(database, 'SELECT * FROM attempt WHERE endpoint_id = ?', 'id');
  return ({ endpointId, ...bounds }) => page([endpointId], bounds).map(attemptOf);
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
      eventType: text(row, 'event_type'),
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

function messageOf(row: Row): Message {
  return {
    id: integer(row, 'id'),
    appId: integer(row, 'app_id'),
    eventType: text(row, 'event_type'),
    eventId: textOrNull(row, 'event_id'),
    channels: stringsOrNull(row, 'channels'),
    tags: stringsOrNull(row, 'tags'),
    payload: textOrNull(row, 'payload'),
    retentionDays: integer(row, 'retention_days'),
    matched: numbers(row, 'matched'),
  };
}

function deliveryOf(row: Row): Delivery {
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
    detail: textOrNull(row, 'detail'),
    response: text(row, 'response'),
    url: text(row, 'url'),
  };
}
