import { hash } from 'node:crypto';
import { fault } from '../core/index.ts';
import type { ApiParts } from './parts.ts';

/** Who calls: what the audit rows name. */
export type Principal = { readonly actor: string };

export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

/** Tokens are known by their SHA-256 alone; 256 random bits need no slow hash. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Answers are kept this long, so that a revoked token ends soon and the hot path needs no read. */
const KEPT_MS = 5_000;
const KEPT_TOKENS = 1_000;

/** Throws `authentication_failed`. */
export function createAuthenticate({
  configuration,
  adminTokenHash,
  clock,
}: Pick<ApiParts, 'configuration' | 'adminTokenHash' | 'clock'>): Authenticate {
  const kept = new Map<string, { readonly principal: Principal; readonly until: number }>();
  return async (authorization) => {
    const token =
      authorization?.startsWith('Bearer ') === true
        ? authorization.slice('Bearer '.length).trim()
        : '';
    if (token === '') throw fault('authentication_failed', { field: 'authorization' });
    const hashed = tokenHash(token);
    const known = kept.get(hashed);
    if (known !== undefined && clock.now() < known.until) return known.principal;
    const principal = await look(hashed);
    if (kept.size >= KEPT_TOKENS) kept.clear();
    kept.set(hashed, { principal, until: clock.now() + KEPT_MS });
    return principal;
  };

  async function look(hashed: string): Promise<Principal> {
    if (hashed === adminTokenHash) return { actor: 'admin' };
    const token = await configuration.tokenByHash(hashed);
    if (token === null) throw fault('authentication_failed', { field: 'authorization' });
    return { actor: token.name };
  }
}
