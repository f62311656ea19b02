import type { DatabaseSync } from 'node:sqlite';
import type {
  ChangeRequest,
  ChangeResult,
  ChangesQuery,
  RecordedChange,
  ResourceWrite,
  Resealing,
} from '../../contract/changes.ts';
import {
  changeKinds,
  changeVerbs,
  changeWays,
  resourceKinds,
  type Change,
  type ChangeBy,
  type ChangeItem,
  type ChangeKind,
  type Resource,
} from '../../records.ts';
import { all, condition, statementCache } from '../conditions.ts';
import { pageThrough } from '../page.ts';
import { integer, integerOrNull, numbers, text, textOrNull } from '../rows.ts';
import { prepareRememberLane } from './lane.statement.ts';
import { resourceOf } from './resource.statement.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

/** Changes of one peer or service that were made elsewhere, the newest: whoever changes each time fills no disk. */
const mostOf = { observed: 32, marked: 1000 };

/**
 * Resources and the change that tells of them. Several writes are one savepoint: where one of them is refused nothing
 * of them stays in the commit that others share. Rows are found by their primary key; what was there before is read
 * in the same commit, so that a change never tells of something that was not so.
 */
export function prepareChange(database: DatabaseSync): (request: ChangeRequest) => ChangeResult {
  const find = database.prepare('SELECT * FROM resource WHERE id = ? AND kind = ?');
  const kinds = resourceKinds.map((kind) => `'${kind}'`).join(', ');
  const findOwned = database.prepare(
    `SELECT * FROM resource WHERE kind IN (${kinds}) AND app_id = ?`,
  );
  const taken = database.prepare(
    'SELECT id FROM resource WHERE kind = ? AND app_id = ? AND uid = ? AND id <> ?',
  );
  const insert = database.prepare(
    `INSERT INTO resource (id, kind, app_id, uid, doc, created_at, updated_at, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE resource SET uid = ?, doc = ?, updated_at = ?, revision = ? WHERE id = ?',
  );
  const clearUid = database.prepare('UPDATE resource SET uid = NULL WHERE id = ?');
  const remove = database.prepare('DELETE FROM resource WHERE id = ?');
  const markReverted = database.prepare('UPDATE change SET reverted_by = ? WHERE id = ?');
  const begin = database.prepare('SAVEPOINT change');
  const undo = database.prepare('ROLLBACK TO change');
  const end = database.prepare('RELEASE change');
  const record = prepareInsertChange(database);
  const forgetLane = prepareRememberLane(database);

  type Refusal = 'uid_taken' | 'stale' | 'missing';
  type Known = ReadonlyMap<number, Resource>;

  function known({ writes }: ChangeRequest): Known {
    const rows = writes.flatMap((write) => {
      if (write.mode === 'create') return [];
      const { kind } = write.mode === 'update' ? write.resource : write;
      const row = find.get(idOf(write), kind);
      return row === undefined ? [] : [resourceOf(row)];
    });
    return new Map(rows.map((resource) => [resource.id, resource]));
  }

  function write(each: ResourceWrite, before: Known, revision: number): ChangeItem[] | Refusal {
    if (each.mode === 'expect') {
      const there = before.get(each.id);
      if (there === undefined) return 'missing';
      return there.revision === each.expected ? [] : 'stale';
    }
    if (each.mode === 'delete') {
      const gone = before.get(each.id);
      if (gone === undefined) return 'missing';
      if (each.expected !== undefined && gone.revision !== each.expected) return 'stale';
      const owned = gone.kind === 'application' ? findOwned.all(gone.id).map(resourceOf) : [];
      const { owned: expected } = each;
      const isMore = owned.some(({ id, kind }) => kind === 'endpoint' && !expected?.includes(id));
      if (expected !== undefined && isMore) return 'stale';
      return [gone, ...owned].map((resource) => {
        remove.run(resource.id);
        forgetLane(resource.id, null);
        return itemOf(resource, null);
      });
    }
    const { resource } = each;
    const { id, kind, appId, uid, doc, createdAt, updatedAt } = resource;
    const old = each.mode === 'update' ? before.get(id) : null;
    if (old === undefined) return 'missing';
    if (old === null && find.get(id, kind) !== undefined) return 'stale';
    if (each.mode === 'update' && old?.revision !== each.expected) return 'stale';
    if (uid !== null && taken.get(kind, appId, uid, id) !== undefined) return 'uid_taken';
    if (old === null) insert.run(id, kind, appId, uid, doc, createdAt, updatedAt, revision);
    else update.run(uid, doc, updatedAt, revision, id);
    return each.mode === 'update' && each.isFollowing === true ? [] : [itemOf(old, resource)];
  }

  function writeAll(request: ChangeRequest): ChangeResult {
    const { change, writes } = request;
    const before = known(request);
    if (writes.length > 1) {
      // A uid passes from one to another only where it leaves the first one.
      for (const each of writes) {
        if (each.mode !== 'update') continue;
        const { id, uid } = each.resource;
        if (before.get(id)?.uid !== uid) clearUid.run(id);
      }
    }
    const items: ChangeItem[] = [];
    for (const [at, each] of writes.entries()) {
      const written = write(each, before, change.id);
      if (typeof written === 'string') return { kind: written, at };
      items.push(...written);
    }
    const reverts = change.reverts ?? [];
    record(change, reverts, items);
    for (const id of reverts) markReverted.run(change.id, id);
    const gone = items.filter(({ verb }) => verb === 'deleted');
    return { kind: 'changed', deleted: gone.flatMap(({ subjectId }) => subjectId ?? []) };
  }

  return (request) => {
    begin.run();
    const result = writeAll(request);
    if (result.kind !== 'changed') undo.run();
    end.run();
    return result;
  };
}

function idOf(write: ResourceWrite): number {
  return 'resource' in write ? write.resource.id : write.id;
}

function itemOf(
  before: Omit<Resource, 'revision'> | null,
  after: Omit<Resource, 'revision'> | null,
): ChangeItem {
  const resource = after ?? before;
  if (resource === null) throw new Error('a change of nothing');
  const { kind, id, appId, uid } = resource;
  return {
    kind,
    verb: before === null ? 'created' : after === null ? 'deleted' : 'updated',
    appId: kind === 'application' ? id : appId,
    subjectId: id,
    subject: uid ?? '',
    before: before?.doc ?? null,
    after: after?.doc ?? null,
  };
}

type InsertChange = (
  change: ChangeBy & { readonly id: number },
  reverts: readonly number[],
  items: readonly ChangeItem[],
) => void;

function prepareInsertChange(database: DatabaseSync): InsertChange {
  const insert = database.prepare(
    'INSERT INTO change (id, actor, via, reason, reverts) VALUES (?, ?, ?, ?, ?)',
  );
  const insertItem = database.prepare(
    `INSERT INTO change_item (change_id, nth, kind, verb, app_id, subject_id, subject, before, after)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ id, actor, via, reason }, reverts, items) => {
    insert.run(id, actor, via, reason, reverts.length === 0 ? null : JSON.stringify(reverts));
    for (const [nth, item] of items.entries()) {
      const { kind, verb, appId, subjectId, subject, before, after } = item;
      insertItem.run(id, nth, kind, verb, appId, subjectId, subject, before, after);
    }
  };
}

