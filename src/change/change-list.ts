import { fault, idAt, type Clock, type IdSource } from '../core/index.ts';
import {
  type Acceptance,
  type Change,
  type ChangeBy,
  type ChangesQuery,
  type Ledger,
  type Resource,
  resourceKinds,
} from '../ledger/index.ts';
import type { Commit } from './commit.ts';
import type { Fields } from './difference.ts';
import { isForAdmins, isPassedOver, itemOf, kinds, withoutRevision } from './kinds.ts';
import type { Write } from './records.ts';
import { createRevertWrites, type PlannedRevert, type RevertWritesParts } from './revert-writes.ts';
import { planRevert, type Conflict, type ConflictChoice, type RevertPlan } from './revert.ts';
import { warningsOf } from './revert-warnings.ts';

/** All that was changed here, or seen and told to have changed elsewhere; and the way back. */
export type ChangeList = {
  list(query: ChangesQuery): Promise<readonly Change[]>;
  byId(id: number): Promise<Change | null>;
  /** What taking them back would come to. Throws as `revert` does, conflicts aside. */
  preview(which: WhichChanges, choice: ConflictChoice): Promise<RevertPreview>;
  /**
   * Takes changes back, the newest first, in one change. Throws `change_conflict` where a later change stands in the
   * way and the choice is to refuse; `not_revertible` for what has no way back; `not_found` for an unknown id,
   * `conflict` for a uid that another has by now.
   */
  revert(which: WhichChanges, choice: ConflictChoice, by: ChangeBy): Promise<RevertPreview>;
  /** Records a change that was made elsewhere. */
  record(kind: 'deploy' | 'drift', told: Told): Promise<Change>;
};

/**
 * By their ids, or all that were made in a span of time and still stand. Some kinds are for admins alone, also by this
 * way: named, they are refused; of a span they are left out.
 */
export type WhichChanges = { readonly isAdmin?: boolean } & (
  | { readonly ids: readonly number[] }
  | { readonly sinceAt: number; readonly appId?: number | undefined }
);

export type RevertPreview = RevertPlan & {
  /** The newest first. */
  readonly changes: readonly Change[];
  /** What going back breaks of contracts, in sentences. */
  readonly warnings: readonly string[];
  /** The change that was made; null in a preview, or where there was nothing to do. */
  readonly changeId: number | null;
};

/** What others say that they changed. */
export type Told = {
  readonly by: ChangeBy;
  /** What it is about, such as a service. */
  readonly subject: string;
  readonly appId: number;
  readonly facts: Fields;
  /** Where something is other than it was before: what it was. Otherwise it is a mark in time. */
  readonly before?: Fields;
};

/** Changes that one revert takes back at most. */
const MOST_REVERTED = 1000;
/** Things that one revert is about, at most: each has its history read. An application may have so many endpoints. */
const MOST_SUBJECTS = 10_000;
const ENDPOINTS_OF_ONE = 100_000;
/** Changes of one subject that are looked at, the newest: beyond them its values alone tell. */
const MOST_OF_SUBJECT = 1000;
const MOST_TRIES = 20;

