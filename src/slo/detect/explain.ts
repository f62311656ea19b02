import { HeavyValues } from './heavy-values.ts';
import { wilson } from './probability.ts';

/** Dimensions looked at; more are left out, in the order of their first appearance. */
const MOST_DIMENSIONS = 24;
const MOST_ROWS = 20;

/** Outcomes that share these values. One delivery is a sample with total 1. */
export type Sample = {
  readonly total: number;
  readonly bad: number;
  /** Dimension → value, such as `host` → `a.example`. */
  readonly values: Readonly<Record<string, string>>;
};

export type Explanation = {
  readonly dimension: string;
  readonly value: string;
  /** With this value, and all others that have the dimension. */
  readonly bad: number;
  readonly total: number;
  readonly otherBad: number;
  readonly otherTotal: number;
  /** Share of bad with the value over that without it, and what it is at least (95 %). */
  readonly lift: number;
  readonly liftAtLeast: number;
  /** What part of all bad outcomes this value accounts for beyond what it would have at the others' share: 0..1. */
  readonly explained: number;
};

/**
 * Ranks single values of dimensions by how well they separate failing from healthy outcomes. A row's rank is
 * `explained` × (1 − 1 / liftAtLeast): what part of the failures it accounts for, and how sure it is that it fails more
 * than the rest. The lift's bound is the Wilson lower bound of the share with the value over the Wilson upper bound of
 * the share without it, so three failures of three do not beat 900 of 1,000. Only rows whose bound is above 1 are
 * given. Of two dimensions that say the same (one endpoint, its host) both are given, with the same counts.
 */
export class Explain {
  readonly #dimensions = new Map<string, HeavyValues>();

  add({ total, bad, values }: Sample): void {
    for (const [dimension, value] of Object.entries(values)) {
      let counts = this.#dimensions.get(dimension);
      if (counts === undefined) {
        if (this.#dimensions.size >= MOST_DIMENSIONS) continue;
        counts = new HeavyValues();
        this.#dimensions.set(dimension, counts);
      }
      counts.add(value, total, bad);
    }
  }

  /** All that was added of the dimension that has the most. */
  get all(): { readonly total: number; readonly bad: number } {
    let most = { total: 0, bad: 0 };
    for (const { all } of this.#dimensions.values()) if (all.total > most.total) most = all;
    return most;
  }

  /** The best first; 20 at most. */
  rank(): readonly Explanation[] {
    const rows: Explanation[] = [];
    for (const [dimension, counts] of this.#dimensions) {
      const all = counts.all;
      for (const { value, total, bad } of counts.counts()) {
        const row = explanationOf(dimension, value, { total, bad }, all);
        if (row !== null) rows.push(row);
      }
    }
    return rows.sort((one, other) => rankOf(other) - rankOf(one)).slice(0, MOST_ROWS);
  }
}

function explanationOf(
  dimension: string,
  value: string,
  { total, bad }: { readonly total: number; readonly bad: number },
  all: { readonly total: number; readonly bad: number },
): Explanation | null {
  const [otherTotal, otherBad] = [all.total - total, all.bad - bad];
  if (bad === 0 || otherTotal === 0) return null;
  const liftAtLeast = wilson(bad, total).lower / wilson(otherBad, otherTotal).upper;
  if (liftAtLeast <= 1) return null;
  const otherShare = otherBad / otherTotal;
  return {
    dimension,
    value,
    bad,
    total,
    otherBad,
    otherTotal,
    lift: otherShare === 0 ? Infinity : bad / total / otherShare,
    liftAtLeast,
    explained: Math.max(0, (bad - total * otherShare) / all.bad),
  };
}

/** What rows are ordered by: 0..1. */
export function rankOf({ explained, liftAtLeast }: Explanation): number {
  return explained * (1 - 1 / liftAtLeast);
}
