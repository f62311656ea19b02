import type { StatementSync } from 'node:sqlite';

import {
  sliAgeMs,
  sliLatencyMs,
  type SliCounts,
  type SliSource,
  type SliUnit,
} from '../contract/sli.ts';
import { integer, timeOfIdSql } from './rows.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;

const MINUTE_MS = 60_000;

/** Places in an array of counts, as the columns follow each other. */
export const ACCEPTED = 0;
export const CANCELLED = 1;
export const DEAD = 2;
export const ON_TIME = 3;
export const LATE = 4;
export const FIRST_OK = 5;
export const FIRST_BAD = 6;
/** The first of the latency counts. */
const LATENCY = 7;

const latencyColumns = Array.from(
  { length: sliLatencyMs.length + 1 },
  (_, nth) => `latency_${nth}`,
);
export const countColumns: readonly string[] = [
  'accepted',
  'cancelled',
  'dead',
  'on_time',
  'late',
  'first_ok',
  'first_bad',
  ...latencyColumns,
];
export const noCounts: readonly number[] = countColumns.map(() => 0);

/** Counts of looks at lanes, in tables of their own. */
export const ageColumns: readonly string[] = Array.from(
  { length: sliAgeMs.length + 1 },
  (_, nth) => `age_${nth}`,
);

export const tableOf = { minute: 'sli_minute', hour: 'sli_hour', day: 'sli_day' } as const;
export const ageTableOf = {
  minute: 'freshness_minute',
  hour: 'freshness_hour',
  day: 'freshness_day',
} as const;
export const KEY = 'at, endpoint_id, app_id, event_type';

/** What an upsert does where the row is there. */
export function addingOf(columns: readonly string[]): string {
  return columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');
}

/** Which of the latency counts a time is in. */
export function latencyAt(latencyMs: number): number {
  let nth = 0;
  while (nth < sliLatencyMs.length && latencyMs > (sliLatencyMs[nth] ?? 0)) nth += 1;
  return LATENCY + nth;
}

export function minuteOf(at: number): number {
  return at - (at % MINUTE_MS);
}

/**
 * When an attempt ended, from its row alone: it began with its id, or, of a first one, after it had waited its time
 * from acceptance.
 */
export function endedAtSql(attempt: string): string {
  const began = timeOfIdSql(`${attempt}.id`);
  const waited = `${timeOfIdSql(`${attempt}.message_id`)} + ifnull(${attempt}.queued_ms, 0)`;
  return `(max(${began}, iif(${attempt}.nth = 1, ${waited}, 0)) + ${attempt}.duration_ms)`;
}

const none: SliCounts = {
  accepted: 0,
  cancelled: 0,
  dead: 0,
  onTime: 0,
  late: 0,
  firstOk: 0,
  firstBad: 0,
  latency: latencyColumns.map(() => 0),
  ages: ageColumns.map(() => 0),
};

/** Where a source is counted, and how its rows are read. */
export const sources: Readonly<
  Record<
    SliSource,
    {
      readonly tables: Readonly<Record<SliUnit, string>>;
      readonly columns: readonly string[];
      readonly countsOf: (row: Row) => SliCounts;
    }
  >
> = {
  deliveries: {
    tables: tableOf,
    columns: countColumns,
    countsOf: (row) => ({
      ...none,
      accepted: integer(row, 'accepted'),
      cancelled: integer(row, 'cancelled'),
      dead: integer(row, 'dead'),
      onTime: integer(row, 'on_time'),
      late: integer(row, 'late'),
      firstOk: integer(row, 'first_ok'),
      firstBad: integer(row, 'first_bad'),
      latency: latencyColumns.map((name) => integer(row, name)),
    }),
  },
  lanes: {
    tables: ageTableOf,
    columns: ageColumns,
    countsOf: (row) => ({ ...none, ages: ageColumns.map((name) => integer(row, name)) }),
  },
};
