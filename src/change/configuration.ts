import { fault, type Clock, type IdSource, type IdText, type Settings } from '../core/index.ts';
import type { Acceptance, ChangeBy, Ledger, Page, ResourceKind } from '../ledger/index.ts';
import { createCanaries, type Canaries } from './canary/canaries.ts';
import { fieldsAtOdds } from './canary/canary.ts';
import { HeldCanaries } from './canary/held-canaries.ts';
import { moveCanary } from './canary/state.ts';
import { createChangeList, type ChangeList } from './change-list.ts';
import { createCollection, type Collection, type UidPage } from './collection.ts';
import { createCommit, type Commit, type Committed } from './commit.ts';
import { HeldApplications } from './held-applications.ts';
import { HeldEndpoints } from './held-endpoints.ts';
import { itemOf } from './kinds.ts';
import { createPauses, type Pauses } from './pauses/pauses.ts';
import { createPolicies, type Policies } from './policies.ts';
import { createNotices, type EndpointEvent, type Notices } from './notices.ts';
import type { Maintenance, Notifier, Route } from './alerting.ts';
import type { IncidentRule } from './incident-rule.ts';
import type {
  Application,
  Draft,
  Endpoint,
  EventType,
  ItemOf,
  Objective,
  Token,
  Write,
} from './records.ts';
import { urlInUse } from './url-in-use.ts';
import { createWriter, type Of } from './writer.ts';

/**
 * The one way to read and write configuration. What the hot path asks for comes from memory: applications and their
 * endpoints are loaded once and held until a write through here replaces them. Every write is a change, recorded in
 * its commit with who made it, through what, and why.
 */
