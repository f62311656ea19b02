import type { FastifyRequest } from 'fastify';
import { fault } from '../core/index.ts';
import { tokenScopes } from '../change/index.ts';
import type { Authenticate, Principal } from './auth.ts';
import { assertOwnPage } from './csrf.ts';
import type { ApiParts } from './parts.ts';
import type { Route } from './route.ts';

type Admitted = Pick<Route, 'access' | 'method' | 'changesNothing'>;

/** Who may ask a route what: Fastify's onRequest hook for it. */
export type Admission = (
  route: Admitted,
) => (request: FastifyRequest, reply: unknown, done: (error?: Error) => void) => void;

/** Before the body is read: a stranger's bytes are not even parsed. */
export function createAdmission(
  parts: Pick<ApiParts, 'isStopping' | 'publicUrl'>,
  authenticate: Authenticate,
  limitRate: (principal: Principal) => void,
): Admission {
  return (route) => (request, _reply, done) => {
    if (parts.isStopping()) throw fault('stopping', { retryAfterSeconds: 5 });
    const { headers, raw } = request;
    // RFC 9112 section 3.2; Node's own refusal would have no body.
    if (headers.host === undefined && raw.httpVersion !== '1.0') {
      throw fault('malformed_request', { field: 'host' });
    }
    const admit = (principal: Principal): void => {
      if (principal.session !== undefined) {
        assertOwnPage(request, principal.session, parts.publicUrl());
      }
      limitRate(principal);
      assertMayCall(route, principal);
      request.principal = principal;
    };
    const principal = route.access === 'public' ? null : authenticate(headers);
    if (principal instanceof Promise) {
      void whenDone(async () => admit(await principal), done);
      return;
    }
    if (principal !== null) admit(principal);
    done();
  };
}

/** Hooks that wait for something at most now and then call back, as a promise would cost every request. */
async function whenDone(work: () => Promise<void>, done: (error?: Error) => void): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    done(thrown instanceof Error ? thrown : fault('internal', { cause: thrown }));
    return;
  }
  done();
}

function assertMayCall(
  { access, method, changesNothing }: Admitted,
  { appId, scope }: Principal,
): void {
  const isReading = method === 'GET' || changesNothing === true;
  const needed = access === 'admin' ? 'admin' : isReading ? 'read' : 'write';
  const isScopeEnough = tokenScopes.indexOf(scope) >= tokenScopes.indexOf(needed);
  if (!isScopeEnough) {
    throw fault('insufficient_access', {
      detail: `This needs a token of scope ${needed}; yours is ${scope}.`,
    });
  }
  if (appId !== null && access !== 'portal') {
    throw fault('insufficient_access', {
      detail: 'A token for one application does not reach this.',
    });
  }
}
