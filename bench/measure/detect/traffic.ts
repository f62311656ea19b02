import type { Random } from '../../../src/core/index.ts';
import { HOUR_MS, type EndpointFailures, type SharedBin } from '../../../src/slo/index.ts';

const ENDPOINTS = 200;
/** A tenth of the endpoints. */
const REGION = 20;

/** How traffic and failures are at a moment, `sinceMs` after the fault began. */
export type Pattern = {
  readonly name: string;
  /** Factor on the rate of messages. */
  readonly rate?: (at: number) => number;
  /** Share of bad outcomes of all endpoints; null: as ever. */
  readonly share?: (sinceMs: number) => number;
  /** Share of bad outcomes of the endpoints of one region, beside. */
  readonly regionShare?: number;
  /** One endpoint at a time is down for two hours a day. */
  readonly isClustered?: boolean;
  /** Endpoint 0 is down for two hours from the beginning. */
  readonly isOneDown?: boolean;
};

/**
 * First attempts of 200 endpoints alike, drawn bin by bin. Messages are a Poisson process; failures are drawn by the
 * hazard that is left until the next one, so bins without failures cost one draw.
 */
export class Traffic {
  readonly #perMs: number;
  readonly #baseline: number;
  readonly #random: Random;
  #hazard: number;
  #downFrom = 0;
  #down = -1;

  constructor(perHour: number, baseline: number, random: Random) {
    this.#perMs = perHour / HOUR_MS;
    this.#baseline = baseline;
    this.#random = random;
    this.#hazard = this.#exponential();
  }

  bin(startAt: number, lengthMs: number, pattern: Pattern, sinceMs: number): SharedBin {
    const rate = this.#perMs * (pattern.rate?.(startAt) ?? 1);
    const total = this.#poisson(rate * lengthMs);
    const endAt = startAt + lengthMs;
    if (total === 0) return { startAt, endAt, total, bad: 0, failing: noFailures };
    const share = pattern.share?.(sinceMs) ?? this.#baseline;
    let bad = 0;
    let failing: EndpointFailures[] | null = null;
    const fail = (endpointId: number, count: number): void => {
      const added = Math.min(count, total - bad);
      if (added <= 0) return;
      bad += added;
      failing ??= [];
      failing.push({ endpointId, bad: added });
    };
    if (share >= 0.999) {
      for (let index = 0; index < total; index += 1) fail(this.#below(ENDPOINTS), 1);
    } else {
      this.#hazard += total * Math.log1p(-share);
      for (; this.#hazard <= 0; this.#hazard += this.#exponential()) {
        fail(this.#below(ENDPOINTS), 1);
      }
    }
    if (pattern.regionShare !== undefined) {
      const count = this.#poisson((total * REGION * pattern.regionShare) / ENDPOINTS);
      for (let index = 0; index < count; index += 1) fail(this.#below(REGION), 1);
    }
    if (pattern.isClustered === true) {
      if (startAt >= this.#downFrom + 24 * HOUR_MS) {
        this.#downFrom = Math.floor(startAt / (24 * HOUR_MS)) * 24 * HOUR_MS;
        this.#downFrom += this.#below(22) * HOUR_MS;
        this.#down = this.#below(ENDPOINTS);
      }
      if (startAt >= this.#downFrom && startAt < this.#downFrom + 2 * HOUR_MS) {
        fail(this.#down, this.#poisson(total / ENDPOINTS));
      }
    }
    return { startAt, endAt, total, bad, failing: failing ?? noFailures };
  }

  /** A bin of one endpoint of them. */
  endpointBin(startAt: number, lengthMs: number, isDown: boolean): SharedBin {
    const total = this.#poisson((this.#perMs * lengthMs) / ENDPOINTS);
    let bad = 0;
    for (let index = 0; index < total; index += 1) {
      if (isDown || this.#random.next() < this.#baseline) bad += 1;
    }
    const failing = bad === 0 ? noFailures : [{ endpointId: 0, bad }];
    return { startAt, endAt: startAt + lengthMs, total, bad, failing };
  }

  #below(count: number): number {
    return Math.floor(this.#random.next() * count);
  }

  #exponential(): number {
    return -Math.log(1 - this.#random.next());
  }

  /** By inversion, one draw; from a mean of 30 on by the normal distribution. */
  #poisson(mean: number): number {
    if (mean >= 30) {
      const radius = Math.sqrt(2 * this.#exponential());
      const normal = radius * Math.cos(2 * Math.PI * this.#random.next());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
    }
    let left = this.#random.next();
    let chance = Math.exp(-mean);
    let count = 0;
    for (; left > chance && count < 200; count += 1) {
      left -= chance;
      chance *= mean / (count + 1);
    }
    return count;
  }
}

const noFailures: readonly EndpointFailures[] = [];
