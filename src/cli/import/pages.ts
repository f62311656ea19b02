import { fault, HoldfastError } from '../../core/index.ts';
import type { Query } from '../client.ts';
import type { Fields } from './fields.ts';

/** An item of a list, or why it is none; with what it calls itself, for the report. */
export type PageItem<Item> =
  | { readonly item: Item }
  | { readonly invalid: HoldfastError; readonly name: string };

/** Of the 250 that a Svix server would give: schemas make large pages. */
const PAGE = 100;
const LONGEST_ITERATOR = 512;
const LONGEST_NAME = 256;

export type PagesOptions<Item> = {
  /** For those who read of a fault. */
  readonly path: string;
  readonly get: (query: Query) => Promise<unknown>;
  readonly query: Query;
  readonly readItem: (value: unknown) => Item;
  readonly mostItems: number;
};

/**
 * Reads a list page by page; only one page is held. Throws `source_invalid` for a list that is none or has no end: one
 * that comes back to an iterator it gave before, goes on behind an empty page, gives more than was asked for, or holds
 * more than `mostItems`.
 */
export async function* readPages<Item>({
  path,
  get,
  query,
  readItem,
  mostItems,
}: PagesOptions<Item>): AsyncGenerator<readonly PageItem<Item>[]> {
  const seen = new Set<string>();
  let count = 0;
  let iterator: string | undefined;
  for (;;) {
    const { data, next } = pageOf(await get({ ...query, limit: PAGE, iterator }), path);
    count += data.length;
    if (count > mostItems) throw broken(path, `goes on after ${mostItems} items`);
    yield data.map((value) => itemOf(value, readItem));
    if (next === null) return;
    if (seen.has(next)) throw broken(path, 'comes back to where it was: it has no end');
    seen.add(next);
    iterator = next;
  }
}

/** `next` is where the list goes on; null at its end. */
function pageOf(
  answer: unknown,
  path: string,
): { readonly data: readonly unknown[]; readonly next: string | null } {
  const { data, done, iterator } = fieldsIn(answer);
  if (!Array.isArray(data) || typeof done !== 'boolean') {
    throw broken(path, 'has not the form of a list, with "data" and "done"');
  }
  if (data.length > PAGE) {
    throw broken(path, `gives ${data.length} items where ${PAGE} were asked for`);
  }
  if (done) return { data, next: null };
  if (data.length === 0) throw broken(path, 'gives an empty page and is not done');
  if (typeof iterator !== 'string' || iterator === '' || iterator.length > LONGEST_ITERATOR) {
    throw broken(path, 'is not done, but says not where it goes on ("iterator")');
  }
  return { data, next: iterator };
}

function itemOf<Item>(value: unknown, readItem: (value: unknown) => Item): PageItem<Item> {
  try {
    return { item: readItem(value) };
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    return { invalid: thrown, name: nameOf(value) };
  }
}

function nameOf(value: unknown): string {
  const { id, name } = fieldsIn(value);
  const text = typeof id === 'string' ? id : name;
  return typeof text === 'string' ? text.slice(0, LONGEST_NAME) : 'unnamed';
}

function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function broken(path: string, what: string): HoldfastError {
  return fault('source_invalid', { field: path, detail: `The list ${path} ${what}.` });
}
