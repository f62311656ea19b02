import { jwtVerify, SignJWT } from 'jose';
import type { Clock, Random } from '../core/index.ts';
import type { TokenScope } from '../change/index.ts';

/**
 * What a session was opened with. It is looked up on each request, so that what ends it ends the session:
 * token: a token that sees all applications · portal: a token for one application · person: somebody whom the OpenID
 * provider named; `rules` is the digest of the settings that gave the scope.
 */
export type Opening =
  | { readonly kind: 'token'; readonly tokenHash: string }
  | {
      readonly kind: 'portal';
      readonly tokenHash: string;
      readonly appId: number;
      readonly featureFlags: readonly string[];
    }
  | {
      readonly kind: 'person';
      readonly subject: string;
      readonly actor: string;
      readonly name: string;
      readonly scope: TokenScope;
      readonly rules: string;
    };

export type Session = {
  readonly id: string;
  /** What a request that changes something must repeat in `x-csrf-token`. */
  readonly csrf: string;
  readonly opening: Opening;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

/** Somebody on the way to the OpenID provider and back: what the answer is held against. */
export type SignIn = {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where the browser goes afterwards; a path of the console. */
  readonly next: string;
};

/** Sessions are signed texts that a browser keeps; nothing is stored of them here (docs/adr/0045). */
export type Sessions = {
  /** @param until it ends at the latest; without it after twelve hours. */
  open(opening: Opening, until?: number): Promise<{ readonly text: string; session: Session }>;
  /** Null for whatever is not a session of ours that is still good. */
  read(text: string): Promise<Session | null>;
  /** Whether it may still be used: to be asked on every request, since what was read may be kept for a while. */
  isOver(session: Session): boolean;
  /** Signs out: from now on its text opens nothing, wherever there is a copy of it. */
  end(session: Session): void;
  sealSignIn(signIn: SignIn): Promise<string>;
  readSignIn(text: string): Promise<SignIn | null>;
};

const SESSION_MS = 12 * 3_600_000;
/** From the way to the provider to the way back. */
export const SIGN_IN_MS = 600_000;
/** Sessions that were signed out and have not expired; with more of them the oldest are forgotten. */
const MOST_ENDED = 100_000;
const ISSUER = 'holdfast';
const ID_BYTES = 16;

/** @param key 32 bytes, for this and nothing else. */
export function createSessions(key: Uint8Array, clock: Clock, random: Random): Sessions {
  /** By id, in the order in which they were ended. */
  const ended = new Map<string, number>();

  const drawn = (): string => Buffer.from(random.bytes(ID_BYTES)).toString('base64url');

  function sign(claims: object, audience: Audience, expiresAt: number): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(key);
  }

  async function verify(text: string, audience: Audience): Promise<Claims | null> {
    try {
      const { payload } = await jwtVerify(text, key, {
        issuer: ISSUER,
        audience,
        algorithms: ['HS256'],
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch {
      return null; // whatever is wrong with it, it is none of ours
    }
  }

  const sessions: Sessions = {
    async open(opening, until = Infinity) {
      const lastsUntil = Math.min(clock.now() + SESSION_MS, until);
      const expiresAt = Math.floor(lastsUntil / 1000) * 1000;
      const session = { id: drawn(), csrf: drawn(), opening, expiresAt };
      const claims = { jti: session.id, csrf: session.csrf, opening };
      return { text: await sign(claims, 'session', expiresAt), session };
    },
    async read(text) {
      const claims = await verify(text, 'session');
      if (claims === null) return null;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we signed it, for this use alone
      const { jti, csrf, opening, exp } = claims as Claims & SessionClaims;
      const session = { id: jti, csrf, opening, expiresAt: exp * 1000 };
      return sessions.isOver(session) ? null : session;
    },
    isOver: ({ id, expiresAt }) => clock.now() >= expiresAt || ended.has(id),
    end({ id, expiresAt }) {
      ended.set(id, expiresAt);
      if (ended.size > MOST_ENDED) forgetOldest();
    },
    sealSignIn: (signIn) => sign(signIn, 'sign-in', clock.now() + SIGN_IN_MS),
    async readSignIn(text) {
      const claims = await verify(text, 'sign-in');
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we signed it, for this use alone
      return claims === null ? null : (claims as Claims & SignIn);
    },
  };
  return sessions;

  /** First those that have expired anyway. */
  function forgetOldest(): void {
    const now = clock.now();
    for (const [id, expiresAt] of ended) if (expiresAt <= now) ended.delete(id);
    for (const id of ended.keys()) {
      if (ended.size <= MOST_ENDED) return;
      ended.delete(id);
    }
  }
}

/** One key signs both, and neither is taken for the other. */
type Audience = 'session' | 'sign-in';
type Claims = Readonly<Record<string, unknown>>;
type SessionClaims = {
  readonly jti: string;
  readonly csrf: string;
  readonly opening: Opening;
  readonly exp: number;
};
