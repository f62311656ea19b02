import { Pool } from 'undici';
import type { Json } from './json.ts';

export type Answer = { readonly status: number; readonly json: Json };

/** The service as any client meets it: requests over HTTP with its token. */
export type Api = {
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: Json,
  ): Promise<Answer>;
  /** The same, where anything but 2xx is a fault of the drill itself; resolves to the answer's body. */
  get(path: string): Promise<Json>;
  post(path: string, body?: Json): Promise<Json>;
  put(path: string, body: Json): Promise<Json>;
  patch(path: string, body: Json): Promise<Json>;
  /** All pages of a list, at most `most` of its items. */
  list(path: string, most: number): Promise<readonly Json[]>;
  close(): Promise<void>;
};

const CONNECTIONS = 32;
const TIMEOUT_MS = 30_000;
const PAGE = 250;

export function createApi(url: string, token: string): Api {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });

  const call: Api['call'] = async (method, path, body) => {
    const { statusCode, body: answer } = await pool.request({
      method,
      path: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = await answer.text();
    return { status: statusCode, json: parsed(text) };
  };

  const orThrow = async (
    method: Parameters<Api['call']>[0],
    path: string,
    body?: Json,
  ): Promise<Json> => {
    const { status, json } = await call(method, path, body);
    if (status >= 200 && status < 300) return json;
    throw new Error(`${method} ${path} was answered ${status}: ${JSON.stringify(json)}`);
  };

  return {
    call,
    get: (path) => orThrow('GET', path),
    post: (path, body) => orThrow('POST', path, body),
    put: (path, body) => orThrow('PUT', path, body),
    patch: (path, body) => orThrow('PATCH', path, body),
    async list(path, most) {
      const found: Json[] = [];
      let iterator = '';
      for (;;) {
        const sign = path.includes('?') ? '&' : '?';
        const page = await orThrow('GET', `${path}${sign}limit=${Math.min(PAGE, most)}${iterator}`);
        const { data, iterator: next, done } = pageOf(page);
        found.push(...data);
        if (done || next === null || found.length >= most) return found.slice(0, most);
        iterator = `&iterator=${encodeURIComponent(next)}`;
      }
    },
    close: () => pool.close(),
  };
}

function parsed(text: string): Json {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is what JSON.parse gives
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function pageOf(page: Json): { data: readonly Json[]; iterator: string | null; done: boolean } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every list of the API has this shape
  return page as unknown as { data: readonly Json[]; iterator: string | null; done: boolean };
}