export function createChangeList({
  ledger,
  ids,
  clock,
  commit,
  tellingOf,
  endpointsWith,
  endOfCanary,
}: {
  readonly ledger: Pick<
    Ledger,
    'changes' | 'changesOf' | 'resource' | 'resources' | 'recordChange'
  >;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly commit: Commit;
  readonly tellingOf: (write: Write) => Promise<readonly Acceptance[]>;
} & Pick<RevertWritesParts, 'endpointsWith' | 'endOfCanary'>): ChangeList {
  const writesOf = createRevertWrites({ ledger, clock, endpointsWith, endOfCanary });

  async function find(which: WhichChanges): Promise<readonly Change[]> {
    const { isAdmin = false } = which;
    if ('ids' in which) {
      const unique = [...new Set(which.ids)];
      const found = await ledger.changesOf({ ids: unique });
      if (found.length < unique.length) throw fault('not_found', { field: 'changeIds' });
      if (!isAdmin && found.some(isOfAdmins)) {
        throw fault('insufficient_access', {
          field: 'changeIds',
          detail:
            'Changes of notifiers, routes and incident rules are taken back by a token of scope admin only.',
        });
      }
      return assertRevertible(found);
    }
    const page = { limit: MOST_REVERTED + 1, descending: true };
    const { appId, sinceAt } = which;
    const made = await ledger.changes({ fromId: idAt(sinceAt), appId, ...page });
    if (made.length > MOST_REVERTED) {
      throw fault('validation', {
        field: 'lastMinutes',
        detail: `More than ${MOST_REVERTED} changes were made in that time. Name those to take back.`,
      });
    }
    return made.filter((change) => isRevertible(change) && (isAdmin || !isOfAdmins(change)));
  }

  async function plan(which: WhichChanges, choice: ConflictChoice): Promise<PlannedRevert> {
    const changes = (await find(which)).toSorted((a, b) => b.id - a.id);
    const items = new Map<number, Write['item']>();
    for (const { items: touched } of changes) {
      for (const { kind, subjectId } of touched) {
        const resourceKind = resourceKinds.find((known) => known === kind);
        if (resourceKind === undefined || subjectId === null || items.has(subjectId)) continue;
        const resource = await ledger.resource({ kind: resourceKind, id: subjectId });
        if (resource !== null) items.set(subjectId, itemOf(resource));
      }
    }
    const now = ({ id }: { readonly id: number }): Fields | null => fieldsOf(items.get(id));
    const histories = await historiesOf(changes);
    const history = (id: number): readonly Change[] => histories.get(id) ?? [];
    const merged = planRevert(changes, now, history, choice);
    const owned = new Map<number, readonly number[]>();
    return { changes, items, owned, ...(await withoutOrphans(changes, merged, choice, owned)) };
  }

  async function endpointsOf(appId: number): Promise<readonly Resource[]> {
    const page = { limit: ENDPOINTS_OF_ONE, descending: false };
    return ledger.resources({ kind: 'endpoint', appId, ...page });
  }

  /** What each subject has gone through. */
  async function historiesOf(
    changes: readonly Change[],
  ): Promise<ReadonlyMap<number, readonly Change[]>> {
    const subjects = new Set(
      changes.flatMap(({ items }) => items.map(({ subjectId }) => subjectId)),
    );
    if (subjects.size > MOST_SUBJECTS) {
      throw fault('validation', {
        field: 'changeIds',
        detail: `These changes are about ${subjects.size} things; at most ${MOST_SUBJECTS} go back at once. Take back fewer.`,
      });
    }
    const page = { limit: MOST_OF_SUBJECT, descending: true };
    const histories = new Map<number, readonly Change[]>();
    for (const subjectId of subjects) {
      if (subjectId !== null) {
        histories.set(subjectId, await ledger.changes({ subjectId, ...page }));
      }
    }
    return histories;
  }

  /** An application goes only with all that belongs to it: what was made in it since stands in the way. */
  async function withoutOrphans(
    changes: readonly Change[],
    merged: RevertPlan,
    choice: ConflictChoice,
    seen: Map<number, readonly number[]>,
  ): Promise<RevertPlan> {
    const going = new Set(
      merged.subjects.flatMap(({ next, subjectId }) => (next === null ? [subjectId] : [])),
    );
    const conflicts: Conflict[] = [];
    for (const { kind, next, subjectId } of merged.subjects) {
      if (kind !== 'application' || next !== null) continue;
      const owned = await endpointsOf(subjectId);
      const there = new Map(owned.map(({ id, uid }) => [id, uid ?? '']));
      for (const { kind, next: comes, subjectId: id, subject } of merged.subjects) {
        if (kind === 'endpoint' && comes?.['appId'] === subjectId) there.set(id, subject);
      }
      seen.set(subjectId, [...there.keys()]);
      for (const [id, subject] of [...there].filter(([id]) => !going.has(id))) {
        conflicts.push({
          changeId: changeIdOf(changes, subjectId),
          laterId: null,
          kind: 'endpoint',
          subjectId: id,
          subject,
          path: [],
          now: {},
          before: null,
        });
      }
    }
    if (conflicts.length === 0) return merged;
    return {
      conflicts: [...merged.conflicts, ...conflicts],
      subjects:
        choice === 'overwrite'
          ? merged.subjects
          : merged.subjects.filter(({ kind, next }) => kind !== 'application' || next !== null),
    };
  }

  async function revert(
    which: WhichChanges,
    choice: ConflictChoice,
    by: ChangeBy,
  ): Promise<RevertPreview> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const made = await plan(which, choice);
      const { changes, conflicts } = made;
      if (conflicts.length > 0 && choice === 'refuse') throw conflicting(made);
      if (changes.length === 0) return previewOf(made, null);
      const writes = await writesOf(made);
      const notices = (await Promise.all(writes.map(tellingOf))).flat();
      const reverts = changes.map(({ id }) => id);
      const committed = await commit(writes, by, { reverts, notices });
      if (committed !== 'stale') return previewOf(made, committed.id);
    }
    throw fault('overloaded', { retryAfterSeconds: 1 });
  }

  return {
    list: (query) => ledger.changes(query),
    byId: async (id) => (await ledger.changesOf({ ids: [id] }))[0] ?? null,
    async preview(which, choice) {
      return previewOf(await plan(which, choice), null);
    },
    revert,
    async record(kind, { by, subject, appId, facts, before }) {
      const item = {
        kind,
        subject,
        appId,
        verb: before === undefined ? 'marked' : 'updated',
        subjectId: null,
        before: before === undefined ? null : JSON.stringify(before),
        after: JSON.stringify(facts),
      } as const;
      const id = ids.next();
      await ledger.recordChange({ id, ...by, item });
      return { id, ...by, reverts: [], revertedBy: null, items: [item] };
    },
  };
}

