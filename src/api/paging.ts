import { fault, type IdKind, type IdText } from '../core/index.ts';
import type { Page } from '../ledger/index.ts';

const DEFAULT_LIMIT = 50;

export type PageRequest = { readonly limit?: number; readonly iterator?: string | null };

/** The page a query asks for, one row longer, so that it shows whether more follow. Throws `validation`. */
export function pageFrom(
  query: PageRequest,
  kind: IdKind,
  idText: IdText,
  descending: boolean,
): Page {
  const limit = (query.limit ?? DEFAULT_LIMIT) + 1;
  if (query.iterator === undefined || query.iterator === null || query.iterator === '') {
    return { limit, descending };
  }
  const afterId = idText.parse(kind, query.iterator);
  if (afterId === undefined) {
    throw fault('validation', {
      field: 'iterator',
      detail: 'The iterator is not one that a list gave.',
    });
  }
  return { limit, descending, afterId };
}

/** A page as the API answers it. `write` gives each row's JSON. */
export function pageJson<Row>(
  rows: readonly Row[],
  page: Page,
  idOf: (row: Row) => string,
  write: (row: Row) => string,
): string {
  const shown = rows.slice(0, page.limit - 1);
  const last = shown.at(-1);
  const iterator = last === undefined ? null : idOf(last);
  const end = JSON.stringify({ done: rows.length < page.limit, iterator, prevIterator: null });
  return `{"data":[${shown.map(write).join(',')}],${end.slice(1)}`;
}
