import type { StatementSync } from 'node:sqlite';
import {
  deliveryStates,
  type DeliveryState,
  attemptTriggers,
  type AttemptTrigger,
} from '../records.ts';

/** Columns as numbers and texts: the codes of migrations/001-spine.ts and readers that refuse a wrong type. */
export const stateCode = {
  scheduled: 0,
  in_flight: 1,
  delivered: 2,
  dead: 3,
  cancelled: 4,
} as const satisfies Record<DeliveryState, number>;
export const triggerCode = { scheduled: 0, manual: 1 } as const satisfies Record<
  AttemptTrigger,
  number
>;

type Row = NonNullable<ReturnType<StatementSync['get']>>;

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw wrongType(column, 'integer', value);
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw wrongType(column, 'text', value);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function stateOf(row: Row, column = 'state'): DeliveryState {
  const state = deliveryStates[integer(row, column)];
  if (state === undefined) throw wrongType(column, 'state', row[column]);
  return state;
}

export function triggerOf(row: Row): AttemptTrigger {
  const trigger = attemptTriggers[integer(row, 'trigger')];
  if (trigger === undefined) throw wrongType('trigger', 'trigger', row['trigger']);
  return trigger;
}

/** A JSON array of one kind of value, written by Holdfast itself. */
export function stringsOrNull(row: Row, column: string): readonly string[] | null {
  const json = textOrNull(row, column);
  if (json === null) return null;
  const values: unknown = JSON.parse(json);
  if (Array.isArray(values) && values.every((value) => typeof value === 'string')) return values;
  throw wrongType(column, 'array of texts', json);
}

export function numbers(row: Row, column: string): readonly number[] {
  const values: unknown = JSON.parse(text(row, column));
  if (Array.isArray(values) && values.every((value) => typeof value === 'number')) return values;
  throw wrongType(column, 'array of integers', row[column]);
}

function wrongType(column: string, wanted: string, value: unknown): Error {
  return new TypeError(
    `ledger column ${column} should hold ${wanted}, not ${JSON.stringify(value)}`,
  );
}
