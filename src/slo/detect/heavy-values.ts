/** Values kept of one dimension. What has more than a 64th of all outcomes, or of the bad ones, is always kept. */
const MOST_VALUES = 64;

export type ValueCount = {
  readonly value: string;
  readonly total: number;
  readonly bad: number;
};

type Kept = { total: number; bad: number; inherited: number };

/**
 * Counts by value where there may be any number of values: Metwally's Space-Saving (2005) with 64 counters. A new value
 * takes the place of the one that weighs least, and inherits its weight, so that it can stay. A value weighs as its share
 * of all outcomes or of the bad ones, whichever is more, so a rare value that always fails is kept. Counts are those since
 * the value was last taken in: never too high, and exact where there were 64 values at most.
 */
export class HeavyValues {
  readonly #kept = new Map<string, Kept>();
  #total = 0;
  #bad = 0;

  add(value: string, total: number, bad: number): void {
    this.#total += total;
    this.#bad += bad;
    const known = this.#kept.get(value);
    if (known !== undefined) {
      known.total += total;
      known.bad += bad;
      return;
    }
    if (this.#kept.size < MOST_VALUES) {
      this.#kept.set(value, { total, bad, inherited: 0 });
      return;
    }
    const [smallest, weight] = this.#smallest();
    this.#kept.delete(smallest);
    this.#kept.set(value, { total, bad, inherited: weight });
  }

  get all(): { readonly total: number; readonly bad: number } {
    return { total: this.#total, bad: this.#bad };
  }

  counts(): readonly ValueCount[] {
    return [...this.#kept].map(([value, { total, bad }]) => ({ value, total, bad }));
  }

  #smallest(): readonly [value: string, weight: number] {
    let [smallest, least] = ['', Infinity];
    for (const [value, kept] of this.#kept) {
      const weight =
        Math.max(kept.total / this.#total, this.#bad === 0 ? 0 : kept.bad / this.#bad) +
        kept.inherited;
      if (weight < least) [smallest, least] = [value, weight];
    }
    return [smallest, least];
  }
}
