import { Type, type TSchema } from 'typebox';
import { eventTypeValueUnits, valuePathBounds } from '../change/index.ts';
import { attemptPhases } from '../ledger/index.ts';
import { recordOf } from './record-of.ts';

/** Fields as Svix's API has them, so that its clients work unchanged; what is ours is said. */
const IDENTIFIER = '^[a-zA-Z0-9\\-_.]+$';

/** A uid that begins like an id of its own kind could be taken for one. */
const uidUnlike = (prefix: string) =>
  Type.Union([
    Type.String({ minLength: 1, maxLength: 256, pattern: `^(?!${prefix})[a-zA-Z0-9\\-_.]+$` }),
    Type.Null(),
  ]);
const applicationUid = uidUnlike('app_');
const endpointUid = uidUnlike('ep_');
const eventId = uidUnlike('msg_');
const uid = Type.Union([Type.String(), Type.Null()]);
const metadataOut = recordOf(Type.String());
const metadata = Type.Union([
  recordOf(Type.String({ maxLength: 4096 }), { maxProperties: 64, maxNameLength: 256 }),
  Type.Null(),
]);
const throttleRate = Type.Union([Type.Integer({ minimum: 1, maximum: 65_535 }), Type.Null()]);
const eventType = Type.String({ minLength: 1, maxLength: 256, pattern: IDENTIFIER });
const label = Type.String({ minLength: 1, maxLength: 128, pattern: IDENTIFIER });
const tenLabels = Type.Array(label, { minItems: 1, maxItems: 10, uniqueItems: true });
const fiveLabels = Type.Array(label, { minItems: 1, maxItems: 5, uniqueItems: true });
const eightLabels = Type.Array(label, { minItems: 1, maxItems: 8, uniqueItems: true });
const dateTime = Type.String({ format: 'date-time' });

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 250 })),
  iterator: Type.Optional(Type.String({ maxLength: 512 })),
});

export const OrderedPageQuery = Type.Object({
  ...PageQuery.properties,
  order: Type.Optional(Type.Union([Type.Literal('ascending'), Type.Literal('descending')])),
});

const people = Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()]);

const signatureHeaders = Type.Union([
  Type.Literal('standard'),
  Type.Literal('svix'),
  Type.Literal('both'),
]);

export const ApplicationIn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 256 }),
  uid: Type.Optional(applicationUid),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
  /** Ours: how many people stand behind it. */
  people: Type.Optional(people),
  /** Ours: which names the signature headers carry. */
  signatureHeaders: Type.Optional(signatureHeaders),
});

export const ApplicationPatch = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  uid: Type.Optional(applicationUid),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
  people: Type.Optional(people),
  signatureHeaders: Type.Optional(signatureHeaders),
});

export const ApplicationOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  name: Type.String(),
  metadata: metadataOut,
  throttleRate: Type.Optional(throttleRate),
  people: Type.Optional(people),
  signatureHeaders: Type.Optional(signatureHeaders),
  createdAt: dateTime,
  updatedAt: dateTime,
});

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

const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' });

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

const phaseMs = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
/** Milliseconds of each phase, null where there was none; `failedPhase` is null where a whole answer came. */
const AttemptTimingOut = Type.Object({
  queuedMs: phaseMs,
  dnsMs: phaseMs,
  connectMs: phaseMs,
  tlsMs: phaseMs,
  sentMs: phaseMs,
  firstByteMs: phaseMs,
  lastByteMs: phaseMs,
  failedPhase: Type.Union([...attemptPhases.map((phase) => Type.Literal(phase)), Type.Null()]),
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
  /** Ours: the canary whose candidate it went to. */
  canaryId: Type.Union([Type.String(), Type.Null()]),
  /** Ours: the IP address it went to or tried last; null also for tokens of one application. */
  address: Type.Union([Type.String(), Type.Null()]),
  /** Ours: the chain that the receiver showed, as `fingerprint` of a certificate has it. */
  certificate: Type.Union([Type.String(), Type.Null()]),
  /** Ours: where its time went. */
  timing: AttemptTimingOut,
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

export const ErrorOut = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  field: Type.Optional(Type.String()),
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

export const ValidationErrorOut = Type.Object({
  code: Type.String(),
  detail: Type.Array(
    Type.Object({ loc: Type.Array(Type.String()), msg: Type.String(), type: Type.String() }),
  ),
  field: Type.Optional(Type.String()),
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

export const AttemptsQuery = Type.Object({
  ...EndpointMessagesQuery.properties,
  status_code_class: Type.Optional(
    Type.Union([0, 100, 200, 300, 400, 500].map((code) => Type.Literal(code))),
  ),
  endpoint_id: Type.Optional(Type.String({ maxLength: 256 })),
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

const count = Type.Integer({ minimum: 0 });
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

export const SendExampleIn = Type.Object({ eventType });

const eventTypeDescription = Type.String({ maxLength: 4096 });
const featureFlag = Type.Union([
  Type.String({ minLength: 1, maxLength: 256, pattern: IDENTIFIER }),
  Type.Null(),
]);
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
export const EventTypeExampleOut = Type.Object({
  eventType: Type.String(),
  example: Type.Record(Type.String(), Type.Unknown()),
});

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
export const EventTypesQuery = Type.Object({
  ...OrderedPageQuery.properties,
  include_archived: Type.Optional(Type.Boolean()),
  with_content: Type.Optional(Type.Boolean()),
});

export const AppPortalAccessIn = Type.Object({
  application: Type.Optional(Type.Union([ApplicationIn, Type.Null()])),
  featureFlags: Type.Optional(
    Type.Array(Type.String({ maxLength: 256, pattern: IDENTIFIER }), {
      uniqueItems: true,
      maxItems: 256,
    }),
  ),
});
export const AppPortalAccessOut = Type.Object({ url: Type.String(), token: Type.String() });

const scope = Type.Union([Type.Literal('read'), Type.Literal('write'), Type.Literal('admin')]);
export const TokenIn = Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }), scope });
export const TokenOut = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** board, status: a link to the board or to the status feed, which shows nothing else. */
  scope: Type.Union([scope, Type.Literal('board'), Type.Literal('status')]),
  isRevoked: Type.Boolean(),
  createdAt: dateTime,
});
export const TokenCreatedOut = Type.Object({ ...TokenOut.properties, token: Type.String() });

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

export const SettingsOut = recordOf(Type.Union([Type.String(), Type.Number(), Type.Null()]));

export const CertificatesQuery = Type.Object({
  ...PageQuery.properties,
  expiring_within_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
});
export const CertificateOut = Type.Object({
  id: Type.String(),
  peer: Type.String(),
  /** Of the chain without its root: what attempts that met it carry as `certificate`. */
  fingerprint: Type.String(),
  chain: Type.Array(
    Type.Object({
      fingerprint: Type.String(),
      subject: Type.String(),
      issuer: Type.String(),
      validFrom: dateTime,
      validTo: dateTime,
    }),
  ),
  expiresAt: dateTime,
  isExpiring: Type.Boolean(),
  firstSeenAt: dateTime,
  lastSeenAt: dateTime,
});
/** `before` and `after` are what the kind is about: of a certificate the chains, with moments in milliseconds. */
