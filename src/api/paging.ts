import { fault, idAt, type IdKind, type IdText } from '../core/index.ts';
import type { Page } from '../ledger/index.ts';
import { momentOf } from './moment.ts';

const DEFAULT_LIMIT = 50;

export type PageRequest = {
  readonly limit?: number | undefined;
  readonly iterator?: string | null | undefined;
} & TimeRange;

/** A page as a list asks the ledger for it, and how it is turned back into the list's own order. */
export type ListPage<After> = {
  /** One more than is shown: whether it is there says whether more follow. */
  readonly limit: number;
  readonly shown: number;
  /** The direction of reading, which for a page before an iterator is against the list's. */
  readonly descending: boolean;
  readonly isBackwards: boolean;
  readonly after: After | undefined;
};

/**
 * An iterator is the id of a page's last item; with a "-" before it, of a page's first item, and asks for the page
 * before. Throws `validation` for an iterator that no list gave.
 */
export function pageFrom<After>(
  query: PageRequest,
  descending: boolean,
  parse: (iterator: string) => After | undefined,
): ListPage<After> {
  const shown = query.limit ?? DEFAULT_LIMIT;
  const iterator = query.iterator ?? '';
  const isPrevious = iterator.startsWith('-');
  // `after` alone asks for what came next after a moment, not for the newest.
  const isFromMoment =
    iterator === '' && typeof query.after === 'string' && query.before === undefined;
  const isBackwards = isPrevious || isFromMoment;
  const after = iterator === '' ? undefined : parse(isPrevious ? iterator.slice(1) : iterator);
  if (iterator !== '' && after === undefined) {
    throw fault('validation', {
      field: 'iterator',
      detail: 'The iterator is not one that a list gave.',
    });
  }
  return { limit: shown + 1, shown, isBackwards, descending: descending !== isBackwards, after };
}

/** Pages by ids of one kind. */
export function pageById(
  query: PageRequest,
  descending: boolean,
  kind: IdKind,
  idText: IdText,
): ListPage<number> {
  return pageFrom(query, descending, (iterator) => idText.parse(kind, iterator));
}

/** The page as the ledger takes it. */
export function ledgerPage({ limit, descending, after }: ListPage<number>): Page {
  return { limit, descending, afterId: after };
}

/** The answer: rows in the list's order, written as JSON, and the iterators around them. */
export function pageJson<Row>(
  rows: readonly Row[],
  page: ListPage<unknown>,
  iteratorOf: (row: Row) => string,
  write: (row: Row) => string,
): string {
  const read = rows.slice(0, page.shown);
  const data = page.isBackwards ? read.toReversed() : read;
  const [first] = data;
  const last = data.at(-1);
  const end = JSON.stringify({
    done: rows.length < page.limit,
    iterator: last === undefined ? null : iteratorOf(last),
    prevIterator: first === undefined ? null : `-${iteratorOf(first)}`,
  });
  return `{"data":[${data.map(write).join(',')}],${end.slice(1)}`;
}

export type TimeRange = {
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
};

/** `before` (exclusive) and `after` (inclusive) as bounds on ids. */
export function idRange({ before, after }: TimeRange): {
  readonly fromId: number | undefined;
  readonly beforeId: number | undefined;
} {
  const bound = (moment: string | null | undefined, field: string): number | undefined =>
    moment === undefined || moment === null ? undefined : idAt(momentOf(moment, field));
  return { fromId: bound(after, 'after'), beforeId: bound(before, 'before') };
}
