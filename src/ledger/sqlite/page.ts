import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Page } from '../contract.ts';

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
