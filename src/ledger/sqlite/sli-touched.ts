import type { SliSource, SliTouched } from '../contract/sli.ts';

/** Minutes that are remembered; of more it is said that any may have changed. */
const MOST_MINUTES = 5000;

/**
 * Which minutes were written to, by the commit that did it. Whoever keeps sums reads these again and no others. In memory,
 * as a row for it would cost each commit a page.
 */
export class TouchedMinutes {
  #mark = 0;
  #knownSince = 0;
  #noted = new Map<string, { readonly of: SliSource; readonly at: number }>();
  readonly #minutes = new Map<
    string,
    { readonly of: SliSource; readonly at: number; readonly mark: number }
  >();

  /** In the commit that is gathering. */
  note(of: SliSource, at: number): void {
    this.#noted.set(`${of} ${at}`, { of, at });
  }

  /** At the end of every commit. */
  end(isUndone: boolean): void {
    if (this.#noted.size === 0) return;
    if (!isUndone) {
      this.#mark += 1;
      for (const [key, minute] of this.#noted) {
        // The latest are last.
        this.#minutes.delete(key);
        this.#minutes.set(key, { ...minute, mark: this.#mark });
      }
      for (const [key, { mark }] of this.#minutes) {
        if (this.#minutes.size <= MOST_MINUTES) break;
        this.#minutes.delete(key);
        this.#knownSince = mark;
      }
    }
    this.#noted = new Map();
  }

  since(mark: number | null): SliTouched {
    if (mark === null || mark < this.#knownSince) {
      return { mark: this.#mark, minutes: null };
    }
    const minutes: { of: SliSource; at: number }[] = [];
    for (const { of, at, mark: touchedAt } of this.#minutes.values()) {
      if (touchedAt > mark) minutes.push({ of, at });
    }
    return { mark: this.#mark, minutes };
  }
}
