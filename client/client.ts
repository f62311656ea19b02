import { operationPaths, type Operations } from './operations.ts';

/**
 * A client for Holdfast's API, typed by its OpenAPI document. It needs `fetch` and nothing else.
 *
 *     const holdfast = createClient({ url: 'http://127.0.0.1:8071', token });
 *     const message = await holdfast('v1.message.create', {
 *       path: { app_id: 'acme' },
 *       body: { eventType: 'invoice.paid', payload: { id: 'in_1' } },
 *     });
 */
export type Client = <Id extends keyof Operations>(
  operationId: Id,
  request: RequestOf<Operations[Id]>,
) => Promise<Operations[Id]['answer']>;

export type ClientOptions = {
  readonly url: string;
  /** Without one, what `fetch` brings along stands for the caller: in a browser, the session's cookie. */
  readonly token?: string;
  /** Time for one whole request. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

type Shape = { path: object; query: object; body: unknown; answer: unknown };

/** Path, query and body as far as the operation has them; what it never takes cannot be given. */
export type RequestOf<Operation extends Shape> = (keyof Operation['path'] extends never
  ? { readonly path?: never }
  : { readonly path: Operation['path'] }) &
  (keyof Operation['query'] extends never
    ? { readonly query?: never }
    : { readonly query?: Operation['query'] }) &
  ([Operation['body']] extends [never]
    ? { readonly body?: never }
    : { readonly body: Operation['body'] }) & {
    readonly idempotencyKey?: string;
    /** Why something is changed: one line, kept with the change. */
    readonly reason?: string;
    readonly signal?: AbortSignal;
  };

/** What the API refused: its status, code, sentence and, where one is to blame, the field. */
export class HoldfastApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, sentence: string, field: string | undefined) {
    super(sentence);
    this.name = 'HoldfastApiError';
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

const DEFAULT_TIMEOUT_MS = 30_000;

export function createClient(options: ClientOptions): Client {
  const { url, token, timeoutMs = DEFAULT_TIMEOUT_MS, fetch: send = fetch } = options;
  return async (operationId, request) => {
    const [method, pattern] = operationPaths[operationId];
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_place, name: string) =>
      encodeURIComponent(textOf(request.path, name)),
    );
    const target = new URL(path, url);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined && value !== null) target.searchParams.set(name, String(value));
    }
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal =
      request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    const { idempotencyKey: key, reason } = request;
    const response = await send(target, {
      method,
      signal,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(reason === undefined ? {} : { 'holdfast-reason': encodeURIComponent(reason) }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const text = await response.text();
    if (!response.ok) throw errorOf(response.status, text);
    const answer: Operations[typeof operationId]['answer'] =
      text === '' ? undefined : JSON.parse(text);
    return answer;
  };
}

function textOf(path: object | undefined, name: string): string {
  const value: unknown = path === undefined ? undefined : Reflect.get(path, name);
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`the path parameter ${name} is missing`);
}

function errorOf(status: number, text: string): HoldfastApiError {
  const body = parsedOrEmpty(text);
  const [first] = Array.isArray(body['detail']) ? body['detail'] : [{ msg: body['detail'] }];
  const sentence = typeof first?.msg === 'string' ? first.msg : text.slice(0, 200);
  const code = typeof body['code'] === 'string' ? body['code'] : 'unknown';
  const field = typeof body['field'] === 'string' ? body['field'] : undefined;
  return new HoldfastApiError(status, code, sentence, field);
}

function parsedOrEmpty(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}
