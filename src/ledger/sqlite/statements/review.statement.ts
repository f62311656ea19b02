import type { DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../../contract/ledger.ts';
import type {
  ActionItemsQuery,
  StoredActionItem,
  StoredPostmortem,
  StoredVersion,
} from '../../contract/reviews.ts';
import { integer, integerOrNull, text } from '../rows.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;
type Request<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Given) => unknown
  ? Given
  : never;

/** By their primary keys. */
export function prepareStoreReview(
  database: DatabaseSync,
): (request: Request<'storeReview'>) => void {
  const put = database.prepare(
    'INSERT OR REPLACE INTO postmortem (incident_id, doc) VALUES (?, ?)',
  );
  const add = database.prepare(
    'INSERT INTO postmortem_version (incident_id, nth, doc) VALUES (?, ?, ?)',
  );
  const putItem = database.prepare(
    'INSERT OR REPLACE INTO action_item (id, incident_id, due_at, is_open, doc) VALUES (?, ?, ?, ?, ?)',
  );
  return ({ postmortems, versions, actionItems }) => {
    for (const { incidentId, doc } of postmortems) put.run(incidentId, doc);
    for (const { incidentId, nth, doc } of versions) add.run(incidentId, nth, doc);
    for (const { id, incidentId, dueAt, isOpen, doc } of actionItems) {
      putItem.run(id, incidentId, dueAt, Number(isOpen), doc);
    }
  };
}

export function prepareReadPostmortem(
  database: DatabaseSync,
): (incidentId: number) => StoredPostmortem | null {
  const read = database.prepare('SELECT doc FROM postmortem WHERE incident_id = ?');
  return (incidentId) => {
    const row = read.get(incidentId);
    return row === undefined ? null : { incidentId, doc: text(row, 'doc') };
  };
}

/** A range of the primary key. */
export function preparePostmortemVersions(
  database: DatabaseSync,
): (request: Request<'postmortemVersions'>) => readonly StoredVersion[] {
  const read = database.prepare(
    'SELECT nth, doc FROM postmortem_version WHERE incident_id = ? AND nth < ? ORDER BY nth DESC LIMIT ?',
  );
  return ({ incidentId, beforeNth = Number.MAX_SAFE_INTEGER, limit }) =>
    read
      .all(incidentId, beforeNth, limit)
      .map((row) => ({ incidentId, nth: integer(row, 'nth'), doc: text(row, 'doc') }));
}

export function prepareReadActionItem(
  database: DatabaseSync,
): (id: number) => StoredActionItem | null {
  const read = database.prepare('SELECT * FROM action_item WHERE id = ?');
  return (id) => {
    const row = read.get(id);
    return row === undefined ? null : itemOf(row);
  };
}

/** By the primary key; those of an incident by `action_item_of_incident`, open ones by `action_item_open`. */
export function prepareActionItems(
  database: DatabaseSync,
): (request: ActionItemsQuery) => readonly StoredActionItem[] {
  const statementFor = (conditions: readonly string[]) =>
    database.prepare(
      `SELECT * FROM action_item WHERE ${['id > ?', ...conditions].join(' AND ')} ORDER BY id LIMIT ?`,
    );
  const OPEN = 'is_open = 1';
  const every = statementFor([]);
  const open = statementFor([OPEN]);
  const done = statementFor(['is_open = 0']);
  const due = statementFor([OPEN, 'due_at < ?']);
  const ofIncident = statementFor(['incident_id = ?']);
  return ({ incidentId, isOpen, dueBefore, afterId = -1, limit }) => {
    if (incidentId !== undefined) {
      // Few belong to one incident.
      return ofIncident
        .all(afterId, incidentId, -1)
        .map(itemOf)
        .filter((item) => isOpen === undefined || item.isOpen === isOpen)
        .filter(({ dueAt }) => dueBefore === undefined || (dueAt !== null && dueAt < dueBefore))
        .slice(0, limit);
    }
    if (dueBefore !== undefined) return due.all(afterId, dueBefore, limit).map(itemOf);
    const list = isOpen === undefined ? every : isOpen ? open : done;
    return list.all(afterId, limit).map(itemOf);
  };
}

function itemOf(row: Row): StoredActionItem {
  return {
    id: integer(row, 'id'),
    incidentId: integer(row, 'incident_id'),
    dueAt: integerOrNull(row, 'due_at'),
    isOpen: integer(row, 'is_open') === 1,
    doc: text(row, 'doc'),
  };
}
