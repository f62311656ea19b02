import { fault } from '../core/index.ts';
import type { Opening } from '../session/index.ts';
import { COOKIE, tokenHash, type KnownToken, type Principal, type Principals } from './auth.ts';
import type { ApiParts } from './parts.ts';

type PrincipalsParts = Pick<
  ApiParts,
  'configuration' | 'adminTokenHash' | 'portalTokens' | 'sessions' | 'signInRules'
>;

/** Tokens and sessions, each looked up when it is asked for: what was revoked is nobody. */
export function createPrincipals({
  configuration,
  adminTokenHash,
  portalTokens,
  sessions,
  signInRules,
}: PrincipalsParts): Principals {
  return {
    async byToken(token) {
      const hashed = tokenHash(token);
      const principal = await stored(hashed);
      if (principal !== null) {
        return { principal, opening: { kind: 'token', tokenHash: hashed }, expiresAt: undefined };
      }
      const known = await ofPortal(token, hashed);
      if (known !== null) return known;
      throw fault('authentication_failed', { field: 'authorization' });
    },
    async bySession(text) {
      const session = await sessions.read(text);
      const principal = session === null ? null : await opened(session.opening);
      if (session === null || principal === null) throw fault('authentication_failed', COOKIE);
      return { ...principal, session };
    },
    isOver: (session) => sessions.isOver(session),
  };

  /** Whom a token stands for that sees all applications. */
  async function stored(hashed: string): Promise<Principal | null> {
    if (hashed === adminTokenHash) {
      return { actor: 'admin', scope: 'admin', appId: null, featureFlags: null, hash: hashed };
    }
    const token = await configuration.tokens.byHash(hashed);
    if (token === null || token.isRevoked) return null;
    const { name, scope } = token;
    // A link shows what it is of, and opens nothing here.
    if (scope === 'board' || scope === 'status') return null;
    return { actor: name, scope, appId: null, featureFlags: null, hash: hashed };
  }

  async function ofPortal(token: string, hashed: string): Promise<KnownToken | null> {
    const verified = await portalTokens.verify(token);
    if (verified === null) return null;
    const opening = { kind: 'portal', tokenHash: hashed, ...verified.portal } as const;
    const principal = await opened(opening);
    return principal === null ? null : { principal, opening, expiresAt: verified.expiresAt };
  }

  async function opened(opening: Opening): Promise<Principal | null> {
    switch (opening.kind) {
      case 'token':
        return stored(opening.tokenHash);
      case 'portal': {
        const { tokenHash: hash, appId, featureFlags } = opening;
        // It is stored once it was logged out, and not before.
        if ((await configuration.tokens.byHash(hash)) !== null) return null;
        // Nothing is left to see for the owner of an application that was deleted.
        if ((await configuration.applications.byId(appId)) === null) return null;
        return { actor: 'portal', scope: 'write', appId, featureFlags, hash };
      }
      case 'person': {
        const { subject, actor, scope, rules } = opening;
        if (rules !== signInRules?.digest) return null;
        const hash = tokenHash(`person ${subject}`);
        return { actor, scope, appId: null, featureFlags: null, hash };
      }
      default:
        return null; // a session of a later version
    }
  }
}
