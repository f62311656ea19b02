import { Type } from 'typebox';

export const StatusLinkIn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    /** Id or uid; null or absent: all applications. */
    appId: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Null()])),
  },
  { additionalProperties: false },
);

export const StatusLinkOut = Type.Object({
  /** Of the token, to revoke it by. */
  id: Type.String(),
  url: Type.String(),
  json: Type.String(),
  atom: Type.String(),
  rss: Type.String(),
  appId: Type.Union([Type.String(), Type.Null()]),
});

const nullable = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

const StatusEntryOut = Type.Object({
  id: Type.String(),
  state: Type.Union([Type.Literal('ongoing'), Type.Literal('mitigated'), Type.Literal('resolved')]),
  since: Type.String({ format: 'date-time' }),
  mitigatedAt: nullable,
  resolvedAt: nullable,
  spells: Type.Array(Type.Object({ from: Type.String({ format: 'date-time' }), until: nullable })),
  updates: Type.Array(
    Type.Object({ at: Type.String({ format: 'date-time' }), text: Type.String() }),
  ),
});

/** The feed as docs/guide/status-feed.md has it. */
export const StatusOut = Type.Object({
  isDisturbed: Type.Boolean(),
  summary: Type.String(),
  changedAt: nullable,
  current: Type.Array(StatusEntryOut),
  past: Type.Array(StatusEntryOut),
  /** Days on which deliveries were disturbed: 2026-01-31. */
  disturbedDays: Type.Array(Type.String()),
  /** How many days are told of. */
  days: Type.Integer(),
});
