import { fault, type IdSource } from '../core/index.ts';
import type { Acceptance, ChangeBy, Ledger, ResourceKind, ResourceWrite } from '../ledger/index.ts';
import { kinds, resourceOf } from './kinds.ts';
import type { ItemOf, Write } from './records.ts';

/** What goes with the writes of one change. */
export type Accompanying = {
  /** Changes that this one takes back. */
  readonly reverts?: readonly number[];
  /** Messages that tell of it, accepted in its commit. */
  readonly notices?: readonly Acceptance[];
};

export type Committed = {
  /** Of the change: the revision of all that it wrote. */
  readonly id: number;
  readonly deleted: readonly number[];
  /** As they were stored: a policy's version is counted on the way. */
  readonly writes: readonly Write[];
};

/**
 * Makes one change: all writes and their record in one commit, or none. Resolves to `stale` where something is no
 * longer as it was read: read it again, and decide again.
 * Throws `conflict` for a uid that is taken, `not_found` for what is not there.
 */
export type Commit = (
  writes: readonly Write[],
  by: ChangeBy,
  with_?: Accompanying,
) => Promise<Committed | 'stale'>;

export function createCommit({
  ledger,
  ids,
  written,
}: {
  readonly ledger: Pick<Ledger, 'change'>;
  readonly ids: IdSource;
  /** Called once the change is durable. */
  readonly written: (committed: Committed) => void;
}): Commit {
  return async (given, by, { reverts = [], notices = [] } = {}) => {
    const id = ids.next();
    const writes = given.map(counted);
    const result = await ledger.change({
      change: { id, ...by, reverts },
      writes: writes.map(toLedger),
      notices,
    });
    if (result.kind === 'changed') {
      const committed = {
        id,
        deleted: result.deleted,
        writes: writes.map((write) => withRevision(write, id)),
      };
      written(committed);
      return committed;
    }
    const refused = writes[result.at];
    if (refused === undefined) throw new Error('the ledger refused a write that nobody made');
    if (result.kind === 'stale') return 'stale';
    if (result.kind === 'missing') throw fault('not_found');
    throw fault('conflict', { field: kinds[refused.kind].uidName });
  };
}

/** What was written carries the change that wrote it, for whoever holds it in memory. */
function withRevision(write: Write, revision: number): Write {
  if (write.mode === 'delete' || write.mode === 'expect') return write;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- item and kind stay the pair that they were
  return { ...write, item: { ...write.item, revision } } as Write;
}

/** Whoever changes a policy, a revert too, makes its next version. */
function counted(write: Write): Write {
  if (write.kind !== 'policy' || write.mode !== 'update') return write;
  return { ...write, item: { ...write.item, version: write.known.version + 1 } };
}

function toLedger({ mode, kind, item, ...rest }: Write): ResourceWrite {
  const { id, revision } = item;
  if (mode === 'expect') return { mode, kind, id, expected: revision };
  if (mode === 'delete') {
    return {
      mode,
      kind,
      id,
      expected: revision,
      ...('owned' in rest ? { owned: rest.owned } : {}),
    };
  }
  const resource = resourceOf(kind, itemOfKind(kind, item));
  if (mode === 'create' || !('known' in rest)) return { mode: 'create', resource };
  const { known, isFollowing = false } = rest;
  return { mode: 'update', resource, expected: known.revision, isFollowing };
}

/** A write's item is of the write's kind; the type of a union of them no longer says so. */
function itemOfKind<Kind extends ResourceKind>(_kind: Kind, item: unknown): ItemOf[Kind] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return item as ItemOf[Kind];
}
