import { Type, type TSchema } from 'typebox';
import { objectiveIndicators, type ObjectiveIndicator } from '../change/index.ts';
import {
  alertSeverities,
  alertStates,
  historyUnits,
  objectiveBounds,
  objectiveNamePattern,
} from '../slo/index.ts';
import { currency, patterned } from './patterned.ts';
import { recordOf } from './record-of.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
const count = Type.Integer({ minimum: 0 });

export const ObjectiveName = patterned(
  objectiveNamePattern,
  'takes lower-case letters, digits, "." and "-", and begins and ends with a letter or a digit',
  'invoices-on-time',
  { minLength: 1, maxLength: 63 },
);
const Team = patterned(
  '^[a-zA-Z0-9][a-zA-Z0-9\\-_. ]*$',
  'takes letters, digits, spaces, "-", "_" and ".", and begins with a letter or a digit',
  'billing team',
  { minLength: 1, maxLength: 64 },
);
const texts = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 600 }), {
    maxItems: objectiveBounds.sliceValues,
    uniqueItems: true,
    description,
  });
const metadata = recordOf(Type.String({ maxLength: 4096 }), {
  maxProperties: 20,
  maxNameLength: 256,
});

const slice = {
  appIds: texts('Ids or uids of applications.'),
  endpointIds: texts('Ids of endpoints, or application/endpoint by their uids.'),
  eventTypes: texts('Names of event types.'),
  applicationMetadata: metadata,
  endpointMetadata: metadata,
};
const value = Type.Object(
  {
    valuePerDelivery: Type.Integer({
      minimum: 0,
      maximum: 1_000_000_000_000,
      description: 'Minor units of the currency, such as cents.',
    }),
    currency,
  },
  { additionalProperties: false },
);

const required = {
  indicator: Type.Unsafe<ObjectiveIndicator>(oneOf(objectiveIndicators)),
  target: Type.Number({
    minimum: objectiveBounds.target.min,
    maximum: objectiveBounds.target.max,
  }),
  owner: Team,
};
const optional = {
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  deadlineMs: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 86_400_000 }))),
  periodDays: Type.Optional(
    Type.Integer({
      minimum: objectiveBounds.periodDays.min,
      maximum: objectiveBounds.periodDays.max,
    }),
  ),
  consumers: Type.Optional(
    Type.Array(Team, { maxItems: objectiveBounds.consumers, uniqueItems: true }),
  ),
  slice: Type.Optional(Type.Partial(Type.Object(slice), { additionalProperties: false })),
  value: Type.Optional(orNull(value)),
};

export const ObjectivePut = Type.Object(
  { ...required, ...optional },
  { additionalProperties: false },
);
export const ObjectiveIn = Type.Object(
  { name: ObjectiveName, ...required, ...optional },
  { additionalProperties: false },
);
export const ObjectivePatch = Type.Object(
  { ...Type.Partial(Type.Object(required)).properties, ...optional },
  { additionalProperties: false },
);

const objectiveOut = {
  name: Type.String(),
  description: Type.String(),
  indicator: oneOf(objectiveIndicators),
  target: Type.Number(),
  deadlineMs: orNull(Type.Integer()),
  periodDays: Type.Integer(),
  owner: Type.String(),
  consumers: Type.Array(Type.String()),
  slice: Type.Object(slice),
  value: orNull(value),
};
export const ObjectiveOut = Type.Object({
  id: Type.String(),
  ...objectiveOut,
  createdAt: dateTime,
  updatedAt: dateTime,
});

