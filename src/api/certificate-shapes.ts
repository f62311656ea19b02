import { Type } from 'typebox';
import { dateTime } from './field-shapes.ts';
import { PageQuery } from './page-shapes.ts';

export const CertificatesQuery = Type.Object({
  ...PageQuery.properties,
  expiring_within_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
});
export const CertificateOut = Type.Object({
  id: Type.String(),
  peer: Type.String(),
  /** Of the chain without its root: what attempts that met it carry as `certificate`. */
  fingerprint: Type.String(),
  chain: Type.Array(
    Type.Object({
      fingerprint: Type.String(),
      subject: Type.String(),
      issuer: Type.String(),
      validFrom: dateTime,
      validTo: dateTime,
    }),
  ),
  expiresAt: dateTime,
  isExpiring: Type.Boolean(),
  firstSeenAt: dateTime,
  lastSeenAt: dateTime,
});
