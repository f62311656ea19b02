import { MINUTE_MS, YEAR_MS, type Bin, type SharedBin } from './bin.ts';
import type { Finding } from './finding.ts';
import { betaBelow, binomialAtLeast } from './probability.ts';

export type OutageOptions = {
  /** From this share of bad outcomes on it is an outage. */
  readonly share: number;
  /** What is usual is at most this. */
  readonly baseline: number;
  readonly falseAlarmsPerYear: number;
  /** Failing endpoints that it takes; fewer are a matter of the endpoints' own detectors. */
  readonly leastEndpoints: number;
};

const defaultOutage: OutageOptions = {
  share: 0.5,
  baseline: 0.002,
  falseAlarmsPerYear: 0.01,
  leastEndpoints: 3,
};

const LEAST_FAILURES = 3;
/** Three failures of three give 94 %. */
const LEAST_PROBABILITY = 0.9;
const WINDOW_MS = MINUTE_MS;
const LONGEST_MS = 60 * MINUTE_MS;

/** A bin, and so many of the endpoints that failed in it as an alarm takes: it is kept for up to an hour. */
type OutageBin = Bin & { readonly endpointIds: readonly number[] };

export type OutageState = {
  readonly bins: readonly OutageBin[];
  readonly isRaised: boolean;
};

/**
 * Finds that most of what is sent fails, within seconds where traffic allows it. Of the bins of the last minute each
 * newest part is looked at: k of n failed. An alarm where P(rate > share) = 1 − I_share(1 + k, 1 + n − k) is at least
 * 90 % and P(X >= k | n, baseline), times the looks of a year (those bins that have a failure), is below the false alarms
 * allowed. Three failures of three endpoints are the least; where a minute has fewer than three outcomes, the last
 * three count, whenever they were within the hour. It is over where under half of `share` fail.
 */
export class Outage {
  readonly #options: OutageOptions;
  readonly #bins: OutageBin[];
  #isRaised: boolean;

  constructor(options: OutageOptions = defaultOutage, state?: OutageState) {
    this.#options = options;
    this.#bins = [...(state?.bins ?? [])];
    this.#isRaised = state?.isRaised ?? false;
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  feed(bin: SharedBin): Finding | null {
    const { startAt, endAt, total: outcomes, bad: failures, failing } = bin;
    if (outcomes === 0) return null;
    const endpointIds = failing
      .slice(0, this.#options.leastEndpoints)
      .map(({ endpointId }) => endpointId);
    this.#bins.push({ startAt, endAt, total: outcomes, bad: failures, endpointIds });
    this.#trim(bin.endAt);
    if (this.#isRaised) {
      const total = this.#bins.reduce((sum, one) => sum + one.total, 0);
      const bad = this.#bins.reduce((sum, one) => sum + one.bad, 0);
      this.#isRaised = bad / total >= this.#options.share / 2;
      return null;
    }
    if (bin.bad === 0) return null;
    let [total, bad] = [0, 0];
    const endpoints = new Set<number>();
    for (let index = this.#bins.length - 1; index >= 0; index -= 1) {
      const one = this.#bins[index];
      if (one === undefined) break;
      total += one.total;
      bad += one.bad;
      for (const endpointId of one.endpointIds) endpoints.add(endpointId);
      if (endpoints.size < this.#options.leastEndpoints) continue;
      const probability = this.#probability(bad, total, bin.endAt - one.startAt);
      if (probability < LEAST_PROBABILITY) continue;
      this.#isRaised = true;
      return {
        detector: 'outage',
        severity: 'page',
        seenAt: bin.endAt,
        sinceAt: this.#beganAt(),
        observed: { unit: 'share', value: bad / total, bad, of: total },
        against: { unit: 'share', value: this.#options.share, bad: 0, of: null },
        sure: { kind: 'posterior', probability },
      };
    }
    return null;
  }

  state(): OutageState {
    return { bins: [...this.#bins], isRaised: this.#isRaised };
  }

  /** The first bin of those in a row, up to the newest, in which most failed. */
  #beganAt(): number {
    let index = this.#bins.length - 1;
    for (; index > 0; index -= 1) {
      const before = this.#bins[index - 1];
      if (before === undefined || before.bad / before.total < this.#options.share) break;
    }
    return this.#bins[index]?.startAt ?? 0;
  }

  /** That most fail; 0 where chance would say so too often. */
  #probability(bad: number, total: number, spanMs: number): number {
    if (bad < LEAST_FAILURES) return 0;
    const { share, baseline, falseAlarmsPerYear } = this.#options;
    const probability = 1 - betaBelow(share, 1 + bad, 1 + total - bad);
    if (probability < LEAST_PROBABILITY) return 0;
    const looks = Math.max(1, baseline * total * (YEAR_MS / spanMs) * this.#bins.length);
    return binomialAtLeast(bad, total, baseline) * looks <= falseAlarmsPerYear ? probability : 0;
  }

  /** Keeps the last minute, and beyond it as much of the last hour as makes three outcomes. */
  #trim(now: number): void {
    let kept = 0;
    let from = this.#bins.length;
    for (; from > 0; from -= 1) {
      const bin = this.#bins[from - 1];
      if (bin === undefined || bin.endAt <= now - LONGEST_MS) break;
      if (bin.endAt <= now - WINDOW_MS && kept >= LEAST_FAILURES) break;
      kept += bin.total;
    }
    this.#bins.splice(0, from);
  }
}
