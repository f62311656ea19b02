import type { Clock, IdSource, IdText, Settings } from '../core/index.ts';
import type { Acceptance, Ledger, Page } from '../ledger/index.ts';
import { createCollection, type Collection, type UidPage } from './collection.ts';
import { HeldApplications } from './held-applications.ts';
import { HeldEndpoints } from './held-endpoints.ts';
import { createNotices, type EndpointEvent, type Notices } from './notices.ts';
import type { Application, Endpoint, EventType, Token } from './records.ts';

/**
 * The one way to read and write configuration. What the hot path asks for comes from memory: applications and their
 * endpoints are loaded once and held until a write through here replaces them.
 */
export type Configuration = {
  readonly applications: Of<Application> & {
    byUid(uid: string): Promise<Application | null>;
    list(page: Page): Promise<readonly Application[]>;
  };
  readonly endpoints: Of<Endpoint> & {
    byUid(appId: number, uid: string): Promise<Endpoint | null>;
    list(appId: number, page: Page): Promise<readonly Endpoint[]>;
    /** All endpoints of an application, from memory where it was asked before. */
    of(appId: number): readonly Endpoint[] | Promise<readonly Endpoint[]>;
    /** Holdfast itself disables an endpoint that wants no more, or that failed since `failSince`. */
    disable(endpoint: Endpoint, reason: string, failSince: number | null): Promise<Endpoint>;
    /** Called after each write of an endpoint is durable. */
    onChange(listen: (endpointId: number) => void): void;
  };
  readonly eventTypes: Of<EventType> & {
    byName(name: string): Promise<EventType | null>;
    list(page: UidPage): Promise<readonly EventType[]>;
    /** Called after each write of an event type is durable; without it where it is gone. */
    onChange(listen: (name: string, eventType?: EventType) => void): void;
  };
  readonly tokens: Of<Token> & {
    byHash(hash: string): Promise<Token | null>;
    list(page: Page): Promise<readonly Token[]>;
  };
  /** What is told to the operator's own application; to be stored with what it tells of. */
  readonly notices: Notices;
};

type Of<
  Item extends { readonly id: number; readonly createdAt: number; readonly updatedAt: number },
> = {
  byId(id: number): Promise<Item | null>;
  /** Throws `conflict` where the uid (the name) is taken. */
  create(given: Parameters<Collection<Item>['create']>[0]): Promise<Item>;
  /** Throws `conflict`, or `not_found` where there is nothing to update. */
  update(item: Item): Promise<Item>;
  /** False where there was none. What belongs to an application goes with it. */
  remove(id: number): Promise<boolean>;
};

export type ConfigurationParts = {
  readonly ledger: Ledger;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'operationalApplication' | 'payloadRetentionDays'>;
};

/** Applications held in memory, and applications whose endpoints are. */
const HELD_APPLICATIONS = 10_000;

