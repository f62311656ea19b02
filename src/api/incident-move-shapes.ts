import { Type } from 'typebox';
import { episodeMarkers, incidentRoles, reviewMarkers } from '../incident/index.ts';
import {
  dateTime,
  evidence,
  name,
  neededText,
  oneOf,
  orNull,
  severity,
  someText,
  strict,
} from './incident-fields.ts';

export const AcknowledgeIn = Type.Object({ note: Type.Optional(someText) }, strict);
export const RoleIn = Type.Object({ role: oneOf(incidentRoles), who: orNull(name) }, strict);
export const SeverityIn = Type.Object({ severity, reason: neededText }, strict);
export const MarkerIn = Type.Object(
  {
    marker: oneOf(episodeMarkers),
    /** Now, unless given. */
    at: Type.Optional(dateTime),
    /** How it is known: a marker that a person sets needs a reason. */
    note: Type.Optional(someText),
    evidence: Type.Optional(evidence),
  },
  strict,
);
export const ReviewMarkerIn = Type.Object(
  { marker: oneOf(reviewMarkers), at: Type.Optional(dateTime), note: Type.Optional(someText) },
  strict,
);
export const UpdateIn = Type.Object(
  {
    responders: neededText,
    /** What endpoint owners may read, on the status feed too; empty: nothing for them this time. */
    owners: Type.Optional(someText),
    /** When word is due again; 0: no more. By the clock of its severity while the impact lasts, none after it. */
    nextInMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080 })),
  },
  strict,
);
export const UpdateDraftOut = Type.Object({
  responders: Type.String(),
  owners: Type.String(),
  /** When word is due again once it is sent; null: no more. */
  nextDueAt: orNull(dateTime),
});
export const IncidentMoveIn = Type.Object({}, strict);
export const ReasonIn = Type.Object({ reason: neededText }, strict);
export const MergeIn = Type.Object({ into: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
export const ReopenIn = Type.Object(
  {
    /** What is back. */
    reason: neededText,
    /** Since when; now, unless given. */
    at: Type.Optional(dateTime),
  },
  strict,
);
