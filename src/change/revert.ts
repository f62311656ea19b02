import { isDeepStrictEqual } from 'node:util';
import {
  resourceKinds,
  type Change,
  type ChangeItem,
  type ChangeKind,
  type ResourceKind,
} from '../ledger/index.ts';
import { differences, valueAt, withValue, type Fields } from './difference.ts';
import { isPassedOver, kinds } from './kinds.ts';

/** What becomes of a value that a later change has altered: nothing at all is done, it stays, or it goes back too. */
export const conflictChoices = ['refuse', 'keep', 'overwrite'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** A later change stands in the way: it altered what would go back. */
export type Conflict = {
  readonly changeId: number;
  /** The later change; null where it is not known any more. */
  readonly laterId: number | null;
  readonly kind: ResourceKind;
  readonly subjectId: number;
  readonly subject: string;
  /** Empty where the whole of it is meant: it was altered since, is gone, or has come back. */
  readonly path: readonly string[];
  /** As it is now, and as it was before the change. */
  readonly now: unknown;
  readonly before: unknown;
};

/** One subject as it is and as it would be; null: not there. */
export type Reverting = {
  readonly kind: ResourceKind;
  readonly subjectId: number;
  readonly subject: string;
  readonly now: Fields | null;
  readonly next: Fields | null;
};

export type RevertPlan = {
  readonly subjects: readonly Reverting[];
  readonly conflicts: readonly Conflict[];
};

export type Subject = { readonly kind: ResourceKind; readonly id: number };
/** An item that a revert can undo. */
type ResourceItem = ChangeItem & { readonly kind: ResourceKind; readonly subjectId: number };

/**
 * What taking changes back comes to, from the newest to the oldest. A value goes back to what it was before a change
 * only where it is still what that change made of it, and no later change that stands has altered it: a three-way
 * merge by field. So changes of different fields can be taken back in any order, and taking back all of them, in
 * whatever order was allowed, leaves everything as it was. A value that came back by chance counts as altered too:
 * otherwise the changes between could not be taken back any more.
 *
 * @param now documents of the subjects; null where there is none.
 * @param history all changes of a subject, in any order.
 */
export function planRevert(
  changes: readonly Change[],
  now: (subject: Subject) => Fields | null,
  history: (subjectId: number) => readonly Change[],
  choice: ConflictChoice,
): RevertPlan {
  const selected = new Set(changes.map(({ id }) => id));
  const subjects = new Map<number, Reverting>();
  const conflicts: Conflict[] = [];
  for (const change of changes.toSorted((a, b) => b.id - a.id)) {
    for (const item of change.items.toReversed().filter(isOfResource)) {
      const { kind, subjectId, subject } = item;
      const current = withoutDerived(kind, now({ kind, id: subjectId }));
      const known = subjects.get(subjectId) ?? {
        kind,
        subjectId,
        subject,
        now: current,
        next: current,
      };
      const later = laterTouching(change, history(subjectId), selected);
      const undone = undo(item, known.next, choice, change.id, later);
      conflicts.push(...undone.conflicts);
      subjects.set(subjectId, { ...known, next: undone.next });
    }
  }
  return {
    subjects: [...subjects.values()].filter(({ now: old, next }) => !isSame(old, next)),
    conflicts,
  };
}

type Undone = { readonly next: Fields | null; readonly conflicts: readonly Conflict[] };

function undo(
  item: ResourceItem,
  state: Fields | null,
  choice: ConflictChoice,
  changeId: number,
  later: Later,
): Undone {
  const { kind, subjectId, subject } = item;
  const before = ownFields(kind, item.before);
  const after = ownFields(kind, item.after);
  const touching = (path: readonly string[]): number | null => later(subjectId, path)?.id ?? null;
  const conflict = (path: readonly string[], now: unknown, old: unknown): Conflict => ({
    changeId,
    laterId: touching(path),
    kind,
    subjectId,
    subject,
    path,
    now,
    before: old,
  });
  if (before === null || after === null) {
    if (isSame(state, after) && touching([]) === null) return { next: before, conflicts: [] };
    return {
      next: choice === 'overwrite' ? before : state,
      conflicts: [conflict([], state, before)],
    };
  }
  const altered = differences(before, after);
  if (state === null) {
    if (altered.length === 0) return { next: null, conflicts: [] };
    return {
      next: choice === 'overwrite' ? before : null,
      conflicts: [conflict([], null, before)],
    };
  }
  let next: Fields = state;
  const conflicts: Conflict[] = [];
  for (const { path, before: old, after: made } of altered) {
    const value = valueAt(next, path);
    const isUntouched = isDeepStrictEqual(value, made) && touching(path) === null;
    if (!isUntouched) conflicts.push(conflict(path, value, old));
    if (isUntouched || choice === 'overwrite') next = withValue(next, path, old);
  }
  return { next, conflicts };
}

/** Whether an item altered a value, or the whole that it is part of; an empty path is all of it. */
function touches({ kind, before, after }: ChangeItem, path: readonly string[]): boolean {
  const [old, made] = [ownFields(kind, before), ownFields(kind, after)];
  if (old === null || made === null) return true;
  return differences(old, made).some(({ path: touched }) =>
    touched.every((name, place) => place >= path.length || name === path[place]),
  );
}

/** The change that altered a value later and stands; undefined where there is none. */
type Later = (subjectId: number, path: readonly string[]) => Change | undefined;

/**
 * Later changes that stand, and are not taken back with this one. One that took back only what came after this one
 * left nothing of its own.
 */
function laterTouching(
  { id }: Change,
  history: readonly Change[],
  selected: ReadonlySet<number>,
): Later {
  const byId = new Map(history.map((change) => [change.id, change]));
  const stands = ({ revertedBy }: Change): boolean => {
    const revert = revertedBy === null ? undefined : byId.get(revertedBy);
    return revertedBy === null || (revert !== undefined && !stands(revert));
  };
  const later = history.filter(
    (change) => change.id > id && !selected.has(change.id) && stands(change),
  );
  return (subjectId, path) => {
    const alters = (change: Change | undefined): boolean =>
      change?.items.some((item) => item.subjectId === subjectId && touches(item, path)) === true;
    return later.find(
      (change) =>
        alters(change) &&
        (change.reverts.length === 0 ||
          change.reverts.some((reverted) => reverted <= id && alters(byId.get(reverted)))),
    );
  };
}

function ownFields(kind: ChangeKind, doc: string | null): Fields | null {
  return withoutDerived(kind, fieldsOf(doc));
}

/** Without what it takes over from another record, which is written anew wherever that one changes. */
function withoutDerived(kind: ChangeKind, fields: Fields | null): Fields | null {
  const known = resourceKinds.find((each) => each === kind);
  if (fields === null || known === undefined) return fields;
  const { derived } = kinds[known];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !derived.includes(name)));
}

export function fieldsOf(doc: string | null): Fields | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a document is an object
  return doc === null ? null : (JSON.parse(doc) as Fields);
}

/** Moments aside. */
function isSame(one: Fields | null, other: Fields | null): boolean {
  if (one === null || other === null) return one === other;
  return differences(one, other).length === 0;
}

function isOfResource(item: ChangeItem): item is ResourceItem {
  return item.subjectId !== null && !isPassedOver(item.kind);
}
