import { HOUR_MS, MINUTE_MS, type Bin } from './bin.ts';
import type { Finding } from './finding.ts';
import { betaBelow, binomialAtLeast } from './probability.ts';

export type FastBurnOptions = {
  /** What an endpoint usually has at most, until it is known better. */
  readonly baseline: number;
  /** The rate that is worth an alarm: 14.4 times the budget of 99.9 % is 1.44 %. */
  readonly rate: number;
  readonly leastProbability: number;
  /** Of one endpoint: 0.0001 is one a year among 10,000. */
  readonly falseAlarmsPerYear: number;
};

const defaultFastBurn: FastBurnOptions = {
  baseline: 0.001,
  rate: 0.0144,
  leastProbability: 0.95,
  falseAlarmsPerYear: 0.0001,
};

const LEAST_FAILURES = 3;
/** α of the prior: so weak that three failures of three outweigh it. */
const PRIOR = 0.05;
/** Windows of so many slots; 29 slots, about half a kilobyte an endpoint. */
const WINDOWS = [
  { slotMs: MINUTE_MS, slots: 5 },
  { slotMs: 5 * MINUTE_MS, slots: 12 },
  { slotMs: HOUR_MS / 2, slots: 12 },
] as const;
const SLOTS = 29;

/**
 * One endpoint that fails a lot, over 5 minutes, 1 hour and 6 hours. For k failures of n in a window two things must hold:
 * P(rate > `rate`) = 1 − I_rate(α + k, β + n − k) with the prior's mean at the baseline (α = 0.05) is at least 95 %, and
 * the exact P(X >= k | n, baseline), times the looks of a year, is below the false alarms allowed. Only bins with a
 * failure are looked at, so looks are few and a healthy endpoint costs nothing. Over when the last 5 minutes with traffic
 * have less than a tenth of bad outcomes, or the hour less than half of `rate`.
 */
export class FastBurn {
  readonly #options: FastBurnOptions;
  readonly #totals: Float32Array;
  readonly #bads: Float32Array;
  /** The number of the newest slot of each window, since 1970. */
  readonly #starts: Float64Array;
  #raisedSinceAt: number | null;

  /** @param raisedSinceAt where it was found already. */
  constructor(options: FastBurnOptions = defaultFastBurn, raisedSinceAt: number | null = null) {
    this.#options = options;
    this.#totals = new Float32Array(SLOTS);
    this.#bads = new Float32Array(SLOTS);
    this.#starts = new Float64Array(WINDOWS.length);
    this.#raisedSinceAt = raisedSinceAt;
  }

  get isRaised(): boolean {
    return this.#raisedSinceAt !== null;
  }

  feed(bin: Bin): Finding | null {
    if (bin.total === 0) return null;
    let offset = 0;
    for (let index = 0; index < WINDOWS.length; index += 1) {
      const { slotMs, slots } = WINDOWS[index] ?? WINDOWS[0];
      const newest = this.#advance(index, offset, bin.startAt, slotMs, slots);
      this.#totals[newest] = (this.#totals[newest] ?? 0) + bin.total;
      this.#bads[newest] = (this.#bads[newest] ?? 0) + bin.bad;
      offset += slots;
    }
    if (this.#raisedSinceAt !== null) {
      if (bin.bad === 0 && this.#isOver()) this.#raisedSinceAt = null;
      return null;
    }
    return bin.bad === 0 ? null : this.#look(bin.endAt);
  }

  #look(seenAt: number): Finding | null {
    const { baseline, rate, leastProbability, falseAlarmsPerYear } = this.#options;
    const [alpha, beta] = [PRIOR, PRIOR / baseline - PRIOR];
    let offset = 0;
    for (const { slotMs, slots } of WINDOWS) {
      const [total, bad] = this.#sums(offset, slots);
      offset += slots;
      if (bad < LEAST_FAILURES) continue;
      const windowMs = slotMs * slots;
      const looks = Math.max(1, baseline * total * ((365 * 24 * HOUR_MS) / windowMs)) * 3;
      if (binomialAtLeast(bad, total, baseline) * looks > falseAlarmsPerYear) continue;
      const probability = 1 - betaBelow(rate, alpha + bad, beta + total - bad);
      if (probability < leastProbability) continue;
      this.#raisedSinceAt = this.#firstBadAt(offset - slots, slotMs, slots, seenAt);
      return {
        detector: 'fast_burn',
        severity: 'page',
        seenAt,
        sinceAt: this.#raisedSinceAt,
        observed: { unit: 'share', value: bad / total, bad, of: total },
        against: { unit: 'share', value: rate, bad: 0, of: null },
        sure: { kind: 'posterior', probability },
      };
    }
    return null;
  }

  #isOver(): boolean {
    const [total, bad] = this.#sums(0, 5);
    if (total >= LEAST_FAILURES && bad / total < 0.1) return true;
    const [hourTotal, hourBad] = this.#sums(5, 12);
    return hourBad / hourTotal < this.#options.rate / 2;
  }

  #sums(offset: number, slots: number): readonly [total: number, bad: number] {
    let [total, bad] = [0, 0];
    for (let place = offset; place < offset + slots; place += 1) {
      total += this.#totals[place] ?? 0;
      bad += this.#bads[place] ?? 0;
    }
    return [total, bad];
  }

  /** The oldest slot of the window with a failure. */
  #firstBadAt(offset: number, slotMs: number, slots: number, seenAt: number): number {
    const newestSlot = Math.floor((seenAt - 1) / slotMs);
    for (let age = slots - 1; age >= 0; age -= 1) {
      const slot = newestSlot - age;
      if ((this.#bads[offset + (slot % slots)] ?? 0) > 0) return slot * slotMs;
    }
    return seenAt;
  }

  /** Empties the slots that were passed over; returns the place of the newest. */
  #advance(index: number, offset: number, at: number, slotMs: number, slots: number): number {
    const slot = Math.floor(at / slotMs);
    const known = this.#starts[index] ?? 0;
    if (slot > known) {
      const steps = Math.min(slot - known, slots);
      for (let step = 0; step < steps; step += 1) {
        const place = offset + ((slot - step) % slots);
        this.#totals[place] = 0;
        this.#bads[place] = 0;
      }
      this.#starts[index] = slot;
    }
    return offset + (slot % slots);
  }
}
