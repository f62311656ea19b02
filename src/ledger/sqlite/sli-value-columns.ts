import type { SliValues } from '../contract/sli.ts';
import { integer } from './rows.ts';

type Row = Parameters<typeof integer>[0];

export const valueColumns = [
  'accepted',
  'cancelled',
  'dead',
  'delivered',
  'late',
  'delayed',
  'lost',
] as const satisfies readonly (keyof SliValues)[];

export const valueTableOf = {
  minute: 'sli_value_minute',
  hour: 'sli_value_hour',
  day: 'sli_value_day',
} as const;
export const VALUE_KEY = 'at, endpoint_id, app_id, event_type, currency';

/** A sum that came so far stays there: nothing that a payload says may make a commit fail, and no ledger counts on. */
export const MOST_VALUE = Number.MAX_SAFE_INTEGER;

/** What an upsert does where the row is there. */
export function addingValues(columns: readonly string[]): string {
  return columns
    .map(
      (name) =>
        `${name} = iif(${name} < ${MOST_VALUE}, min(${name} + excluded.${name}, ${MOST_VALUE}), ${MOST_VALUE})`,
    )
    .join(', ');
}

/** The same in memory, where a difference may be as large downwards. */
export function addedValue(sum: number, value: number): number {
  const added = sum + value;
  return sum === MOST_VALUE || Math.abs(added) >= MOST_VALUE ? MOST_VALUE : added;
}

export function valuesOf(row: Row): SliValues {
  return {
    accepted: integer(row, 'accepted'),
    cancelled: integer(row, 'cancelled'),
    dead: integer(row, 'dead'),
    delivered: integer(row, 'delivered'),
    late: integer(row, 'late'),
    delayed: integer(row, 'delayed'),
    lost: integer(row, 'lost'),
  };
}
