import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Page } from '../contract/paging.ts';
import { all, condition, type Conditions } from './conditions.ts';

type Rows = ReturnType<ReturnType<DatabaseSync['prepare']>['all']>;

/** Pages a selection by an id column: the index walk starts at the page, so every page costs the same. */
export function pageOf(
  database: DatabaseSync,
  selection: string,
  idColumn: string,
): (values: readonly SQLInputValue[], page: Page) => Rows {
  const ascending = database.prepare(
    `${selection} AND ${idColumn} > ? ORDER BY ${idColumn} ASC LIMIT ?`,
  );
  const descending = database.prepare(
    `${selection} AND ${idColumn} < ? ORDER BY ${idColumn} DESC LIMIT ?`,
  );
  return (values, page) =>
    page.descending
      ? descending.all(...values, page.afterId ?? Number.MAX_SAFE_INTEGER, page.limit)
      : ascending.all(...values, page.afterId ?? 0, page.limit);
}

/** The same for a selection whose conditions are put together at run time. */
export function pageThrough(
  prepare: (sql: string) => StatementSync,
  selection: string,
  where: Conditions,
  idColumn: string,
  { afterId, limit, descending }: Page,
): Rows {
  const after = condition(`${idColumn} ${descending ? '<' : '>'} ?`, afterId);
  const { sql, values } = all(where, after);
  const order = `ORDER BY ${idColumn} ${descending ? 'DESC' : 'ASC'} LIMIT ?`;
  const given = sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')} `;
  return prepare(`${selection} ${given}${order}`).all(...values, limit);
}
