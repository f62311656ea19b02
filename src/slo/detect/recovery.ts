import type { Bin } from './bin.ts';
import type { CusumRates } from './cusum.ts';

/** exp(5) = 148: the odds at which it is over. */
const ENOUGH = 5;

/**
 * When an alarm is over: a CUSUM the other way round, S ← max(0, S − ln L), where L is the likelihood ratio of the bin
 * for p1 against p0. It is over where S reaches 5: what came since is 148 times likelier at the baseline. So no alarm
 * ends in a lull, and no timer is needed.
 */
export class Recovery {
  #sum: number;

  constructor(sum = 0) {
    this.#sum = sum;
  }

  /** Whether it is over with this bin. */
  feed(bin: Bin, { p0, p1 }: CusumRates): boolean {
    const good = bin.total - bin.bad;
    const llr = bin.bad * Math.log(p1 / p0) + good * (Math.log1p(-p1) - Math.log1p(-p0));
    this.#sum = Math.max(0, this.#sum - llr);
    return this.#sum >= ENOUGH;
  }

  reset(): void {
    this.#sum = 0;
  }

  state(): number {
    return this.#sum;
  }
}