export type Configuration = {
  readonly applications: Of<Application> & {
    byUid(uid: string): Promise<Application | null>;
    list(page: Page): Promise<readonly Application[]>;
  };
  readonly endpoints: Of<Endpoint, EndpointDraft> & {
    byUid(appId: number, uid: string): Promise<Endpoint | null>;
    list(appId: number, page: Page): Promise<readonly Endpoint[]>;
    /** Of all applications, in the order of their ids. */
    listAll(page: Page): Promise<readonly Endpoint[]>;
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
  readonly objectives: Of<Objective> & {
    byName(name: string): Promise<Objective | null>;
    list(page: UidPage): Promise<readonly Objective[]>;
  };
  readonly policies: Policies;
  readonly pauses: Pauses;
  readonly canaries: Canaries;
  readonly notifiers: Of<Notifier> &
    Named<Notifier> & {
      /** Called after each write of a notifier, a route or a maintenance window is durable. */
      onChange(listen: () => void): void;
    };
  readonly routes: Of<Route> & Named<Route>;
  readonly incidentRules: Of<IncidentRule> &
    Named<IncidentRule> & {
      /** Called after each write of a rule is durable. */
      onChange(listen: () => void): void;
    };
  readonly maintenances: Of<Maintenance> & {
    list(page: Page): Promise<readonly Maintenance[]>;
  };
  /** All that was changed, and the way back. */
  readonly changes: ChangeList;
  /** What is told to the operator's own application; to be stored with what it tells of. */
  readonly notices: Notices;
};

type Named<Item> = {
  byName(name: string): Promise<Item | null>;
  list(page: UidPage): Promise<readonly Item[]>;
};

/** What an endpoint takes over from its application is added where it is stored. */
type EndpointDraft = Omit<Draft<Endpoint>, 'applicationThrottleRate' | 'signatureHeaders'>;

export type ConfigurationParts = {
  readonly ledger: Ledger;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'operationalApplication' | 'payloadRetentionDays'>;
};

/** Applications held in memory, and applications whose endpoints are. */
const HELD_APPLICATIONS = 10_000;
/** Endpoints of one application that are written with it; more than any fan-out we accept. */
const ENDPOINTS_OF_ONE = 100_000;

export function createConfiguration(parts: ConfigurationParts): Configuration {
  const { ledger, ids, idText, clock, settings } = parts;
  const collections: { readonly [Kind in ResourceKind]: Collection<ItemOf[Kind]> } = {
    application: createCollection(ledger, 'application'),
    endpoint: createCollection(ledger, 'endpoint'),
    event_type: createCollection(ledger, 'event_type'),
    token: createCollection(ledger, 'token'),
    policy: createCollection(ledger, 'policy'),
    canary: createCollection(ledger, 'canary'),
    notifier: createCollection(ledger, 'notifier'),
    route: createCollection(ledger, 'route'),
    maintenance: createCollection(ledger, 'maintenance'),
    objective: createCollection(ledger, 'objective'),
    pause: createCollection(ledger, 'pause'),
    incident_rule: createCollection(ledger, 'incident_rule'),
  };
  const { application: applications, endpoint: endpoints } = collections;
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

  const heldCanaries = new HeldCanaries();
  const eventTypeListeners: ((name: string, eventType?: EventType) => void)[] = [];
  const alertingListeners: (() => void)[] = [];
  const ruleListeners: (() => void)[] = [];
  const listeners: ((endpointId: number) => void)[] = [];
  function changed(appId: number, endpointId: number): void {
    heldEndpoints.forget(appId);
    for (const listen of listeners) listen(endpointId);
  }

  /** What memory held of it is forgotten, and whoever follows endpoints hears of it. */
  function written({ deleted, writes }: Committed): void {
    for (const write of writes) {
      if (write.mode === 'expect') continue;
      heard.written(write);
      paused.written(write);
      if (write.kind === 'application') {
        heldApplications.forget(write.item.id);
        if (write.mode === 'delete') {
          for (const id of deleted) {
            heldCanaries.forget(id);
            paused.deleted(id);
            changed(write.item.id, id);
          }
        }
      }
      if (write.kind === 'canary') {
        heldCanaries.keep(write.item);
        changed(write.item.appId, write.item.endpointId);
      }
      if (write.kind === 'event_type') {
        const now = write.mode === 'delete' ? undefined : write.item;
        for (const listen of eventTypeListeners) listen(write.item.name, now);
      }
      if (write.kind === 'notifier' || write.kind === 'route' || write.kind === 'maintenance') {
        for (const listen of alertingListeners) listen();
      }
      if (write.kind === 'incident_rule') for (const listen of ruleListeners) listen();
      if (write.kind === 'endpoint') changed(write.item.appId, write.item.id);
    }
  }
  const commitAll = createCommit({ ledger, ids, written });
  const commit: Commit = (writes, by, accompanying) => {
    assertNotTried(writes);
    return commitAll(writes, by, accompanying);
  };

  /** What a canary tries is changed by its promotion alone. Throws `canary_running`. */
  function assertNotTried(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.kind !== 'endpoint' || write.mode !== 'update') continue;
      const canary = heldCanaries.of(write.item.id);
      if (canary === null || writes.some(({ item }) => item.id === canary.id)) continue;
      const fields = fieldsAtOdds(canary, write.known, write.item);
      if (fields.length === 0) continue;
      throw fault('canary_running', {
        detail: `The canary ${idText.format('canary', canary.id)} of this endpoint tries another ${fields.join(' and ')}. Promote it, stop it, or wait for its end first.`,
      });
    }
  }

  /** What a write of an endpoint is told as; other records are not told of. */
  async function tellingOf(write: Write): Promise<readonly Acceptance[]> {
    if (write.kind !== 'endpoint' || write.mode === 'expect') return [];
    if (write.mode === 'update' && write.isFollowing === true) return [];
    const event: EndpointEvent = (
      {
        create: 'endpoint.created',
        update: 'endpoint.updated',
        delete: 'endpoint.deleted',
      } as const
    )[write.mode];
    return notices.endpoint(event, write.item);
  }

  /** With an endpoint goes what was tried on it. */
  function endOfCanary(endpointId: number): readonly Write[] {
    const known = heldCanaries.of(endpointId);
    if (known === null) return [];
    const reason = 'The endpoint was deleted.';
    const item = moveCanary(known, { kind: 'stop', reason }, clock.now());
    return item === null ? [] : [{ mode: 'update', kind: 'canary', item, known }];
  }

  /** The names of signature headers and the rate are kept with each endpoint, where sending needs them. */
  async function endpointsWith(
    { id, signatureHeaders, throttleRate }: Application,
    known: Application,
  ): Promise<readonly Write[]> {
    if (signatureHeaders === known.signatureHeaders && throttleRate === known.throttleRate) {
      return [];
    }
    const page = { limit: ENDPOINTS_OF_ONE, descending: false };
    const updatedAt = clock.now();
    return (await endpoints.list(id, page)).map((endpoint) => ({
      mode: 'update',
      kind: 'endpoint',
      known: endpoint,
      isFollowing: true,
      item: { ...endpoint, signatureHeaders, applicationThrottleRate: throttleRate, updatedAt },
    }));
  }

  const writer = createWriter({
    collections,
    commit,
    ids,
    clock,
    tellingOf,
    endedWith: endOfCanary,
  });

  async function createEndpoint(given: EndpointDraft, by: ChangeBy): Promise<Endpoint> {
    const made = await writer.untilWritten(async () => {
      const application = await applications.byId(given.appId);
      if (application === null) throw fault('not_found', { field: 'app_id' });
      const { signatureHeaders, throttleRate: applicationThrottleRate } = application;
      const item = writer.stamp<Endpoint>({
        ...given,
        signatureHeaders,
        applicationThrottleRate,
      });
      const writes: readonly Write[] = [
        { mode: 'expect', kind: 'application', item: application },
        { mode: 'create', kind: 'endpoint', item },
      ];
      return { item, writes };
    }, by);
    if (made === null) throw new Error('an endpoint was not made');
    return { ...made.decision.item, revision: made.committed.id };
  }

  /** Disabled by itself, which is told as what it is. */
  function disable(
    known: Endpoint,
    disabledReason: string,
    failSince: number | null,
  ): Promise<Endpoint> {
    const told = writer.of('endpoint', {
      tell: (endpoint) => notices.endpoint('endpoint.disabled', endpoint, failSince ?? clock.now()),
    });
    return told.update(
      known,
      (endpoint) =>
        endpoint.disabled || urlInUse(endpoint) !== urlInUse(known)
          ? endpoint
          : { ...endpoint, disabled: true, disabledReason },
      { actor: 'holdfast', via: 'holdfast', reason: disabledReason },
    );
  }

  /** Of records that go by a name, and belong to no application. */
  function named<Kind extends 'event_type' | 'objective' | 'notifier' | 'route' | 'incident_rule'>(
    kind: Kind,
  ): Of<ItemOf[Kind]> & Named<ItemOf[Kind]> {
    const collection: Collection<ItemOf[Kind]> = collections[kind];
    return {
      ...writer.of(kind),
      byName: (name) => collection.byUid(0, name),
      list: (page) => collection.listByUid(0, page),
    };
  }

  const heard = createPolicies({
    ...writer.of('policy'),
    ledger,
    collection: collections.policy,
    isTried: (name) => heldCanaries.all().some(({ policy }) => policy === name),
  });

  const paused = createPauses({ ...writer.of('pause'), ledger });

  return {
    applications: {
      ...writer.of('application', { others: endpointsWith }),
      byId: applicationById,
      byUid: applicationByUid,
      list: (page) => applications.list(0, page),
    },
    endpoints: {
      ...writer.of('endpoint'),
      byUid: (appId, uid) => endpoints.byUid(appId, uid),
      list: (appId, page) => endpoints.list(appId, page),
      listAll: async (page) =>
        (await ledger.resourcesOfKind({ kind: 'endpoint', ...page })).map((row) => itemOf(row)),
      of: (appId) => heldEndpoints.of(appId),
      create: createEndpoint,
      disable,
      onChange: (listen) => void listeners.push(listen),
    },
    eventTypes: {
      ...named('event_type'),
      onChange: (listen) => void eventTypeListeners.push(listen),
    },
    tokens: {
      ...writer.of('token'),
      byHash: (hash) => collections.token.byUid(0, hash),
      list: (page) => collections.token.list(0, page),
    },
    objectives: named('objective'),
    policies: heard.policies,
    pauses: paused.pauses,
    notifiers: {
      ...named('notifier'),
      onChange: (listen) => void alertingListeners.push(listen),
    },
    routes: named('route'),
    incidentRules: {
      ...named('incident_rule'),
      onChange: (listen) => void ruleListeners.push(listen),
    },
    maintenances: {
      ...writer.of('maintenance'),
      list: (page) => collections.maintenance.list(0, page),
    },
    canaries: createCanaries({
      ledger,
      ids,
      clock,
      writer,
      held: heldCanaries,
      endpointById: (id) => endpoints.byId(id),
    }),
    changes: createChangeList({
      ledger,
      ids,
      clock,
      commit,
      tellingOf,
      endpointsWith,
      endOfCanary,
    }),
    notices,
  };
}
