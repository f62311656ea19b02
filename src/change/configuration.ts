import { fault, type Clock, type IdSource } from '../core/index.ts';
import type { Ledger, Page, Resource, ResourceKind } from '../ledger/index.ts';
import { HeldEndpoints } from './held-endpoints.ts';
import type { Application, Endpoint, EventType, Token } from './records.ts';

/**
 * The one way to read and write configuration. What the hot path asks for comes from memory: applications and their
 * endpoints are loaded once and held until a write through here replaces them.
 */
export type Configuration = {
  readonly applications: Collection<Application> & {
    byUid(uid: string): Promise<Application | null>;
    list(page: Page): Promise<readonly Application[]>;
  };
  readonly endpoints: Collection<Endpoint> & {
    byUid(appId: number, uid: string): Promise<Endpoint | null>;
    list(appId: number, page: Page): Promise<readonly Endpoint[]>;
    /** All endpoints of an application, from memory where it was asked before. */
    of(appId: number): readonly Endpoint[] | Promise<readonly Endpoint[]>;
    /** Called after each write of an endpoint is durable. */
    onChange(listen: (endpointId: number) => void): void;
  };
  readonly eventTypes: Collection<EventType> & {
    byName(name: string): Promise<EventType | null>;
    list(page: UidPage): Promise<readonly EventType[]>;
  };
  readonly tokens: Collection<Token> & {
    byHash(hash: string): Promise<Token | null>;
    list(page: Page): Promise<readonly Token[]>;
  };
};

/** Throws `conflict` where a uid (a name) is taken, `not_found` where there is nothing to update. */
type Collection<Item extends Stamped> = {
  byId(id: number): Promise<Item | null>;
  create(given: Draft<Item>): Promise<Item>;
  update(item: Item): Promise<Item>;
  /** False where there was none. What belongs to an application goes with it. */
  remove(id: number): Promise<boolean>;
};

