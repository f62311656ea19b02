import { Type, type TSchema } from 'typebox';

/** Fields as Svix's API has them, so that its clients work unchanged; what is ours is said. */
const IDENTIFIER = '^[a-zA-Z0-9\\-_.]+$';

const uid = Type.Union([
  Type.String({ minLength: 1, maxLength: 256, pattern: IDENTIFIER }),
  Type.Null(),
]);
const metadata = Type.Record(Type.String({ maxLength: 256 }), Type.String({ maxLength: 4096 }), {
  maxProperties: 64,
});
const throttleRate = Type.Union([Type.Integer({ minimum: 1, maximum: 65_535 }), Type.Null()]);
const eventType = Type.String({ minLength: 1, maxLength: 256, pattern: IDENTIFIER });
const label = Type.String({ minLength: 1, maxLength: 128, pattern: IDENTIFIER });
const tenLabels = Type.Array(label, { minItems: 1, maxItems: 10, uniqueItems: true });
const fiveLabels = Type.Array(label, { minItems: 1, maxItems: 5, uniqueItems: true });
const eightLabels = Type.Array(label, { minItems: 1, maxItems: 8, uniqueItems: true });
const dateTime = Type.String({ format: 'date-time' });

export const ApplicationIn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 256 }),
  uid: Type.Optional(uid),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
});

export const ApplicationOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  name: Type.String(),
  metadata,
  throttleRate: Type.Optional(throttleRate),
  createdAt: dateTime,
  updatedAt: dateTime,
});

export const EndpointIn = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 65_536 }),
  uid: Type.Optional(uid),
  description: Type.Optional(Type.String({ maxLength: 4096 })),
  disabled: Type.Optional(Type.Boolean()),
  eventTypes: Type.Optional(
    Type.Union([
      Type.Array(eventType, { minItems: 1, maxItems: 512, uniqueItems: true }),
      Type.Null(),
    ]),
  ),
  channels: Type.Optional(Type.Union([tenLabels, Type.Null()])),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
  secret: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
});

export const EndpointOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  url: Type.String(),
  description: Type.String(),
  disabled: Type.Boolean(),
  eventTypes: Type.Optional(Type.Union([Type.Array(eventType), Type.Null()])),
  channels: Type.Optional(Type.Union([tenLabels, Type.Null()])),
  metadata,
  throttleRate: Type.Optional(throttleRate),
  createdAt: dateTime,
  updatedAt: dateTime,
});

export const EndpointSecretOut = Type.Object({ key: Type.String() });

export const MessageIn = Type.Object({
  eventType,
  payload: Type.Record(Type.String(), Type.Unknown()),
  eventId: Type.Optional(uid),
  channels: Type.Optional(Type.Union([fiveLabels, Type.Null()])),
  tags: Type.Optional(Type.Union([eightLabels, Type.Null()])),
  payloadRetentionPeriod: Type.Optional(Type.Integer({ minimum: 5, maximum: 90 })),
});

export const MessageOut = Type.Object({
  id: Type.String(),
  eventId: Type.Optional(uid),
  eventType,
  channels: Type.Optional(Type.Union([fiveLabels, Type.Null()])),
  tags: Type.Optional(Type.Union([eightLabels, Type.Null()])),
  payload: Type.Record(Type.String(), Type.Unknown()),
  timestamp: dateTime,
});

export const AttemptOut = Type.Object({
  id: Type.String(),
  endpointId: Type.String(),
  msgId: Type.String(),
  url: Type.String(),
  response: Type.String(),
  responseStatusCode: Type.Integer(),
  responseDurationMs: Type.Integer(),
  status: Type.Integer(),
  statusText: Type.String(),
  triggerType: Type.Integer(),
  timestamp: dateTime,
  /** Ours: the class of the outcome, and what went wrong where there was no answer. */
  outcome: Type.String(),
  detail: Type.Union([Type.String(), Type.Null()]),
});

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
  states: Type.Optional(Type.Record(Type.String(), Type.Integer())),
});

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

export const ErrorOut = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  field: Type.Optional(Type.String()),
});

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
  iterator: Type.Optional(Type.Union([Type.String({ maxLength: 256 }), Type.Null()])),
});

export const DeadLetterQuery = Type.Object({
  ...PageQuery.properties,
  endpoint_id: Type.Optional(Type.String({ maxLength: 256 })),
  reason: Type.Optional(Type.String({ maxLength: 64 })),
  since: Type.Optional(dateTime),
  until: Type.Optional(dateTime),
});

export function listOf(item: TSchema): TSchema {
  return Type.Object({
    data: Type.Array(item),
    done: Type.Boolean(),
    iterator: Type.Union([Type.String(), Type.Null()]),
    prevIterator: Type.Union([Type.String(), Type.Null()]),
  });
}
