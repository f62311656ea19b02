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

/** Gives at once whom it knows already. */
export type Authenticate = (authorization: string | undefined) => Principal | Promise<Principal>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, once that is known; null where the route is public. */
    principal: Principal | null;
  }
}

/** Opaque tokens are known by their SHA-256 alone; 256 random bits need no slow hash. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Answers are kept this long at most, so that a revoked token ends soon and the hot path needs no read. */
const KEPT_MS = 2_000;
const KEPT_TOKENS = 1_000;
const LONGEST_TOKEN = 4096;

/**
 * Throws `authentication_failed`, or rejects with it.
 *
 * Answers are kept by the header as it was sent, which spares every request the hash. So tokens that were accepted
 * in the last seconds are in memory as they are: so they are anyway, in the requests that brought them, and the
 * admin token is in `dataDir` too. All are forgotten together, so that none is kept for long where many callers
 * come and go. Who sends guesses learns nothing by the time that a look into the map takes: it compares texts only
 * where their hashes, of a seed that the process drew, are equal. What was refused is never kept.
 */
export function createAuthenticate({
  configuration,
  adminTokenHash,
  portalTokens,
  clock,
}: Pick<ApiParts, 'configuration' | 'adminTokenHash' | 'portalTokens' | 'clock'>): Authenticate {
  const kept = new Map<string, Principal>();
  let forgetAt = 0;
  return (authorization = '') => {
    const now = clock.now();
    if (now >= forgetAt) {
      kept.clear();
      forgetAt = now + KEPT_MS;
    }
    return kept.get(authorization) ?? find(authorization);
  };

  async function find(authorization: string): Promise<Principal> {
    const token = bearerOf(authorization);
    const principal = await look(token, tokenHash(token));
    if (kept.size >= KEPT_TOKENS) kept.clear();
    kept.set(authorization, principal);
    return principal;
  }

  async function look(token: string, hashed: string): Promise<Principal> {
    if (hashed === adminTokenHash) {
      return { actor: 'admin', scope: 'admin', appId: null, featureFlags: null, hash: hashed };
    }
    const stored = await configuration.tokens.byHash(hashed);
    if (stored !== null && !stored.isRevoked) {
      const { name, scope } = stored;
      // A link shows what it is of, and opens nothing here.
      if (scope === 'board' || scope === 'status') {
        throw fault('authentication_failed', { field: 'authorization' });
      }
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

function bearerOf(authorization: string): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) {
    throw fault('authentication_failed', { field: 'authorization' });
  }
  return token;
}
