/** Values kept of one dimension. What has more than a 64th of all outcomes, or of the bad ones, is always kept. */
const MOST_VALUES = 64;

export type ValueCount = {
  readonly value: string;
  readonly total: number;
  readonly bad: number;
};

type Kept = { value: string; total: number; bad: number; inherited: number; nth: number };

/**
 * Counts by value where there may be any number of values: Metwally's Space-Saving (2005) with 64 counters. A new value
 * takes the place of the one that weighs least, and inherits its weight, so that it can stay. A value weighs as its share
 * of all outcomes or of the bad ones, whichever is more, so a rare value that always fails is kept. Counts are those since
 * the value was last taken in: never too high, and exact where there were 64 values at most.
 */
export class HeavyValues {
  readonly #kept = new Map<string, Kept>();
  /** The same to walk along, in no order. */
  readonly #all: Kept[] = [];
  #total = 0;
  #bad = 0;
  /** Values that were taken in. */
  #taken = 0;

  add(value: string, total: number, bad: number): void {
    this.#total += total;
    this.#bad += bad;
    const known = this.#kept.get(value);
    if (known !== undefined) {
      known.total += total;
      known.bad += bad;
      return;
    }
    this.#taken += 1;
    if (this.#all.length < MOST_VALUES) {
      const kept = { value, total, bad, inherited: 0, nth: this.#taken };
      this.#kept.set(value, kept);
      this.#all.push(kept);
      return;
    }
    const [smallest, weight] = this.#smallest();
    this.#kept.delete(smallest.value);
    Object.assign(smallest, { value, total, bad, inherited: weight, nth: this.#taken });
    this.#kept.set(value, smallest);
  }

  get all(): { readonly total: number; readonly bad: number } {
    return { total: this.#total, bad: this.#bad };
  }

  counts(): readonly ValueCount[] {
    return [...this.#kept].map(([value, { total, bad }]) => ({ value, total, bad }));
  }

  /** Of several that weigh the same, the one that was taken in first. */
  #smallest(): readonly [smallest: Kept, weight: number] {
    const [first] = this.#all;
    if (first === undefined) throw new Error('there is no value to give up');
    let smallest = first;
    let least = Infinity;
    for (const kept of this.#all) {
      // It weighs no less than that.
      if (kept.inherited > least) continue;
      const ofAll = kept.total / this.#total;
      const share = kept.bad === 0 ? ofAll : Math.max(ofAll, kept.bad / this.#bad);
      const weight = share + kept.inherited;
      if (weight < least || (weight === least && kept.nth < smallest.nth)) {
        smallest = kept;
        least = weight;
      }
    }
    return [smallest, least];
  }
}
