import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import type { SliComparison, SliDifference, SliSpan } from '../../contract/sli.ts';
import { integer, integerOrNull, stateCode, text, valueOf } from '../rows.ts';
import {
  ACCEPTED,
  CANCELLED,
  countColumns,
  DEAD,
  endedAtSql,
  FIRST_BAD,
  FIRST_OK,
  LATE,
  latencyAt,
  minuteOf,
  noCounts,
  ON_TIME,
} from '../sli-columns.ts';
import { deadlineOf, prepareSliState, type SliState } from '../sli-state.ts';
import { addedValue, MOST_VALUE, valueColumns } from '../sli-value-columns.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;
type Counts = number[];

/** An attempt ends this long after its id was made, at most: its timeout, and a wait under a lease. */
const LONGEST_ATTEMPT_MS = 3_600_000;

/**
 * The proof of the SLI minutes: counts them again from messages, deliveries and attempts, none of which tells what was
 * counted but for the mark of a delivery that was late. Reads whole spans of both, so it is for proofs, not for
 * pages.
 */
export function prepareCompareSli(
  database: DatabaseSync,
): (request: SliSpan & { readonly nameAtMost: number }) => SliComparison {
  const recount = prepareRecount(database);
  const states = prepareSliState(database);
  const counted = database.prepare('SELECT * FROM sli_minute WHERE at >= ? AND at < ?');
  const carried = database.prepare('SELECT * FROM sli_value_minute WHERE at >= ? AND at < ?');
  const compare = ({
    fromAt,
    beforeAt,
    nameAtMost,
  }: SliSpan & { readonly nameAtMost: number }): SliComparison => {
    const state = states.read();
    const { minutes, values } = recount(state, fromAt, beforeAt);
    const comparedFromAt = Math.max(fromAt, state.minutesFrom, state.attemptsFrom);
    const isCompared = (key: string): boolean => minuteOfKey(key) >= comparedFromAt;
    const differences: SliDifference[] = [];
    let differing = 0;
    let rows = 0;
    const look = (key: string, names: readonly string[], counts: Counts, again: Counts): void => {
      names.forEach((count, nth) => {
        const [one = 0, other = 0] = [counts[nth], again[nth]];
        if (one === other) return;
        differing += 1;
        if (differences.length >= nameAtMost) return;
        differences.push({ ...fromKey(key), count, counted: one, recounted: other });
      });
    };
    for (const row of counted.iterate(fromAt, beforeAt)) {
      const key = keyOfRow(row);
      const again = minutes.get(key) ?? [];
      minutes.delete(key);
      if (!isCompared(key)) continue;
      rows += 1;
      const counts = countColumns.map((name) => integer(row, name));
      look(key, countColumns, counts, again);
    }
    for (const [key, again] of minutes) {
      if (!isCompared(key)) continue;
      rows += 1;
      look(key, countColumns, [], again);
    }
    for (const row of carried.iterate(fromAt, beforeAt)) {
      const key = `${keyOfRow(row)}\n${text(row, 'currency')}`;
      const again = values.get(key) ?? [];
      values.delete(key);
      const sums = valueColumns.map((name) => integer(row, name));
      if (isCompared(key)) look(keyOfRow(row), valueNames(key), ...withoutMost(sums, again));
    }
    for (const [key, again] of values) {
      if (isCompared(key)) look(withoutCurrency(key), valueNames(key), [], again);
    }
    return { rows, differing, differences, comparedFromAt };
  };
  return (request) => {
    if (database.isTransaction) return compare(request);
    database.exec('BEGIN');
    try {
      return compare(request);
    } finally {
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  };
}

function prepareRecount(database: DatabaseSync) {
  const deliveries = database.prepare(
    `SELECT d.message_id, d.endpoint_id, d.state, d.late, d.act_id, m.value, m.currency, ifnull(m.app_id, d.app_id) AS app_id,
       ifnull(m.event_type, '') AS event_type,
       (SELECT min(${endedAtSql('a')}) FROM attempt a WHERE a.message_id = d.message_id
         AND a.endpoint_id = d.endpoint_id AND a.outcome = 'delivered') AS delivered_at
     FROM delivery d LEFT JOIN message m ON m.id = d.message_id WHERE d.message_id >= ? AND d.message_id < ?`,
  );
  const endpoints = database.prepare(
    `WITH RECURSIVE attempted (endpoint_id) AS (
       SELECT min(endpoint_id) FROM attempt
       UNION ALL
       SELECT (SELECT min(endpoint_id) FROM attempt WHERE endpoint_id > attempted.endpoint_id)
       FROM attempted WHERE attempted.endpoint_id IS NOT NULL
     ) SELECT endpoint_id FROM attempted WHERE endpoint_id IS NOT NULL`,
  );
  const firsts = database.prepare(
    `SELECT a.outcome, ifnull(m.app_id, ifnull((SELECT app_id FROM delivery d
         WHERE d.message_id = a.message_id AND d.endpoint_id = a.endpoint_id), 0)) AS app_id,
       ifnull(m.event_type, '') AS event_type, ${endedAtSql('a')} AS ended_at
     FROM attempt a INDEXED BY attempt_of_endpoint LEFT JOIN message m ON m.id = a.message_id
     WHERE a.endpoint_id = ? AND a.id >= ? AND a.id < ? AND a.nth = 1 AND a.outcome <> 'interrupted'`,
  );
  return (state: SliState, fromAt: number, beforeAt: number): Recount => {
    const minutes = new Map<string, Counts>();
    const values = new Map<string, Counts>();
    const countsOf = (minuteAt: number, endpointId: number, row: Row): Counts => {
      const key = keyOf(minuteAt, endpointId, integer(row, 'app_id'), text(row, 'event_type'));
      const known = minutes.get(key);
      if (known !== undefined) return known;
      const made = noCounts.slice();
      minutes.set(key, made);
      return made;
    };
    for (const row of deliveries.iterate(idAt(fromAt), idAt(beforeAt))) {
      const acceptedAt = timeOfId(integer(row, 'message_id'));
      if (row['late'] === 0) continue;
      const [minuteAt, endpointId] = [minuteOf(acceptedAt), integer(row, 'endpoint_id')];
      countDelivery(countsOf(minuteAt, endpointId, row), row, state);
      sumValue(values, minuteAt, row, state);
    }
    for (const { endpoint_id: endpointId } of endpoints.iterate()) {
      const span = [idAt(fromAt - LONGEST_ATTEMPT_MS), idAt(beforeAt)] as const;
      for (const row of firsts.iterate(Number(endpointId), ...span)) {
        const minuteAt = minuteOf(integer(row, 'ended_at'));
        if (minuteAt < fromAt || minuteAt >= beforeAt) continue;
        const counts = countsOf(minuteAt, Number(endpointId), row);
        add(counts, text(row, 'outcome') === 'delivered' ? FIRST_OK : FIRST_BAD);
      }
    }
    return { minutes, values };
  };
}

type Recount = {
  readonly minutes: Map<string, Counts>;
  readonly values: Map<string, Counts>;
};

/** What a delivery carries, in the sums that it belongs to by its rows. */
function sumValue(values: Map<string, Counts>, minuteAt: number, row: Row, state: SliState): void {
  const value = valueOf(row);
  if (value === null || value.amount === 0) return;
  const counts = noCounts.slice();
  countDelivery(counts, row, state);
  const isDelivered = row['delivered_at'] !== null;
  const isOff = counts[DEAD] === 1 || counts[CANCELLED] === 1;
  const isLost = isOff && !isDelivered;
  const isLate = counts[LATE] === 1;
  const belongs = {
    accepted: counts[ACCEPTED] === 1,
    cancelled: counts[CANCELLED] === 1,
    dead: counts[DEAD] === 1,
    delivered: isDelivered,
    late: isLate,
    delayed: isLate && !isLost,
    lost: isLost,
  };
  const [endpointId, appId] = [integer(row, 'endpoint_id'), integer(row, 'app_id')];
  const key = `${keyOf(minuteAt, endpointId, appId, text(row, 'event_type'))}\n${value.currency}`;
  const sums = values.get(key) ?? valueColumns.map(() => 0);
  values.set(key, sums);
  for (const [nth, name] of valueColumns.entries()) {
    if (belongs[name]) sums[nth] = addedValue(sums[nth] ?? 0, value.amount);
  }
}

/** Sums that came to their end no longer say how much it was. */
function withoutMost(sums: Counts, again: Counts): readonly [Counts, Counts] {
  const isKnown = (_: unknown, nth: number): boolean =>
    (sums[nth] ?? 0) < MOST_VALUE && (again[nth] ?? 0) < MOST_VALUE;
  const keep = (all: Counts): Counts => all.map((sum, nth) => (isKnown(sum, nth) ? sum : 0));
  return [keep(sums), keep(again)];
}

/** As differences tell them: `lost EUR`. */
function valueNames(key: string): readonly string[] {
  const currency = key.slice(key.lastIndexOf('\n') + 1);
  return valueColumns.map((name) => `${name} ${currency}`);
}

function withoutCurrency(key: string): string {
  return key.slice(0, key.lastIndexOf('\n'));
}

function countDelivery(counts: Counts, row: Row, state: SliState): void {
  const messageId = integer(row, 'message_id');
  const acceptedAt = timeOfId(messageId);
  const deliveredAt = integerOrNull(row, 'delivered_at');
  const isOnTime = deliveredAt !== null && deliveredAt <= deadlineOf(state, messageId);
  // As it is written: a state that does not exist is the audit's to find.
  const now = integer(row, 'state');
  add(counts, ACCEPTED);
  if (now === stateCode.cancelled) add(counts, CANCELLED);
  if (now === stateCode.dead) add(counts, DEAD);
  if (deliveredAt !== null) add(counts, latencyAt(deliveredAt - acceptedAt));
  if (isOnTime) add(counts, ON_TIME);
  // Only somebody's act excuses a delivery that is not on time, or that it was cancelled then.
  const isExcused = now === stateCode.cancelled || row['act_id'] !== null;
  const isOwed =
    messageId < state.judgedBefore
      ? !isExcused && !isUnproven(row)
      : deliveredAt !== null && !isOnTime;
  if (!isOnTime && (row['late'] === 1 || isOwed)) add(counts, LATE);
}

/** Delivered, and no attempt says so: the audit names it, and its time is not known. */
function isUnproven(row: Row): boolean {
  return integer(row, 'state') === stateCode.delivered && row['delivered_at'] === null;
}

function add(counts: Counts, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function keyOfRow(row: Row): string {
  return keyOf(
    integer(row, 'at'),
    integer(row, 'endpoint_id'),
    integer(row, 'app_id'),
    text(row, 'event_type'),
  );
}

function keyOf(at: number, endpointId: number, appId: number, eventType: string): string {
  return `${at} ${endpointId} ${appId} ${eventType}`;
}

function minuteOfKey(key: string): number {
  return Number(key.slice(0, key.indexOf(' ')));
}

function fromKey(key: string): Omit<SliDifference, 'count' | 'counted' | 'recounted'> {
  const [at, endpointId, appId, ...eventType] = key.split(' ');
  return {
    at: Number(at),
    endpointId: Number(endpointId),
    appId: Number(appId),
    eventType: eventType.join(' '),
  };
}
