/**
 * The best number of requests at once, from answer times: the gradient of Netflix's concurrency-limits (the answer time
 * without a queue to the present one; below 1 the endpoint queues), with the slow start and multiplicative decrease of
 * TCP (RFC 5681) for a new endpoint and for one that sheds load or stops answering.
 *
 *     limit ← limit × clamp(0.5, TOLERANCE × base / present, 1) + √limit
 *
 * present: mean of a round of answers, as many as may be under way. base: the least of the rounds; under a lasting
 * backlog every answer has queued, so it is measured anew now and then with a quarter of the requests, as BBR drains
 * its queue to learn the round-trip time (Cardwell et al., ACM Queue 14(5), 2016).
 */
const FIRST_LIMIT = 8;
const TOLERANCE = 1.5;
const SMOOTHING = 0.2;
const DECREASE = 0.7;
/** A round has at least so many answers: the mean of fewer is chance. */
const LEAST_ROUND = 8;
/** Rounds between two measurements of the base. */
const MEASURE_EVERY = 60;
const MEASURE_WITH = 0.25;
const MEASURE_WITH_LEAST = 4;
/** Answer times below this are all alike: what differs is our own event loop. */
const LEAST_MS = 10;

export class ConcurrencyLimit {
  #most: number;
  #limit: number;
  #isSlowStart = true;
  #baseMs = Infinity;
  /** Rounds until the base is measured. */
  #roundsLeft = MEASURE_EVERY;
  #isMeasuring = false;
  /** Answers to come of what was under way before the measurement: they have queued. */
  #toDrain = 0;
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
    const limit = Math.max(1, Math.floor(this.#limit));
    if (!this.#isMeasuring) return limit;
    return Math.min(limit, Math.max(MEASURE_WITH_LEAST, Math.floor(limit * MEASURE_WITH)));
  }

  set most(most: number) {
    this.#most = most;
    this.#limit = Math.min(this.#limit, most);
  }

  /** @param sending requests under way when the answer came, the answered one included. */
  answered(durationMs: number, sending: number): void {
    if (this.#toDrain > 0) {
      this.#toDrain -= 1;
      return;
    }
    if (sending >= this.value) this.#wasReached = true;
    this.#sumMs += Math.max(LEAST_MS, durationMs);
    this.#answers += 1;
    if (this.#answers < Math.max(LEAST_ROUND, this.value)) return;
    const presentMs = this.#sumMs / this.#answers;
    const wasReached = this.#wasReached;
    this.#beginRound();
    if (this.#isMeasuring) {
      this.#baseMs = presentMs;
      this.#isMeasuring = false;
      this.#roundsLeft = MEASURE_EVERY;
      return;
    }
    this.#baseMs = Math.min(this.#baseMs, presentMs);
    if (!wasReached) return;
    this.#roundsLeft -= 1;
    if (this.#roundsLeft === 0) {
      this.#isMeasuring = true;
      this.#toDrain = sending;
      return;
    }
    const gradient = Math.max(0.5, Math.min(1, (TOLERANCE * this.#baseMs) / presentMs));
    if (gradient < 1) this.#isSlowStart = false;
    const wanted = this.#limit * gradient + Math.sqrt(this.#limit);
    const next = this.#isSlowStart
      ? this.#limit * 2
      : this.#limit + SMOOTHING * (wanted - this.#limit);
    // Slow answers alone take a lane no lower than it began: they may be late in our own event loop.
    const least = Math.min(this.#limit, FIRST_LIMIT);
    this.#limit = Math.max(least, Math.min(this.#most, next));
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
    this.#baseMs = Infinity;
    this.#roundsLeft = MEASURE_EVERY;
    this.#isMeasuring = false;
    this.#toDrain = 0;
    this.#beginRound();
  }

  #beginRound(): void {
    this.#sumMs = 0;
    this.#answers = 0;
    this.#wasReached = false;
  }
}
