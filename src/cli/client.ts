import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault, HoldfastError, isErrorCode, settingTable } from '../core/index.ts';
import { dataDirFrom } from './data-dir.ts';
import { oneLine } from './one-line.ts';

/**
 * HTTP to a running Holdfast: `createClient(flags, process.env).get(apiPath`/api/v1/app/${app}`)`. Answers are
 * `unknown` and are read in api.ts; failures are faults, those of the API with its own code, sentence and field.
 */
export type Client = {
  /** Without a slash at its end. */
  readonly url: string;
  get(path: ApiPath, query?: Query): Promise<unknown>;
  post(path: ApiPath, body?: PostBody): Promise<unknown>;
  put(path: ApiPath, body: PostBody): Promise<unknown>;
  patch(path: ApiPath, body: PostBody): Promise<unknown>;
  delete(path: ApiPath): Promise<unknown>;
};

export type ClientFlags = {
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
  /** Why something is written: kept with every change that the command makes. */
  readonly why?: string | undefined;
};

export type Query = Readonly<Record<string, string | number | undefined>>;
/** `json` goes out byte for byte. */
export type PostBody = {
  readonly json: string | Uint8Array<ArrayBuffer>;
  readonly idempotencyKey?: string | undefined;
};
/** A path in which all names are escaped: made by `apiPath` only. */
export type ApiPath = { readonly path: string };

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = `http://${settingTable.host.fallback}:${settingTable.port.fallback}`;
/** Longer than the service takes for anything: a commit waits on the disk for seconds at most. */
const TIMEOUT_MS = 30_000;
/** More than a page of messages with the largest payloads is nothing a terminal wants. */
const LONGEST_ANSWER_BYTES = 64 * 1_048_576;
const LONGEST_REASON = 500;

export function apiPath(parts: TemplateStringsArray, ...names: readonly string[]): ApiPath {
  return { path: String.raw({ raw: parts }, ...names.map(encodeURIComponent)) };
}

/**
 * Throws `validation` for an address that is none, `authentication_failed` where no token is known.
 * @param signal ends every request.
 */
export function createClient(
  flags: ClientFlags,
  environment: Environment,
  signal?: AbortSignal,
): Client {
  const url = baseUrl(flags.url, environment);
  const token = tokenFrom(flags, environment, url);

  async function exchange(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    { path }: ApiPath,
    query: Query,
    body?: PostBody,
  ): Promise<unknown> {
    const target = new URL(url + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (method !== 'GET') {
      headers.set('holdfast-via', 'cli');
      if (flags.why !== undefined) headers.set('holdfast-reason', reasonHeader(flags.why));
    }
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (body?.idempotencyKey !== undefined) {
      headers.set('idempotency-key', printable('--idempotency-key', body.idempotencyKey));
    }
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(target, {
        method,
        headers,
        ...(body === undefined ? {} : { body: body.json }),
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      return readAnswer(response, await readText(response), url);
    } catch (thrown) {
      if (thrown instanceof HoldfastError || signal?.aborted === true) throw thrown;
      throw unreachable(url, thrown);
    }
  }

  return {
    url,
    get: (path, query = {}) => exchange('GET', path, query),
    post: (path, body) => exchange('POST', path, {}, body),
    put: (path, body) => exchange('PUT', path, {}, body),
    patch: (path, body) => exchange('PATCH', path, {}, body),
    delete: (path) => exchange('DELETE', path, {}),
  };
}

function baseUrl(flag: string | undefined, environment: Environment): string {
  const given = flag ?? environment['HOLDFAST_URL'] ?? DEFAULT_URL;
  const url = URL.parse(given);
  if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') {
    return url.href.replace(/\/+$/, '');
  }
  throw fault('validation', {
    field: flag === undefined ? 'HOLDFAST_URL' : '--url',
    detail: `"${given}" is no address of a Holdfast. Give it like ${DEFAULT_URL}.`,
  });
}

/** The token file of this machine is not for others: without --data it is read for a local address only. */
function tokenFrom(flags: ClientFlags, environment: Environment, url: string): string {
  const given = flags.token ?? environment['HOLDFAST_TOKEN'];
  if (given !== undefined && given !== '') return printable('--token', given);
  const path = join(dataDirFrom(flags.data, environment), 'admin-token');
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
  const token = isLocal || flags.data !== undefined ? readOrEmpty(path) : '';
  if (token !== '') return token;
  throw fault('authentication_failed', {
    field: '--token',
    detail: isLocal
      ? `No token was given and there is none in ${path}. Give --token or HOLDFAST_TOKEN, or with --data the folder of the service.`
      : `No token was given for ${url}. Give --token or HOLDFAST_TOKEN.`,
  });
}

/** What fits into a header. Throws `validation`. */
function printable(field: string, text: string): string {
  if (/^[!-~]+$/.test(text)) return text;
  throw fault('validation', { field, detail: `${field} takes printable ASCII without spaces.` });
}

/** A line, as headers take it. Throws `validation` for one that is longer than changes keep. */
function reasonHeader(why: string): string {
  const line = oneLine(why).toWellFormed();
  if (line.length <= LONGEST_REASON) return encodeURIComponent(line);
  throw fault('validation', {
    field: '--why',
    detail: `--why takes at most ${LONGEST_REASON} characters.`,
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) throw new Error('the answer has no end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(response: Response, text: string, url: string): unknown {
  const value = parseOrUndefined(text);
  if (response.ok && (value !== undefined || text === '')) return value;
  if (!response.ok && typeof value === 'object' && value !== null) {
    const { code, detail, field } = {
      code: undefined,
      detail: undefined,
      field: undefined,
      ...value,
    };
    if (typeof code === 'string') throw apiFault(response, code, sentenceOf(detail), field);
  }
  throw fault('service_unreachable', {
    detail: `What answers at ${url} is not a Holdfast (status ${response.status}). Give its address with --url.`,
  });
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function apiFault(response: Response, code: string, detail: string, field: unknown): HoldfastError {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return isErrorCode(code)
    ? fault(code, {
        detail,
        field: typeof field === 'string' ? field : undefined,
        retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
      })
    : // A newer service may know more codes than we do.
      fault('internal', { detail: `The service answered "${code}": ${detail}` });
}

/** 422 comes as a list of places, as Svix has it; everything else as a sentence. */
function sentenceOf(detail: unknown): string {
  const first: unknown = Array.isArray(detail) ? detail[0] : detail;
  const said: unknown =
    typeof first === 'object' && first !== null && 'msg' in first ? first.msg : first;
  return typeof said === 'string' ? said : 'The service gave no reason.';
}

function unreachable(url: string, cause: unknown): HoldfastError {
  const reason = reasonOf(cause);
  return fault('service_unreachable', {
    cause,
    detail: `No Holdfast answers at ${url} (${reason}). Start it with "holdfast serve", or give its address with --url or HOLDFAST_URL.`,
  });
}

/** fetch says "fetch failed" and keeps what happened in a chain of causes. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown.cause === undefined ? thrown.message : reasonOf(thrown.cause);
}
