import { Type, type TSchema } from 'typebox';
import { policySources, retentionBounds, throttleRateBounds } from '../change/index.ts';
import { forecastScenes, forecastWarningCodes, loadBounds, policyBounds } from '../retry/index.ts';
import { LaneOverridesIn, LanePolicyOut } from './lane-shapes.ts';
import { identifier } from './patterned.ts';
import { recordOf } from './record-of.ts';

/** Fields and bounds of policies: those of `policyBounds`, of the lane's policy, and of the settings they stand in for. */
const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const within = ({ min, max }: { readonly min: number; readonly max: number }) => ({
  minimum: min,
  maximum: max,
});
const dateTime = Type.String({ format: 'date-time' });
const amount = Type.Number({ minimum: 0 });

const retry = {
  delaysMs: Type.Array(Type.Integer(within(policyBounds.delayMs)), {
    minItems: policyBounds.attempts.min,
    maxItems: policyBounds.attempts.max,
    description: 'The wait before each attempt, the first included, in milliseconds.',
  }),
  jitter: Type.Number({
    ...within(policyBounds.jitter),
    description: 'Each wait is drawn evenly from ± this part of it.',
  }),
  maxAgeMs: Type.Integer({
    ...within(policyBounds.maxAgeMs),
    description: 'No attempt is due later than this after acceptance, in milliseconds.',
  }),
  retryAfterMaxMs: Type.Integer({
    ...within(policyBounds.retryAfterMaxMs),
    description: 'A Retry-After is honoured up to this; 0 ignores it.',
  }),
};
const RetryOut = Type.Object(retry);
/** A misspelt field would change nothing, in silence: so it is refused. */
const RetryIn = Type.Partial(RetryOut, { additionalProperties: false });

const throttleRate = Type.Integer(within(throttleRateBounds));
const retentionDays = Type.Integer(within(retentionBounds));

export const PolicyName = identifier(64, 'patient');

const terms = {
  retry: Type.Optional(orNull(RetryIn)),
  lane: Type.Optional(orNull(LaneOverridesIn)),
  throttleRate: Type.Optional(orNull(throttleRate)),
  retentionDays: Type.Optional(orNull(retentionDays)),
};
const described = {
  description: Type.Optional(Type.String({ maxLength: 4096 })),
  ...terms,
};

export const PolicyIn = Type.Object(
  { name: PolicyName, ...described },
  { additionalProperties: false },
);
/** Of PUT, and of PATCH, which leaves what is absent. */
export const PolicyUpdate = Type.Object(described, { additionalProperties: false });

const policyOut = {
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  retry: orNull(Type.Partial(RetryOut)),
  lane: orNull(LaneOverridesIn),
  throttleRate: orNull(throttleRate),
  retentionDays: orNull(retentionDays),
  createdAt: dateTime,
  updatedAt: dateTime,
};
export const PolicyOut = Type.Object(policyOut);

/** A policy as it was after one change, with who made it. */
export const PolicyVersionOut = Type.Object({
  ...policyOut,
  changeId: Type.String(),
  actor: Type.String(),
  reason: Type.String(),
});

export const PolicyRefIn = Type.Object(
  { policy: orNull(PolicyName) },
  { additionalProperties: false },
);

/** `isMissing`: it refers to one that is no more, which says nothing. */
export const ApplicationPolicyOut = Type.Object({
  policy: orNull(Type.String()),
  isMissing: Type.Boolean(),
});

const inForce = Type.Object({
  retry: RetryOut,
  lane: LanePolicyOut,
  throttleRate: orNull(throttleRate),
  retentionDays: Type.Integer(),
});

export const EndpointPolicyOut = Type.Object({
  policy: orNull(Type.String()),
  isMissing: Type.Boolean(),
  applicationPolicy: orNull(Type.String()),
  inForce,
  /** By field, such as `retry.delaysMs`, `lane.concurrency` and `throttleRate`. */
  sources: recordOf(oneOf(policySources)),
});

