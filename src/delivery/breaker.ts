import type { Random } from '../core/index.ts';
import type { HandCircuit, LanePolicy } from '../change/index.ts';

/**
 * A circuit breaker (Nygard, "Release It!"):
 *
 *     closed ──failures in a row, or their share──► open ──its time is over──► half_open
 *        ▲                                            ▲                           │
 *        └──────────────── a probe succeeds ──────────┼───────────────────────────┤
 *                                                     └────── a probe fails ──────┘
 *
 * While it is open nothing is sent; half open, one probe at a time. Its time doubles with each probe that fails. What
 * was sent before the circuit opened says nothing about it afterwards: attempts carry the epoch they began in.
 *
 * Somebody may open it by hand (`open`). Then nothing closes it but `close`, or its moment: from that moment on it is a
 * circuit like one that opened by itself, and a probe decides. Until then probes go out where they were asked for, each
 * `breakerOpenMs` after the last one, and what they meet moves nothing.
 */
export const breakerStates = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof breakerStates)[number];

export type BreakerPolicy = Pick<
  LanePolicy,
  'breakerFailures' | 'breakerFailurePercent' | 'breakerOpenMs' | 'breakerLongestOpenMs'
>;

/** The share of failures is taken over this many attempts, and not before there are `LEAST_ATTEMPTS`. */
const WINDOW = 50;
const LEAST_ATTEMPTS = 20;
/** Opening times are up to this share shorter, so that lanes that failed together are not probed together. */
const JITTER = 0.1;

export class Breaker {
  policy: BreakerPolicy;
  readonly #random: Random;
  #state: BreakerState = 'closed';
  /** Counts the changes of state. */
  #epoch = 0;
  #openUntil = 0;
  #since: number;
  #failuresInARow = 0;
  #byHand: HandCircuit | null = null;
  /** Opened so often without a success that lasted. */
  #trips = 0;
  /** The last attempts, true for a failure, as a ring. */
  readonly #recent: boolean[] = [];
  #next = 0;
  #recentFailures = 0;

  constructor(policy: BreakerPolicy, random: Random, now: number) {
    this.policy = policy;
    this.#random = random;
    this.#since = now;
  }

  get state(): BreakerState {
    return this.#state;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** Since when it is in this state. */
  get since(): number {
    return this.#since;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get failuresInARow(): number {
    return this.#failuresInARow;
  }

  /** As it was opened by hand, while that holds. */
  byHand(now: number): HandCircuit | null {
    const until = this.#byHand?.until ?? Infinity;
    return now < until ? this.#byHand : null;
  }

  /** Until when nothing is sent; 0 where something may be. */
  restsUntil(now: number): number {
    return this.#state === 'open' && now < this.#openUntil ? this.#openUntil : 0;
  }

  /** How many may be under way now: one probe where it was open. */
  limit(now: number): number {
    if (this.#state === 'closed') return Infinity;
    return this.restsUntil(now) > 0 ? 0 : 1;
  }

  /** An attempt starts. Gives the epoch that its end must name. */
  begin(now: number): number {
    if (this.#state === 'open') this.#become('half_open', now);
    return this.#epoch;
  }

  succeed(epoch: number, now: number): void {
    if (epoch !== this.#epoch) return;
    this.#failuresInARow = 0;
    if (this.#state === 'half_open') {
      if (this.#isProbedAgain(now)) return;
      this.#become('closed', now);
    } else if (now - this.#since > this.policy.breakerLongestOpenMs) {
      this.#trips = 0;
    }
    this.#note(false);
  }

  /** True where this failure opened the circuit. */
  fail(epoch: number, now: number): boolean {
    if (epoch !== this.#epoch) return false;
    this.#failuresInARow += 1;
    this.#note(true);
    if (this.#isProbedAgain(now)) return false;
    if (!this.#isInForce()) return false;
    if (this.#state !== 'half_open' && !this.#isTooMany()) return false;
    this.#trips += 1;
    const { breakerOpenMs, breakerLongestOpenMs } = this.policy;
    const openMs = Math.min(breakerOpenMs * 2 ** (this.#trips - 1), breakerLongestOpenMs);
    this.#openUntil = now + Math.round(openMs * (1 - JITTER * this.#random.next()));
    this.#become('open', now);
    return true;
  }

  /** Opened, or followed as it is open, by somebody. */
  open(hand: HandCircuit, now: number): void {
    this.#byHand = hand;
    if (this.byHand(now) === null) return;
    this.#trips = 0;
    this.#openUntil = hand.withProbes ? now + this.policy.breakerOpenMs : (hand.until ?? Infinity);
    this.#become('open', now);
  }

  /** Ends what was opened by hand. */
  close(now: number): void {
    const wasOpen = this.byHand(now) !== null;
    this.#byHand = null;
    if (wasOpen) this.reset(now);
  }

  /** While it is open by hand a probe tells how the receiver is, and the next one comes as late as the first. */
  #isProbedAgain(now: number): boolean {
    const hand = this.byHand(now);
    if (hand === null || this.#state !== 'half_open') return false;
    this.#openUntil = Math.min(now + this.policy.breakerOpenMs, hand.until ?? Infinity);
    this.#become('open', now);
    return true;
  }

  /** Closed, as if it had never been open. */
  reset(now: number): void {
    this.#trips = 0;
    this.#failuresInARow = 0;
    this.#become('closed', now);
  }

  #become(state: BreakerState, now: number): void {
    this.#state = state;
    this.#epoch += 1;
    this.#since = now;
    if (state !== 'closed') return;
    this.#recent.length = 0;
    this.#next = 0;
    this.#recentFailures = 0;
  }

  #note(isFailure: boolean): void {
    if (this.#recent[this.#next] === true) this.#recentFailures -= 1;
    if (isFailure) this.#recentFailures += 1;
    this.#recent[this.#next] = isFailure;
    this.#next = (this.#next + 1) % WINDOW;
  }

  #isInForce(): boolean {
    return this.policy.breakerFailures > 0 || this.policy.breakerFailurePercent > 0;
  }

  #isTooMany(): boolean {
    const { breakerFailures, breakerFailurePercent } = this.policy;
    if (breakerFailures > 0 && this.#failuresInARow >= breakerFailures) return true;
    const attempts = this.#recent.length;
    return (
      breakerFailurePercent > 0 &&
      attempts >= LEAST_ATTEMPTS &&
      this.#recentFailures * 100 >= breakerFailurePercent * attempts
    );
  }
}
