import type { Resource, ResourceKind } from '../records.ts';
import type { Page } from './paging.ts';

/** Everything that is configured, read; `ChangeWrites` write it. */
export type ResourceReads = {
  resource(request: { readonly kind: ResourceKind; readonly id: number }): Promise<Resource | null>;
  resourceByUid(request: {
    readonly kind: ResourceKind;
    readonly appId: number;
    readonly uid: string;
  }): Promise<Resource | null>;
  resources(
    request: { readonly kind: ResourceKind; readonly appId: number } & Page,
  ): Promise<readonly Resource[]>;
  /** Of all applications, in the order of their ids. */
  resourcesOfKind(request: { readonly kind: ResourceKind } & Page): Promise<readonly Resource[]>;
  /** Resources that have a uid, ordered by it. */
  resourcesByUid(request: ResourcesByUid): Promise<readonly Resource[]>;
  /** Who refers to a policy; without a name, to any. */
  policyUsers(request: PolicyUsersQuery): Promise<readonly PolicyUser[]>;
};

export type ResourcesByUid = {
  readonly kind: ResourceKind;
  readonly appId: number;
  readonly afterUid?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

export type PolicyUsersQuery = {
  readonly kind: 'application' | 'endpoint';
  readonly policy?: string;
  readonly limit: number;
};

export type PolicyUser = Pick<Resource, 'id' | 'appId' | 'uid'> & {
  readonly kind: PolicyUsersQuery['kind'];
  readonly policy: string;
};
