import { Type } from 'typebox';
import { count, dateTime, oneOf, orNull } from './incident-fields.ts';
import { interactionOut, MitigationOut } from './mitigation-shapes.ts';
import { IncidentDetailOut } from './incident-shapes.ts';

const shareOut = Type.Object({ bad: count, of: count });
export const JudgementOut = Type.Object({
  incident: IncidentDetailOut,
  /** Of the SLI that it must move, around the change that tests it; null: nothing tests it, or it is a proxy. */
  movement: orNull(
    Type.Object({
      changedAt: dateTime,
      before: shareOut,
      after: shareOut,
      verdict: oneOf(['moved', 'unmoved', 'too_early']),
      text: Type.String(),
    }),
  ),
});

export const MitigatedOut = Type.Object({
  incident: IncidentDetailOut,
  mitigation: MitigationOut,
  interactions: Type.Array(interactionOut),
});
