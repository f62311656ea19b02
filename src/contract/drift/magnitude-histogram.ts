/** Eight bins for each factor of ten, so that a shift by a power of ten is a whole number of bins. */
export const BINS_PER_DECADE = 8;
const LOWEST_DECADE = -8;
/** From 1e-8 to 1e22; what lies beyond is counted at the edge. */
export const BINS = BINS_PER_DECADE * 30;

/** The bin of a magnitude; `magnitude` is above 0. */
export function binOf(magnitude: number): number {
  const bin = Math.floor((Math.log10(magnitude) - LOWEST_DECADE) * BINS_PER_DECADE);
  return Math.min(BINS - 1, Math.max(0, bin));
}

/** The geometric middle of a bin, as a magnitude. */
export function magnitudeOf(bin: number): number {
  return 10 ** ((bin + 0.5) / BINS_PER_DECADE + LOWEST_DECADE);
}

/** Counts by bin, stored for the span that has been seen only: a few hundred bytes for the usual field, 2 kB at most. */
export class MagnitudeHistogram {
  /** The bin that `counts` begins with. */
  from = 0;
  counts: number[] = [];
  total = 0;

  add(bin: number, count = 1): void {
    if (this.counts.length === 0) this.from = bin;
    while (bin < this.from) {
      this.counts.unshift(0);
      this.from -= 1;
    }
    while (bin >= this.from + this.counts.length) this.counts.push(0);
    this.counts[bin - this.from] = (this.counts[bin - this.from] ?? 0) + count;
    this.total += count;
  }

  at(bin: number): number {
    return this.counts[bin - this.from] ?? 0;
  }

  /** Calls back with every bin that holds something, ascending. */
  forEach(see: (bin: number, count: number) => void): void {
    this.counts.forEach((count, index) => {
      if (count > 0) see(this.from + index, count);
    });
  }

  scale(by: number): void {
    this.counts = this.counts.map((count) => count * by);
    this.total *= by;
  }

  /** The lowest bin below which, itself included, lies at least this share of all. */
  quantile(share: number): number {
    let below = 0;
    for (let index = 0; index < this.counts.length; index += 1) {
      below += this.counts[index] ?? 0;
      if (below >= share * this.total) return this.from + index;
    }
    return this.from + this.counts.length - 1;
  }

  clear(): void {
    this.counts = [];
    this.total = 0;
  }

  toRow(): HistogramRow {
    return [this.from, this.counts.map((count) => Math.round(count * 100) / 100)];
  }

  static fromRow([from, counts]: HistogramRow): MagnitudeHistogram {
    const made = new MagnitudeHistogram();
    counts.slice(0, BINS).forEach((count, index) => {
      if (count > 0) made.add(Math.min(BINS - 1, Math.max(0, from + index)), count);
    });
    return made;
  }
}

/** The first bin, and the counts from it on. */
export type HistogramRow = readonly [from: number, counts: readonly number[]];
