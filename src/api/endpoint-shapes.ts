import { Type } from 'typebox';
import {
  count,
  dateTime,
  endpointUid,
  eventType,
  metadata,
  metadataOut,
  tenLabels,
  throttleRate,
  uid,
} from './field-shapes.ts';
import { recordOf } from './record-of.ts';

export const EndpointUpdate = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 65_536 }),
  /** Ours: another way to the same receiver, for when the usual one fails. Left out it stays as it is. */
  alternateUrl: Type.Optional(
    Type.Union([Type.String({ minLength: 1, maxLength: 65_536 }), Type.Null()]),
  ),
  uid: Type.Optional(endpointUid),
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
});

const headerValue = Type.String({ maxLength: 4096 });

export const EndpointIn = Type.Object({
  ...EndpointUpdate.properties,
  headers: Type.Optional(Type.Union([recordOf(headerValue), Type.Null()])),
  secret: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
});

export const EndpointPatch = Type.Partial(EndpointUpdate);

export const EndpointSecretRotateIn = Type.Object({
  key: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
  gracePeriodSeconds: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: 604_800 }), Type.Null()]),
  ),
});

export const EndpointHeadersIn = Type.Object({ headers: recordOf(headerValue) });
export const EndpointHeadersPatchIn = Type.Object({
  headers: recordOf(Type.Union([headerValue, Type.Null()])),
  deleteHeaders: Type.Optional(Type.Array(Type.String())),
});
export const EndpointHeadersOut = Type.Object({
  headers: recordOf(Type.String()),
  sensitive: Type.Array(Type.String(), { uniqueItems: true }),
});

export const EndpointOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  url: Type.String(),
  alternateUrl: Type.Union([Type.String(), Type.Null()]),
  isAlternateInUse: Type.Boolean(),
  description: Type.String(),
  disabled: Type.Boolean(),
  eventTypes: Type.Optional(Type.Union([Type.Array(eventType), Type.Null()])),
  channels: Type.Optional(Type.Union([tenLabels, Type.Null()])),
  metadata: metadataOut,
  throttleRate: Type.Optional(throttleRate),
  createdAt: dateTime,
  updatedAt: dateTime,
});

export const EndpointSecretOut = Type.Object({ key: Type.String() });

export const EndpointStatsOut = Type.Object({
  success: count,
  pending: count,
  sending: count,
  fail: count,
  canceled: count,
});

export const RecoverIn = Type.Object({
  since: dateTime,
  until: Type.Optional(Type.Union([dateTime, Type.Null()])),
});
export const RecoverOut = Type.Object({
  id: Type.String(),
  status: Type.Literal('running'),
  task: Type.Literal('endpoint.recover'),
  updatedAt: dateTime,
});
