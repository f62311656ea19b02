import { Type } from 'typebox';
import { eventTypeValueUnits, valuePathBounds } from '../change/index.ts';
import { dateTime, eventType } from './field-shapes.ts';
import { currency, identifier } from './patterned.ts';
import { recordOf } from './record-of.ts';
import { OrderedPageQuery } from './page-shapes.ts';

const eventTypeDescription = Type.String({ maxLength: 4096 });
const featureFlag = Type.Union([identifier(256, 'early-access'), Type.Null()]);
const schemas = Type.Union([
  recordOf(recordOf(Type.Unknown()), { maxProperties: 64, maxNameLength: 64 }),
  Type.Null(),
]);

const valuePath = Type.String({
  minLength: 1,
  maxLength: valuePathBounds.length,
  description: 'JSON Pointer (RFC 6901) into the payload, such as /data/amount.',
});

/** Ours: where a payload says what its message is worth. */
const eventTypeValue = Type.Union([
  Type.Object({
    path: valuePath,
    currency: Type.Optional(Type.Union([currency, Type.Null()])),
    currencyPath: Type.Optional(Type.Union([valuePath, Type.Null()])),
    unit: Type.Union(eventTypeValueUnits.map((unit) => Type.Literal(unit))),
  }),
  Type.Null(),
]);

export const EventTypeUpdate = Type.Object({
  description: eventTypeDescription,
  archived: Type.Optional(Type.Boolean()),
  deprecated: Type.Optional(Type.Boolean()),
  featureFlag: Type.Optional(featureFlag),
  schemas: Type.Optional(schemas),
  value: Type.Optional(eventTypeValue),
});
export const EventTypeIn = Type.Object({ name: eventType, ...EventTypeUpdate.properties });
export const EventTypePatch = Type.Partial(EventTypeUpdate);
export const EventTypeOut = Type.Object({
  name: Type.String(),
  description: Type.String(),
  archived: Type.Boolean(),
  deprecated: Type.Boolean(),
  featureFlag: Type.Optional(featureFlag),
  schemas: Type.Optional(schemas),
  value: Type.Optional(eventTypeValue),
  createdAt: dateTime,
  updatedAt: dateTime,
});
/** An endpoint that takes an event type. */
export const ReceiverOut = Type.Object({
  appId: Type.String(),
  appName: Type.String(),
  endpointId: Type.String(),
  /** Its description; its URL where it has none. */
  name: Type.String(),
  disabled: Type.Boolean(),
  /** It takes every event type, this one included. */
  takesAll: Type.Boolean(),
  /** Only messages with one of these; null: all. */
  channels: Type.Union([Type.Array(Type.String()), Type.Null()]),
  /** The version that its payloads are made for; null: none is pinned. */
  version: Type.Union([Type.String(), Type.Null()]),
});
export const EventTypeExampleOut = Type.Object({
  /** null: it has no schema, and the example is empty. */
  version: Type.Union([Type.String(), Type.Null()]),
  payload: recordOf(Type.Unknown()),
});
export const EventTypesQuery = Type.Object({
  ...OrderedPageQuery.properties,
  include_archived: Type.Optional(Type.Boolean()),
  with_content: Type.Optional(Type.Boolean()),
});
