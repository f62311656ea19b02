import { Type } from 'typebox';
import { dateTime } from './field-shapes.ts';
import { recordOf } from './record-of.ts';
import { PageQuery } from './page-shapes.ts';

export const DeliveryOut = Type.Object({
  msgId: Type.String(),
  endpointId: Type.String(),
  eventType: Type.Optional(Type.String()),
  state: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
  attempts: Type.Integer(),
  nextAttempt: Type.Union([dateTime, Type.Null()]),
  lastOutcome: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  lastStatusCode: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
});

export const ActOut = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  actor: Type.String(),
  reason: Type.String(),
  at: dateTime,
  perSecond: Type.Union([Type.Integer(), Type.Null()]),
  done: Type.Boolean(),
  touched: Type.Integer(),
  states: Type.Optional(recordOf(Type.Integer())),
});

export const ReplayOut = Type.Object({ act: Type.String() });

const reason = Type.String({ minLength: 1, maxLength: 1024 });

export const ReasonIn = Type.Object({ reason });
const Wanted = Type.Object({
  endpointId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  deadReason: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  since: Type.Optional(dateTime),
  until: Type.Optional(dateTime),
});
export const RedriveIn = Type.Object({
  ...Wanted.properties,
  reason: Type.Optional(reason),
  perSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});
export const CancelManyIn = Type.Object({ ...Wanted.properties, reason });

export const DeadLetterQuery = Type.Object({
  ...PageQuery.properties,
  endpoint_id: Type.Optional(Type.String({ maxLength: 256 })),
  reason: Type.Optional(Type.String({ maxLength: 64 })),
  since: Type.Optional(dateTime),
  until: Type.Optional(dateTime),
});
