import { fault, type Clock, type IdSource } from '../core/index.ts';
import type { Ledger, Page, Resource, ResourceKind } from '../ledger/index.ts';
import type { Application, Endpoint, Token } from './records.ts';

/**
 * The one way to read and write configuration. Reads on the hot path come from memory: an application with its
 * endpoints is loaded once and held until a write through here replaces it.
 */
export type Configuration = {
  application(id: number): Promise<Application | null>;
  applicationByUid(uid: string): Promise<Application | null>;
  applications(page: Page): Promise<readonly Application[]>;
  createApplication(given: Draft<Application>): Promise<Application>;

  endpoint(id: number): Promise<Endpoint | null>;
  endpointByUid(appId: number, uid: string): Promise<Endpoint | null>;
  endpoints(appId: number, page: Page): Promise<readonly Endpoint[]>;
  /** All endpoints of an application, from memory where it was asked before. */
  endpointsOf(appId: number): readonly Endpoint[] | Promise<readonly Endpoint[]>;
  createEndpoint(given: Draft<Endpoint>): Promise<Endpoint>;
  updateEndpoint(endpoint: Endpoint): Promise<Endpoint>;

  tokenByHash(hash: string): Promise<Token | null>;
  createToken(given: Draft<Token>): Promise<Token>;

  /** Called after each write of an endpoint is durable. */
  onEndpoint(listen: (endpoint: Endpoint) => void): void;
};

/** What the caller gives; id and moments are added here. */
type Draft<Record_> = Omit<Record_, 'id' | 'createdAt' | 'updatedAt'>;

/** Applications whose endpoints are held in memory; the least recently loaded leaves first. */
const HELD_APPLICATIONS = 10_000;
/** Endpoints of one application that are loaded at once; more than any fan-out we accept. */
const ENDPOINTS_OF_ONE = 100_000;

export function createConfiguration(ledger: Ledger, ids: IdSource, clock: Clock): Configuration {
  const held = new Map<number, readonly Endpoint[]>();
  const loading = new Map<number, Promise<readonly Endpoint[]>>();
  const applications = new Map<number | string, Application>();
  const listeners: ((endpoint: Endpoint) => void)[] = [];

  async function read<Record_>(kind: ResourceKind, id: number): Promise<Record_ | null> {
    const resource = await ledger.resource({ kind, id });
    return resource === null ? null : recordOf<Record_>(resource);
  }
  async function readByUid<Record_>(
    kind: ResourceKind,
    appId: number,
    uid: string,
  ): Promise<Record_ | null> {
    const resource = await ledger.resourceByUid({ kind, appId, uid });
    return resource === null ? null : recordOf<Record_>(resource);
  }
  async function list<Record_>(
    kind: ResourceKind,
    appId: number,
    page: Page,
  ): Promise<readonly Record_[]> {
    const resources = await ledger.resources({ kind, appId, ...page });
    return resources.map((resource) => recordOf<Record_>(resource));
  }
  async function create<Record_>(
    kind: ResourceKind,
    appId: number,
    uid: string | null,
    given: object,
  ): Promise<Record_> {
    const id = ids.next();
    const now = clock.now();
    const record = { ...given, id, createdAt: now, updatedAt: now };
    await put(kind, appId, uid, record, 'create');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft and what it lacked
    return record as Record_;
  }
  async function put(
    kind: ResourceKind,
    appId: number,
    uid: string | null,
    record: { readonly id: number; readonly createdAt: number; readonly updatedAt: number },
    mode: 'create' | 'update',
  ): Promise<void> {
    const { id, createdAt, updatedAt } = record;
    const resource = { kind, appId, id, uid, doc: JSON.stringify(record), createdAt, updatedAt };
    const result = await ledger.putResource({ resource, mode });
    if (result === 'uid_taken') throw fault('conflict', { field: 'uid' });
    if (result === 'missing') throw fault('not_found');
  }
  function keep(application: Application | null): Application | null {
    if (application === null) return null;
    if (applications.size >= 2 * HELD_APPLICATIONS) applications.clear();
    applications.set(application.id, application);
    if (application.uid !== null) applications.set(application.uid, application);
    return application;
  }
  function changed(endpoint: Endpoint): Endpoint {
    held.delete(endpoint.appId);
    loading.delete(endpoint.appId);
    for (const listen of listeners) listen(endpoint);
    return endpoint;
  }

  return {
    application: async (id) =>
      applications.get(id) ?? keep(await read<Application>('application', id)),
    applicationByUid: async (uid) =>
      applications.get(uid) ?? keep(await readByUid<Application>('application', 0, uid)),
    applications: (page) => list('application', 0, page),
    createApplication: (given) => create('application', 0, given.uid, given),

    endpoint: (id) => read('endpoint', id),
    endpointByUid: (appId, uid) => readByUid('endpoint', appId, uid),
    endpoints: (appId, page) => list('endpoint', appId, page),
    endpointsOf(appId) {
      const known = held.get(appId) ?? loading.get(appId);
      if (known !== undefined) return known;
      const load = list<Endpoint>('endpoint', appId, {
        limit: ENDPOINTS_OF_ONE,
        descending: false,
      }).then((endpoints) => {
        // A write that came in between has dropped this load: its answer must not stay.
        if (loading.get(appId) !== load) return endpoints;
        loading.delete(appId);
        held.set(appId, endpoints);
        const [oldest] = held.keys();
        if (held.size > HELD_APPLICATIONS && oldest !== undefined) held.delete(oldest);
        return endpoints;
      });
      loading.set(appId, load);
      load.catch(() => loading.delete(appId));
      return load;
    },
    async createEndpoint(given) {
      return changed(await create<Endpoint>('endpoint', given.appId, given.uid, given));
    },
    async updateEndpoint(endpoint) {
      const updated = { ...endpoint, updatedAt: clock.now() };
      await put('endpoint', endpoint.appId, endpoint.uid, updated, 'update');
      return changed(updated);
    },

    tokenByHash: (hash) => readByUid('token', 0, hash),
    createToken: (given) => create('token', 0, given.hash, given),

    onEndpoint: (listen) => void listeners.push(listen),
  };
}

/** Documents are written by `create` and `put` above and by nobody else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind in the row decides
function recordOf<Record_>(resource: Resource): Record_ {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(resource.doc) as Record_;
}
