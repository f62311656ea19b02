import { hkdfSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ENCRYPTION_KEY } from './hostile-service.ts';

const WEEK_SECONDS = 7 * 86_400;

/** The key that portal tokens are signed with: tests know the sealing key, so they can sign what a forger could not. */
function portalKey(sealingKey = ENCRYPTION_KEY): Uint8Array {
  const key = Buffer.from(sealingKey, 'base64');
  return new Uint8Array(hkdfSync('sha256', key, '', 'holdfast portal tokens', 32));
}

export type Claims = {
  readonly applicationId: string;
  readonly issuer?: string;
  readonly expiresInSeconds?: number;
  readonly algorithm?: string;
  readonly key?: Uint8Array;
};

/** A token as the service would give it, but for what the test says otherwise. */
export function signToken({
  applicationId,
  issuer = 'holdfast',
  expiresInSeconds = WEEK_SECONDS,
  algorithm = 'HS256',
  key = portalKey(),
}: Claims): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(applicationId)
    .setIssuedAt(now - WEEK_SECONDS)
    .setExpirationTime(now + expiresInSeconds)
    .setJti(crypto.randomUUID())
    .sign(key);
}

/** Algorithm "none": says what it wants, signed by nobody. */
export function unsignedToken(applicationId: string): string {
  const now = Math.floor(Date.now() / 1000);
  return new UnsecuredJWT({})
    .setIssuer('holdfast')
    .setSubject(applicationId)
    .setIssuedAt(now)
    .setExpirationTime(now + WEEK_SECONDS)
    .encode();
}

/** The same signature under another application's name. */
export function tamperedToken(token: string, applicationId: string): string {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const changed = {
    ...JSON.parse(Buffer.from(claims, 'base64url').toString()),
    sub: applicationId,
  };
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
