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
import type { Application, Write } from './records.ts';
import {
  planRevert,
  type Conflict,
  type ConflictChoice,
  type Reverting,
  type RevertPlan,
} from './revert.ts';
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
  /** Writes of the endpoints that take over what an application changes. */
  readonly endpointsWith: (next: Application, known: Application) => Promise<readonly Write[]>;
  /** With an endpoint goes what is tried on it. */
  readonly endOfCanary: (endpointId: number) => readonly Write[];
}): ChangeList {
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

  async function plan(which: WhichChanges, choice: ConflictChoice): Promise<Planned> {
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

  /** All writes of a revert: the subjects, and what endpoints take over from their applications. */
  async function writesOf({ changes, subjects, items, owned }: Planned): Promise<readonly Write[]> {
    const now = clock.now();
    const writes = inOrder(subjects).map((subject) => writeOf(subject, items, now));
    const applications = new Map<number, Application>();
    const expected: Write[] = [];
    for (const write of writes) {
      if (write.kind === 'application' && write.mode !== 'delete') {
        applications.set(write.item.id, write.item);
      }
    }
    for (const write of writes) {
      if (write.kind !== 'endpoint' || write.mode === 'delete') continue;
      const { appId } = write.item;
      if (applications.has(appId)) continue;
      const resource = await ledger.resource({ kind: 'application', id: appId });
      if (resource === null) {
        throw fault('change_conflict', {
          detail:
            'The application of an endpoint that would come back is gone. Take back its deletion too.',
        });
      }
      const item = itemOf<Application>(resource);
      applications.set(appId, item);
      expected.push({ mode: 'expect', kind: 'application', item });
    }
    const planned = new Set(writes.map(({ item }) => item.id));
    const others: Write[] = [];
    for (const write of writes) {
      if (write.kind === 'application' && write.mode === 'update') {
        others.push(...(await endpointsWith(write.item, write.known)));
      }
    }
    const ended = writes.flatMap(({ mode, kind, item }) =>
      kind === 'endpoint' && mode === 'delete' ? endOfCanary(item.id) : [],
    );
    return [
      ...expected,
      ...ended,
      ...writes.map((write) => {
        // What was made in it since the plan was made must not go unseen.
        if (write.kind === 'application' && write.mode === 'delete') {
          return { ...write, owned: owned.get(write.item.id) ?? [] };
        }
        const application =
          write.kind === 'endpoint' ? applications.get(write.item.appId) : undefined;
        if (write.kind !== 'endpoint' || application === undefined) return write;
        const { signatureHeaders, throttleRate: applicationThrottleRate } = application;
        const item = { ...write.item, signatureHeaders, applicationThrottleRate };
        // What it takes over was left out of the plan; back at its place the document is the same to the byte.
        return { ...write, item: inOrderOf(namesOf(write, changes), item) };
      }),
      ...others.filter(({ item }) => !planned.has(item.id)),
    ];
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

type Planned = RevertPlan & {
  readonly changes: readonly Change[];
  readonly items: ReadonlyMap<number, Write['item']>;
  /** Endpoints that were seen in applications that would go. */
  readonly owned: ReadonlyMap<number, readonly number[]>;
};

/** The newest of the changes that made it. */
function changeIdOf(changes: readonly Change[], subjectId: number): number {
  const touches = ({ items }: Change): boolean =>
    items.some((item) => item.subjectId === subjectId);
  return changes.find(touches)?.id ?? 0;
}

function previewOf(
  { changes, subjects, conflicts }: Planned,
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

/** Applications come before what belongs to them, and go after it. */
function inOrder(subjects: readonly Reverting[]): readonly Reverting[] {
  const rank = ({ kind, next }: Reverting): number =>
    kind === 'application' ? (next === null ? 2 : 0) : 1;
  return subjects.toSorted((a, b) => rank(a) - rank(b));
}

function writeOf(
  { kind, subjectId, next }: Reverting,
  items: ReadonlyMap<number, Write['item']>,
  now: number,
): Write {
  const known = items.get(subjectId);
  const write =
    next === null
      ? { mode: 'delete', kind, item: known }
      : known === undefined
        ? { mode: 'create', kind, item: { ...next, updatedAt: now, revision: 0 } }
        : { mode: 'update', kind, item: { ...next, updatedAt: now }, known };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- documents of that kind, as they were stored
  return write as unknown as Write;
}

/** The names of a record's fields as they stood in its document: as it is, or was before it was deleted. */
function namesOf(write: Write, changes: readonly Change[]): readonly string[] {
  if (write.mode === 'update') return Object.keys(write.known);
  for (const { items } of changes) {
    const item = items.find(
      ({ subjectId, before }) => subjectId === write.item.id && before !== null,
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a document is an object
    if (item?.before) return Object.keys(JSON.parse(item.before) as object);
  }
  return [];
}

function inOrderOf<Item extends object>(names: readonly string[], item: Item): Item {
  const place = new Map(names.map((name, index) => [name, index]));
  const entries = Object.entries(item).toSorted(
    ([one], [other]) => (place.get(one) ?? names.length) - (place.get(other) ?? names.length),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields in another order
  return Object.fromEntries(entries) as Item;
}

function fieldsOf(item: Write['item'] | undefined): Fields | null {
  if (item === undefined) return null;
  return withoutRevision(item);
}
