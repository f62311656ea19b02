import type { StatementSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../core/index.ts';
import {
  attemptPhases,
  type AttemptPhase,
  type AttemptTiming,
  deliveryStates,
  type DeliveryState,
  attemptTriggers,
  type AttemptTrigger,
  type MessageValue,
} from '../records.ts';

/**
 * Scheduled, told apart in the file: again, by the retry policy. Retries and first attempts are ranges of their own in
 * `delivery_open`, so that a lane whose retry budget is spent finds its first attempts without walking the retries.
 */
export const RETRY = -1;

/**
 * Scheduled, of an event type that is paused: so much is taken off the code of both kinds of scheduled. They are ranges
 * of their own too, which no claim reads: a million of them cost the others of their lane nothing.
 */
export const PAUSED = 2;

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

/** The moment a column's id was made, as `timeOfId` says. */
export function timeOfIdSql(column: string): string {
  return `(${column} / ${idAt(timeOfId(0) + 1)} + ${timeOfId(0)})`;
}

export const phaseCode = {
  dns: 0,
  connect: 1,
  tls: 2,
  send: 3,
  first_byte: 4,
  last_byte: 5,
} as const satisfies Record<AttemptPhase, number>;

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

const scheduledCodes: readonly number[] = [
  stateCode.scheduled,
  RETRY,
  stateCode.scheduled - PAUSED,
  RETRY - PAUSED,
];

/** The codes of a state, for `IN (...)`. */
export function codesOf(states: readonly DeliveryState[]): string {
  return states
    .flatMap((state) => (state === 'scheduled' ? scheduledCodes : [stateCode[state]]))
    .join(', ');
}

/** What a message carries, from its row. */
export function valueOf(row: Row): MessageValue | null {
  const amount = integerOrNull(row, 'value');
  return amount === null ? null : { amount, currency: text(row, 'currency') };
}

export function stateOf(row: Row, column = 'state'): DeliveryState {
  const code = integer(row, column);
  const state = scheduledCodes.includes(code) ? 'scheduled' : deliveryStates[code];
  if (state === undefined) throw wrongType(column, 'state', row[column]);
  return state;
}

export function triggerOf(row: Row): AttemptTrigger {
  const trigger = attemptTriggers[integer(row, 'trigger')];
  if (trigger === undefined) throw wrongType('trigger', 'trigger', row['trigger']);
  return trigger;
}

/** Milliseconds as they are kept: whole microseconds. */
export function microseconds(durationMs: number | null): number | null {
  return durationMs === null ? null : Math.round(durationMs * 1000);
}

function milliseconds(row: Row, column: string): number | null {
  const value = integerOrNull(row, column);
  return value === null ? null : value / 1000;
}

export function timingOf(row: Row): AttemptTiming {
  const code = integerOrNull(row, 'failed_phase');
  return {
    queuedMs: integerOrNull(row, 'queued_ms'),
    dnsMs: milliseconds(row, 'dns_us'),
    connectMs: milliseconds(row, 'connect_us'),
    tlsMs: milliseconds(row, 'tls_us'),
    sentMs: milliseconds(row, 'send_us'),
    firstByteMs: milliseconds(row, 'first_byte_us'),
    lastByteMs: milliseconds(row, 'last_byte_us'),
    failedPhase: code === null ? null : (attemptPhases[code] ?? null),
  };
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
