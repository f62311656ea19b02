import assert from 'node:assert/strict';
import { ApiException, Svix, type ApplicationIn, type EndpointIn } from 'svix';
import { startService, temporaryFolder, type Undo } from '../cli/processes.ts';
import { startReceiver, type Received } from '../support/service-receiver.ts';
import { createRecorder, type Exchange } from './exchange.ts';
import { isRecord } from './shape.ts';
import { soon } from './soon.ts';

/** What the checks stand on: a running Holdfast, a receiver, and the npm client. One check runs at a time. */
export type World = {
  readonly url: string;
  /** The npm client with the service's own token. */
  readonly svix: Svix;
  readonly token: string;
  readonly as: (token: string) => Svix;
  /** For what the npm client has no method or no field for. */
  readonly call: (call: Call) => Promise<Answer>;
  readonly exchanges: readonly Exchange[];
  /** A name that nobody has used. */
  readonly unique: (stem: string) => string;
  /** An application that nobody else sees. */
  readonly application: (given?: Partial<ApplicationIn>) => Promise<Named>;
  /** An endpoint at the receiver. */
  readonly endpoint: (appId: string, given?: Partial<EndpointIn>) => Promise<NamedEndpoint>;
  readonly receiver: Mailbox;
};

export type Named = { readonly id: string; readonly uid: string };
export type NamedEndpoint = Named & { readonly path: string; readonly url: string };

export type Call = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Undefined: the service's own; null: none. */
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answer = { readonly status: number; readonly value: unknown; readonly text: string };

export type Mailbox = {
  /** Requests that came to a path; resolves once there are so many. */
  readonly at: (path: string, count: number) => Promise<readonly Received[]>;
  readonly countAt: (path: string) => number;
  /** From now on this path answers so. */
  readonly answerWith: (
    path: string,
    status: number,
    headers?: Readonly<Record<string, string>>,
  ) => void;
};

/** Three attempts within a moment, so that a delivery dies while a check waits for it. */
export const ATTEMPTS = 3;
const settings = {
  HOLDFAST_RETRY_SCHEDULE: '0s,20ms,20ms',
  // What is checked here is not the rate, and all checks of an application's token come at once.
  HOLDFAST_PORTAL_REQUESTS_PER_SECOND: '0',
};

/** Starts everything; `context` stops it. */
export async function startWorld(context: Undo): Promise<World> {
  const [{ url, token }, receiver] = await Promise.all([
    startService(context, temporaryFolder(context), settings),
    startMailbox(context),
  ]);
  const recorder = createRecorder();
  let names = 0;
  const unique = (stem: string): string => `${stem}-${(names += 1)}`;
  const as = (token: string): Svix => new Svix(token, { serverUrl: url, fetch: recorder.fetch });
  const svix = as(token);
  return {
    url,
    svix,
    token,
    as,
    exchanges: recorder.exchanges,
    unique,
    async call({ method, path, body, headers, token: given }) {
      const bearer = given === undefined ? token : given;
      const response = await recorder.fetch(url + path, {
        method,
        headers: {
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, text, value: text === '' ? null : JSON.parse(text) };
    },
    async application(given = {}) {
      const uid = unique('app-uid');
      const { id } = await svix.application.create({ name: 'Acme', uid, ...given });
      return { id, uid };
    },
    async endpoint(appId, given = {}) {
      const uid = unique('endpoint-uid');
      const path = `/${uid}`;
      const url = receiver.origin + path;
      const { id } = await svix.endpoint.create(appId, { url, uid, ...given });
      return { id, uid, path, url };
    },
    receiver: receiver.mailbox,
  };
}

async function startMailbox(
  context: Undo,
): Promise<{ readonly origin: string; readonly mailbox: Mailbox }> {
  const answers = new Map<string, readonly [status: number, headers: Record<string, string>]>();
  const { origin, received } = await startReceiver(context, (response, { path }) => {
    const [status, headers] = answers.get(path) ?? [200, {}];
    response.writeHead(status, headers).end(`answer ${status}`);
  });
  const at = (path: string): readonly Received[] => received.filter((one) => one.path === path);
  return {
    origin,
    mailbox: {
      at: (path, count) =>
        soon(() => at(path).length >= count && at(path), `${count} requests at ${path}`),
      countAt: (path) => at(path).length,
      answerWith: (path, status, headers = {}) => void answers.set(path, [status, { ...headers }]),
    },
  };
}

/** The result of a call that must be answered with this status. */
export async function answers<Result>(
  { exchanges }: World,
  status: number,
  call: Promise<Result>,
): Promise<Result> {
  const result = await call;
  assert.equal(exchanges.at(-1)?.status, status, 'the status of the answer');
  return result;
}

/** The body of the answer to a call of the npm client that must be refused with this status. */
export async function refuses(
  status: number,
  call: Promise<unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    await call;
  } catch (thrown) {
    if (!(thrown instanceof ApiException)) throw thrown;
    assert.equal(thrown.code, status, `the status of the refusal: ${JSON.stringify(thrown.body)}`);
    assert.ok(isRecord(thrown.body), 'the body of the refusal is an object');
    return thrown.body;
  }
  throw new assert.AssertionError({ message: `it was answered, and not refused with ${status}` });
}
