import type { Static, TSchema } from 'typebox';
import type { Application } from '../change/index.ts';
import type { ChangeBy } from '../ledger/index.ts';
import type { Principal } from './auth.ts';
import type { ApiParts } from './parts.ts';

/**
 * A route is data: what it takes, what it answers, who may call it, and the function that answers. The server turns
 * the table of them (routes/index.ts) into HTTP, the OpenAPI document and the tests that go over every route.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With {names} of path parameters; {app_id} is resolved to an application the caller may see. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /**
   * Who may call. public: anyone · portal: also a token for one application, for that one · organization: tokens for
   * all applications · admin: those of scope admin. Reading needs scope read, everything else scope write.
   */
  readonly access: 'public' | 'portal' | 'organization' | 'admin';
  /** It computes from what is sent, and keeps nothing: scope read is enough. */
  readonly changesNothing?: true;
  /** It keeps the idempotency key itself, in the commit of what it does. */
  readonly keepsKey?: true;
  /** Beside application/json. */
  readonly accepts?: 'application/x-ndjson';
  /** Beside application/json, where the request asks for it. */
  readonly alsoAnswers?: 'image/svg+xml';
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly answers: Readonly<Record<number, TSchema | null>>;
  readonly handle: (input: RouteInput<unknown, unknown>, parts: ApiParts) => Promise<Answer>;
};

export type RouteInput<Query, Body> = {
  readonly path: (name: string) => string;
  readonly query: Query;
  readonly body: Body;
  /** The request body's text as it was sent. */
  readonly bodyText: string;
  readonly idempotencyKey: string | null;
  /** The trace that the request belongs to (W3C Trace Context); null: none. */
  readonly traceparent: string | null;
  readonly principal: Principal;
  /** Who changes something by this request, through what, and why: what changes are recorded with. */
  readonly by: () => ChangeBy;
  readonly application: () => Promise<Application>;
};

/** `json` is text already; `value` is written as JSON. */
export type Answer =
  | { readonly status: number; readonly value: unknown }
  | { readonly status: number; readonly json: string }
  /** Something else than JSON, with its content type. */
  | { readonly status: number; readonly text: string; readonly type: string }
  | { readonly status: 204 };

/** What the document says of a route, and its client knows it by. */
export type Operation = Omit<Route, 'handle' | 'keepsKey' | 'changesNothing'> & {
  /** Statuses of refusals beside those that its access and form bring. */
  readonly refuses?: readonly number[];
  /** Instead of application/json. */
  readonly streams?: 'text/event-stream';
};

type Typed<Query extends TSchema, Body extends TSchema> = Omit<
  Route,
  'query' | 'body' | 'handle'
> & {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (
    input: RouteInput<Static<Query>, Static<Body>>,
    parts: ApiParts,
  ) => Promise<Answer>;
};

/** Gives a route's handler the types of its schemas. The server has checked the request against both before. */
export function route<Query extends TSchema, Body extends TSchema>(
  given: Typed<Query, Body>,
): Route {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks each request against both schemas first
  return given as unknown as Route;
}
