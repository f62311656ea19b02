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
