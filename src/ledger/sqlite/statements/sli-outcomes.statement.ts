import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SliOutcomesPage, SliOutcomesQuery } from '../../sli.ts';
import { sliAgeMs, sliUnitMs } from '../../sli.ts';
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
  return (query) => {
    const state = states.read();
    const keptFrom = { minute: state.minutesFrom, hour: state.hoursFrom, day: 0 }[query.unit];
    const after = query.after ?? [Math.max(query.fromAt, keptFrom), 0, 0, ''];
    const isOneSlot = query.beforeAt <= after[0] + sliUnitMs[query.unit];
    const flat: (number | string)[] = [];
    const sums = new Map<string, (number | string)[]>();
    let rows = 0;
    let next: SliOutcomesPage['next'] = null;
    for (const row of statementOf(query).iterate(...after, query.beforeAt)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns above, as STRICT tables hold them
      const [at, endpointId, appId, eventType, good, bad] = row as unknown as Row;
      rows += 1;
      if (rows === MOST_ROWS) next = [at, endpointId, appId, eventType];
      if (good + bad === 0) continue;
      if (isOneSlot) {
        flat.push(endpointId, appId, eventType, good, bad);
        continue;
      }
      const key = `${endpointId} ${appId} ${eventType}`;
      const known = sums.get(key);
      if (known === undefined) sums.set(key, [endpointId, appId, eventType, good, bad]);
      else {
        known[3] = Number(known[3]) + good;
        known[4] = Number(known[4]) + bad;
      }
    }
    return { sums: isOneSlot ? flat : [...sums.values()].flat(), next };
  };
}

function ofDeliveries({ unit, indicator }: SliOutcomesQuery): string {
  const [good, bad] = COLUMNS[indicator === 'on_time' ? indicator : 'first_attempt'];
  return `SELECT at, endpoint_id, app_id, event_type, ${good}, ${bad} FROM ${tableOf[unit]}
     WHERE (at, endpoint_id, app_id, event_type) > (?, ?, ?, ?) AND at < ? LIMIT ${MOST_ROWS}`;
}

function ofLanes({ unit, deadlineMs = 0 }: SliOutcomesQuery): string {
  const isGood = (_: unknown, nth: number): boolean => (sliAgeMs[nth] ?? Infinity) <= deadlineMs;
  const good = ageColumns.filter(isGood);
  const bad = ageColumns.filter((_, nth) => !isGood(_, nth));
  return `SELECT at, endpoint_id, app_id, '', ${['0', ...good].join(' + ')}, ${['0', ...bad].join(' + ')}
     FROM ${ageTableOf[unit]} WHERE (at, endpoint_id, app_id, '') > (?, ?, ?, ?) AND at < ? LIMIT ${MOST_ROWS}`;
}

type Row = [
  at: number,
  endpointId: number,
  appId: number,
  eventType: string,
  good: number,
  bad: number,
];
