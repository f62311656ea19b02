import { DAY_MS, type Bin } from './bin.ts';
import type { Finding } from './finding.ts';

/** So long without a dead letter makes the next one the first. */
const QUIET_MS = DAY_MS;

/**
 * The first dead letter of a slice after a day without one; `bad` of a bin are dead letters. At ten deliveries an hour
 * nothing else is sooner: the first failure is itself the news.
 */
export class FirstDeadLetter {
  #lastAt: number | null;

  constructor(lastAt: number | null = null) {
    this.#lastAt = lastAt;
  }

  feed(bin: Bin): Finding | null {
    if (bin.bad === 0) return null;
    const isFirst = this.#lastAt === null || bin.endAt - this.#lastAt >= QUIET_MS;
    this.#lastAt = bin.endAt;
    if (!isFirst) return null;
    return {
      detector: 'first_dead_letter',
      severity: 'ticket',
      seenAt: bin.endAt,
      sinceAt: bin.startAt,
      observed: { unit: 'count', value: bin.bad },
      against: { unit: 'count', value: 0 },
      sure: { kind: 'certain' },
    };
  }

  state(): number | null {
    return this.#lastAt;
  }
}