export type UidPage = {
  readonly afterUid?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

type Stamped = { readonly id: number; readonly createdAt: number; readonly updatedAt: number };
/** What the caller gives; id and moments are added here. */
type Draft<Item> = Omit<Item, 'id' | 'createdAt' | 'updatedAt'>;

/** Applications held in memory; the least recently loaded leaves first. */
const HELD_APPLICATIONS = 10_000;

export function createConfiguration(ledger: Ledger, ids: IdSource, clock: Clock): Configuration {
  const applications = collection<Application>(
    'application',
    () => 0,
    ({ uid }) => uid,
  );
  const endpoints = collection<Endpoint>(
    'endpoint',
    ({ appId }) => appId,
    ({ uid }) => uid,
  );
  const eventTypes = collection<EventType>(
    'event_type',
    () => 0,
    ({ name }) => name,
  );
  const tokens = collection<Token>(
    'token',
    () => 0,
    ({ hash }) => hash,
  );

  const heldApplications = new Map<number | string, Application>();
  const heldEndpoints = new HeldEndpoints(
    (appId, page) => endpoints.list(appId, page),
    HELD_APPLICATIONS,
  );
  const listeners: ((endpointId: number) => void)[] = [];

  function collection<Item extends Stamped>(
    kind: ResourceKind,
    appIdOf: (item: Draft<Item>) => number,
    uidOf: (item: Draft<Item>) => string | null,
  ): Collection<Item> & {
    byUid(appId: number, uid: string): Promise<Item | null>;
    list(appId: number, page: Page): Promise<readonly Item[]>;
    listByUid(appId: number, page: UidPage): Promise<readonly Item[]>;
  } {
    async function put(item: Item, mode: 'create' | 'update'): Promise<Item> {
      const { id, createdAt, updatedAt } = item;
      const resource = {
        kind,
        appId: appIdOf(item),
        id,
        uid: uidOf(item),
        doc: JSON.stringify(item),
        createdAt,
        updatedAt,
      };
      const result = await ledger.putResource({ resource, mode });
      if (result === 'uid_taken') {
        throw fault('conflict', { field: kind === 'event_type' ? 'name' : 'uid' });
      }
      if (result === 'missing') throw fault('not_found');
      return item;
    }
    return {
      async byId(id) {
        const resource = await ledger.resource({ kind, id });
        return resource === null ? null : itemOf<Item>(resource);
      },
      async byUid(appId, uid) {
        const resource = await ledger.resourceByUid({ kind, appId, uid });
        return resource === null ? null : itemOf<Item>(resource);
      },
      async list(appId, page) {
        const resources = await ledger.resources({ kind, appId, ...page });
        return resources.map((resource) => itemOf<Item>(resource));
      },
      async listByUid(appId, page) {
        const resources = await ledger.resourcesByUid({ kind, appId, ...page });
        return resources.map((resource) => itemOf<Item>(resource));
      },
      create(given) {
        const now = clock.now();
        const stamped = { ...given, id: ids.next(), createdAt: now, updatedAt: now };
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft and what it lacked
        return put(stamped as unknown as Item, 'create');
      },
      update: (item) => put({ ...item, updatedAt: clock.now() }, 'update'),
      async remove(id) {
        const removed = await ledger.deleteResource({ kind, id });
        return removed.length > 0;
      },
    };
  }

  /** Counts what was forgotten: an answer that was read before must not stay. */
  let forgotten = 0;
  async function hold(load: () => Promise<Application | null>): Promise<Application | null> {
    const before = forgotten;
    const application = await load();
    if (application === null || forgotten !== before) return application;
    if (heldApplications.size >= 2 * HELD_APPLICATIONS) heldApplications.clear();
    heldApplications.set(application.id, application);
    if (application.uid !== null) heldApplications.set(application.uid, application);
    return application;
  }
  function forget(applicationId: number): void {
    const held = heldApplications.get(applicationId);
    forgotten += 1;
    heldApplications.delete(applicationId);
    if (held !== undefined && held.uid !== null) heldApplications.delete(held.uid);
  }
  function changed(appId: number, endpointId: number): void {
    heldEndpoints.forget(appId);
    for (const listen of listeners) listen(endpointId);
  }

  return {
    applications: {
      ...applications,
      byId: async (id) => heldApplications.get(id) ?? hold(() => applications.byId(id)),
      byUid: async (uid) => heldApplications.get(uid) ?? hold(() => applications.byUid(0, uid)),
      list: (page) => applications.list(0, page),
      async update(application) {
        const updated = await applications.update(application);
        forget(application.id);
        return updated;
      },
      async remove(id) {
        const endpointIds = await ledger.deleteResource({ kind: 'application', id });
        forget(id);
        for (const endpointId of endpointIds) changed(id, endpointId);
        return endpointIds.length > 0;
      },
    },
    endpoints: {
      ...endpoints,
      of: (appId) => heldEndpoints.of(appId),
      async create(given) {
        const created = await endpoints.create(given);
        changed(created.appId, created.id);
        return created;
      },
      async update(endpoint) {
        const updated = await endpoints.update(endpoint);
        changed(updated.appId, updated.id);
        return updated;
      },
      async remove(id) {
        const endpoint = await endpoints.byId(id);
        const isRemoved = await endpoints.remove(id);
        if (endpoint !== null) changed(endpoint.appId, id);
        return isRemoved;
      },
      onChange: (listen) => void listeners.push(listen),
    },
    eventTypes: {
      ...eventTypes,
      byName: (name) => eventTypes.byUid(0, name),
      list: (page) => eventTypes.listByUid(0, page),
    },
    tokens: {
      ...tokens,
      byHash: (hash) => tokens.byUid(0, hash),
      list: (page) => tokens.list(0, page),
    },
  };
}

/** Documents are written by `put` above and by nobody else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind in the row decides
function itemOf<Item>(resource: Resource): Item {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(resource.doc) as Item;
}
