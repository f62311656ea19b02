import type { StatementSync } from 'node:sqlite';

import { sliLatencyMs, type SliCounts } from '../sli.ts';
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

export const tableOf = { minute: 'sli_minute', hour: 'sli_hour', day: 'sli_day' } as const;
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

export function countsOf(row: Row): SliCounts {
  return {
    accepted: integer(row, 'accepted'),
    cancelled: integer(row, 'cancelled'),
    dead: integer(row, 'dead'),
    onTime: integer(row, 'on_time'),
    late: integer(row, 'late'),
    firstOk: integer(row, 'first_ok'),
    firstBad: integer(row, 'first_bad'),
    latency: latencyColumns.map((name) => integer(row, name)),
  };
}
