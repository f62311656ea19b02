import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fault, HoldfastError } from '../core/index.ts';
import { createFailedTries } from '../session/index.ts';
import { COOKIE, type Principals, type SessionPrincipal } from './auth.ts';
import { createCheck } from './check.ts';
import { assertOwnPage, assertSameOrigin } from './csrf.ts';
import { serveOpenId } from './open-id-routes.ts';
import type { ApiParts } from './parts.ts';
import {
  cookieNameFor,
  sessionTextIn,
  type CookieRules,
  type OpenSession,
} from './session-cookie.ts';
import { SessionIn, type MeansView, type SessionView } from './session-operations.ts';

/** A browser drops a cookie over 4096 bytes without a word. */
const LONGEST_COOKIE = 3800;

/** Signing in and out. Their own cookies are written here alone, so no other route pays for them. */
export function serveSession(
  server: FastifyInstance,
  parts: ApiParts,
  principals: Principals,
  cookies: CookieRules,
): void {
  const { sessions, idText, publicUrl, clock } = parts;
  const tries = createFailedTries(clock);
  const checkBody = createCheck(SessionIn, 'body');

  const open: OpenSession = async (request, reply, opening, until) => {
    const { text, session } = await sessions.open(opening, until);
    if (text.length > LONGEST_COOKIE) {
      throw fault('validation', {
        field: 'token',
        detail: 'The token names more feature flags than a session can hold. Use one with fewer.',
      });
    }
    const before = await present(request);
    if (before !== null) sessions.end(before.session);
    const seconds = Math.floor((session.expiresAt - clock.now()) / 1000);
    reply.setCookie(cookieNameFor(request.headers, cookies), text, {
      ...cookies.optionsFor(opening.kind),
      maxAge: seconds,
    });
    return session;
  };

  server.register(async (scope) => {
    await scope.register(fastifyCookie, { hook: false });

    scope.post('/session', async (request, reply) => {
      assertSameOrigin(request, publicUrl());
      tries.assertMayTry(request.ip);
      const { token } = checkBody(valueOf(request.body));
      const { principal, opening, expiresAt } = await principals
        .byToken(token.trim())
        .catch((thrown: unknown) => {
          if (!isNobody(thrown)) throw thrown;
          tries.failed(request.ip);
          throw fault('authentication_failed', {
            field: 'token',
            detail: 'No such token may come in here. Check that it is whole, and was not revoked.',
          });
        });
      const isForPortal = cookieNameFor(request.headers, cookies) === cookies.portal;
      if (isForPortal && opening.kind !== 'portal') {
        throw fault('insufficient_access', {
          field: 'token',
          detail:
            'This token is for all applications, and the portal shows one. Sign in to the console with it, or open a link of an application.',
        });
      }
      const session = await open(request, reply, opening, expiresAt);
      return view({ ...principal, session });
    });

    scope.get('/session', async (request, _reply) => {
      const principal = await present(request);
      if (principal === null) throw fault('authentication_failed', COOKIE);
      return view(principal);
    });

    scope.delete('/session', async (request, reply) => {
      const principal = await present(request);
      if (principal !== null) {
        assertOwnPage(request, principal.session, publicUrl());
        sessions.end(principal.session);
      }
      const kind = principal?.session.opening.kind ?? 'token';
      const name = cookieNameFor(request.headers, cookies);
      return reply.clearCookie(name, cookies.optionsFor(kind)).code(204).send();
    });

    scope.get('/session/means', async (request, _reply): Promise<MeansView> => {
      const oidc = parts.openId === null ? null : { name: parts.openId.name };
      return { token: true, oidc, isSignedIn: (await present(request)) !== null };
    });

    serveOpenId(scope, parts, cookies, open);
  });

  /** Whose session the request brings; null: nobody's. */
  async function present({ headers }: FastifyRequest): Promise<SessionPrincipal | null> {
    const text = sessionTextIn(headers.cookie ?? '', cookieNameFor(headers, cookies));
    if (text === undefined) return null;
    return principals.bySession(text).catch((thrown: unknown) => {
      if (isNobody(thrown)) return null;
      throw thrown;
    });
  }

  function view({ actor, scope, appId, session }: SessionPrincipal): SessionView {
    const { opening, csrf, expiresAt } = session;
    return {
      actor,
      name: opening.kind === 'person' ? opening.name : actor,
      scope,
      appId: appId === null ? null : idText.format('application', appId),
      openedBy: opening.kind,
      csrf,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }
}

function isNobody(thrown: unknown): boolean {
  return thrown instanceof HoldfastError && thrown.code === 'authentication_failed';
}

function valueOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'value' in body ? body.value : undefined;
}
