import { MINUTE_MS, type Bin } from './bin.ts';
import { FastBurn, type FastBurnOptions } from './fast-burn.ts';
import type { Finding } from './finding.ts';

/** A restart of half a minute, what its circuit stays open longer than that (probes after 10 and 30 s), and a look. */
const LASTING_MS = 50_000;
/** A restart, a circuit that was unlucky with its probes, and a look: failures within it are one burst. */
const BURST_MS = 75_000;
/** What restarts twice within it does more than restart. */
const FORGET_MS = 60 * MINUTE_MS;

type Burst = { readonly at: number; readonly bad: number };

/**
 * A fast burn that lasts. Machines restart: what fails in one burst, and is over after it, is nobody's incident. A
 * finding of the fast burn is held back until it is more than that, in one of two ways:
 *
 * - since its first failure nothing was delivered for 50 seconds;
 * - it burns fast also without its greatest burst, the failures of 75 seconds, within an hour.
 */
export class LastingBurn {
  readonly #all: FastBurn;
  /** Fed with what fails beyond the greatest burst. */
  readonly #beyond: FastBurn;
  #held: Finding | null = null;
  #isRaised: boolean;
  /** The first failure since something was delivered last. */
  #failingSinceAt: number | null = null;
  #greatest: Burst | null = null;
  #present: Burst | null = null;

  /** @param raisedSinceAt where it was found already. */
  constructor(options?: FastBurnOptions, raisedSinceAt: number | null = null) {
    this.#all = new FastBurn(options, raisedSinceAt);
    this.#beyond = new FastBurn(options);
    this.#isRaised = raisedSinceAt !== null;
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  /** It may be raised by a look in which nothing fails, or be known to be over by one in which something arrives. */
  get isHeld(): boolean {
    return this.#held !== null;
  }

  /** Also to be fed with bins in which there was nothing, while it is held. */
  feed(bin: Bin): Finding | null {
    const { startAt, endAt, total, bad } = bin;
    if (total > bad) this.#failingSinceAt = null;
    else if (bad > 0) this.#failingSinceAt ??= startAt;
    this.#held = this.#all.feed(bin) ?? this.#held;
    this.#beyond.feed({ ...bin, bad: this.#beyondBurst(bin) });
    if (!this.#all.isRaised) {
      this.#held = null;
      this.#isRaised = false;
    }
    if (this.#held === null || this.#isRaised) return null;
    const isStill = this.#failingSinceAt !== null && endAt - this.#failingSinceAt >= LASTING_MS;
    if (!isStill && !this.#beyond.isRaised) return null;
    const found = { ...this.#held, seenAt: endAt };
    this.#held = null;
    this.#isRaised = true;
    return found;
  }

  /** Of the failures of a bin those that count: of two bursts the smaller one does. */
  #beyondBurst({ startAt, bad }: Bin): number {
    if (bad === 0) return 0;
    const present = this.#present;
    if (present === null || startAt - present.at >= BURST_MS) {
      this.#end(startAt);
      this.#present = { at: startAt, bad };
    } else this.#present = { ...present, bad: present.bad + bad };
    const most = this.#greatest?.bad ?? 0;
    const after = this.#present.bad;
    return Math.max(0, Math.min(after, most) - Math.min(after - bad, most));
  }

  #end(now: number): void {
    for (const burst of [this.#greatest, this.#present]) {
      if (burst === null) continue;
      if (now - burst.at >= FORGET_MS) {
        if (burst === this.#greatest) this.#greatest = null;
      } else if (burst.bad > (this.#greatest?.bad ?? 0)) this.#greatest = burst;
    }
  }
}
