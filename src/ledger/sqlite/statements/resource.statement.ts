import type { DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../../contract/ledger.ts';
import { resourceKinds, type Resource } from '../../records.ts';
import { integer, text, textOrNull } from '../rows.ts';
import { pageOf } from '../page.ts';

type Query<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Request) => unknown
  ? Request
  : never;

export function prepareReadResource(
  database: DatabaseSync,
): (request: Query<'resource'>) => Resource | null {
  const read = database.prepare('SELECT * FROM resource WHERE id = ? AND kind = ?');
  return ({ kind, id }) => resourceOrNull(read.get(id, kind));
}

export function prepareReadResourceByUid(
  database: DatabaseSync,
): (request: Query<'resourceByUid'>) => Resource | null {
  const read = database.prepare('SELECT * FROM resource WHERE kind = ? AND app_id = ? AND uid = ?');
  return ({ kind, appId, uid }) => resourceOrNull(read.get(kind, appId, uid));
}

export function prepareListResources(
  database: DatabaseSync,
): (request: Query<'resources'>) => readonly Resource[] {
  const page = pageOf(database, 'SELECT * FROM resource WHERE kind = ? AND app_id = ?', 'id');
  return ({ kind, appId, ...bounds }) => page([kind, appId], bounds).map(resourceOf);
}

/** For kinds of which there are few: all of the kind are read, and put in order. */
export function prepareListResourcesOfKind(
  database: DatabaseSync,
): (request: Query<'resourcesOfKind'>) => readonly Resource[] {
  const page = pageOf(database, 'SELECT * FROM resource WHERE kind = ?', 'id');
  return ({ kind, ...bounds }) => page([kind], bounds).map(resourceOf);
}

export function prepareListResourcesByUid(
  database: DatabaseSync,
): (request: Query<'resourcesByUid'>) => readonly Resource[] {
  const selection = 'SELECT * FROM resource WHERE kind = ? AND app_id = ? AND uid IS NOT NULL';
  const ascending = database.prepare(`${selection} AND uid > ? ORDER BY uid ASC LIMIT ?`);
  const descending = database.prepare(`${selection} AND uid < ? ORDER BY uid DESC LIMIT ?`);
  return ({ kind, appId, afterUid, limit, descending: isDescending }) =>
    (isDescending
      ? descending.all(kind, appId, afterUid ?? '\u{10ffff}', limit)
      : ascending.all(kind, appId, afterUid ?? '', limit)
    ).map(resourceOf);
}

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

function resourceOrNull(row: Row | undefined): Resource | null {
  return row === undefined ? null : resourceOf(row);
}

export function resourceOf(row: Row): Resource {
  const kind = resourceKinds.find((known) => known === row['kind']);
  if (kind === undefined) throw new TypeError(`unknown kind of resource: ${text(row, 'kind')}`);
  return {
    kind,
    appId: integer(row, 'app_id'),
    id: integer(row, 'id'),
    uid: textOrNull(row, 'uid'),
    doc: text(row, 'doc'),
    createdAt: integer(row, 'created_at'),
    updatedAt: integer(row, 'updated_at'),
    revision: integer(row, 'revision'),
  };
}