const status = {
  at: dateTime,
  from: dateTime,
  good: count,
  bad: count,
  ratio: Type.Number({ description: 'Good of all; 1 without traffic.' }),
  isMet: Type.Boolean(),
  budget: Type.Object({
    allowed: Type.Number({ description: "Bad outcomes that the period's traffic allows." }),
    left: Type.Number({ description: '1 untouched, 0 spent, below 0 overspent.' }),
  }),
  burn: Type.Array(
    Type.Object({
      windowMs: count,
      good: count,
      bad: count,
      rate: Type.Number({ description: '1 spends exactly the budget in a period.' }),
    }),
  ),
  forecast: Type.Object({
    exhaustedAt: orNull(dateTime),
    assumptions: Type.Array(Type.String()),
  }),
  atRisk: Type.Array(
    Type.Object({
      perWeek: Type.Number({ description: 'Minor units of the currency.' }),
      perBad: Type.Number({ description: 'What one bad outcome costs, on average.' }),
      currency: Type.String(),
      source: Type.Union([Type.Literal('messages'), Type.Literal('objective')], {
        description: 'What messages carry, or what the objective says where they carry nothing.',
      }),
    }),
  ),
  burnDown: Type.Array(Type.Object({ at: dateTime, left: Type.Number() })),
};
const StatusOut = Type.Object(status);

const endpoints = Type.Array(
  Type.Object({
    appId: Type.String(),
    endpointId: Type.String(),
    good: count,
    bad: count,
    share: Type.Number({ description: 'Part of all bad outcomes.' }),
  }),
);

/** The endpoints with the most bad outcomes first. */
export const ObjectiveStatusOut = Type.Object({
  objective: ObjectiveOut,
  status: StatusOut,
  endpoints,
});
/** `objective`: as it would be stored, with what was left out. */
export const ObjectivePreviewOut = Type.Object({
  objective: Type.Object(objectiveOut),
  status: StatusOut,
  endpoints,
});
export const ObjectiveStatusQuery = Type.Object({
  endpoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
});

export const ObjectiveHistoryQuery = Type.Object({
  /** Hours of a week, or days of the period. */
  unit: Type.Optional(oneOf(historyUnits)),
});
/** Outcomes by hour or day (UTC), the oldest first; those without any are left out. */
export const ObjectiveHistoryOut = Type.Object({
  at: dateTime,
  unit: oneOf(historyUnits),
  slots: Type.Array(Type.Object({ at: dateTime, good: count, bad: count })),
});

/** When alerts of its burn rates would have fired. */
export const ObjectiveReplayOut = Type.Object({
  from: dateTime,
  to: dateTime,
  recordedFrom: orNull(
    Type.String({ format: 'date-time', description: 'null: nothing was recorded of it.' }),
  ),
  isExact: Type.Boolean({
    description:
      'False: some hours with bad outcomes are no longer known by the minute, and count as spread evenly.',
  }),
  firings: Type.Array(
    Type.Object({
      firedAt: dateTime,
      endedAt: orNull(dateTime),
      severity: oneOf(alertSeverities),
      burnRate: Type.Number({ description: 'Of the worst rule that was broken.' }),
      windowMs: count,
      bad: count,
      total: count,
    }),
  ),
});

export const OpenSloIn = Type.Object(
  { yaml: Type.String({ minLength: 1, maxLength: 262_144 }) },
  { additionalProperties: false },
);
export const OpenSloOut = Type.Object({ yaml: Type.String() });
export const OpenSloReadOut = Type.Object({ objectives: Type.Array(Type.Object(objectiveOut)) });

export const BoardQuery = Type.Object({ team: Type.Optional(Team) });
const entry = Type.Object({
  ...objectiveOut,
  status: StatusOut,
  /** Those that are not resolved, the newest first. */
  alerts: Type.Array(
    Type.Object({
      kind: Type.String(),
      severity: oneOf(alertSeverities),
      state: oneOf(alertStates),
      title: Type.String(),
      firedAt: dateTime,
    }),
  ),
});
const teamOut = Type.Object({ team: Type.String(), objectives: Type.Array(Type.String()) });
export const BoardOut = Type.Object({
  at: dateTime,
  team: orNull(Type.String()),
  /** What is on time where an objective does not say. */
  deliveryDeadlineMs: Type.Integer(),
  /** The least left of its budget first. */
  objectives: Type.Array(entry),
  owners: Type.Array(teamOut),
  consumers: Type.Array(teamOut),
});

export const BoardLinkIn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    /** Absent: the board of all teams. */
    team: Type.Optional(orNull(Team)),
  },
  { additionalProperties: false },
);
export const BoardLinkOut = Type.Object({
  /** Of the token that the link is: revoking the token ends the link. */
  id: Type.String(),
  url: Type.String(),
  team: orNull(Type.String()),
});
