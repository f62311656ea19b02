import { MINUTE_MS } from './bin.ts';
import type { Finding, Gauge } from './finding.ts';
import { defaultLeadMs, Growth } from './growth.ts';

export type ExhaustionOptions = {
  readonly gauge: Gauge;
  readonly limit: number;
  /** As of `GrowthOptions`. */
  readonly isOftenFull: boolean;
};

/** What grows within the hour is told a quarter of an hour ahead: further off, twenty noisy points say little. */
const FAST = { pointMs: MINUTE_MS, points: 20, leastPoints: 10, leadMs: 15 * MINUTE_MS } as const;
const SLOW = { leadMs: defaultLeadMs, leastPoints: 12 } as const;
/** A quarter of the limit: below it what grows is how a morning begins. */
const LEAST_SHARE = 0.25;

/** A gauge that runs out: by minutes for what is fast, by five minutes for what is slow. */
export class Exhaustion {
  readonly #growths: readonly Growth[];

  constructor(options: ExhaustionOptions) {
    const shared = { ...options, leastShare: LEAST_SHARE };
    this.#growths = [FAST, SLOW].map((pace) => new Growth({ ...shared, ...pace }));
  }

  get isRaised(): boolean {
    return this.#growths.some(({ isRaised }) => isRaised);
  }

  /** Says it once, however many of its paces see it. */
  feed(at: number, value: number): Finding | null {
    const wasRaised = this.isRaised;
    const findings = this.#growths.map((growth) => growth.feed(at, value));
    return wasRaised ? null : (findings.find((finding) => finding !== null) ?? null);
  }
}
