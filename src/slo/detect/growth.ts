import { HOUR_MS, MINUTE_MS } from './bin.ts';
import type { Finding } from './finding.ts';

export type GrowthOptions = {
  /** What must not be reached, in the gauge's unit. */
  readonly limit: number;
  /** How long before it is said. */
  readonly leadMs: number;
};

/** A point is the mean of five minutes; three hours are kept. */
const POINT_MS = 5 * MINUTE_MS;
const POINTS = 36;
const LEAST_POINTS = 6;
/** Of all slopes between two points so many must be above what is forecast with. */
const SLOPE_QUANTILE = 0.25;

export const defaultLeadMs = 2 * HOUR_MS;

/**
 * Forecasts when a gauge (backlog, connections, lag) reaches its limit. The trend is Theil–Sen's (1968): of the slopes
 * between all pairs of points of the last half hour to three hours the lower quartile, so a quarter of the points may be
 * outliers, and what swings up and down does not count as growing. An alarm where the limit is reached within the lead at that slope,
 * or is reached now. Over when the forecast is twice as far off. 36 points, 630 slopes each five minutes.
 */
export class Growth {
  readonly #options: GrowthOptions;
  readonly #points: (readonly [at: number, value: number])[] = [];
  #pointAt = 0;
  #sum = 0;
  #count = 0;
  #isRaised = false;

  constructor(options: GrowthOptions) {
    this.#options = options;
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  feed(at: number, value: number): Finding | null {
    const pointAt = Math.floor(at / POINT_MS) * POINT_MS;
    const isNewPoint = pointAt !== this.#pointAt;
    if (isNewPoint && this.#count > 0) {
      this.#points.push([this.#pointAt + POINT_MS / 2, this.#sum / this.#count]);
      if (this.#points.length > POINTS) this.#points.shift();
      this.#sum = 0;
      this.#count = 0;
    }
    this.#pointAt = pointAt;
    this.#sum += value;
    this.#count += 1;
    const isReached = value >= this.#options.limit;
    if (!isNewPoint && !(isReached && !this.#isRaised)) return null;
    const slope = this.slopePerMs();
    const leftMs = isReached ? 0 : slope > 0 ? (this.#options.limit - value) / slope : Infinity;
    if (this.#isRaised) {
      this.#isRaised = leftMs <= 2 * this.#options.leadMs;
      return null;
    }
    if (leftMs > this.#options.leadMs) return null;
    this.#isRaised = true;
    return {
      detector: 'growth',
      severity: leftMs < this.#options.leadMs / 4 ? 'page' : 'ticket',
      seenAt: at,
      sinceAt: this.#points[0]?.[0] ?? at,
      observed: { unit: 'gauge', value },
      against: { unit: 'gauge', value: this.#options.limit },
      sure: { kind: 'rule', name: 'three of four slopes are steeper' },
      limitAt: at + leftMs,
    };
  }

  /** The lower quartile of the slopes, a millisecond; 0 with less than half an hour. */
  slopePerMs(): number {
    if (this.#points.length < LEAST_POINTS) return 0;
    const slopes: number[] = [];
    for (const [index, [at, value]] of this.#points.entries()) {
      for (let other = 0; other < index; other += 1) {
        const [otherAt, otherValue] = this.#points[other] ?? [at, value];
        slopes.push((value - otherValue) / (at - otherAt));
      }
    }
    slopes.sort((one, other) => one - other);
    return slopes[Math.floor((slopes.length - 1) * SLOPE_QUANTILE)] ?? 0;
  }
}
