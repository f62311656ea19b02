/**
 * A token bucket: `perSecond` tokens flow in, up to `capacity` of them stay. Moments are milliseconds; a clock that
 * steps back adds nothing.
 */
export class TokenBucket {
  readonly perSecond: number;
  readonly capacity: number;
  #level: number;
  #at: number;

  constructor(perSecond: number, capacity: number, now: number) {
    this.perSecond = perSecond;
    this.capacity = capacity;
    this.#level = capacity;
    this.#at = now;
  }

  /** Tokens there are, whole and in part. */
  level(now: number): number {
    if (now > this.#at) {
      const inflow = ((now - this.#at) * this.perSecond) / 1000;
      this.#level = Math.min(this.capacity, this.#level + inflow);
    }
    this.#at = now;
    return this.#level;
  }

  /** Takes a token where there is one. */
  take(now: number): boolean {
    if (this.level(now) < 1) return false;
    this.#level -= 1;
    return true;
  }

  /** Adds tokens from elsewhere, up to the capacity. */
  add(tokens: number): void {
    this.#level = Math.min(this.capacity, this.#level + tokens);
  }

  /** When the next token will be there: `now` where there is one, Infinity where none flows in. */
  nextAt(now: number): number {
    const missing = 1 - this.level(now);
    return missing <= 0 ? now : now + Math.ceil((missing * 1000) / this.perSecond);
  }
}
