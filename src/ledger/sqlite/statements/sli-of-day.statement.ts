import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SliDayQuery } from '../../contract/sli.ts';
import { sliUnitMs } from '../../contract/sli.ts';
import { ageTableOf, tableOf } from '../sli-columns.ts';
import { outcomesOf } from './sli-outcomes.statement.ts';

const ROLLED_AT = 'ifnull((SELECT rolled_at FROM sli_state WHERE id = 1), 0)';
const ROLLED_ENDPOINT = 'ifnull((SELECT rolled_endpoint FROM sli_state WHERE id = 1), 0)';

/**
 * A range of the key of days, and of the minutes that are in no day yet: in one statement, as minutes are moved into
 * days beside it. Without endpoints what has no bad outcome is skipped where it lies; with them each is a step in the key.
 * Looks at lanes are in their day at once.
 */
export function prepareSliOfDay(database: DatabaseSync): (query: SliDayQuery) => readonly number[] {
  const prepared = new Map<string, StatementSync>();
  const statementOf = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    prepared.set(sql, statement);
    return statement;
  };
  return (query) => {
    const { indicator, dayAt, endpointIds, eventTypes } = query;
    const [good, bad] = outcomesOf(query);
    const ofEndpoints =
      endpointIds === undefined ? `${bad} > 0` : 'endpoint_id IN (SELECT value FROM json_each(?3))';
    const ofTypes =
      indicator === 'freshness' || eventTypes === undefined
        ? ''
        : 'AND event_type IN (SELECT value FROM json_each(?4))';
    const rows = (table: string, where: string): string =>
      `SELECT endpoint_id, app_id, ${good} AS good, ${bad} AS bad FROM ${table}
       WHERE ${where} AND ${ofEndpoints} ${ofTypes}`;
    const isOfLanes = indicator === 'freshness';
    const days = rows(isOfLanes ? ageTableOf.day : tableOf.day, 'at = ?1 AND at < ?2');
    const minutes = rows(
      tableOf.minute,
      `at >= max(?1, ${ROLLED_AT}) AND at < ?2 AND (at, endpoint_id) >= (${ROLLED_AT}, ${ROLLED_ENDPOINT})`,
    );
    const all = isOfLanes ? days : `${days} UNION ALL ${minutes}`;
    const statement = statementOf(
      `SELECT endpoint_id, app_id, sum(good), sum(bad) FROM (${all}) GROUP BY endpoint_id, app_id`,
    );
    const values: (number | string)[] = [dayAt, dayAt + sliUnitMs.day];
    if (endpointIds !== undefined || ofTypes !== '') values.push(JSON.stringify(endpointIds ?? []));
    if (ofTypes !== '') values.push(JSON.stringify(eventTypes));
    const found = statement.all(...values);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns above, as STRICT tables hold them
    return (found as unknown as readonly number[][]).flat();
  };
}
