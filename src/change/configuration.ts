import { isDeepStrictEqual } from 'node:util';
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
import { createPolicies, type Policies } from './policies.ts';
import { createNotices, type EndpointEvent, type Notices } from './notices.ts';
import type { Maintenance, Notifier, Route } from './alerting.ts';
import type {
  Application,
  Draft,
  Endpoint,
  EventType,
  ItemOf,
  Objective,
  Policy,
  Token,
  Write,
} from './records.ts';

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
  readonly canaries: Canaries;
  readonly notifiers: Of<Notifier> &
    Named<Notifier> & {
      /** Called after each write of a notifier, a route or a maintenance window is durable. */
      onChange(listen: () => void): void;
    };
  readonly routes: Of<Route> & Named<Route>;
  readonly maintenances: Of<Maintenance> & {
    list(page: Page): Promise<readonly Maintenance[]>;
  };
  /** All that was changed, and the way back. */
  readonly changes: ChangeList;
  /** What is told to the operator's own application; to be stored with what it tells of. */
  readonly notices: Notices;
};

type Of<Item extends { readonly id: number }, Given = Draft<Item>> = {
  byId(id: number): Promise<Item | null>;
  /** Throws `conflict` where the uid (the name) is taken. */
  create(given: Given, by: ChangeBy): Promise<Item>;
  /**
   * Writes what `modify` makes of the record. Where another change comes in between, `modify` is called again with
   * what that one left, so none of the two is lost. A record that it leaves as it is, is not written.
   * Throws `conflict`, or `not_found` where there is nothing to update.
   */
  update(known: Item, modify: (known: Item) => Item, by: ChangeBy): Promise<Item>;
  /** False where there was none. What belongs to an application goes with it. */
  remove(id: number, by: ChangeBy): Promise<boolean>;
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
/** Another change came in between so often only where something is wrong. */
const MOST_TRIES = 100;

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
  const listeners: ((endpointId: number) => void)[] = [];
  function changed(appId: number, endpointId: number): void {
    heldEndpoints.forget(appId);
    for (const listen of listeners) listen(endpointId);
  }

  /** What memory held of it is forgotten, and whoever follows endpoints hears of it. */
  function written(writes: readonly Write[], { id: revision, deleted }: Committed): void {
    for (const write of writes) {
      if (write.mode === 'expect') continue;
      heard.written(write);
      if (write.kind === 'application') {
        heldApplications.forget(write.item.id);
        if (write.mode === 'delete') {
          for (const id of deleted) {
            heldCanaries.forget(id);
            changed(write.item.id, id);
          }
        }
      }
      if (write.kind === 'canary') {
        heldCanaries.keep({ ...write.item, revision });
        changed(write.item.appId, write.item.endpointId);
      }
      if (write.kind === 'event_type') {
        const now = write.mode === 'delete' ? undefined : write.item;
        for (const listen of eventTypeListeners) listen(write.item.name, now);
      }
      if (write.kind === 'notifier' || write.kind === 'route' || write.kind === 'maintenance') {
        for (const listen of alertingListeners) listen();
      }
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

  function stamp<Item>(given: Draft<Item>): Item {
    const now = clock.now();
    const stamped = { ...given, id: ids.next(), createdAt: now, updatedAt: now, revision: 0 };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft and what it lacked
    return stamped as Item;
  }

  /** What a write of an endpoint is told as; other records are not told of. */
  async function tellingOf(write: Write): Promise<readonly Acceptance[]> {
    if (write.kind !== 'endpoint' || write.mode === 'expect') return [];
    const event: EndpointEvent = (
      {
        create: 'endpoint.created',
        update: 'endpoint.updated',
        delete: 'endpoint.deleted',
      } as const
    )[write.mode];
    return notices.endpoint(event, write.item);
  }

  async function create<Item extends ItemOf[ResourceKind]>(
    write: Write & { readonly item: Item },
    by: ChangeBy,
  ): Promise<Item> {
    const committed = await commit([write], by, { notices: await tellingOf(write) });
    if (committed === 'stale') throw new Error('an id was drawn twice');
    return { ...write.item, revision: committed.id };
  }

  /** Until nothing comes in between. `decide` says what is to be written, or null where all is as it should be. */
  async function untilWritten<Decision extends { readonly writes: readonly Write[] }>(
    decide: () => Promise<Decision | null>,
    by: ChangeBy,
    tell: (decision: Decision) => Promise<readonly Acceptance[]>,
  ): Promise<{ readonly decision: Decision; readonly committed: Committed } | null> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const decision = await decide();
      if (decision === null) return null;
      const committed = await commit(decision.writes, by, { notices: await tell(decision) });
      if (committed !== 'stale') return { decision, committed };
    }
    throw fault('overloaded', {
      retryAfterSeconds: 1,
      detail: 'Others changed the same thing again and again. Nothing was changed; try again.',
    });
  }

  /**
   * @param others what has to be written with it.
   * @param tell in the place of what an update is usually told as.
   */
  async function update<Kind extends ResourceKind>(
    kind: Kind,
    known: ItemOf[Kind],
    modify: (known: ItemOf[Kind]) => ItemOf[Kind],
    by: ChangeBy,
    others: (next: ItemOf[Kind], known: ItemOf[Kind]) => Promise<readonly Write[]> = async () => [],
    tell?: (next: ItemOf[Kind]) => Promise<readonly Acceptance[]>,
  ): Promise<ItemOf[Kind]> {
    let current: ItemOf[Kind] = known;
    let isFirst = true;
    const made = await untilWritten(
      async () => {
        if (!isFirst) {
          const fresh = await collections[kind].byId(known.id);
          if (fresh === null) throw fault('not_found');
          current = fresh;
        }
        isFirst = false;
        const modified = modify(current);
        if (JSON.stringify(modified) === JSON.stringify(current)) return null;
        const next = { ...modified, updatedAt: clock.now() };
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- item and kind are one pair, which a type parameter does not show
        const write = { mode: 'update', kind, item: next, known: current } as unknown as Write;
        return { next, writes: [write, ...(await others(next, current))] };
      },
      by,
      async ({ next, writes }) =>
        tell === undefined ? (await Promise.all(writes.map(tellingOf))).flat() : tell(next),
    );
    return made === null ? current : { ...made.decision.next, revision: made.committed.id };
  }

  async function remove(kind: ResourceKind, id: number, by: ChangeBy): Promise<boolean> {
    const made = await untilWritten(
      async () => {
        const item = await collections[kind].byId(id);
        if (item === null) return null;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
        const write = { mode: 'delete', kind, item } as unknown as Write;
        return { writes: [write, ...endOfCanary(id)] };
      },
      by,
      async ({ writes }) => (await Promise.all(writes.map(tellingOf))).flat(),
    );
    return made !== null;
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
      item: { ...endpoint, signatureHeaders, applicationThrottleRate: throttleRate, updatedAt },
    }));
  }

  async function createEndpoint(given: EndpointDraft, by: ChangeBy): Promise<Endpoint> {
    const made = await untilWritten(
      async () => {
        const application = await applications.byId(given.appId);
        if (application === null) throw fault('not_found', { field: 'app_id' });
        const { signatureHeaders, throttleRate: applicationThrottleRate } = application;
        const item = stamp<Endpoint>({ ...given, signatureHeaders, applicationThrottleRate });
        const writes: readonly Write[] = [
          { mode: 'expect', kind: 'application', item: application },
          { mode: 'create', kind: 'endpoint', item },
        ];
        return { item, writes };
      },
      by,
      ({ item }) => notices.endpoint('endpoint.created', item),
    );
    if (made === null) throw new Error('an endpoint was not made');
    return { ...made.decision.item, revision: made.committed.id };
  }

  const heard = createPolicies({
    ledger,
    collection: collections.policy,
    create: (given, by) =>
      create({ mode: 'create', kind: 'policy', item: stamp<Policy>(given) }, by),
    update: (known, modify, by) => update('policy', known, counted(modify), by),
    remove: (id, by) => remove('policy', id, by),
    isTried: (name) => heldCanaries.all().some(({ policy }) => policy === name),
  });

  return {
    applications: {
      byId: applicationById,
      byUid: applicationByUid,
      list: (page) => applications.list(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'application', item: stamp<Application>(given) }, by),
      update: (known, modify, by) => update('application', known, modify, by, endpointsWith),
      remove: (id, by) => remove('application', id, by),
    },
    endpoints: {
      byId: (id) => endpoints.byId(id),
      byUid: (appId, uid) => endpoints.byUid(appId, uid),
      list: (appId, page) => endpoints.list(appId, page),
      of: (appId) => heldEndpoints.of(appId),
      create: createEndpoint,
      update: (known, modify, by) => update('endpoint', known, modify, by),
      disable: (known, disabledReason, failSince) =>
        update(
          'endpoint',
          known,
          (endpoint) =>
            endpoint.disabled || endpoint.url !== known.url
              ? endpoint
              : { ...endpoint, disabled: true, disabledReason },
          { actor: 'holdfast', via: 'holdfast', reason: disabledReason },
          undefined,
          (endpoint) => notices.endpoint('endpoint.disabled', endpoint, failSince ?? clock.now()),
        ),
      remove: (id, by) => remove('endpoint', id, by),
      onChange: (listen) => void listeners.push(listen),
    },
    eventTypes: {
      byId: (id) => collections.event_type.byId(id),
      byName: (name) => collections.event_type.byUid(0, name),
      list: (page) => collections.event_type.listByUid(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'event_type', item: stamp<EventType>(given) }, by),
      update: (known, modify, by) => update('event_type', known, modify, by),
      remove: (id, by) => remove('event_type', id, by),
      onChange: (listen) => void eventTypeListeners.push(listen),
    },
    tokens: {
      byId: (id) => collections.token.byId(id),
      byHash: (hash) => collections.token.byUid(0, hash),
      list: (page) => collections.token.list(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'token', item: stamp<Token>(given) }, by),
      update: (known, modify, by) => update('token', known, modify, by),
      remove: (id, by) => remove('token', id, by),
    },
    objectives: {
      byId: (id) => collections.objective.byId(id),
      byName: (name) => collections.objective.byUid(0, name),
      list: (page) => collections.objective.listByUid(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'objective', item: stamp<Objective>(given) }, by),
      update: (known, modify, by) => update('objective', known, modify, by),
      remove: (id, by) => remove('objective', id, by),
    },
    policies: heard.policies,
    notifiers: {
      byId: (id) => collections.notifier.byId(id),
      byName: (name) => collections.notifier.byUid(0, name),
      list: (page) => collections.notifier.listByUid(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'notifier', item: stamp<Notifier>(given) }, by),
      update: (known, modify, by) => update('notifier', known, modify, by),
      remove: (id, by) => remove('notifier', id, by),
      onChange: (listen) => void alertingListeners.push(listen),
    },
    routes: {
      byId: (id) => collections.route.byId(id),
      byName: (name) => collections.route.byUid(0, name),
      list: (page) => collections.route.listByUid(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'route', item: stamp<Route>(given) }, by),
      update: (known, modify, by) => update('route', known, modify, by),
      remove: (id, by) => remove('route', id, by),
    },
    maintenances: {
      byId: (id) => collections.maintenance.byId(id),
      list: (page) => collections.maintenance.list(0, page),
      create: (given, by) =>
        create({ mode: 'create', kind: 'maintenance', item: stamp<Maintenance>(given) }, by),
      update: (known, modify, by) => update('maintenance', known, modify, by),
      remove: (id, by) => remove('maintenance', id, by),
    },
    canaries: createCanaries({
      ledger,
      ids,
      clock,
      commit,
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

/** Each update is a version. */
function counted(modify: (known: Policy) => Policy): (known: Policy) => Policy {
  return (known) => {
    const modified = modify(known);
    return isDeepStrictEqual(modified, known) ? known : { ...modified, version: known.version + 1 };
  };
}