/** A change made elsewhere. Of each kind and subject the newest are kept. */
export function prepareRecordChange(database: DatabaseSync): (change: RecordedChange) => void {
  const insert = prepareInsertChange(database);
  const forget = prepareForgetChanges(database);
  return (change) => {
    const { kind, subject, verb } = change.item;
    insert(change, [], [change.item]);
    forget(kind, subject, verb === 'marked' ? mostOf.marked : mostOf.observed);
  };
}

/** Forgets what was recorded of others, but for the newest `keep` of that kind and subject. */
export function prepareForgetChanges(
  database: DatabaseSync,
): (kind: ChangeKind, subject: string, keep: number) => void {
  const beyond = database.prepare(
    `SELECT change_id FROM change_item INDEXED BY change_item_of_other
     WHERE kind = ? AND subject = ? AND subject_id IS NULL
     ORDER BY change_id DESC LIMIT -1 OFFSET ?`,
  );
  const removeItems = database.prepare('DELETE FROM change_item WHERE change_id = ?');
  const remove = database.prepare('DELETE FROM change WHERE id = ?');
  return (kind, subject, keep) => {
    for (const row of beyond.all(kind, subject, keep)) {
      const id = integer(row, 'change_id');
      removeItems.run(id);
      remove.run(id);
    }
  };
}

