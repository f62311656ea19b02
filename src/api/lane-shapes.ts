import { Type, type TSchema } from 'typebox';
import {
  laneFieldNames,
  lanePolicyTable,
  type LaneChange,
  type LaneField,
  type LaneOverrides,
  type LanePolicy,
} from '../change/index.ts';
import { breakerStates, restReasons } from '../delivery/index.ts';

/** A lane's policy has its fields, bounds and words from `lanePolicyTable` alone. */
const fieldShape = (field: LaneField): TSchema =>
  field.kind === 'switch'
    ? Type.Boolean({ description: field.about })
    : Type.Integer({ minimum: field.min, maximum: field.max, description: field.about });

const fields = (shapeOf: (shape: TSchema) => TSchema): Record<string, TSchema> =>
  Object.fromEntries(
    laneFieldNames.map((name) => [name, shapeOf(fieldShape(lanePolicyTable[name]))]),
  );

const policy = Type.Unsafe<LanePolicy>(Type.Object(fields((shape) => shape)));
const overrides = Type.Unsafe<LaneOverrides>(Type.Object(fields((shape) => Type.Optional(shape))));
export const LanePolicyOut = policy;
/** The same as part of a policy, where a misspelt field is refused. */
export const LaneOverridesIn = Type.Unsafe<LaneOverrides>(
  Type.Object(
    fields((shape) => Type.Optional(shape)),
    { additionalProperties: false },
  ),
);

/** A misspelt field would change nothing, in silence: so it is refused. */
export const LaneChangeIn = Type.Unsafe<LaneChange>(
  Type.Object(
    fields((shape) => Type.Optional(Type.Union([shape, Type.Null()]))),
    { additionalProperties: false },
  ),
);

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const count = Type.Integer({ minimum: 0 });
const moment = Type.String({ format: 'date-time' });

const restingLane = {
  appId: Type.String(),
  appUid: orNull(Type.String()),
  endpointId: Type.String(),
  endpointUid: orNull(Type.String()),
  /** In use; the other one, and whether that is the one in use. */
  url: Type.String(),
  alternateUrl: orNull(Type.String()),
  isAlternateInUse: Type.Boolean(),
  /** In force, and what of it is the endpoint's own. */
  policy,
  overrides,
  /** By itself. The moment and the reason are those of what pauses it, its application or the service included. */
  isPaused: Type.Boolean(),
  pausedAt: orNull(moment),
  pausedReason: orNull(Type.String()),
  /** Why nothing of it starts now; null: it may. */
  restsFor: orNull(oneOf(restReasons)),
  /** null: until somebody resumes it, or it does not rest. */
  restsUntil: orNull(moment),
  breaker: Type.Object({
    state: oneOf(breakerStates),
    since: moment,
    failuresInARow: count,
    isByHand: Type.Boolean(),
  }),
  /** Somebody opened the circuit; null: nobody, or its moment has come. */
  handCircuit: orNull(
    Type.Object({
      openedAt: moment,
      until: orNull(moment),
      withProbes: Type.Boolean(),
      reason: Type.String(),
    }),
  ),
  /** Event types of which nothing starts. */
  pausedTypes: Type.Array(Type.String()),
  /** Requests that may be under way at once now, that are, and deliveries in memory, those included. */
  concurrency: count,
  sending: count,
  held: count,
  failingSince: orNull(moment),
};

const RestingLaneOut = Type.Object(restingLane);

export const LaneOut = Type.Object({
  ...restingLane,
  /** Deliveries scheduled in the ledger, due or not; `isMoreWaiting`: there are more than were counted. */
  waiting: count,
  isMoreWaiting: Type.Boolean(),
  oldestDueAt: orNull(moment),
});

/** All of them on one page. `isMore`: there are others, which rest longer. */
export const RestingLanesOut = Type.Object({
  data: Type.Array(RestingLaneOut),
  isMore: Type.Boolean(),
});

const laneReason = Type.String({ minLength: 1, maxLength: 1000 });

export const AlternateIn = Type.Object(
  { isInUse: Type.Boolean(), reason: Type.Optional(laneReason) },
  { additionalProperties: false },
);

export const OpenCircuitIn = Type.Object(
  {
    reason: laneReason,
    /** From then on a probe decides; absent: until somebody closes it. */
    until: Type.Optional(moment),
    /** Sends one delivery at a time now and then; what it meets closes nothing. */
    withProbes: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
