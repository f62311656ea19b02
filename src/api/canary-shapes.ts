import { Type, type TSchema } from 'typebox';
import { PayloadVersions } from './payload-version-shapes.ts';
import { recordOf } from './record-of.ts';
import { canaryStates, indicators } from '../change/index.ts';

const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const count = Type.Integer({ minimum: 0 });
const moment = Type.String({ format: 'date-time' });
const reason = Type.String({ maxLength: 1024 });

const Step = Type.Object(
  {
    percent: Type.Number({ minimum: 0.01, maximum: 99.99 }),
    minutes: Type.Integer({ minimum: 0, maximum: 43_200 }),
    atLeast: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);

/** What it does not name stays as the endpoint has it. What acts on more than one attempt is refused with a reason. */
export const CanaryIn = Type.Object({
  url: Type.Optional(Type.String({ minLength: 1, maxLength: 65_536 })),
  /** All of them, as PUT …/headers takes them. */
  headers: Type.Optional(
    Type.Unsafe<Readonly<Record<string, string>>>(
      Type.Object({}, { additionalProperties: Type.String({ maxLength: 4096 }) }),
    ),
  ),
  secret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  passTrace: Type.Optional(Type.Boolean()),
  /** By name; null: no policy of the endpoint's own. */
  policy: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Null()])),
  /** All pins, as PUT …/payload-version takes them; {} for none. */
  payloadVersions: Type.Optional(PayloadVersions),
  steps: Type.Optional(Type.Array(Step, { minItems: 1, maxItems: 20 })),
  /** After acceptance; 60 unless given. */
  deadlineSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
  /** Of the busiest minute of the last seven days, before promotion. */
  peakPercent: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  reason: Type.Optional(reason),
});

export const CanaryMoveIn = Type.Object({ reason: Type.Optional(reason) });

const Arm = Type.Object({
  attempts: count,
  ripe: count,
  failed: count,
  late: count,
  slow: count,
  p95Ms: orNull(count),
});

export const CanaryOut = Type.Object({
  id: Type.String(),
  appId: Type.String(),
  endpointId: Type.String(),
  state: oneOf(canaryStates),
  /** Why it is in that state, in a sentence. */
  stateReason: orNull(Type.String()),
  createdAt: moment,
  endedAt: orNull(moment),
  /** What it changes. */
  fields: Type.Array(Type.String()),
  url: orNull(Type.String()),
  /** null: none is tried, or no policy of the endpoint's own. */
  policy: orNull(Type.String()),
  /** null: none are tried. */
  payloadVersions: orNull(recordOf(Type.String())),
  /** Of the policy that is tried: what both arms share until it is promoted. */
  atPromotion: Type.Array(Type.String()),
  steps: Type.Array(Step),
  /** The step that it is at, from 1, and the share of messages that goes to the candidate now. */
  step: Type.Integer({ minimum: 1 }),
  percent: Type.Number(),
  deadlineSeconds: count,
  slowAfterMs: orNull(count),
  peakNeeded: orNull(count),
  /** The endpoint as it is, beside the candidate. */
  stable: Arm,
  candidate: Arm,
  /** The same in words, with what they say. */
  compared: Type.Array(
    Type.Object({
      indicator: oneOf(indicators),
      evidence: Type.Number(),
      rolledBackAt: Type.Number(),
      words: Type.String(),
    }),
  ),
  /** What has to come before the next step, or before promotion. */
  waitsFor: Type.Array(Type.String()),
});

/** All that go on, then those that ended last. */
export const CanarySummaryOut = Type.Object({
  id: Type.String(),
  appId: Type.String(),
  endpointId: Type.String(),
  state: oneOf(canaryStates),
  stateReason: orNull(Type.String()),
  createdAt: moment,
  endedAt: orNull(moment),
  fields: Type.Array(Type.String()),
  step: Type.Integer({ minimum: 1 }),
  percent: Type.Number(),
});
