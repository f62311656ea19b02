import { fault, HoldfastError, type Clock, type Random } from '../../core/index.ts';
import { apiPath, type ApiPath, type Client, type PostBody } from '../client.ts';
import { readPages } from './pages.ts';
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
import { createRetry, type Tried } from './retries.ts';

/**
 * The Holdfast that the copy goes into, by its API. What it refuses is thrown with its own code (400 to 422); what may
 * pass is tried again.
 */
export type Target = ReturnType<typeof createTarget>;

type Change<Item> = Readonly<Partial<Item>>;
type Listed = { readonly id: string; readonly metadata: Readonly<Record<string, string>> };

type Parts = { readonly clock: Clock; readonly random: Random; readonly signal: AbortSignal };

const RUN_BYTES = 8;

export function createTarget(client: Client, parts: Parts) {
  const retry = createRetry(parts);
  // A creation whose answer was lost is sent again under the same key and made once. Keys of another run would give
  // the answers of that run, of things that may be deleted by now.
  const run = Buffer.from(parts.random.bytes(RUN_BYTES)).toString('hex');

  const call = <Answer>(request: () => Promise<Answer>): Promise<Answer> =>
    retry(() => tryOnce(request));
  const get = (path: ApiPath): Promise<unknown> => call(() => client.get(path));
  const post = (path: ApiPath, value: object, key?: string): Promise<unknown> =>
    call(() => client.post(path, bodyOf(value, key === undefined ? undefined : `${run}-${key}`)));
  const patch = (path: ApiPath, value: object): Promise<unknown> =>
    call(() => client.patch(path, bodyOf(value)));

  async function orNull<Item>(path: ApiPath, read: (value: unknown) => Item): Promise<Item | null> {
    try {
      return read(await get(path));
    } catch (thrown) {
      if (thrown instanceof HoldfastError && thrown.code === 'not_found') return null;
      throw thrown;
    }
  }

  /** Ids by the source's ids, as an earlier import noted them in the metadata. */
  async function noted<Item extends Listed>(
    path: ApiPath,
    read: (value: unknown) => Item,
    noteIn: (item: Item) => string | undefined,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    const pages = readPages({
      path: path.path,
      get: (query) => call(() => client.get(path, query)),
      query: {},
      readItem: read,
      mostItems: Infinity,
    });
    for await (const page of pages) {
      for (const each of page) {
        const note = 'item' in each ? noteIn(each.item) : undefined;
        if ('item' in each && note !== undefined) ids.set(note, each.item.id);
      }
    }
    return ids;
  }

  return {
    url: client.url,

    eventType: (name: string): Promise<EventTypeRecord | null> =>
      orNull(apiPath`/api/v1/event-type/${name}`, readEventType),

    /** Creates it, or replaces all of it. */
    async putEventType({ name, ...rest }: EventTypeRecord): Promise<void> {
      await call(() => client.put(apiPath`/api/v1/event-type/${name}`, bodyOf(rest)));
    },

    async archive(name: string, archived: boolean): Promise<void> {
      await patch(apiPath`/api/v1/event-type/${name}`, { archived });
    },

    application: (idOrUid: string): Promise<ApplicationRecord | null> =>
      orNull(apiPath`/api/v1/app/${idOrUid}`, readApplication),

    async createApplication(given: Change<ApplicationRecord>, key: string): Promise<string> {
      return readApplication(await post(apiPath`/api/v1/app`, given, key)).id;
    },

    async patchApplication(id: string, change: Change<ApplicationRecord>): Promise<void> {
      await patch(apiPath`/api/v1/app/${id}`, change);
    },

    notedApplications: (noteIn: (item: Listed) => string | undefined) =>
      noted(apiPath`/api/v1/app`, readApplication, noteIn),

    endpoint: (app: string, idOrUid: string): Promise<EndpointRecord | null> =>
      orNull(apiPath`/api/v1/app/${app}/endpoint/${idOrUid}`, readEndpoint),

    async createEndpoint(
      app: string,
      given: Change<EndpointRecord> & { readonly secret: string },
      key: string,
    ): Promise<string> {
      return readEndpoint(await post(apiPath`/api/v1/app/${app}/endpoint`, given, key)).id;
    },

    async patchEndpoint(app: string, id: string, change: Change<EndpointRecord>): Promise<void> {
      await patch(apiPath`/api/v1/app/${app}/endpoint/${id}`, change);
    },

    notedEndpoints: (app: string, noteIn: (item: Listed) => string | undefined) =>
      noted(apiPath`/api/v1/app/${app}/endpoint`, readEndpoint, noteIn),

    async secretOf(app: string, id: string): Promise<string> {
      return readSecret(await get(apiPath`/api/v1/app/${app}/endpoint/${id}/secret`));
    },

    /** The one before signs alongside for a day. */
    async rotateSecret(app: string, id: string, key: string): Promise<void> {
      await post(apiPath`/api/v1/app/${app}/endpoint/${id}/secret/rotate`, { key }, `${id}-secret`);
    },

    async headersOf(app: string, id: string): Promise<HeadersRecord> {
      return readHeaders(await get(apiPath`/api/v1/app/${app}/endpoint/${id}/headers`));
    },

    /** null takes a header away. */
    async patchHeaders(
      app: string,
      id: string,
      headers: Readonly<Record<string, string | null>>,
    ): Promise<void> {
      await patch(apiPath`/api/v1/app/${app}/endpoint/${id}/headers`, { headers });
    },
  };
}

function bodyOf(value: object, idempotencyKey?: string): PostBody {
  return { json: JSON.stringify(value), idempotencyKey };
}

async function tryOnce<Answer>(request: () => Promise<Answer>): Promise<Tried<Answer>> {
  try {
    return { value: await request() };
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    if (thrown.status === 429 || thrown.status === 503) return { passing: thrown };
    if (thrown.status !== 401 && thrown.status !== 403) throw thrown;
    throw fault(thrown.code, {
      field: '--token-here',
      cause: thrown,
      detail: `${thrown.message} That is said of the token for the copy, which --token-here gives.`,
    });
  }
}
