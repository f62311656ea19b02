import { fault, type Clock, type IdSource } from '../core/index.ts';
import type { Acceptance, Ledger, Page, Resource, ResourceKind } from '../ledger/index.ts';

export type Stamped = {
  readonly id: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};
/** What the caller gives; id and moments are added here. */
export type Draft<Item> = Omit<Item, 'id' | 'createdAt' | 'updatedAt'>;
export type UidPage = {
  readonly afterUid?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

/** Notices to store in the commit of a write. They are made once the record is known, id and all. */
export type Tell<Item> = (item: Item) => Promise<readonly Acceptance[]>;

/** Records of one kind, each kept in the ledger as one document. */
export type Collection<Item extends Stamped> = {
  byId(id: number): Promise<Item | null>;
  byUid(appId: number, uid: string): Promise<Item | null>;
  list(appId: number, page: Page): Promise<readonly Item[]>;
  listByUid(appId: number, page: UidPage): Promise<readonly Item[]>;
  /** Throws `conflict` where the uid is taken. */
  create(given: Draft<Item>, tell?: Tell<Item>): Promise<Item>;
  /** Throws `conflict`, or `not_found` where there is nothing to update. */
  update(item: Item, tell?: Tell<Item>): Promise<Item>;
  /** The ids that are gone: with an application goes what belongs to it; empty where there was none. */
  remove(id: number, notices?: readonly Acceptance[]): Promise<readonly number[]>;
};

export type CollectionParts<Item> = {
  readonly ledger: Ledger;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly kind: ResourceKind;
  readonly appIdOf: (item: Draft<Item>) => number;
  readonly uidOf: (item: Draft<Item>) => string | null;
  /** What the uid is called outside. */
  readonly uidName: string;
};

export function createCollection<Item extends Stamped>(
  parts: CollectionParts<Item>,
): Collection<Item> {
  const { ledger, ids, clock, kind, appIdOf, uidOf, uidName } = parts;

  async function put(item: Item, mode: 'create' | 'update', tell?: Tell<Item>): Promise<Item> {
    const { id, createdAt, updatedAt } = item;
    const [appId, uid, doc] = [appIdOf(item), uidOf(item), JSON.stringify(item)];
    const resource = { kind, appId, id, uid, doc, createdAt, updatedAt };
    const notices = tell === undefined ? [] : await tell(item);
    const result = await ledger.putResource({ resource, mode, notices });
    if (result === 'uid_taken') throw fault('conflict', { field: uidName });
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
    create(given, tell) {
      const now = clock.now();
      const stamped = { ...given, id: ids.next(), createdAt: now, updatedAt: now };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft and what it lacked
      return put(stamped as unknown as Item, 'create', tell);
    },
    update: (item, tell) => put({ ...item, updatedAt: clock.now() }, 'update', tell),
    remove: (id, notices = []) => ledger.deleteResource({ kind, id, notices }),
  };
}

/** Documents are written by `put` above and by nobody else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind in the row decides
function itemOf<Item>(resource: Resource): Item {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(resource.doc) as Item;
}
