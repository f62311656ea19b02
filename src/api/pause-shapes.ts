import { Type } from 'typebox';
import { resumeRateBounds } from '../change/index.ts';

const { min: minimum, max: maximum } = resumeRateBounds;
const reason = Type.String({ minLength: 1, maxLength: 1000 });
/** Of what waited, so many a second to each endpoint; null: each when it was due. Event types only. */
const resumePerSecond = Type.Union([Type.Integer({ minimum, maximum }), Type.Null()]);

export const PauseIn = Type.Object(
  {
    /** Id or uid; absent: all applications. */
    appId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** Absent: all of them. */
    eventType: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    reason,
    resumePerSecond: Type.Optional(resumePerSecond),
  },
  { additionalProperties: false },
);

export const PausePatch = Type.Object(
  { reason: Type.Optional(reason), resumePerSecond: Type.Optional(resumePerSecond) },
  { additionalProperties: false },
);

const orNull = Type.Union([Type.String(), Type.Null()]);

export const PauseOut = Type.Object({
  id: Type.String(),
  appId: orNull,
  eventType: orNull,
  reason: Type.String(),
  resumePerSecond,
  since: Type.String({ format: 'date-time' }),
});

/** All of them on one page, the oldest first. */
export const PausesOut = Type.Object({ data: Type.Array(PauseOut) });
