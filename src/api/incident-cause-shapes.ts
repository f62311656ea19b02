import { Type } from 'typebox';
import { hypothesisStates } from '../incident/index.ts';
import {
  count,
  dateTime,
  ids,
  neededText,
  oneOf,
  orNull,
  someText,
  strict,
  longestName,
} from './incident-fields.ts';
import { ChangeOut } from './change-shapes.ts';

export const HypothesisIn = Type.Object(
  {
    cause: neededText,
    /** The outcome metric that it must move: the SLI of an objective that counts all that the incident hits, by name. */
    metric: Type.String({ minLength: 1, maxLength: longestName }),
    /** What would show it wrong. */
    refutedBy: neededText,
    changeIds: Type.Optional(ids(50)),
    /** The incident that it was copied from. */
    copiedFrom: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
  },
  strict,
);
export const JudgeIn = Type.Object(
  {
    state: oneOf(['confirmed', 'refuted']),
    verdict: Type.Optional(someText),
    /** The change that tests it, where it is none of those that the hypothesis names. */
    testedBy: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
  },
  strict,
);
export const FixIn = Type.Object(
  {
    text: neededText,
    changeId: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
    /** When it came into force: the change's moment, or now. */
    inForceAt: Type.Optional(dateTime),
  },
  strict,
);
export const PreventionIn = Type.Object({ text: neededText }, strict);

export const HypothesisOut = Type.Object({
  id: Type.String(),
  state: oneOf(hypothesisStates),
  cause: Type.String(),
  metric: Type.String(),
  refutedBy: Type.String(),
  changeIds: Type.Array(Type.String()),
  by: Type.String(),
  at: dateTime,
  copiedFrom: orNull(Type.String()),
  judgedAt: orNull(dateTime),
  judgedBy: orNull(Type.String()),
  verdict: Type.String(),
});
export const FixOut = Type.Object({
  id: Type.String(),
  text: Type.String(),
  changeId: orNull(Type.String()),
  inForceAt: dateTime,
  by: Type.String(),
  at: dateTime,
  heldAt: orNull(dateTime),
});
export const PreventionOut = Type.Object({
  id: Type.String(),
  text: Type.String(),
  by: Type.String(),
  at: dateTime,
});

export const SuspectsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});
const coveredOut = Type.Object({ covered: count, of: count });
export const SuspectsOut = Type.Object({
  data: Type.Array(
    Type.Object({
      rank: Type.Integer({ minimum: 1 }),
      /** 0 to 1. */
      score: Type.Number(),
      at: dateTime,
      /** Below 0: it came after the impact began. */
      beforeImpactMs: Type.Number(),
      /** Bad first attempts that it is in force over, of all bad ones; and the same of good ones. */
      bad: coveredOut,
      good: coveredOut,
      /** Changes that are suspected with it, by id. */
      together: Type.Array(Type.String()),
      isRevertible: Type.Boolean(),
      reasons: Type.Array(Type.String()),
      change: ChangeOut,
    }),
  ),
});
