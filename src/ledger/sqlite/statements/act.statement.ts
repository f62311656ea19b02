import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ActOnOne, ActOnOneResult, ActProgress } from '../../contract/acts.ts';
import type { HealRequest } from '../../contract/audit.ts';
import type { Ledger } from '../../contract/ledger.ts';
import {
  actKinds,
  deliveryStates,
  type Act,
  type ActFilter,
  type DeliveryState,
} from '../../records.ts';
import { codesOf, integer, integerOrNull, numbers, stateOf, text, textOrNull } from '../rows.ts';
import { prepareInterrupt } from './interrupt.statement.ts';

type Start = Parameters<Ledger['startAct']>[0];
type Step = Parameters<Ledger['stepAct']>[0];
type Replay = Parameters<Ledger['replay']>[0];

/** Makes a delivery that has ended due again, in a new round. */
export const REOPEN = `UPDATE delivery SET state = 0, due_at = ?, reason = NULL, trigger = 1, round_from = attempts, round_at = ?, act_id = ?`;

export function prepareInsertAct(
  database: DatabaseSync,
): (act: Start & { readonly done: boolean; readonly touched: number }) => void {
  const insert = database.prepare(
    `INSERT INTO act (id, kind, app_id, actor, reason, filter, per_second, due_from, touched, done)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (act) => {
    const filter = act.filter === null ? null : JSON.stringify(act.filter);
    const done = act.done ? 1 : 0;
    insert.run(
      act.id,
      act.kind,
      act.appId,
      act.actor,
      act.reason,
      filter,
      act.perSecond,
      act.dueFrom,
      act.touched,
      done,
    );
  };
}

/** Makes one delivery due again; an endpoint that was not matched at first is promised the message from now on. */
export function prepareReplay(database: DatabaseSync): (request: Replay) => ActOnOneResult {
  const insertAct = prepareInsertAct(database);
  const find = database.prepare(
    'SELECT state FROM delivery WHERE message_id = ? AND endpoint_id = ?',
  );
  const reopen = database.prepare(`${REOPEN} WHERE message_id = ? AND endpoint_id = ?`);
  const findMessage = database.prepare(
    'SELECT matched FROM message WHERE id = ? AND app_id = ? AND payload IS NOT NULL',
  );
  const promise = database.prepare('UPDATE message SET matched = ? WHERE id = ?');
  const create = database.prepare(
    `INSERT INTO delivery (message_id, endpoint_id, app_id, state, attempts, due_at, trigger, round_at, act_id, late)
     VALUES (?, ?, ?, 0, 0, ?, 1, ?, ?, 0)`,
  );
  return ({ messageId, endpointId, appId, act, dueAt }) => {
    const message = findMessage.get(messageId, appId);
    if (message === undefined) return { kind: 'missing' };
    const row = find.get(messageId, endpointId);
    if (row !== undefined && stateOf(row) === 'in_flight') {
      return { kind: 'conflict', state: 'in_flight' };
    }
    insertAct({
      ...act,
      appId,
      filter: null,
      perSecond: null,
      dueFrom: dueAt,
      touched: 1,
      done: true,
    });
    if (row === undefined) {
      promise.run(JSON.stringify([...numbers(message, 'matched'), endpointId]), messageId);
      create.run(messageId, endpointId, appId, dueAt, dueAt, act.id);
    } else {
      reopen.run(dueAt, dueAt, act.id, messageId, endpointId);
    }
    return { kind: 'done' };
  };
}

/** Ends one delivery that is scheduled or dead. */
export function prepareCancel(database: DatabaseSync): (request: ActOnOne) => ActOnOneResult {
  const insertAct = prepareInsertAct(database);
  const find = database.prepare(
    'SELECT state FROM delivery WHERE message_id = ? AND endpoint_id = ? AND app_id = ?',
  );
  const cancel = database.prepare(
    'UPDATE delivery SET state = 4, due_at = NULL, reason = ?, act_id = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  return ({ messageId, endpointId, appId, act }) => {
    const row = find.get(messageId, endpointId, appId);
    if (row === undefined) return { kind: 'missing' };
    const state = stateOf(row);
    if (state !== 'scheduled' && state !== 'dead') return { kind: 'conflict', state };
    insertAct({ ...act, appId, filter: null, perSecond: null, dueFrom: 0, touched: 1, done: true });
    cancel.run(act.reason, act.id, messageId, endpointId);
    return { kind: 'done' };
  };
}

export function prepareStartAct(database: DatabaseSync): (act: Start) => void {
  const insertAct = prepareInsertAct(database);
  return (act) => insertAct({ ...act, done: false, touched: 0 });
}

/**
 * Redrive sets due times `1 / perSecond` apart from the act's start, so the ledger itself is the queue of the act:
 * its rate needs no process that stays alive, and a restart goes on at the cursor. A step that comes late moves the
 * rest of the act by as much: what a stop of the service has missed is not sent all at once.
 */
export function prepareStepAct(database: DatabaseSync): (step: Step) => Act {
  const select = closedSelection(database, 'd.message_id, d.endpoint_id');
  const reopen = database.prepare(`${REOPEN} WHERE message_id = ? AND endpoint_id = ?
    AND EXISTS (SELECT 1 FROM message WHERE id = delivery.message_id AND payload IS NOT NULL)`);
  const cancel = database.prepare(
    'UPDATE delivery SET state = 4, due_at = NULL, reason = ?, act_id = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  const read = database.prepare('SELECT * FROM act WHERE id = ?');
  const advance = database.prepare(
    'UPDATE act SET touched = ?, cursor = ?, done = ?, due_from = ? WHERE id = ?',
  );
  return ({ actId, limit, now }) => {
    const row = read.get(actId);
    if (row === undefined) throw new Error(`act ${actId} is not in the ledger`);
    const act = actOf(row);
    if (act.done || act.filter === null) return act;
    // The act ends where it began: what dies again while it runs is not taken a second time.
    const filter = { ...act.filter, beforeId: Math.min(act.filter.beforeId ?? Infinity, act.id) };
    const rows = select({
      appId: act.appId,
      filter,
      afterId: integer(row, 'cursor'),
      limit,
      descending: false,
    });
    let touched = act.touched;
    const afterMs = (nth: number): number => Math.floor((nth * 1000) / (act.perSecond ?? 1));
    const dueFrom = Math.max(integer(row, 'due_from'), now - afterMs(touched));
    const last = rows.at(-1);
    const cursor = last === undefined ? integer(row, 'cursor') : integer(last, 'message_id');
    for (const found of rows) {
      const messageId = integer(found, 'message_id');
      const endpointId = integer(found, 'endpoint_id');
      if (act.kind === 'cancel') {
        cancel.run(act.reason, actId, messageId, endpointId);
      } else {
        const dueAt = dueFrom + afterMs(touched);
        // A purged payload cannot be sent: that dead letter stays what it is.
        if (reopen.run(dueAt, dueAt, actId, messageId, endpointId).changes === 0) continue;
      }
      touched += 1;
    }
    // All deliveries of one message are taken in one step, as the cursor counts messages.
    const done = rows.length === 0;
    advance.run(touched, cursor, done ? 1 : 0, dueFrom, actId);
    return { ...act, touched, done };
  };
}

/**
 * Missing deliveries are created, lost and undated ones go on, those without proof begin anew, those that nobody
 * promised are promised; all as one act, so that the healing is on record. Everything is looked at again under the
 * write lock: what settled since the audit read it is left alone.
 */
export function prepareHeal(database: DatabaseSync): (request: HealRequest) => number {
  const insertAct = prepareInsertAct(database);
  // Its attempts may still be there: numbers go on after them, so that none is written over.
  const create = database.prepare(
    `INSERT OR IGNORE INTO delivery (message_id, endpoint_id, app_id, state, attempts, round_from, due_at, round_at, act_id)
     SELECT m.id, ?1, m.app_id, 0, ifnull(max(a.nth), 0), ifnull(max(a.nth), 0), ?2, ?2, ?3
     FROM message m LEFT JOIN attempt a ON a.message_id = m.id AND a.endpoint_id = ?1
     WHERE m.id = ?4 AND m.payload IS NOT NULL GROUP BY m.id`,
  );
  const interrupt = prepareInterrupt(database);
  const findStuck = database.prepare(
    `SELECT message_id, state, attempts, attempt_id, trigger, due_at FROM delivery
     WHERE message_id = ? AND endpoint_id = ? AND state < 2 AND (due_at IS NULL OR (state = 1 AND due_at < ?))`,
  );
  const goOn = database.prepare(
    'UPDATE delivery SET state = 0, due_at = ?, act_id = ? WHERE message_id = ? AND endpoint_id = ?',
  );
  const reopen = database.prepare(`${REOPEN} WHERE message_id = ? AND endpoint_id = ?
    AND (state NOT BETWEEN -3 AND 4 OR (state = 2 AND NOT EXISTS (
      SELECT 1 FROM attempt a WHERE a.message_id = delivery.message_id AND a.endpoint_id = delivery.endpoint_id
        AND a.outcome = 'delivered')))
    AND EXISTS (SELECT 1 FROM message WHERE id = delivery.message_id AND payload IS NOT NULL)`);
  const promise = database.prepare(
    `UPDATE message SET matched = json_insert(matched, '$[#]', ?1) WHERE id = ?2
     AND NOT EXISTS (SELECT 1 FROM json_each(matched) WHERE value = ?1)
     AND EXISTS (SELECT 1 FROM delivery WHERE message_id = ?2 AND endpoint_id = ?1)`,
  );
  const healOne = (messageId: number, endpointId: number, actId: number, now: number): boolean => {
    const isPromised = promise.run(endpointId, messageId).changes > 0;
    if (create.run(endpointId, now, actId, messageId).changes > 0) return true;
    const stuck = findStuck.get(messageId, endpointId, now);
    if (stuck !== undefined) {
      if (stateOf(stuck) === 'in_flight') interrupt(endpointId, stuck, now);
      return goOn.run(now, actId, messageId, endpointId).changes > 0;
    }
    return reopen.run(now, now, actId, messageId, endpointId).changes > 0 || isPromised;
  };
  return ({ act, keys, now }) => {
    let touched = 0;
    for (const { messageId, endpointId } of keys) {
      if (healOne(messageId, endpointId, act.id, now)) touched += 1;
    }
    // What cannot be healed is found by every audit: an act each time would fill the ledger.
    if (touched === 0) return 0;
    const kind = 'heal' as const;
    insertAct({
      ...act,
      kind,
      appId: 0,
      filter: null,
      perSecond: null,
      dueFrom: now,
      touched,
      done: true,
    });
    return touched;
  };
}

export type ClosedSelection = {
  readonly appId: number;
  readonly filter: ActFilter;
  readonly afterId: number;
  readonly limit: number;
  readonly descending: boolean;
};

/**
 * Dead and cancelled deliveries by filter, ordered by message, one index range a state. All deliveries of the last
 * message of a page are on that page: a page may exceed `limit` by a message's fan-out.
 */
export function closedSelection(
  database: DatabaseSync,
  columns: string,
): (query: ClosedSelection) => ReturnType<ReturnType<DatabaseSync['prepare']>['all']> {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  return ({ appId, filter, afterId, limit, descending }) => {
    const conditions = ['d.app_id = ?', 'd.state > 2', `d.state IN (${codesOf(filter.states)})`];
    const values: SQLInputValue[] = [appId];
    const add = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return;
      conditions.push(condition);
      values.push(value);
    };
    add('d.endpoint_id = ?', filter.endpointId);
    add('d.reason = ?', filter.reason);
    add('d.message_id >= ?', filter.fromId);
    add('d.message_id < ?', finite(filter.beforeId));
    add(descending ? 'd.message_id < ?' : 'd.message_id > ?', finite(afterId));
    const index =
      filter.endpointId === undefined ? 'delivery_closed_of_app' : 'delivery_closed_of_endpoint';
    const order = descending ? 'DESC' : 'ASC';
    const where = conditions.join(' AND ');
    const sql = `SELECT ${columns} FROM delivery d INDEXED BY ${index} WHERE ${where} ORDER BY d.message_id ${order}, d.endpoint_id LIMIT ?`;
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    const rows = statement.all(...values, limit);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return rows;
    // Complete the last message.
    const lastId = integer(last, 'message_id');
    const wholeSql = `SELECT ${columns} FROM delivery d WHERE d.message_id = ? AND ${where} ORDER BY d.endpoint_id`;
    const whole = prepared.get(wholeSql) ?? database.prepare(wholeSql);
    prepared.set(wholeSql, whole);
    return [
      ...rows.filter((row) => integer(row, 'message_id') !== lastId),
      ...whole.all(lastId, ...values),
    ];
  };
}

function finite(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

export function prepareReadAct(database: DatabaseSync): (id: number) => ActProgress | null {
  const read = database.prepare('SELECT * FROM act WHERE id = ?');
  const count = database.prepare(
    'SELECT state, count(*) AS n FROM delivery WHERE act_id = ? GROUP BY state',
  );
  return (id) => {
    const row = read.get(id);
    if (row === undefined) return null;
    const states = {
      scheduled: 0,
      in_flight: 0,
      delivered: 0,
      dead: 0,
      cancelled: 0,
    } satisfies Record<DeliveryState, number>;
    for (const counted of count.all(id)) states[stateOf(counted)] += integer(counted, 'n');
    return { ...actOf(row), states };
  };
}

export function actOf(
  row: NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>,
): Act {
  const kind = actKinds.find((known) => known === row['kind']);
  if (kind === undefined) throw new TypeError(`unknown kind of act: ${text(row, 'kind')}`);
  const filter = textOrNull(row, 'filter');
  return {
    id: integer(row, 'id'),
    kind,
    appId: integer(row, 'app_id'),
    actor: text(row, 'actor'),
    reason: text(row, 'reason'),
    // What is corrected is asked for in another form: see correct.statement.ts.
    filter: filter === null || kind === 'correct' ? null : filterOf(filter),
    perSecond: integerOrNull(row, 'per_second'),
    done: integer(row, 'done') === 1,
    touched: integer(row, 'touched'),
  };
}

function filterOf(json: string): ActFilter {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by startAct from an ActFilter
  const value = JSON.parse(json) as ActFilter;
  return { ...value, states: value.states.filter((state) => deliveryStates.includes(state)) };
}