export function createConfiguration(parts: ConfigurationParts): Configuration {
  const { ledger, ids, idText, clock, settings } = parts;
  const base = { ledger, ids, clock };
  const applications = createCollection<Application>({
    ...base,
    kind: 'application',
    appIdOf: () => 0,
    uidOf: ({ uid }) => uid,
    uidName: 'uid',
  });
  const endpoints = createCollection<Endpoint>({
    ...base,
    kind: 'endpoint',
    appIdOf: ({ appId }) => appId,
    uidOf: ({ uid }) => uid,
    uidName: 'uid',
  });
  const eventTypes = createCollection<EventType>({
    ...base,
    kind: 'event_type',
    appIdOf: () => 0,
    uidOf: ({ name }) => name,
    uidName: 'name',
  });
  const tokens = createCollection<Token>({
    ...base,
    kind: 'token',
    appIdOf: () => 0,
    uidOf: ({ hash }) => hash,
    uidName: 'hash',
  });

  const heldApplications = new HeldApplications(HELD_APPLICATIONS);
  const heldEndpoints = new HeldEndpoints(
    (appId, page) => endpoints.list(appId, page),
    HELD_APPLICATIONS,
  );
  const applicationById = (id: number): Promise<Application | null> =>
    heldApplications.get(id, () => applications.byId(id));
  const applicationByUid = (uid: string): Promise<Application | null> =>
    heldApplications.get(uid, () => applications.byUid(0, uid));
  const notices = createNotices({
    idText,
    ids,
    now: () => clock.now(),
    receiverUid: settings.operationalApplication,
    retentionDays: settings.payloadRetentionDays,
    applicationById,
    applicationByUid,
    endpointsOf: (appId) => heldEndpoints.of(appId),
    eventIdOf: async (messageId) => (await ledger.message(messageId))?.eventId ?? null,
  });

  const eventTypeListeners: ((name: string, eventType?: EventType) => void)[] = [];
  function changedEventType(eventType: EventType): EventType {
    for (const listen of eventTypeListeners) listen(eventType.name, eventType);
    return eventType;
  }
  const listeners: ((endpointId: number) => void)[] = [];
  function changed(appId: number, endpointId: number): void {
    heldEndpoints.forget(appId);
    for (const listen of listeners) listen(endpointId);
  }
  const telling =
    (event: EndpointEvent, failSince?: number) =>
    (endpoint: Endpoint): Promise<readonly Acceptance[]> =>
      notices.endpoint(event, endpoint, failSince);

  async function updateEndpoint(
    endpoint: Endpoint,
    event: EndpointEvent,
    failSince?: number,
  ): Promise<Endpoint> {
    const updated = await endpoints.update(endpoint, telling(event, failSince));
    changed(updated.appId, updated.id);
    return updated;
  }

  return {
    applications: {
      byId: applicationById,
      byUid: applicationByUid,
      list: (page) => applications.list(0, page),
      create: (given) => applications.create(given),
      async update(application) {
        const updated = await applications.update(application);
        heldApplications.forget(application.id);
        return updated;
      },
      async remove(id) {
        const gone = await applications.remove(id);
        heldApplications.forget(id);
        for (const endpointId of gone) changed(id, endpointId);
        return gone.length > 0;
      },
    },
    endpoints: {
      byId: (id) => endpoints.byId(id),
      byUid: (appId, uid) => endpoints.byUid(appId, uid),
      list: (appId, page) => endpoints.list(appId, page),
      of: (appId) => heldEndpoints.of(appId),
      async create(given) {
        const created = await endpoints.create(given, telling('endpoint.created'));
        changed(created.appId, created.id);
        return created;
      },
      update: (endpoint) => updateEndpoint(endpoint, 'endpoint.updated'),
      disable: (endpoint, disabledReason, failSince) =>
        updateEndpoint(
          { ...endpoint, disabled: true, disabledReason },
          'endpoint.disabled',
          failSince ?? clock.now(),
        ),
      async remove(id) {
        const endpoint = await endpoints.byId(id);
        if (endpoint === null) return false;
        const told = await notices.endpoint('endpoint.deleted', endpoint);
        const gone = await endpoints.remove(id, told);
        changed(endpoint.appId, id);
        return gone.length > 0;
      },
      onChange: (listen) => void listeners.push(listen),
    },
    eventTypes: {
      byId: (id) => eventTypes.byId(id),
      byName: (name) => eventTypes.byUid(0, name),
      list: (page) => eventTypes.listByUid(0, page),
      create: async (given) => changedEventType(await eventTypes.create(given)),
      update: async (eventType) => changedEventType(await eventTypes.update(eventType)),
      async remove(id) {
        const known = await eventTypes.byId(id);
        const gone = await eventTypes.remove(id);
        if (known !== null) for (const listen of eventTypeListeners) listen(known.name);
        return gone.length > 0;
      },
      onChange: (listen) => void eventTypeListeners.push(listen),
    },
    tokens: {
      byId: (id) => tokens.byId(id),
      byHash: (hash) => tokens.byUid(0, hash),
      list: (page) => tokens.list(0, page),
      create: (given) => tokens.create(given),
      update: (token) => tokens.update(token),
      remove: async (id) => (await tokens.remove(id)).length > 0,
    },
    notices,
  };
}
