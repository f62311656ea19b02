import type { Ledger, Page, ResourceKind } from '../ledger/index.ts';
import { itemOf } from './kinds.ts';
import type { ItemOf } from './records.ts';

export type UidPage = {
  readonly afterUid?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

/** Records of one kind, as the ledger has them. */
export type Collection<Item> = {
  byId(id: number): Promise<Item | null>;
  byUid(appId: number, uid: string): Promise<Item | null>;
  list(appId: number, page: Page): Promise<readonly Item[]>;
  listByUid(appId: number, page: UidPage): Promise<readonly Item[]>;
};

export function createCollection<Kind extends ResourceKind>(
  ledger: Ledger,
  kind: Kind,
): Collection<ItemOf[Kind]> {
  return {
    async byId(id) {
      const resource = await ledger.resource({ kind, id });
      return resource === null ? null : itemOf(resource);
    },
    async byUid(appId, uid) {
      const resource = await ledger.resourceByUid({ kind, appId, uid });
      return resource === null ? null : itemOf(resource);
    },
    async list(appId, page) {
      const resources = await ledger.resources({ kind, appId, ...page });
      return resources.map((resource) => itemOf(resource));
    },
    async listByUid(appId, page) {
      const resources = await ledger.resourcesByUid({ kind, appId, ...page });
      return resources.map((resource) => itemOf(resource));
    },
  };
}
