import type {
  Change,
  ChangeBy,
  ChangeItem,
  ChangeKind,
  Resource,
  ResourceKind,
} from '../records.ts';
import type { Telling } from './acceptance.ts';
import type { Page } from './paging.ts';

export type ChangeWrites = {
  /** Writes resources and the change that tells of it, all in one commit or none. */
  change(request: ChangeRequest): Promise<ChangeResult>;
  /** Writes resources anew as they are sealed anew: no change of configuration, and none is recorded. */
  reseal(request: Resealing): Promise<void>;
  /** Records a change that was made elsewhere. */
  recordChange(change: RecordedChange): Promise<void>;
};

export type ChangeReads = {
  changes(request: ChangesQuery): Promise<readonly Change[]>;
  changesOf(request: { readonly ids: readonly number[] }): Promise<readonly Change[]>;
};

export type ResourceWrite =
  /** A uid that exists is refused. */
  | { readonly mode: 'create'; readonly resource: Omit<Resource, 'revision'> }
  /** Compare-and-set: refused where another change came since the revision that was read. */
  | {
      readonly mode: 'update';
      readonly resource: Omit<Resource, 'revision'>;
      readonly expected: number;
      /** Written, and not listed among the change's items: what it takes over from another record. */
      readonly isFollowing?: boolean;
    }
  /** An application takes with it all that belongs to it. Without `expected` it goes whatever it is by now. */
  | {
      readonly mode: 'delete';
      readonly kind: ResourceKind;
      readonly id: number;
      readonly expected?: number;
      /** Endpoints that may go with an application: refused as stale where others are in it by now. */
      readonly owned?: readonly number[];
    }
  /** Nothing is written: what the others stand on must be as it was read. */
  | {
      readonly mode: 'expect';
      readonly kind: ResourceKind;
      readonly id: number;
      readonly expected: number;
    };

export type ChangeRequest = Telling & {
  readonly change: ChangeBy & { readonly id: number; readonly reverts?: readonly number[] };
  /** In their order; a uid may pass from one resource to another. */
  readonly writes: readonly ResourceWrite[];
};

/** Where one write is refused none is made: `at` is its place among them. */
export type ChangeResult =
  | { readonly kind: 'changed'; readonly deleted: readonly number[] }
  | { readonly kind: 'uid_taken' | 'stale' | 'missing'; readonly at: number };

/** Each with the document it had: where that is another by now nothing is written. */
export type Resealing = {
  readonly resources: readonly (Pick<Resource, 'kind' | 'id'> & {
    readonly before: string;
    readonly after: string;
  })[];
};

/** A change made elsewhere: one item, and never to be taken back from here. */
export type RecordedChange = ChangeBy & {
  readonly id: number;
  readonly item: ChangeItem;
};

export type ChangesQuery = Page & {
  /** Changes of what belongs to it, and of itself. */
  readonly appId?: number | undefined;
  /** Changes of one thing, each with the items of that thing alone. */
  readonly subjectId?: number | undefined;
  readonly kind?: ChangeKind | undefined;
  /** The name of what was changed, as the list has it; with a kind. */
  readonly subject?: string | undefined;
  /** Change ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};