/** The newest of the changes that made it. */
function changeIdOf(changes: readonly Change[], subjectId: number): number {
  const touches = ({ items }: Change): boolean =>
    items.some((item) => item.subjectId === subjectId);
  return changes.find(touches)?.id ?? 0;
}

function previewOf(
  { changes, subjects, conflicts }: PlannedRevert,
  changeId: number | null,
): RevertPreview {
  return { changes, subjects, conflicts, changeId, warnings: warningsOf(subjects) };
}

function isOfAdmins({ items }: Change): boolean {
  return items.some(({ kind }) => isForAdmins(kind));
}

export function isRevertible({ items }: Change): boolean {
  const altered = items.filter(({ kind }) => !isPassedOver(kind));
  return (
    altered.length > 0 &&
    altered.every(({ kind }) => {
      const known = resourceKinds.find((each) => each === kind);
      return known !== undefined && kinds[known].isRevertible;
    })
  );
}

function assertRevertible(changes: readonly Change[]): readonly Change[] {
  const fixed = changes.find((change) => !isRevertible(change));
  if (fixed === undefined) return changes;
  throw fault('not_revertible', {
    field: 'changeIds',
    detail: `A change of kind ${fixed.items[0]?.kind ?? 'unknown'} has no way back from here.`,
  });
}

function conflicting({ conflicts }: RevertPlan): Error {
  const [first] = conflicts;
  const what = first === undefined ? '' : `${first.kind} ${first.path.join('.')}`.trim();
  return fault('change_conflict', {
    field: 'onConflict',
    detail: `Later changes altered what would go back: ${what}${conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : ''}. Look at the preview, then say "keep" or "overwrite".`,
  });
}

function fieldsOf(item: Write['item'] | undefined): Fields | null {
  if (item === undefined) return null;
  return withoutRevision(item);
}
