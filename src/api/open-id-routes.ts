import type { FastifyInstance } from 'fastify';
import { errorTable, fault, HoldfastError } from '../core/index.ts';
import { nextPath, SIGN_IN_MS } from '../session/index.ts';
import type { ApiParts } from './parts.ts';
import { sessionTextIn, type CookieRules, type OpenSession } from './session-cookie.ts';
import { signInProblemHtml, signInProblemPolicy } from './sign-in-problem.ts';

/**
 * The way to the OpenID provider and back. A person looks at what comes of it, so what goes wrong is a page with a
 * sentence.
 */
export function serveOpenId(
  scope: FastifyInstance,
  { openId, sessions, signInRules, publicUrl, log }: ApiParts,
  cookies: CookieRules,
  open: OpenSession,
): void {
  scope.register(async (pages) => {
    pages.setErrorHandler(async (thrown, _request, reply) => {
      const isNamed = thrown instanceof HoldfastError;
      if (!isNamed) log.error({ err: thrown }, 'a sign-in met an error of ours');
      const status = isNamed ? thrown.status : 500;
      const sentence = isNamed ? thrown.message : errorTable.internal[1];
      return reply
        .code(status)
        .header('content-type', 'text/html; charset=utf-8')
        .header('content-security-policy', signInProblemPolicy())
        .send(signInProblemHtml(sentence));
    });

    pages.get<{ Querystring: { next?: unknown } }>('/session/oidc', async (request, reply) => {
      if (openId === null) throw notSet();
      const { url, signIn } = await openId.begin(nextPath(request.query.next));
      return reply
        .setCookie(cookies.signIn, await sessions.sealSignIn(signIn), {
          ...cookies.optionsFor('person'),
          maxAge: SIGN_IN_MS / 1000,
        })
        .redirect(url, 302);
    });

    pages.get('/session/oidc/callback', async (request, reply) => {
      if (openId === null || signInRules === null) throw notSet();
      // It is good for one try.
      reply.clearCookie(cookies.signIn, cookies.optionsFor('person'));
      const text = sessionTextIn(request.headers.cookie ?? '', cookies.signIn);
      const signIn = text === undefined ? null : await sessions.readSignIn(text);
      if (signIn === null) {
        throw fault('sign_in_failed', {
          detail: `This sign-in began in another browser, or more than ${SIGN_IN_MS / 60_000} minutes ago. Sign in again.`,
        });
      }
      const person = await openId.finish(new URL(request.url, publicUrl()), signIn);
      await open(request, reply, { kind: 'person', ...person, rules: signInRules.digest });
      log.info({ actor: person.actor, scope: person.scope }, 'somebody signed in');
      return reply.redirect(nextPath(signIn.next), 302);
    });
  });
}

function notSet(): Error {
  return fault('not_found', {
    detail:
      'Nobody signs in by OpenID Connect here. Set HOLDFAST_OIDC_ISSUER, or sign in by a token.',
  });
}
