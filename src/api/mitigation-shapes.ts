import { Type } from 'typebox';
import { mitigationKinds } from '../incident/index.ts';
import { dateTime, oneOf, orNull, strict } from './incident-fields.ts';
import { conflictChoices } from '../change/index.ts';
import { recordOf } from './record-of.ts';

export const MitigationOut = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  target: Type.Object({}, { additionalProperties: true }),
  by: Type.String(),
  isAutomatic: Type.Boolean(),
  at: dateTime,
  changeIds: Type.Array(Type.String()),
  actId: orNull(Type.String()),
  undoneAt: orNull(dateTime),
  undoneBy: orNull(Type.String()),
  undoChangeIds: Type.Array(Type.String()),
  isReversible: Type.Boolean(),
  keptBecause: orNull(Type.String()),
});

export const MitigationIn = Type.Object(
  {
    /** Of the menu. */
    kind: oneOf(mitigationKinds),
    /** What it is applied to: as the menu offers it, or with other values. */
    target: Type.Optional(recordOf(Type.Unknown(), { maxProperties: 20, maxNameLength: 64 })),
  },
  strict,
);
export const UndoIn = Type.Object(
  {
    /** What becomes of fields that somebody altered since; refuse, unless given. */
    onConflict: Type.Optional(oneOf(conflictChoices)),
  },
  strict,
);
export const interactionOut = Type.Object({
  verdict: oneOf(['refuse', 'warn']),
  mitigationId: Type.String(),
  text: Type.String(),
});
const described = {
  kind: oneOf(mitigationKinds),
  title: Type.String(),
  does: Type.String(),
  /** 1: nearly nothing · 5: deliveries stand still for many. */
  costs: Type.Object({ level: Type.Integer({ minimum: 1, maximum: 5 }), words: Type.String() }),
  timeToEffect: Type.Object({ seconds: Type.Number(), words: Type.String() }),
  risk: Type.String(),
  undo: Type.String(),
  isReversible: Type.Boolean(),
};
export const MenuOut = Type.Object({
  /** What makes sense now, the cheapest first, then what can be undone, then the quickest. */
  data: Type.Array(
    Type.Object({
      ...described,
      target: Type.Object({}, { additionalProperties: true }),
      /** What speaks for it. */
      because: Type.String(),
      /** With mitigations that are in force. */
      interactions: Type.Array(interactionOut),
    }),
  ),
  /** Every kind that there is. */
  kinds: Type.Array(Type.Object(described)),
});
