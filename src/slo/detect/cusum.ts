import type { Bin } from './bin.ts';

export type CusumState = {
  readonly sum: number;
  readonly zeroAt: number;
  readonly total: number;
  readonly bad: number;
};

/** Of the rates: the one that is usual and the one to be found; p0 < p1 < 1, both above 0. */
export type CusumRates = {
  readonly p0: number;
  readonly p1: number;
};

/**
 * Bernoulli CUSUM (Page 1954; Reynolds and Stoumbos 1999): S ← max(0, S + f·ln(p1/p0) + (n − f)·ln((1 − p1)/(1 − p0))),
 * an alarm where S reaches a threshold. The last moment at which S was 0 is the maximum likelihood estimate of when
 * the rate changed. Of all rules with as few false alarms none finds p1 sooner in the worst case (Moustakides 1986).
 */
export class Cusum {
  #sum: number;
  #zeroAt: number;
  #total: number;
  #bad: number;

  constructor(state: CusumState = { sum: 0, zeroAt: 0, total: 0, bad: 0 }) {
    this.#sum = state.sum;
    this.#zeroAt = state.zeroAt;
    this.#total = state.total;
    this.#bad = state.bad;
  }

  get sum(): number {
    return this.#sum;
  }

  /** When the rate changed, if it did; and what was seen since then. */
  get since(): { readonly at: number; readonly total: number; readonly bad: number } {
    return { at: this.#zeroAt, total: this.#total, bad: this.#bad };
  }

  /** Returns S. */
  feed(bin: Bin, { p0, p1 }: CusumRates): number {
    if (this.#sum === 0) {
      this.#zeroAt = bin.startAt;
      this.#total = 0;
      this.#bad = 0;
    }
    const good = bin.total - bin.bad;
    const sum =
      this.#sum + bin.bad * Math.log(p1 / p0) + good * (Math.log1p(-p1) - Math.log1p(-p0));
    this.#sum = Math.max(0, sum);
    this.#total += bin.total;
    this.#bad += bin.bad;
    return this.#sum;
  }

  reset(): void {
    this.#sum = 0;
  }

  state(): CusumState {
    return { sum: this.#sum, zeroAt: this.#zeroAt, total: this.#total, bad: this.#bad };
  }
}
