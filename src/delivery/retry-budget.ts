import { TokenBucket } from '../core/index.ts';
import type { LanePolicy } from '../change/index.ts';

/**
 * What a lane may spend on retries: a share of its first attempts and a few a second beside it. A retry that gets
 * through gives its token back, so that the budget binds where retries fail and multiply traffic, and not where a
 * backlog of them succeeds. The shape is Finagle's RetryBudget (deposits by requests, a minimum a second) with the
 * refund of gRPC's retry throttling (gRFC A6).
 */
export class RetryBudget {
  readonly #share: number;
  readonly #bucket: TokenBucket;

  constructor(
    policy: Pick<LanePolicy, 'retryBudgetPercent' | 'retryBudgetPerSecond'>,
    now: number,
  ) {
    this.#share = policy.retryBudgetPercent / 100;
    const perSecond = policy.retryBudgetPerSecond;
    this.#bucket = new TokenBucket(perSecond, Math.max(LEAST_CAPACITY, perSecond), now);
  }

  /** Retries that may start now. */
  available(now: number): number {
    return Math.floor(this.#bucket.level(now));
  }

  /** When a retry may start; Infinity: not before a first attempt pays for it. */
  nextAt(now: number): number {
    return this.#bucket.nextAt(now);
  }

  /** A first attempt starts. */
  deposit(): void {
    this.#bucket.add(this.#share);
  }

  /** A retry starts, if there is a token for it. */
  spend(now: number): boolean {
    return this.#bucket.take(now);
  }

  /** A retry got through. */
  refund(): void {
    this.#bucket.add(1);
  }
}

/** What a lane may save up, and has at first. */
const LEAST_CAPACITY = 10;
