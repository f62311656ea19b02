import type { Ledger, SliPage, SliQuery } from '../ledger/index.ts';

/**
 * Reads what several objectives ask for once: most are of the same few slices. What was read is shared until `forget`,
 * by whoever knows how old it may be.
 */
export class SharedReads implements Pick<Ledger, 'sli'> {
  readonly #ledger: Pick<Ledger, 'sli'>;
  readonly #pages = new Map<string, Promise<SliPage>>();

  constructor(ledger: Pick<Ledger, 'sli'>) {
    this.#ledger = ledger;
  }

  /** A page that could not be read is asked for again by the next one. */
  sli(query: SliQuery): Promise<SliPage> {
    const key = JSON.stringify(query);
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page = this.#ledger.sli(query);
    this.#pages.set(key, page);
    page.catch(() => {
      if (this.#pages.get(key) === page) this.#pages.delete(key);
    });
    return page;
  }

  forget(): void {
    this.#pages.clear();
  }
}