/**
 * Sealed parts written anew, in the resource and wherever the list of changes holds the same document. Changes are
 * found by the index on their resource.
 */
export function prepareReseal(database: DatabaseSync): (request: Resealing) => void {
  const update = database.prepare(
    'UPDATE resource SET doc = ? WHERE id = ? AND kind = ? AND doc = ?',
  );
  const updateBefore = database.prepare(
    'UPDATE change_item SET before = ? WHERE subject_id = ? AND before = ?',
  );
  const updateAfter = database.prepare(
    'UPDATE change_item SET after = ? WHERE subject_id = ? AND after = ?',
  );
  return ({ resources }) => {
    for (const { kind, id, before, after } of resources) {
      update.run(after, id, kind, before);
      updateBefore.run(after, id, before);
      updateAfter.run(after, id, before);
    }
  };
}

/**
 * The newest or oldest changes that a filter names, each with all its items. Without a filter those too that altered
 * nothing, such as a revert of what was so already.
 */
export function prepareChanges(
  database: DatabaseSync,
): (request: ChangesQuery) => readonly Change[] {
  const prepare = statementCache(database);
  const read = prepareReadChanges(database);
  return ({ appId, subjectId, kind, subject, fromId, beforeId, ...page }) => {
    const isWhole = appId === undefined && subjectId === undefined && kind === undefined;
    const key = isWhole ? 'id' : 'change_id';
    const where = all(
      condition(`${key} >= ?`, fromId ?? 0),
      condition(`${key} < ?`, beforeId),
      condition('app_id = ?', appId),
      condition('subject_id = ?', subjectId),
      condition('kind = ?', kind),
      condition('subject = ?', subject),
    );
    const selection = isWhole
      ? 'SELECT id FROM change'
      : 'SELECT DISTINCT change_id FROM change_item';
    const rows = pageThrough(prepare, selection, where, key, page);
    return read(
      rows.map((row) => integer(row, key)),
      subjectId,
    );
  };
}

/** In the order of the ids; those that are not there are left out. */
export function prepareChangesOf(
  database: DatabaseSync,
): (request: { readonly ids: readonly number[] }) => readonly Change[] {
  const read = prepareReadChanges(database);
  return ({ ids }) => read(ids);
}

/** Of a change with many subjects the items of one alone, where one is asked for. */
function prepareReadChanges(
  database: DatabaseSync,
): (ids: readonly number[], subjectId?: number) => readonly Change[] {
  const read = database.prepare('SELECT * FROM change WHERE id = ?');
  const readItems = database.prepare('SELECT * FROM change_item WHERE change_id = ? ORDER BY nth');
  const readOwn = database.prepare(
    'SELECT * FROM change_item WHERE change_id = ? AND subject_id = ? ORDER BY nth',
  );
  return (ids, subjectId) =>
    ids.flatMap((id) => {
      const row = read.get(id);
      return row === undefined
        ? []
        : [changeOf(row, subjectId === undefined ? readItems.all(id) : readOwn.all(id, subjectId))];
    });
}

function changeOf(row: Row, items: readonly Row[]): Change {
  return {
    id: integer(row, 'id'),
    actor: text(row, 'actor'),
    via: oneOf(changeWays, text(row, 'via')),
    reason: text(row, 'reason'),
    reverts: row['reverts'] === null ? [] : numbers(row, 'reverts'),
    revertedBy: integerOrNull(row, 'reverted_by'),
    items: items.map((item) => ({
      kind: oneOf(changeKinds, text(item, 'kind')),
      verb: oneOf(changeVerbs, text(item, 'verb')),
      appId: integer(item, 'app_id'),
      subjectId: integerOrNull(item, 'subject_id'),
      subject: text(item, 'subject'),
      before: textOrNull(item, 'before'),
      after: textOrNull(item, 'after'),
    })),
  };
}

function oneOf<Name extends string>(names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new TypeError(`"${given}" is none of ${names.join(', ')}`);
  return found;
}
