/** The wait after the first 429 in a row that names none, ms; it doubles with each further one. */
const FIRST_HOLD_MS = 1000;
/** And up to this without being asked for more. */
const LONGEST_OWN_HOLD_MS = 60_000;

/**
 * The endpoint asked for a pause: by a Retry-After (RFC 9110 section 10.2.3), or by 429 without one (RFC 6585
 * section 4). It holds the whole lane, since the next delivery would meet the same endpoint.
 */
export class Hold {
  #until = 0;
  /** When the last hold began: answers to what was sent before belong to it. */
  #beganAt = -Infinity;
  #inARow = 0;

  /** The end of the hold; 0 where there is none. */
  until(now: number): number {
    return now < this.#until ? this.#until : 0;
  }

  begin({ startedAt, now, askedMs, longestMs }: HoldRequest): void {
    if (startedAt >= this.#beganAt) {
      this.#inARow += 1;
      this.#beganAt = now;
    }
    const ownMs = Math.min(FIRST_HOLD_MS * 2 ** (this.#inARow - 1), LONGEST_OWN_HOLD_MS);
    this.#until = Math.max(this.#until, now + Math.min(askedMs ?? ownMs, longestMs));
  }

  /** What was sent since the last hold got through. */
  succeed(startedAt: number): void {
    if (startedAt >= this.#beganAt) this.#inARow = 0;
  }

  end(): void {
    this.#until = 0;
    this.#inARow = 0;
  }
}

export type HoldRequest = {
  /** When the request was sent that this answers. */
  readonly startedAt: number;
  readonly now: number;
  /** What the answer asked for, ms; undefined: nothing. */
  readonly askedMs: number | undefined;
  readonly longestMs: number;
};
