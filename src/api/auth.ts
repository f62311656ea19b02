import { hash } from 'node:crypto';
import { fault } from '../core/index.ts';
import type { TokenScope } from '../change/index.ts';
import type { ApiParts } from './parts.ts';

/** Who calls: what the audit rows name, and what it may do. */
export type Principal = {
  readonly actor: string;
  readonly scope: TokenScope;
  /** A token for one application sees that application and nothing else; null sees all. */
  readonly appId: number | null;
  /** Event types behind other flags than these are hidden; null sees all. */
  readonly featureFlags: readonly string[] | null;
  /** What revoking the token needs. */
  readonly hash: string;
};

export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

/** Opaque tokens are known by their SHA-256 alone; 256 random bits need no slow hash. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Answers are kept this long, so that a revoked token ends soon and the hot path needs no read. */
const KEPT_MS = 2_000;
const KEPT_TOKENS = 1_000;
const LONGEST_TOKEN = 4096;

/** Throws `authentication_failed`. */
export function createAuthenticate({
  configuration,
  adminTokenHash,
  portalTokens,
  clock,
}: Pick<ApiParts, 'configuration' | 'adminTokenHash' | 'portalTokens' | 'clock'>): Authenticate {
  const kept = new Map<string, { readonly principal: Principal; readonly until: number }>();
  return async (authorization) => {
    const token = bearerOf(authorization);
    const hashed = tokenHash(token);
    const known = kept.get(hashed);
    if (known !== undefined && clock.now() < known.until) return known.principal;
    const principal = await look(token, hashed);
    if (kept.size >= KEPT_TOKENS) kept.clear();
    kept.set(hashed, { principal, until: clock.now() + KEPT_MS });
    return principal;
  };

  async function look(token: string, hashed: string): Promise<Principal> {
    if (hashed === adminTokenHash) {
      return { actor: 'admin', scope: 'admin', appId: null, featureFlags: null, hash: hashed };
    }
    const stored = await configuration.tokens.byHash(hashed);
    if (stored !== null && !stored.isRevoked) {
      const { name, scope } = stored;
      return { actor: name, scope, appId: null, featureFlags: null, hash: hashed };
    }
    const portal = stored === null ? await portalTokens.verify(token) : null;
    // Nothing is left to see for the owner of an application that was deleted.
    const application =
      portal === null ? null : await configuration.applications.byId(portal.appId);
    if (portal === null || application === null) {
      throw fault('authentication_failed', { field: 'authorization' });
    }
    return { actor: 'portal', scope: 'write', ...portal, hash: hashed };
  }
}

function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) {
    throw fault('authentication_failed', { field: 'authorization' });
  }
  return token;
}
