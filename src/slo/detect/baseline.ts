import { DAY_MS, HOUR_MS, type Bin } from './bin.ts';
import { poissonUpper } from './probability.ts';

/** Outcomes wait so many hours before they are learned: a fault found within a day teaches nothing. */
const WAIT_HOURS = 24;
const HALF_LIFE_HOURS = 28 * 24;
/** What is believed before anything was seen: 0.05 %, with the weight of so many outcomes. */
const PRIOR_SHARE = 0.0005;
const PRIOR_TOTAL = 4000;
/** 70 %, one-sided. */
const Z = 0.5244;
const LOWEST = 1e-5;
const HIGHEST = 0.05;
/** The rate in use may rise by so much a day once it is known: a factor of 1.8 in a month. */
const RISE_PER_DAY = 1.02;
const LEARNING_MS = 7 * DAY_MS;

export type BaselineState = {
  readonly total: number;
  readonly bad: number;
  readonly hours: number;
  readonly inUse: number;
  readonly beganAt: number;
  readonly hourAt: number;
  readonly waiting: readonly (readonly [total: number, bad: number])[];
};

/**
 * What share of outcomes is usually bad, learned from the slice's own past.
 * - In use is an upper confidence bound (70 %), so that a detector is not eager where little is known.
 * - Outcomes are learned a day after, and forgotten by half in 28 days.
 * - While an alarm is up nothing is learned, and `forget` drops what waits since the fault began.
 * - After the first week the rate in use rises by 2 % a day at most, so a fault cannot teach it slowly either.
 * The rate is between 0.001 % and 5 %; before anything is known it is about 0.07 %.
 */
export class Baseline {
  #total: number;
  #bad: number;
  #hours: number;
  #inUse: number;
  #beganAt: number;
  #hourAt: number;
  #waiting: (readonly [total: number, bad: number])[];
  #hourTotal = 0;
  #hourBad = 0;

  constructor(state?: BaselineState) {
    this.#total = state?.total ?? PRIOR_TOTAL;
    this.#bad = state?.bad ?? PRIOR_TOTAL * PRIOR_SHARE;
    this.#hours = state?.hours ?? 0;
    this.#beganAt = state?.beganAt ?? 0;
    this.#hourAt = state?.hourAt ?? 0;
    this.#waiting = [...(state?.waiting ?? [])];
    this.#inUse = state?.inUse ?? bounded(poissonUpper(this.#bad, Z) / this.#total);
  }

  /** The share that is usual, with what is uncertain about it on the safe side. */
  get share(): number {
    return this.#inUse;
  }

  /** Outcomes a year, by what was learned; 0 while nothing was. */
  get perYear(): number {
    return this.#hours < 1 ? 0 : ((this.#total - this.#priorLeft()) / this.#hours) * 8760;
  }

  /** In the first week everything is learned, and small steps are not judged. */
  isLearning(now: number): boolean {
    return this.#beganAt === 0 || now - this.#beganAt < LEARNING_MS;
  }

  feed(bin: Bin, bad: number, isLearnable: boolean): void {
    if (this.#beganAt === 0) this.#beganAt = bin.startAt;
    const hourAt = Math.floor(bin.startAt / HOUR_MS) * HOUR_MS;
    if (hourAt !== this.#hourAt) this.#endHour(hourAt);
    if (!isLearnable) return;
    this.#hourTotal += bin.total;
    this.#hourBad += bad;
  }

  /** Drops what waits to be learned since a fault began. */
  forget(sinceAt: number): void {
    const hours = Math.ceil((this.#hourAt - sinceAt) / HOUR_MS);
    this.#hourTotal = 0;
    this.#hourBad = 0;
    if (hours > 0) this.#waiting.splice(Math.max(0, this.#waiting.length - hours));
  }

  /** It is so from now on: what is usual is learned anew. */
  relearn(): void {
    this.#total = PRIOR_TOTAL;
    this.#bad = PRIOR_TOTAL * PRIOR_SHARE;
    this.#hours = 0;
    this.#beganAt = 0;
    this.#waiting = [];
  }

  /** The present hour's outcomes are left out: a restart costs the learning of an hour. */
  state(): BaselineState {
    return {
      total: this.#total,
      bad: this.#bad,
      hours: this.#hours,
      inUse: this.#inUse,
      beganAt: this.#beganAt,
      hourAt: this.#hourAt,
      waiting: [...this.#waiting],
    };
  }

  #endHour(hourAt: number): void {
    if (this.#hourAt !== 0 && this.#hourTotal > 0) {
      this.#waiting.push([this.#hourTotal, this.#hourBad]);
    }
    this.#hourTotal = 0;
    this.#hourBad = 0;
    const days = this.#hourAt === 0 ? 0 : (hourAt - this.#hourAt) / DAY_MS;
    this.#hourAt = hourAt;
    // In the first week there is no waiting: there is nothing yet that a fault could spoil.
    const waits = this.isLearning(hourAt) ? 0 : WAIT_HOURS;
    while (this.#waiting.length > waits) {
      const [total, bad] = this.#waiting.shift() ?? [0, 0];
      const keep = 2 ** (-1 / HALF_LIFE_HOURS);
      this.#total = this.#total * keep + total;
      this.#bad = this.#bad * keep + bad;
      this.#hours = this.#hours * keep + 1;
    }
    const upper = bounded(poissonUpper(this.#bad, Z) / this.#total);
    this.#inUse = this.isLearning(hourAt)
      ? upper
      : Math.min(upper, this.#inUse * RISE_PER_DAY ** Math.max(0, days));
  }

  #priorLeft(): number {
    // Both decay alike, so the prior's rest follows from the hours: 1 − hours·(1 − keep) of it is left.
    return PRIOR_TOTAL * Math.max(0, 1 - this.#hours * (1 - 2 ** (-1 / HALF_LIFE_HOURS)));
  }
}

function bounded(share: number): number {
  return Math.min(HIGHEST, Math.max(LOWEST, share));
}
