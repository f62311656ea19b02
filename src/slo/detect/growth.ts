import { HOUR_MS, MINUTE_MS } from './bin.ts';
import type { Finding, Gauge } from './finding.ts';

export type GrowthOptions = {
  readonly gauge: Gauge;
  /** What must not be reached, in the gauge's unit. */
  readonly limit: number;
  /** How long before it is said. */
  readonly leadMs: number;
  /** A point is the mean of so long: five minutes by default. */
  readonly pointMs?: number;
  /** So many are kept, 36 by default: what began to grow is seen once it is more than half of them. */
  readonly points?: number;
  /** Fewer say nothing. */
  readonly leastPoints?: number;
  /** Below this share of the limit nothing is said: 0 by default. */
  readonly leastShare?: number;
  /** Being at the limit for a moment is nothing, as of places that a burst takes. */
  readonly isOftenFull?: boolean;
};

const POINT_MS = 5 * MINUTE_MS;
const POINTS = 36;
const LEAST_POINTS = 6;
/** Of all slopes between two points so many must be above what is forecast with. */
const SLOPE_QUANTILE = 0.25;

export const defaultLeadMs = 2 * HOUR_MS;

/**
 * Forecasts when a gauge (backlog, places, lag) reaches its limit. The trend is Theil–Sen's (1968): of the slopes
 * between all pairs of points the lower quartile, so a quarter of the points may be outliers, and what swings up and down
 * does not count as growing; its level is the median of the points, moved along it. An alarm where the limit is reached within the lead at that slope, or was reached
 * by two values in a row: what waited for a circuit that has just closed is old for one. Over when the forecast is twice as far off. With 36 points 630 slopes a point.
 */
export class Growth {
  readonly #options: Required<GrowthOptions>;
  readonly #points: (readonly [at: number, value: number])[] = [];
  #pointAt = 0;
  #sum = 0;
  #count = 0;
  #isRaised = false;
  #reachedSinceAt: number | null = null;

  constructor(options: GrowthOptions) {
    this.#options = {
      pointMs: POINT_MS,
      points: POINTS,
      leastPoints: LEAST_POINTS,
      leastShare: 0,
      isOftenFull: false,
      ...options,
    };
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  feed(at: number, value: number): Finding | null {
    const { limit, leadMs, leastShare, pointMs, isOftenFull } = this.#options;
    const pointAt = Math.floor(at / pointMs) * pointMs;
    const isNewPoint = pointAt !== this.#pointAt;
    if (isNewPoint && this.#count > 0) this.#endPoint();
    this.#pointAt = pointAt;
    this.#sum += value;
    this.#count += 1;
    const isAtLimit = !isOftenFull && value >= limit;
    const isReached = isAtLimit && this.#reachedSinceAt !== null;
    const reachedSinceAt = isAtLimit ? (this.#reachedSinceAt ?? at) : null;
    this.#reachedSinceAt = reachedSinceAt;
    if (!isNewPoint && !(isReached && !this.#isRaised)) return null;
    const slope = isReached ? 0 : this.slopePerMs();
    const level = isReached ? value : this.#levelAt(at, slope);
    const isGrowing = slope > 0 && level >= limit * leastShare;
    const leftMs = isReached ? 0 : isGrowing ? Math.max(0, (limit - level) / slope) : Infinity;
    if (this.#isRaised) {
      this.#isRaised = leftMs <= 2 * leadMs;
      return null;
    }
    if (leftMs > leadMs) return null;
    this.#isRaised = true;
    return {
      detector: 'growth',
      severity: leftMs < leadMs / 4 ? 'page' : 'ticket',
      seenAt: at,
      sinceAt: (isReached ? reachedSinceAt : this.#points[0]?.[0]) ?? at,
      observed: { unit: 'gauge', value: level },
      against: { unit: 'gauge', value: limit },
      sure: { kind: 'rule', name: 'three of four slopes are steeper' },
      gauge: this.#options.gauge,
      limitAt: at + leftMs,
    };
  }

  /** The lower quartile of the slopes, a millisecond; 0 with too few points. */
  slopePerMs(): number {
    if (this.#points.length < this.#options.leastPoints) return 0;
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

  /** Where the line through the points is now, which no single burst moves (Theil–Sen's intercept). */
  #levelAt(at: number, slope: number): number {
    const levels = this.#points
      .map(([pointAt, value]) => value + slope * (at - pointAt))
      .toSorted((one, other) => one - other);
    return levels[Math.floor((levels.length - 1) / 2)] ?? 0;
  }

  #endPoint(): void {
    const { pointMs, points } = this.#options;
    this.#points.push([this.#pointAt + pointMs / 2, this.#sum / this.#count]);
    if (this.#points.length > points) this.#points.shift();
    this.#sum = 0;
    this.#count = 0;
  }
}
