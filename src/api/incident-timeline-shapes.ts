import { Type } from 'typebox';
import { rowSources, timelineKinds } from '../incident/index.ts';
import { dateTime, evidence, neededText, oneOf, strict } from './incident-fields.ts';
import { OrderedPageQuery } from './page-shapes.ts';

export const NoteIn = Type.Object(
  {
    text: neededText,
    /** When it happened, which may be long ago; now, unless given. */
    at: Type.Optional(dateTime),
    evidence: Type.Optional(evidence),
  },
  strict,
);

export const TimelineQueryIn = Type.Object({
  ...OrderedPageQuery.properties,
  kind: Type.Optional(oneOf(timelineKinds)),
});

export const TimelineRowOut = Type.Object({
  id: Type.String(),
  at: dateTime,
  kind: oneOf(timelineKinds),
  source: oneOf(rowSources),
  by: Type.String(),
  text: Type.String(),
  evidence: Type.Array(
    Type.Object({
      kind: Type.String(),
      id: Type.Optional(Type.String()),
      url: Type.Optional(Type.String()),
    }),
  ),
  /** Evidence as it was at that time. */
  pinned: Type.Unknown(),
});
