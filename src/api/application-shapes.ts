import { Type } from 'typebox';
import {
  applicationUid,
  dateTime,
  metadata,
  metadataOut,
  throttleRate,
  uid,
} from './field-shapes.ts';
import { identifier } from './patterned.ts';

const people = Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()]);

const signatureHeaders = Type.Union([
  Type.Literal('standard'),
  Type.Literal('svix'),
  Type.Literal('both'),
]);

export const ApplicationIn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 256 }),
  uid: Type.Optional(applicationUid),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
  /** Ours: how many people stand behind it. */
  people: Type.Optional(people),
  /** Ours: which names the signature headers carry. */
  signatureHeaders: Type.Optional(signatureHeaders),
});

export const ApplicationPatch = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  uid: Type.Optional(applicationUid),
  metadata: Type.Optional(metadata),
  throttleRate: Type.Optional(throttleRate),
  people: Type.Optional(people),
  signatureHeaders: Type.Optional(signatureHeaders),
});

export const ApplicationOut = Type.Object({
  id: Type.String(),
  uid: Type.Optional(uid),
  name: Type.String(),
  metadata: metadataOut,
  throttleRate: Type.Optional(throttleRate),
  people: Type.Optional(people),
  signatureHeaders: Type.Optional(signatureHeaders),
  createdAt: dateTime,
  updatedAt: dateTime,
});

export const AppPortalAccessIn = Type.Object({
  application: Type.Optional(Type.Union([ApplicationIn, Type.Null()])),
  featureFlags: Type.Optional(
    Type.Array(identifier(256, 'early-access'), {
      uniqueItems: true,
      maxItems: 256,
    }),
  ),
});
export const AppPortalAccessOut = Type.Object({ url: Type.String(), token: Type.String() });
