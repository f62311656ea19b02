import { Type } from 'typebox';
import { ApplicationIn } from './application-shapes.ts';
import {
  count,
  dateTime,
  eightLabels,
  eventId,
  eventType,
  fiveLabels,
  uid,
} from './field-shapes.ts';
import { currency } from './patterned.ts';
import { recordOf } from './record-of.ts';
import { PageQuery } from './page-shapes.ts';

/** Ours: what a message is worth. */
const messageValue = Type.Object({
  amount: Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Minor units of the currency, such as cents.',
  }),
  currency,
});

export const MessageIn = Type.Object({
  eventType,
  payload: recordOf(Type.Unknown()),
  eventId: Type.Optional(eventId),
  channels: Type.Optional(Type.Union([fiveLabels, Type.Null()])),
  tags: Type.Optional(Type.Union([eightLabels, Type.Null()])),
  payloadRetentionPeriod: Type.Optional(Type.Integer({ minimum: 5, maximum: 90 })),
  transformationsParams: Type.Optional(
    Type.Union([
      Type.Object({
        rawPayload: Type.Optional(Type.String()),
        headers: Type.Optional(recordOf(Type.String())),
      }),
      Type.Null(),
    ]),
  ),
  application: Type.Optional(Type.Union([ApplicationIn, Type.Null()])),
  value: Type.Optional(Type.Union([messageValue, Type.Null()])),
});

export const MessageOut = Type.Object({
  id: Type.String(),
  eventId: Type.Optional(uid),
  eventType,
  channels: Type.Optional(Type.Union([fiveLabels, Type.Null()])),
  tags: Type.Optional(Type.Union([eightLabels, Type.Null()])),
  payload: recordOf(Type.Unknown()),
  value: Type.Optional(messageValue),
  timestamp: dateTime,
});

export const WithContent = Type.Object({ with_content: Type.Optional(Type.Boolean()) });

/** A list may come as repeated parameters or as one with commas. */
const eventTypesFilter = Type.Union([
  Type.String({ maxLength: 16_384 }),
  Type.Array(Type.String({ maxLength: 256 }), { maxItems: 512 }),
]);

const messageFilters = {
  event_types: Type.Optional(eventTypesFilter),
  channel: Type.Optional(Type.String({ maxLength: 128 })),
  tag: Type.Optional(Type.String({ maxLength: 128 })),
  before: Type.Optional(dateTime),
  after: Type.Optional(dateTime),
};

export const MessagesQuery = Type.Object({
  ...PageQuery.properties,
  ...WithContent.properties,
  ...messageFilters,
});

const status = Type.Integer({ minimum: 0, maximum: 3 });

export const EndpointMessagesQuery = Type.Object({
  ...MessagesQuery.properties,
  status: Type.Optional(status),
});

const statusText = Type.Union([
  Type.Literal('success'),
  Type.Literal('pending'),
  Type.Literal('fail'),
  Type.Literal('sending'),
]);
const nextAttempt = Type.Optional(Type.Union([dateTime, Type.Null()]));

export const EndpointMessageOut = Type.Object({
  ...MessageOut.properties,
  status,
  statusText,
  nextAttempt,
});

export const MessageEndpointOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  url: Type.String(),
  description: Type.String(),
  disabled: Type.Optional(Type.Boolean()),
  createdAt: dateTime,
  updatedAt: dateTime,
  status,
  statusText,
  nextAttempt,
});

export const BatchOut = Type.Object({
  data: Type.Array(
    Type.Object({
      status: Type.Integer(),
      id: Type.Optional(Type.String()),
      eventId: Type.Optional(uid),
      code: Type.Optional(Type.String()),
      detail: Type.Optional(Type.String()),
      field: Type.Optional(Type.String()),
    }),
  ),
  accepted: count,
  isWhole: Type.Boolean(),
});

export const SendExampleIn = Type.Object({ eventType });
