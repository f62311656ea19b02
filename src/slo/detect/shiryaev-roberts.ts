import { YEAR_MS, type Bin } from './bin.ts';

/** What the rate may have become, as multiples of p0; each with the same weight. */
const RATIOS = [2, 4, 8, 15, 30, 60, 125, 250] as const;
const HIGHEST = 0.95;

export type ShiryaevRobertsState = readonly {
  /** Years. */
  readonly r: number;
  readonly sum: number;
  readonly zeroAt: number;
  readonly total: number;
  readonly bad: number;
}[];

type Part = { r: number; sum: number; zeroAt: number; total: number; bad: number };

/**
 * Shiryaev–Roberts procedure, a mixture over what the rate may have become: for each p1, R ← (R + t)·L, where t is the
 * bin's length in years and L its likelihood ratio for p1 against p0. While failures are independent and p <= p0,
 * the mean of R − (time) is at most 0, so the mean time to a false alarm at R >= A is at least A years, for any bins
 * and any traffic (Pollak 1985; Polunchenko and Tartakovsky 2012). No table is needed, and no p1 must be guessed.
 * It asks for more evidence than a CUSUM whose p1 happens to be right: for eight candidates ln 8 = 2.1 more.
 */
export class ShiryaevRoberts {
  readonly #parts: Part[];

  constructor(state?: ShiryaevRobertsState) {
    this.#parts = (state ?? RATIOS.map(() => ({ r: 0, sum: 0, zeroAt: 0, total: 0, bad: 0 }))).map(
      (part) => ({ ...part }),
    );
  }

  /** Returns the mixture's R, in years. */
  feed(bin: Bin, p0: number): number {
    const years = (bin.endAt - bin.startAt) / YEAR_MS;
    const good = bin.total - bin.bad;
    const lnGood = Math.log1p(-p0);
    let sum = 0;
    for (const [index, part] of this.#parts.entries()) {
      const ratio = Math.min((RATIOS[index] ?? 1) * p0, HIGHEST) / p0;
      const llr = bin.bad * Math.log(ratio) + good * (Math.log1p(-ratio * p0) - lnGood);
      // Beyond any threshold; finite, so that it can fall again.
      part.r = Math.min(1e12, (part.r + years) * Math.exp(llr));
      if (part.sum === 0) {
        part.zeroAt = bin.startAt;
        part.total = 0;
        part.bad = 0;
      }
      part.sum = Math.max(0, part.sum + llr);
      part.total += bin.total;
      part.bad += bin.bad;
      sum += part.r;
    }
    return sum / this.#parts.length;
  }

  /** When the rate changed, by the candidate that explains most, and what was seen since. */
  get since(): { readonly at: number; readonly total: number; readonly bad: number } {
    let best = this.#parts[0];
    for (const part of this.#parts) if (best === undefined || part.r > best.r) best = part;
    return { at: best?.zeroAt ?? 0, total: best?.total ?? 0, bad: best?.bad ?? 0 };
  }

  reset(): void {
    for (const part of this.#parts) {
      part.r = 0;
      part.sum = 0;
    }
  }

  state(): ShiryaevRobertsState {
    return this.#parts.map((part) => ({ ...part }));
  }
}
