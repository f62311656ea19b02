import { Type, type TSchema } from 'typebox';
import {
  actionBounds,
  actionStates,
  actionTypes,
  notReplayed,
  type NotReplayed,
} from '../review/index.ts';
import { PageQuery } from './page-shapes.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
const strict = { additionalProperties: false } as const;
const someText = Type.String({ maxLength: actionBounds.text });
const neededText = Type.String({ minLength: 1, maxLength: actionBounds.text });
const falseAlarmsPerYear = Type.Number({ minimum: 0.001, maximum: 100 });
const share = Type.Number({ minimum: 0.0001, maximum: 1 });
const name = Type.String({ minLength: 1, maxLength: 256 });

const proposed = Type.Union([
  Type.Object(
    {
      detector: Type.Literal('burn_rate'),
      target: Type.Number({ minimum: 0.5, maximum: 0.99999 }),
      burnRate: Type.Number({ minimum: 0.1, maximum: 1000 }),
      longMinutes: Type.Integer({ minimum: 1, maximum: 4320 }),
      shortMinutes: Type.Integer({ minimum: 1, maximum: 4320 }),
    },
    strict,
  ),
  Type.Object(
    {
      detector: Type.Literal('outage'),
      share: Type.Number({ minimum: 0.01, maximum: 0.99 }),
      endpoints: Type.Integer({ minimum: 1, maximum: 1000 }),
    },
    strict,
  ),
  Type.Object({ detector: Type.Literal('fast_burn'), rate: share }, strict),
  Type.Object(
    {
      detector: Type.Literal('small_step'),
      /** The smallest share of bad outcomes that is worth an alarm. */
      share: Type.Number({ minimum: 0.0005, maximum: 0.5 }),
      falseAlarmsPerYear,
    },
    strict,
  ),
  Type.Object({ detector: Type.Literal('silence'), falseAlarmsPerYear }, strict),
  /** Refused with the reason: SLI minutes do not hold what these look at. */
  Type.Object({ detector: Type.Unsafe<NotReplayed>(oneOf(Object.keys(notReplayed))) }),
]);

export const VerificationIn = Type.Union([
  Type.Object(
    { kind: Type.Literal('link'), url: Type.String({ minLength: 1, maxLength: 2048 }) },
    strict,
  ),
  Type.Object({ kind: Type.Literal('drill'), name }, strict),
  Type.Object(
    {
      kind: Type.Literal('detector'),
      indicator: Type.Optional(oneOf(['first_attempt', 'on_time'])),
      proposed,
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('canary'),
      /** Its id, or application/endpoint by their uids. */
      endpointId: Type.String({ minLength: 1, maxLength: 600 }),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('contract'),
      eventType: name,
      payload: Type.Unknown(),
      wanted: Type.Optional(oneOf(['refuses', 'accepts'])),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('command'),
      /** The program and its arguments. It runs on the machine of whoever verifies, never here. */
      command: Type.Array(Type.String({ minLength: 1, maxLength: actionBounds.commandPart }), {
        minItems: 1,
        maxItems: actionBounds.command,
      }),
    },
    strict,
  ),
]);

const fields = {
  owner: Type.Optional(Type.String({ maxLength: actionBounds.owner })),
  dueAt: Type.Optional(orNull(dateTime)),
  /** By what it is seen to be done. */
  end: Type.Optional(someText),
  verification: Type.Optional(orNull(VerificationIn)),
};

export const ActionItemIn = Type.Object(
  { type: oneOf(actionTypes), text: neededText, ...fields },
  strict,
);
export const ActionItemPatch = Type.Object(
  { type: Type.Optional(oneOf(actionTypes)), text: Type.Optional(neededText), ...fields },
  strict,
);
export const ActionMoveIn = Type.Object({}, strict);
export const NotDoingIn = Type.Object({ reason: neededText }, strict);
export const ResultIn = Type.Object(
  {
    isHeld: Type.Boolean(),
    /** What was seen, with its numbers. */
    text: neededText,
  },
  strict,
);
export const ActionsQuery = Type.Object({
  ...PageQuery.properties,
  open: Type.Optional(Type.Boolean()),
  /** Open ones whose date has passed. */
  overdue: Type.Optional(Type.Boolean()),
});
export const IncidentActionsQuery = PageQuery;

export const ActionItemOut = Type.Object({
  id: Type.String(),
  incidentId: Type.String(),
  type: oneOf(actionTypes),
  text: Type.String(),
  owner: Type.String(),
  dueAt: orNull(dateTime),
  end: Type.String(),
  state: oneOf(actionStates),
  isOverdue: Type.Boolean(),
  /** Its verification ran, and held the last time. */
  isVerified: Type.Boolean(),
  by: Type.String(),
  at: dateTime,
  closedAt: orNull(dateTime),
  closedBy: orNull(Type.String()),
  /** Why it is not done. */
  reason: Type.String(),
  verification: orNull(Type.Object({ kind: Type.String() }, { additionalProperties: true })),
  /** The newest last. */
  results: Type.Array(
    Type.Object({
      at: dateTime,
      by: Type.String(),
      isHeld: Type.Boolean(),
      text: Type.String(),
    }),
  ),
  remindedAt: orNull(dateTime),
  reminders: Type.Integer({ minimum: 0 }),
});
