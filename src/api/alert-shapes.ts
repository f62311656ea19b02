import { Type, type TSchema } from 'typebox';
import { notifierKinds } from '../change/index.ts';
import { notificationStates } from '../ledger/index.ts';
import { alertEventKinds, alertSeverities, alertStates } from '../slo/index.ts';
import { PageQuery, textsFilter } from './page-shapes.ts';
import { identifier } from './patterned.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
export const alertingName = identifier(64, 'on-call');
const names = Type.Array(alertingName, { maxItems: 20, uniqueItems: true });
const label = Type.String({ minLength: 1, maxLength: 256 });
const labels = Type.Array(label, { maxItems: 100, uniqueItems: true });
const description = Type.String({ maxLength: 4096 });
const strict = { additionalProperties: false } as const;

const settings = Type.Object(
  {
    url: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    tls: Type.Optional(oneOf(['none', 'starttls', 'tls'])),
    username: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    from: Type.Optional(Type.String({ minLength: 3, maxLength: 320 })),
    to: Type.Optional(
      Type.Array(Type.String({ minLength: 3, maxLength: 320 }), { minItems: 1, maxItems: 50 }),
    ),
  },
  strict,
);

const notifier = {
  kind: oneOf(notifierKinds),
  description: Type.Optional(description),
  settings: Type.Optional(settings),
  /** slack: its URL · smtp: password · pagerduty: routing key · alertmanager: bearer token · webhook: whsec_. */
  secret: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 4096 }))),
  fallback: Type.Optional(names),
};
export const NotifierIn = Type.Object({ name: alertingName, ...notifier }, strict);
/** Of PUT: without `secret` the one that is there stays. */
export const NotifierUpdate = Type.Object(notifier, strict);
export const NotifierOut = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: oneOf(notifierKinds),
  description: Type.String(),
  settings,
  hasSecret: Type.Boolean(),
  fallback: Type.Array(Type.String()),
  createdAt: dateTime,
  updatedAt: dateTime,
});
export const NotifierTestOut = Type.Object({
  isSent: Type.Boolean(),
  /** What the server said, or why it could not be asked. */
  said: Type.String(),
});

export const hoursIn = Type.Object(
  {
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    days: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 })),
    from: Type.String({ minLength: 5, maxLength: 5 }),
    until: Type.String({ minLength: 5, maxLength: 5 }),
  },
  strict,
);
/** Which alerts: of all parts that say something one value must hold. */
export const routeMatch = Type.Object(
  {
    owners: Type.Optional(labels),
    severities: Type.Optional(Type.Array(oneOf(alertSeverities), { maxItems: 3 })),
    kinds: Type.Optional(labels),
    hours: Type.Optional(orNull(hoursIn)),
  },
  strict,
);
export const routeMatchOut = Type.Object({
  owners: Type.Array(Type.String()),
  severities: Type.Array(Type.String()),
  kinds: Type.Array(Type.String()),
  hours: orNull(hoursIn),
});
const route = {
  description: Type.Optional(description),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  match: Type.Optional(routeMatch),
  notifiers: names,
  continue: Type.Optional(Type.Boolean()),
  escalation: Type.Optional(
    Type.Array(
      Type.Object(
        { afterMinutes: Type.Integer({ minimum: 1, maximum: 10_080 }), notifiers: names },
        strict,
      ),
      { maxItems: 10 },
    ),
  ),
  quietHours: Type.Optional(orNull(hoursIn)),
};
export const RouteIn = Type.Object({ name: alertingName, ...route }, strict);
export const RouteUpdate = Type.Object(route, strict);
export const RouteOut = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  position: Type.Integer(),
  match: routeMatchOut,
  notifiers: Type.Array(Type.String()),
  continue: Type.Boolean(),
  escalation: Type.Array(
    Type.Object({ afterMinutes: Type.Integer(), notifiers: Type.Array(Type.String()) }),
  ),
  quietHours: orNull(hoursIn),
  createdAt: dateTime,
  updatedAt: dateTime,
});

export const MaintenanceIn = Type.Object(
  {
    /** Now, unless given. */
    from: Type.Optional(dateTime),
    until: dateTime,
    reason: Type.Optional(Type.String({ maxLength: 1024 })),
    owners: Type.Optional(labels),
    kinds: Type.Optional(labels),
    keyPrefix: Type.Optional(Type.String({ maxLength: 512 })),
  },
  strict,
);
export const MaintenanceOut = Type.Object({
  id: Type.String(),
  from: dateTime,
  until: dateTime,
  reason: Type.String(),
  owners: Type.Array(Type.String()),
  kinds: Type.Array(Type.String()),
  keyPrefix: Type.String(),
});

export const AlertsQuery = Type.Object({
  ...PageQuery.properties,
  /** Only those that are not resolved, or only those that are. */
  open: Type.Optional(Type.Boolean()),
  state: Type.Optional(textsFilter(`Of ${alertStates.join(', ')}; several with commas.`)),
  /** Whether a silence lies over it now. */
  silenced: Type.Optional(Type.Boolean()),
  severity: Type.Optional(textsFilter(`Of ${alertSeverities.join(', ')}; several with commas.`)),
  kind: Type.Optional(textsFilter('What found it, such as burn_rate; several with commas.')),
  owner: Type.Optional(
    Type.String({ maxLength: 256, description: 'The whole name of a team, in capitals or not.' }),
  ),
  objective: Type.Optional(
    Type.String({ maxLength: 63, description: 'The name of an objective that it is over.' }),
  ),
  app_id: Type.Optional(
    Type.String({
      maxLength: 256,
      description:
        'The id or uid of an application that it is about: of its lanes and endpoints, of objectives over it, and where most failures are of it.',
    }),
  ),
});
export const AlertSilenceIn = Type.Object({ until: dateTime }, strict);
export const AlertMoveIn = Type.Object({}, strict);

const alert = {
  id: Type.String(),
  key: Type.String(),
  kind: Type.String(),
  severity: oneOf(alertSeverities),
  state: oneOf(alertStates),
  owner: Type.String(),
  consumers: Type.Array(Type.String()),
  group: Type.String(),
  title: Type.String(),
  text: Type.String(),
  facts: Type.Object({}, { additionalProperties: true }),
  firedAt: dateTime,
  acknowledgedAt: orNull(dateTime),
  acknowledgedBy: orNull(Type.String()),
  resolvedAt: orNull(dateTime),
  resolvedBy: orNull(Type.String()),
  silencedUntil: orNull(dateTime),
  count: Type.Integer({ minimum: 1 }),
};
export const AlertOut = Type.Object(alert);
export const AlertDetailOut = Type.Object({
  ...alert,
  incidentId: orNull(Type.String({ description: 'The incident that it belongs to.' })),
  /** The newest first. */
  history: Type.Array(
    Type.Object({
      at: dateTime,
      event: oneOf(alertEventKinds),
      actor: Type.String(),
      detail: Type.String(),
    }),
  ),
  notifications: Type.Array(
    Type.Object({
      notifier: Type.String(),
      state: oneOf(notificationStates),
      dueAt: dateTime,
      tries: Type.Integer({ minimum: 0 }),
      said: orNull(Type.String()),
    }),
  ),
});