export const PolicyValidateIn = Type.Object(
  {
    ...terms,
    /** What it is compared with and simulated on: an endpoint, an application, or an existing policy; otherwise all. */
    name: Type.Optional(PolicyName),
    appId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    endpointId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** Beside the scenes that are recorded: one endpoint that gets so many messages a second and fails for so long. */
    load: Type.Optional(
      Type.Object(
        {
          messagesPerSecond: Type.Number({
            minimum: loadBounds.messagesPerSecond.min,
            maximum: loadBounds.messagesPerSecond.max,
          }),
          minutes: Type.Integer({
            minimum: loadBounds.minutes.min,
            maximum: loadBounds.minutes.max,
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** Lists have a value for each minute. */
const loadOut = Type.Object({
  perSecond: Type.Array(amount),
  withinBudget: Type.Array(amount),
  peakPerSecond: amount,
  budgetPerSecond: amount,
  heldBack: amount,
  amplification: amount,
});

const planOut = Type.Object({
  attempts: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      earliestWaitMs: Type.Integer(),
      latestWaitMs: Type.Integer(),
      earliestAtMs: Type.Integer(),
      latestAtMs: Type.Integer(),
      mayBeTooOld: Type.Boolean(),
    }),
  ),
  unreachable: Type.Integer({ minimum: 0 }),
  horizonMs: Type.Integer({ minimum: 0 }),
});

/** Expected values. `series`: attempts in each quarter of an hour, from the start of the scene on. */
const simulationOut = Type.Object({
  messages: amount,
  attempts: amount,
  amplification: amount,
  delivered: amount,
  deadLetters: amount,
  peakPerMinute: amount,
  oldestDeliveryMs: orNull(amount),
  series: Type.Array(amount),
});
const sceneOut = Type.Object({ present: simulationOut, candidate: simulationOut });

export const PolicyValidateOut = Type.Object({
  /** recorded: over the outcomes of the last day; assumed: there were none, so one message a minute that succeeds. */
  basis: oneOf(['recorded', 'assumed'] as const),
  since: dateTime,
  /** Minutes of the day that were so busy that only their beginning was read. */
  sampledMinutes: Type.Integer({ minimum: 0 }),
  stepMinutes: Type.Integer(),
  warnings: Type.Array(
    Type.Object({
      code: oneOf(forecastWarningCodes),
      scene: oneOf(forecastScenes),
      text: Type.String(),
    }),
  ),
  assumptions: Type.Array(Type.String()),
  present: Type.Object({ inForce, plan: planOut }),
  candidate: Type.Object({ inForce, plan: planOut }),
  day: sceneOut,
  outage: sceneOut,
  /** Where it was asked for. */
  load: orNull(Type.Object({ present: loadOut, candidate: loadOut })),
});

/** An application or an endpoint that a policy is set for; of an application all endpoints that have none of their own. */
const PolicyUserOut = Type.Object({
  kind: oneOf(['application', 'endpoint'] as const),
  appId: Type.String(),
  endpointId: orNull(Type.String()),
  /** The application's name; an endpoint's description, or its URL where it has none. */
  name: Type.String(),
  appName: Type.String(),
});
/** All on one page, up to a bound; `isWhole`: there are no more. */
export const PolicyUsersOut = Type.Object({
  data: Type.Array(PolicyUserOut),
  isWhole: Type.Boolean(),
});

const phaseMs = orNull(amount);

export const EndpointValidateOut = Type.Object({
  url: Type.String(),
  isReachable: Type.Boolean(),
  phases: Type.Object({ dnsMs: phaseMs, connectMs: phaseMs, tlsMs: phaseMs }),
  failedPhase: orNull(oneOf(['dns', 'connect', 'tls'] as const)),
  outcome: orNull(Type.String()),
  detail: orNull(Type.String()),
  certificate: orNull(
    Type.Object({ subject: Type.String(), issuer: Type.String(), expiresAt: dateTime }),
  ),
  warnings: Type.Array(Type.String()),
});
