import { fault, type HoldfastError } from '../core/index.ts';
import type { DeliveryState } from '../ledger/index.ts';

/** What the API answers, read once from `unknown`. Fields that the commands do not use are left out. */
export type ActAnswer = {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
  readonly perSecond: number | null;
  /** All that the act meant is touched; what it touched may still be under way. */
  readonly done: boolean;
  readonly touched: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
};

export type DeliveryAnswer = {
  readonly msgId: string;
  readonly endpointId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly nextAttempt: string | null;
};

export type DeadLetterAnswer = DeliveryAnswer & {
  readonly eventType: string;
  readonly lastOutcome: string | null;
  readonly lastStatusCode: number | null;
};

export type AttemptAnswer = {
  readonly id: string;
  readonly msgId: string;
  readonly endpointId: string;
  readonly timestamp: string;
  readonly outcome: string;
  readonly responseStatusCode: number;
  readonly responseDurationMs: number;
  readonly response: string;
  readonly detail: string | null;
};

export type MessageAnswer = {
  readonly id: string;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly timestamp: string;
};

export type PageAnswer<Item> = {
  readonly data: readonly Item[];
  readonly done: boolean;
  readonly iterator: string | null;
};

export type Fields = Readonly<Record<string, unknown>>;

export function readAct(value: unknown): ActAnswer {
  const act = fieldsOf(value);
  const states = fieldsOf(act['states']);
  return {
    id: text(act, 'id'),
    kind: text(act, 'kind'),
    actor: text(act, 'actor'),
    reason: text(act, 'reason'),
    at: text(act, 'at'),
    perSecond: orNull(number, act, 'perSecond'),
    done: boolean(act, 'done'),
    touched: number(act, 'touched'),
    states: mapStates((state) => number(states, state)),
  };
}

export function readDelivery(value: unknown): DeliveryAnswer {
  const delivery = fieldsOf(value);
  return {
    msgId: text(delivery, 'msgId'),
    endpointId: text(delivery, 'endpointId'),
    state: text(delivery, 'state'),
    reason: orNull(text, delivery, 'reason'),
    attempts: number(delivery, 'attempts'),
    nextAttempt: orNull(text, delivery, 'nextAttempt'),
  };
}

export function readDeadLetter(value: unknown): DeadLetterAnswer {
  const delivery = fieldsOf(value);
  return {
    ...readDelivery(value),
    eventType: text(delivery, 'eventType'),
    lastOutcome: orNull(text, delivery, 'lastOutcome'),
    lastStatusCode: orNull(number, delivery, 'lastStatusCode'),
  };
}

export function readAttempt(value: unknown): AttemptAnswer {
  const attempt = fieldsOf(value);
  return {
    id: text(attempt, 'id'),
    msgId: text(attempt, 'msgId'),
    endpointId: text(attempt, 'endpointId'),
    timestamp: text(attempt, 'timestamp'),
    outcome: text(attempt, 'outcome'),
    responseStatusCode: number(attempt, 'responseStatusCode'),
    responseDurationMs: number(attempt, 'responseDurationMs'),
    response: text(attempt, 'response'),
    detail: orNull(text, attempt, 'detail'),
  };
}

export function readMessage(value: unknown): MessageAnswer {
  const message = fieldsOf(value);
  return {
    id: text(message, 'id'),
    eventType: text(message, 'eventType'),
    eventId: orNull(text, message, 'eventId'),
    timestamp: text(message, 'timestamp'),
  };
}

/** One text of an answer, such as the id of what was just created. */
export function readText(value: unknown, name: string): string {
  return text(fieldsOf(value), name);
}

export function readPage<Item>(
  value: unknown,
  readItem: (item: unknown) => Item,
): PageAnswer<Item> {
  const page = fieldsOf(value);
  return {
    data: items(page, 'data').map(readItem),
    done: boolean(page, 'done'),
    iterator: orNull(text, page, 'iterator'),
  };
}

/** A record with an entry for each state of a delivery. */
export function mapStates<Value>(
  valueOf: (state: DeliveryState) => Value,
): Readonly<Record<DeliveryState, Value>> {
  // By name: the ledger's own list would bring the whole ledger into every command.
  return {
    scheduled: valueOf('scheduled'),
    in_flight: valueOf('in_flight'),
    delivered: valueOf('delivered'),
    dead: valueOf('dead'),
    cancelled: valueOf('cancelled'),
  };
}

export function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw unexpected('object');
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw unexpected(name);
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === 'number') return value;
  throw unexpected(name);
}

export function items(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value)) return value;
  throw unexpected(name);
}

export function boolean(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  throw unexpected(name);
}

export function orNull<Value>(
  read: (fields: Fields, name: string) => Value,
  fields: Fields,
  name: string,
): Value | null {
  return fields[name] === undefined || fields[name] === null ? null : read(fields, name);
}

function unexpected(field: string): HoldfastError {
  return fault('service_unreachable', {
    field,
    detail: `The answer has another form than this holdfast knows ("${field}"). Use the same version for command line and service.`,
  });
}
