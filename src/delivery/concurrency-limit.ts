/**
 * The best number of requests at once, from answer times: Gradient2 of Netflix's concurrency-limits (the ratio of the
 * long-run answer time to the present one; below 1 the endpoint queues), with the slow start and multiplicative
 * decrease of TCP (RFC 5681) for a new endpoint and for one that sheds load or stops answering.
 *
 *     limit ← limit × clamp(0.5, TOLERANCE × long / present, 1) + √limit
 *
 * present: mean of a round of answers, as many as may be under way. long: moving mean of the rounds, which comes down
 * quickly where the present one stays far below it.
 */
const FIRST_LIMIT = 8;
const TOLERANCE = 1.5;
const SMOOTHING = 0.2;
const LONG_ROUNDS = 60;
const DECREASE = 0.7;
/** A round has at least so many answers: the mean of fewer is chance. */
const LEAST_ROUND = 8;
/** Answer times below this are all alike: what differs is our own event loop. */
const LEAST_MS = 2;

export class ConcurrencyLimit {
  #most: number;
  #limit: number;
  #isSlowStart = true;
  #longMs = 0;
  #sumMs = 0;
  #answers = 0;
  /** Whether the limit was reached in this round: otherwise it says nothing about a higher one. */
  #wasReached = false;
  #decreasedAt = -Infinity;

  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(FIRST_LIMIT, most);
  }

  /** Whole requests at once, from 1 to the most. */
  get value(): number {
    return Math.max(1, Math.floor(this.#limit));
  }

  set most(most: number) {
    this.#most = most;
    this.#limit = Math.min(this.#limit, most);
  }

  /** @param sending requests under way when the answer came, the answered one included. */
  answered(durationMs: number, sending: number): void {
    if (sending >= this.value) this.#wasReached = true;
    this.#sumMs += Math.max(LEAST_MS, durationMs);
    this.#answers += 1;
    if (this.#answers < Math.max(LEAST_ROUND, this.value)) return;
    const presentMs = this.#sumMs / this.#answers;
    const { longMs, wasReached } = this.#endRound(presentMs);
    if (!wasReached) return;
    const gradient = Math.max(0.5, Math.min(1, (TOLERANCE * longMs) / presentMs));
    if (gradient < 1) this.#isSlowStart = false;
    const wanted = this.#isSlowStart
      ? this.#limit * 2
      : this.#limit * gradient + Math.sqrt(this.#limit);
    const next = this.#isSlowStart ? wanted : this.#limit + SMOOTHING * (wanted - this.#limit);
    this.#limit = Math.max(1, Math.min(this.#most, next));
  }

  /** The endpoint shed the request, or let it time out. Once for all that were under way together. */
  refused(startedAt: number, now: number): void {
    if (startedAt < this.#decreasedAt) return;
    this.#decreasedAt = now;
    this.#isSlowStart = false;
    this.#limit = Math.max(1, this.#limit * DECREASE);
  }

  /** The endpoint came back after an outage: its best is found anew. */
  restart(): void {
    this.#limit = Math.min(FIRST_LIMIT, this.#most);
    this.#isSlowStart = true;
    this.#longMs = 0;
    this.#sumMs = 0;
    this.#answers = 0;
    this.#wasReached = false;
  }

  #endRound(presentMs: number): { readonly longMs: number; readonly wasReached: boolean } {
    const wasReached = this.#wasReached;
    this.#wasReached = false;
    this.#sumMs = 0;
    this.#answers = 0;
    if (this.#longMs === 0) this.#longMs = presentMs;
    this.#longMs += (presentMs - this.#longMs) / LONG_ROUNDS;
    if (this.#longMs > 2 * presentMs) this.#longMs *= 0.9;
    return { longMs: this.#longMs, wasReached };
  }
}
