import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fault, type Clock } from '../core/index.ts';
import type { TokenScope } from '../change/index.ts';
import type { Opening, Session } from '../session/index.ts';
import { cookieNameFor, sessionTextIn, type CookieRules } from './session-cookie.ts';

/** Who calls: what the audit rows name, and what it may do. */
export type Principal = {
  readonly actor: string;
  readonly scope: TokenScope;
  /** A token for one application sees that application and nothing else; null sees all. */
  readonly appId: number | null;
  /** Event types behind other flags than these are hidden; null sees all. */
  readonly featureFlags: readonly string[] | null;
  /** What revoking the token needs; of a person, what stands for them in its place. */
  readonly hash: string;
  /** A browser's session, where it is one that calls: it must prove that its own page does (csrf.ts). */
  readonly session?: Session;
};

/** Gives at once whom it knows already: by `authorization: Bearer`, or else by the cookie of a session. */
export type Authenticate = (headers: IncomingHttpHeaders) => Principal | Promise<Principal>;

/** Who is who; all throw `authentication_failed` for nobody. */
export type Principals = {
  byToken(token: string): Promise<KnownToken>;
  /** What a session's cookie holds. */
  bySession(text: string): Promise<SessionPrincipal>;
  /** Whether a session that was found a while ago was signed out, or has expired. */
  isOver(session: Session): boolean;
};

export type SessionPrincipal = Principal & { readonly session: Session };

export type KnownToken = {
  readonly principal: Principal;
  /** What a session is opened with by it. */
  readonly opening: Opening;
  /** When it expires; undefined: never. */
  readonly expiresAt: number | undefined;
};

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
const BEARER = /^Bearer +(\S+)$/i;

/**
 * Throws `authentication_failed`, or rejects with it. A token that is sent counts before a cookie: browsers send cookies
 * unasked, tokens never.
 *
 * Answers are kept by the header as it was sent, which spares every request the hash. So tokens that were accepted
 * in the last seconds are in memory as they are: so they are anyway, in the requests that brought them, and the
 * admin token is in `dataDir` too. All are forgotten together, so that none is kept for long where many callers
 * come and go. Who sends guesses learns nothing by the time that a look into the map takes: it compares texts only
 * where their hashes, of a seed that the process drew, are equal. What was refused is never kept.
 *
 * @param cookies the names of the session's, and of the portal's.
 */
export function createAuthenticate(
  principals: Principals,
  cookies: Pick<CookieRules, 'session' | 'portal'>,
  clock: Clock,
): Authenticate {
  const kept = new Map<string, Principal>();
  const keptSessions = new Map<string, SessionPrincipal>();
  let forgetAt = 0;
  return (headers) => {
    const { authorization = '', cookie } = headers;
    const now = clock.now();
    if (now >= forgetAt) {
      kept.clear();
      keptSessions.clear();
      forgetAt = now + KEPT_MS;
    }
    const known = kept.get(authorization);
    if (known !== undefined) return known;
    const text =
      cookie === undefined ? undefined : sessionTextIn(cookie, cookieNameFor(headers, cookies));
    if (text === undefined || BEARER.test(authorization)) return find(authorization);
    const ofSession = keptSessions.get(text);
    if (ofSession === undefined) return findSession(text);
    if (principals.isOver(ofSession.session)) throw fault('authentication_failed', COOKIE);
    return ofSession;
  };

  async function find(authorization: string): Promise<Principal> {
    const { principal } = await principals.byToken(bearerOf(authorization));
    if (kept.size >= KEPT_TOKENS) kept.clear();
    kept.set(authorization, principal);
    return principal;
  }

  async function findSession(text: string): Promise<Principal> {
    const principal = await principals.bySession(text);
    if (keptSessions.size >= KEPT_TOKENS) keptSessions.clear();
    keptSessions.set(text, principal);
    return principal;
  }
}

export const COOKIE = {
  field: 'cookie',
  detail: 'The session is over, or was opened elsewhere. Sign in again.',
} as const;

function bearerOf(authorization: string): string {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) {
    throw fault('authentication_failed', { field: 'authorization' });
  }
  return token;
}
