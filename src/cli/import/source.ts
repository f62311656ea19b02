import {
  fault,
  HoldfastError,
  type Clock,
  type ErrorCode,
  type FaultOptions,
  type Random,
} from '../../core/index.ts';
import { parseRetryAfter } from '../../retry/index.ts';
import { apiPath, type ApiPath, type Query } from '../client.ts';
import {
  readApplication,
  readEndpoint,
  readEventType,
  readHeaders,
  readSecret,
  type ApplicationRecord,
  type EndpointRecord,
  type EventTypeRecord,
  type HeadersRecord,
} from './records.ts';
import { readPages, type PageItem } from './pages.ts';
import { createRetry, type Tried } from './retries.ts';

/**
 * The Svix server that is copied, by its public API, reading only. Ids are the source's own. Throws
 * `service_unreachable`, `rate_limited`, `authentication_failed`, `insufficient_access` where going on makes no
 * sense; `not_found` and `source_invalid` where only what was asked for is at fault.
 */
export type Source = {
  readonly url: string;
  eventTypes(): AsyncGenerator<readonly PageItem<EventTypeRecord>[]>;
  applications(): AsyncGenerator<readonly PageItem<ApplicationRecord>[]>;
  endpointsOf(app: string): AsyncGenerator<readonly PageItem<EndpointRecord>[]>;
  secretOf(app: string, endpoint: string): Promise<string>;
  headersOf(app: string, endpoint: string): Promise<HeadersRecord>;
};

export type SourceOptions = {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
};

/** The field of faults that are about the server as a whole. */
const FROM = '--from';
const TIMEOUT_MS = 30_000;
/** Schemas of a hundred event types fit; a list without an end does not. */
const LONGEST_ANSWER_BYTES = 32 * 1_048_576;
/** So many requests that failed for good one after the other are no longer about what they asked for. */
const MOST_FAILURES_IN_A_ROW = 6;

/** Far more than anybody has: lists that go on and on end here. */
const mostItems = { eventTypes: 100_000, applications: 1_000_000, endpoints: 100_000 } as const;

export function createSource({ url, token, clock, random, signal }: SourceOptions): Source {
  const retry = createRetry({ clock, random, signal });
  let failuresInARow = 0;

  async function get(path: ApiPath, query: Query = {}): Promise<unknown> {
    const target = new URL(url + path.path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    try {
      const answer = await retry(() => tryOnce(target));
      failuresInARow = 0;
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof HoldfastError) || thrown.code !== 'service_unreachable') throw thrown;
      failuresInARow += 1;
      // One thing that always makes the source stumble should not keep everything else from being copied.
      const isOnlyThis = thrown.field !== FROM && failuresInARow < MOST_FAILURES_IN_A_ROW;
      throw isOnlyThis
        ? fault('source_invalid', { detail: thrown.message, cause: thrown })
        : thrown;
    }
  }

  async function tryOnce(target: URL): Promise<Tried<unknown>> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(target, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      });
      return await read(response, target);
    } catch (thrown) {
      if (thrown instanceof HoldfastError || signal.aborted) throw thrown;
      return { passing: noAnswer(url, thrown) };
    }
  }

  async function read(response: Response, target: URL): Promise<Tried<unknown>> {
    const { status } = response;
    const bytes = await readBounded(response, target);
    if (response.ok) return { value: parse(bytes, target) };
    const field = target.pathname;
    const says = (code: ErrorCode, detail: string, options: FaultOptions = {}): HoldfastError =>
      fault(code, { field, detail, ...options });
    if (status === 429 || status >= 500) {
      const waitMs = parseRetryAfter(response.headers.get('retry-after') ?? undefined, clock.now());
      return {
        passing: says(
          status === 429 ? 'rate_limited' : 'service_unreachable',
          `The source at ${url} answered ${status} for ${field}.`,
          {
            retryAfterSeconds: waitMs === undefined ? undefined : Math.ceil(waitMs / 1000),
          },
        ),
      };
    }
    if (status === 401 || status === 403) {
      throw says(
        status === 401 ? 'authentication_failed' : 'insufficient_access',
        `The source at ${url} refused the token (status ${status}). Give one for the whole organization with --token.`,
        { field: '--token' },
      );
    }
    if (status === 404) throw says('not_found', `The source has no ${field}.`);
    if (status >= 300 && status < 400) {
      throw says('service_unreachable', `The source at ${url} redirects. Give its real address.`, {
        field: FROM,
      });
    }
    throw says('source_invalid', `The source answered ${status} for ${field}.`);
  }

  const list = <Item>(
    path: ApiPath,
    query: Query,
    readItem: (value: unknown) => Item,
    most: number,
  ): AsyncGenerator<readonly PageItem<Item>[]> =>
    readPages({
      path: path.path,
      get: (page) => get(path, page),
      query,
      readItem,
      mostItems: most,
    });

  return {
    url,
    eventTypes: () =>
      list(
        apiPath`/api/v1/event-type`,
        { include_archived: 'true', with_content: 'true' },
        readEventType,
        mostItems.eventTypes,
      ),
    // The oldest first: what is created while the import runs comes at the end and is not missed.
    applications: () =>
      list(apiPath`/api/v1/app`, { order: 'ascending' }, readApplication, mostItems.applications),
    endpointsOf: (app) =>
      list(
        apiPath`/api/v1/app/${app}/endpoint`,
        { order: 'ascending' },
        readEndpoint,
        mostItems.endpoints,
      ),
    secretOf: async (app, endpoint) =>
      readSecret(await get(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/secret`)),
    headersOf: async (app, endpoint) =>
      readHeaders(await get(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/headers`)),
  };
}

/** Throws `source_invalid` where the answer is longer than any that is due. */
async function readBounded(response: Response, { pathname }: URL): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) {
      throw fault('source_invalid', {
        field: pathname,
        detail: `The source's answer for ${pathname} is longer than ${LONGEST_ANSWER_BYTES} bytes.`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer, { pathname }: URL): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw fault('source_invalid', {
      field: pathname,
      cause,
      detail: `The source's answer for ${pathname} is not JSON: is that the address of a Svix server?`,
    });
  }
}

function noAnswer(url: string, cause: unknown): HoldfastError {
  return fault('service_unreachable', {
    field: FROM,
    cause,
    detail: `Nothing answers at ${url} (${reasonOf(cause)}). Give the address of a Svix server with --from.`,
  });
}

/** fetch says "fetch failed" and keeps what happened in a chain of causes. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown.cause === undefined ? thrown.message : reasonOf(thrown.cause);
}
