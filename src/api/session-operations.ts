import { Type, type Static } from 'typebox';
import type { Operation } from './route.ts';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const SessionIn = Type.Object(
  {
    /** A token for all applications, or one that app-portal-access gave for one of them. */
    token: Type.String({ minLength: 1, maxLength: 4096 }),
  },
  { additionalProperties: false },
);

const SessionOut = Type.Object({
  actor: Type.String(),
  name: Type.String(),
  scope: Type.Union([Type.Literal('read'), Type.Literal('write'), Type.Literal('admin')]),
  appId: nullable(Type.String()),
  openedBy: Type.Union([Type.Literal('token'), Type.Literal('portal'), Type.Literal('person')]),
  csrf: Type.String(),
  expiresAt: Type.String({ format: 'date-time' }),
});

const MeansOut = Type.Object({
  token: Type.Boolean(),
  oidc: nullable(Type.Object({ name: Type.String() })),
  isSignedIn: Type.Boolean(),
});

export type SessionView = Static<typeof SessionOut>;
export type MeansView = Static<typeof MeansOut>;

/**
 * How browsers sign in and out. These answer with cookies and are none of the routes: they stand in the document beside
 * them.
 */
export const sessionOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/session',
    operationId: 'session.open',
    summary:
      'Sign in by a token. The session is a cookie; what changes something by it must repeat csrf in x-csrf-token.',
    access: 'public',
    refuses: [401, 403, 429],
    body: SessionIn,
    answers: { 200: SessionOut },
  },
  {
    method: 'GET',
    path: '/session',
    operationId: 'session.get',
    summary: 'Show whose session this is.',
    access: 'public',
    refuses: [401],
    answers: { 200: SessionOut },
  },
  {
    method: 'DELETE',
    path: '/session',
    operationId: 'session.end',
    summary:
      'Sign out. The session opens nothing from now on; what it was opened by stays as it is.',
    access: 'public',
    refuses: [403],
    answers: { 204: null },
  },
  {
    method: 'GET',
    path: '/session/means',
    operationId: 'session.means',
    summary:
      'By what means one may sign in here, and whether this browser has: a question that is never refused. OpenID Connect begins at /session/oidc?next=PATH.',
    access: 'public',
    answers: { 200: MeansOut },
  },
];
