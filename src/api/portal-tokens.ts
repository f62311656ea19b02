import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Clock, IdText } from '../core/index.ts';

/** Tokens for one application, for its owner's own eyes: signed, not stored, and gone after a week. */
export type PortalTokens = {
  issue(portal: Portal): Promise<string>;
  /** Null for whatever is not a token of ours that is still good. */
  verify(token: string): Promise<VerifiedPortal | null>;
  /** The token of the status link that an application's owner may have: the same each time, and nothing before it is stored. */
  statusLink(appId: number): string;
};

/** What a token lets see: one application, and the event types that these flags uncover. */
export type Portal = { readonly appId: number; readonly featureFlags: readonly string[] };

type VerifiedPortal = {
  readonly portal: Portal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

const ISSUER = 'holdfast';
const LIFETIME_SECONDS = 7 * 86_400;

/** @param key 32 bytes, for what portals are opened and followed by, and nothing else. */
export function createPortalTokens(key: Uint8Array, idText: IdText, clock: Clock): PortalTokens {
  return {
    issue({ appId, featureFlags }) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT(featureFlags.length === 0 ? {} : { feature_flags: featureFlags })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(ISSUER)
        .setSubject(idText.format('application', appId))
        .setIssuedAt(now)
        .setExpirationTime(now + LIFETIME_SECONDS)
        .setJti(crypto.randomUUID())
        .sign(key);
    },
    statusLink(appId) {
      // No text that a JWT signs has a space in it.
      const name = `status link of ${idText.format('application', appId)}`;
      return `hfs_${createHmac('sha256', key).update(name).digest('base64url')}`;
    },
    async verify(token) {
      try {
        const currentDate = new Date(clock.now());
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          algorithms: ['HS256'],
          currentDate,
          requiredClaims: ['exp'],
        });
        const appId = idText.parse('application', payload.sub ?? '');
        const flags = payload['feature_flags'];
        const featureFlags = Array.isArray(flags) ? flags.map(String) : [];
        if (appId === undefined) return null;
        return { portal: { appId, featureFlags }, expiresAt: (payload.exp ?? 0) * 1000 };
      } catch {
        return null; // whatever is wrong with it, it is no token of ours
      }
    },
  };
}
