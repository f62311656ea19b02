import { fault } from '../core/index.ts';
import type { ChangeBy, Ledger, PolicyUser } from '../ledger/index.ts';
import type { Collection, UidPage } from './collection.ts';
import { NamedPolicies, type PolicyLookup } from './named-policies.ts';
import type { Draft, Endpoint, Policy, Write } from './records.ts';

/** Policies by their names, and who stands under them. */
export type Policies = PolicyLookup & {
  /** From memory, as is all that has no promise. */
  byName(name: string): Policy | null;
  ofApplication(appId: number): Policy | null;
  list(page: UidPage): Promise<readonly Policy[]>;
  /** Throws `conflict` where the name is taken, `validation` where there are too many. */
  create(given: PolicyDraft, by: ChangeBy): Promise<Policy>;
  /** As for all records; its version counts up. */
  update(known: Policy, modify: (known: Policy) => Policy, by: ChangeBy): Promise<Policy>;
  /** Throws `policy_in_use` where an application or an endpoint refers to it. */
  remove(id: number, by: ChangeBy): Promise<boolean>;
  /** Reads them from the ledger: once, before anything is delivered. */
  load(): Promise<void>;
  /** Called after a policy was changed, or an application was put under another, with whom it concerns. */
  onChange(listen: (isUnder: (endpoint: Endpoint) => boolean) => void): void;
};

export type PolicyDraft = Omit<Draft<Policy>, 'version'>;

type PoliciesParts = {
  readonly ledger: Pick<Ledger, 'policyUsers'>;
  readonly collection: Collection<Policy>;
  readonly create: (given: Draft<Policy>, by: ChangeBy) => Promise<Policy>;
  readonly update: Policies['update'];
  readonly remove: Policies['remove'];
  /** Whether a canary that goes on tries it. */
  readonly isTried: (name: string) => boolean;
};

/** All of them are in memory. */
const MOST_POLICIES = 1000;
/** Who refers to a policy is named up to this many. */
const MOST_NAMED = 5;
/** More applications than a ledger has. */
const EVERY = 10_000_000;

/** @returns also what has to hear of every write that is durable. */
export function createPolicies({
  ledger,
  collection,
  create,
  update,
  remove,
  isTried,
}: PoliciesParts): {
  readonly policies: Policies;
  readonly written: (write: Write) => void;
} {
  const named = new NamedPolicies();
  const listeners: ((isUnder: (endpoint: Endpoint) => boolean) => void)[] = [];
  const tell = (isUnder: (endpoint: Endpoint) => boolean): void => {
    for (const listen of listeners) listen(isUnder);
  };

  function written(write: Write): void {
    if (write.mode === 'expect') return;
    const isGone = write.mode === 'delete';
    if (write.kind === 'policy') {
      const { name } = write.item;
      const isUnder = (endpoint: Endpoint): boolean =>
        endpoint.policy === name || named.nameOf(endpoint.appId) === name;
      if (isGone) named.remove(name);
      else named.put(write.item);
      tell(isUnder);
    }
    if (write.kind === 'application') {
      const { id, policy } = write.item;
      if (named.refer(id, isGone ? null : policy)) tell(({ appId }) => appId === id);
    }
  }

  async function assertUnused({ name }: Policy): Promise<void> {
    if (isTried(name)) {
      throw fault('policy_in_use', {
        field: 'policy_name',
        detail: `A canary tries "${name}". Stop it, or wait for its end first.`,
      });
    }
    const query = { policy: name, limit: MOST_NAMED };
    const users = [
      ...(await ledger.policyUsers({ kind: 'application', ...query })),
      ...(await ledger.policyUsers({ kind: 'endpoint', ...query })),
    ];
    if (users.length === 0) return;
    const more = users.length > MOST_NAMED ? ', and others' : '';
    throw fault('policy_in_use', {
      field: 'policy_name',
      detail: `"${name}" is in use by ${users.slice(0, MOST_NAMED).map(wordsOf).join(', ')}${more}. Put them under another policy first.`,
    });
  }

  const policies: Policies = {
    get generation() {
      return named.generation;
    },
    policiesOf: (endpoint) => named.policiesOf(endpoint),
    byName: (name) => named.byName(name),
    ofApplication: (appId) => named.ofApplication(appId),
    list: (page) => collection.listByUid(0, page),
    async create(given, by) {
      if (named.size >= MOST_POLICIES) {
        const detail = `There are ${MOST_POLICIES} policies already, which is the most. Delete one that nothing refers to.`;
        throw fault('validation', { field: 'name', detail });
      }
      return create({ ...given, version: 1 }, by);
    },
    update,
    async remove(id, by) {
      const policy = await collection.byId(id);
      if (policy === null) return false;
      await assertUnused(policy);
      return remove(id, by);
    },
    async load() {
      for (let afterUid: string | undefined; ;) {
        const page = { afterUid, limit: MOST_POLICIES, descending: false };
        const read = await collection.listByUid(0, page);
        for (const policy of read) named.put(policy);
        afterUid = read.at(-1)?.name;
        if (read.length < MOST_POLICIES) break;
      }
      for (const { id, policy } of await ledger.policyUsers({
        kind: 'application',
        limit: EVERY,
      })) {
        named.refer(id, policy);
      }
    },
    onChange: (listen) => void listeners.push(listen),
  };
  return { policies, written };
}

function wordsOf({ kind, id, uid }: PolicyUser): string {
  return `${kind} ${uid === null ? id : `"${uid}"`}`;
}
