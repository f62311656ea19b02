import type { Ledger, SliPage, SliQuery, SliValuePage } from '../ledger/index.ts';

/**
 * Reads what several objectives ask for once: most are of the same few slices. What was read is shared until `forget`,
 * by whoever knows how old it may be.
 */
export class SharedReads implements Pick<Ledger, 'sli' | 'sliValue'> {
  readonly #ledger: Pick<Ledger, 'sli' | 'sliValue'>;
  readonly #pages = new Map<string, Promise<SliPage>>();
  readonly #values = new Map<string, Promise<SliValuePage>>();

  constructor(ledger: Pick<Ledger, 'sli' | 'sliValue'>) {
    this.#ledger = ledger;
  }

  sli(query: SliQuery): Promise<SliPage> {
    return shared(this.#pages, query, () => this.#ledger.sli(query));
  }

  sliValue(query: SliQuery): Promise<SliValuePage> {
    return shared(this.#values, query, () => this.#ledger.sliValue(query));
  }

  forget(): void {
    this.#pages.clear();
    this.#values.clear();
  }
}

/** A page that could not be read is asked for again by the next one. */
function shared<Page>(
  pages: Map<string, Promise<Page>>,
  query: SliQuery,
  read: () => Promise<Page>,
): Promise<Page> {
  const key = JSON.stringify(query);
  const known = pages.get(key);
  if (known !== undefined) return known;
  const page = read();
  pages.set(key, page);
  page.catch(() => {
    if (pages.get(key) === page) pages.delete(key);
  });
  return page;
}
