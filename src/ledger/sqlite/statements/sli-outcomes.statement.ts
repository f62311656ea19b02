import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SliOutcomesCursor, SliOutcomesPage, SliOutcomesQuery } from '../../contract/sli.ts';
import { sliAgeMs, sliUnitMs } from '../../contract/sli.ts';
import { ageColumns, ageTableOf, tableOf } from '../sli-columns.ts';
import { prepareSliState } from '../sli-state.ts';

/** Rows that one call walks: about 20 ms. */
const MOST_ROWS = 10_000;
const COLUMNS = { on_time: ['on_time', 'late'], first_attempt: ['first_ok', 'first_bad'] } as const;

/** A walk along the table's key, so that every page costs the same; summed here, as rows cost more to send than to read. */
export function prepareSliOutcomes(
  database: DatabaseSync,
): (query: SliOutcomesQuery) => SliOutcomesPage {
  const states = prepareSliState(database);
  const prepared = new Map<string, StatementSync>();
  const statementOf = (query: SliOutcomesQuery): StatementSync => {
    const sql = query.indicator === 'freshness' ? ofLanes(query) : ofDeliveries(query);
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    prepared.set(sql, statement);
    return statement;
  };
  const rowsOf = (query: SliOutcomesQuery, after: SliOutcomesCursor): Row[] => {
    const statement = statementOf(query);
    const rows = isOneSlot(query)
      ? statement.all(query.fromAt, after[1], after[2], after[3])
      : statement.all(...after, query.beforeAt);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns below, as STRICT tables hold them
    return rows as unknown as Row[];
  };
  return (query) => {
    const state = states.read();
    const keptFrom = { minute: state.minutesFrom, hour: state.hoursFrom, day: 0 }[query.unit];
    if (query.beforeAt <= keptFrom) return { sums: [], next: null };
    const after = query.after ?? [Math.max(query.fromAt, keptFrom), 0, 0, ''];
    const rows = rowsOf(query, after);
    const last = rows.length === MOST_ROWS ? rows.at(-1) : undefined;
    return {
      sums: isOneSlot(query) ? flatOf(rows) : addedUp(rows),
      next: last === undefined ? null : [last[0], last[1], last[2], last[3]],
    };
  };
}

/** A row is a sum already. */
function flatOf(rows: readonly Row[]): readonly (number | string)[] {
  const flat: (number | string)[] = [];
  for (const [, endpointId, appId, eventType, good, bad] of rows) {
    if (good + bad !== 0) flat.push(endpointId, appId, eventType, good, bad);
  }
  return flat;
}

/** Into the first row of each endpoint, application and event type. */
function addedUp(rows: readonly Row[]): readonly (number | string)[] {
  const sums = new Map<number, Row[]>();
  for (const row of rows) {
    if (row[4] + row[5] === 0) continue;
    const ofEndpoint = sums.get(row[1]);
    if (ofEndpoint === undefined) {
      sums.set(row[1], [row]);
      continue;
    }
    const sum = ofEndpoint.find((one) => one[3] === row[3] && one[2] === row[2]);
    if (sum === undefined) ofEndpoint.push(row);
    else {
      sum[4] += row[4];
      sum[5] += row[5];
    }
  }
  return flatOf([...sums.values()].flat());
}

/** Then a row need not be compared by its time. */
function isOneSlot({ unit, fromAt, beforeAt }: SliOutcomesQuery): boolean {
  return beforeAt - fromAt === sliUnitMs[unit] && fromAt % sliUnitMs[unit] === 0;
}

function whereOf(query: SliOutcomesQuery, type: string): string {
  const where = isOneSlot(query)
    ? `at = ? AND (endpoint_id, app_id, ${type}) > (?, ?, ?)`
    : `(at, endpoint_id, app_id, ${type}) > (?, ?, ?, ?) AND at < ?`;
  return `WHERE ${where} ORDER BY at, endpoint_id LIMIT ${MOST_ROWS}`;
}

/** What is added up as good and as bad, as SQL. */
export function outcomesOf({
  indicator,
  deadlineMs = 0,
}: Pick<SliOutcomesQuery, 'indicator' | 'deadlineMs'>): readonly [good: string, bad: string] {
  if (indicator !== 'freshness') return COLUMNS[indicator];
  const isGood = (_: unknown, nth: number): boolean => (sliAgeMs[nth] ?? Infinity) <= deadlineMs;
  const good = ageColumns.filter(isGood);
  const bad = ageColumns.filter((_, nth) => !isGood(_, nth));
  return [`(${['0', ...good].join(' + ')})`, `(${['0', ...bad].join(' + ')})`];
}

function ofDeliveries(query: SliOutcomesQuery): string {
  const { unit } = query;
  const [good, bad] = outcomesOf(query);
  return `SELECT at, endpoint_id, app_id, event_type, ${good}, ${bad} FROM ${tableOf[unit]} ${whereOf(query, 'event_type')}`;
}

function ofLanes(query: SliOutcomesQuery): string {
  const { unit } = query;
  const [good, bad] = outcomesOf(query);
  return `SELECT at, endpoint_id, app_id, '', ${good}, ${bad} FROM ${ageTableOf[unit]} ${whereOf(query, "''")}`;
}

type Row = [
  at: number,
  endpointId: number,
  appId: number,
  eventType: string,
  good: number,
  bad: number,
];
