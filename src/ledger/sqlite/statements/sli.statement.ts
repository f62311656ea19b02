import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  sliUnitMs,
  type SliCounts,
  type SliPage,
  type SliQuery,
  type SliRow,
  type SliSource,
  type SliUnit,
} from '../../contract/sli.ts';
import { integer, integerOrNull, textOrNull } from '../rows.ts';
import { sources } from '../sli-columns.ts';
import { prepareSliState } from '../sli-state.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;

/** Minutes, hours or days that one call looks at. */
const MOST_SLOTS = 1500;
/** A call ends with the minute (hour, day) that brings it to so many rows. */
const MOST_ROWS = 5000;

/**
 * Sums of one minute (hour, day) after the other, each a range of the table's key: of one endpoint a step in the key, of
 * one application or event type a look through that minute's rows.
 */
export function prepareSli(database: DatabaseSync): (query: SliQuery) => SliPage {
  const walks = {
    deliveries: prepareWalkOf(database, 'deliveries'),
    lanes: prepareWalkOf(database, 'lanes'),
  };
  return (query) => walks[query.of ?? 'deliveries'](query);
}

function prepareWalkOf(database: DatabaseSync, source: SliSource): (query: SliQuery) => SliPage {
  const { tables, columns, countsOf } = sources[source];
  const walk = prepareSlotWalk(database, tables);
  const sums = columns.map((name) => `sum(${name}) AS ${name}`);
  return (query) => walk(query, [], sums, (at, row) => ({ ...groupOf(at, row), ...countsOf(row) }));
}

type Walk = <Item>(
  query: SliQuery,
  /** Columns that rows are kept apart by, beside what the query asks for. */
  apart: readonly string[],
  sums: readonly string[],
  itemOf: (at: number, row: Row) => Item,
) => { readonly rows: readonly Item[]; readonly nextAt: number | null };

export function prepareSlotWalk(
  database: DatabaseSync,
  tables: Readonly<Record<SliUnit, string>>,
): Walk {
  const states = prepareSliState(database);
  const prepared = new Map<string, StatementSync>();
  const statementOf = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return <Item>(
    query: SliQuery,
    apart: readonly string[],
    sums: readonly string[],
    itemOf: (at: number, row: Row) => Item,
  ) => {
    const { unit, beforeAt, groupBy } = query;
    const state = states.read();
    const keptFrom = { minute: state.minutesFrom, hour: state.hoursFrom, day: 0 }[unit];
    const isOfLanes = query.of === 'lanes';
    const table = tables[unit];
    const next = statementOf(`SELECT min(at) AS at FROM ${table} WHERE at >= ? AND at < ?`);
    const conditions = ['at = ?'];
    const values: SQLInputValue[] = [];
    const where = (column: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return;
      conditions.push(`${column} = ?`);
      values.push(value);
    };
    where('endpoint_id', query.endpointId);
    where('app_id', query.appId);
    if (!isOfLanes) where('event_type', query.eventType);
    const groups = groupBy
      .filter((group) => !isOfLanes || group !== 'event_type')
      .map((group): string => GROUP_COLUMNS[group])
      .concat(apart);
    const grouping = groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`;
    const statement = statementOf(
      `SELECT ${[...groups, ...sums, 'count(*) AS n'].join(', ')} FROM ${table} WHERE ${conditions.join(' AND ')} ${grouping}`,
    );
    const rows: Item[] = [];
    let at = Math.max(query.fromAt, keptFrom);
    for (let slots = 0; slots < MOST_SLOTS && rows.length < MOST_ROWS; slots += 1) {
      const found = next.get(at, beforeAt);
      const slotAt = found === undefined ? null : integerOrNull(found, 'at');
      if (slotAt === null) return { rows, nextAt: null };
      for (const row of statement.iterate(slotAt, ...values)) {
        if (integer(row, 'n') > 0) rows.push(itemOf(slotAt, row));
      }
      at = slotAt + sliUnitMs[unit];
    }
    return { rows, nextAt: at < beforeAt ? at : null };
  };
}

const GROUP_COLUMNS = { app: 'app_id', endpoint: 'endpoint_id', event_type: 'event_type' } as const;

/** What a row is the sum of. */
export function groupOf(at: number, row: Row): Omit<SliRow, keyof SliCounts> {
  return {
    at,
    appId: 'app_id' in row ? integerOrNull(row, 'app_id') : null,
    endpointId: 'endpoint_id' in row ? integerOrNull(row, 'endpoint_id') : null,
    eventType: 'event_type' in row ? textOrNull(row, 'event_type') : null,
  };
}
