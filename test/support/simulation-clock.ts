import TinyQueue from 'tinyqueue';
import type { Cancel, Clock } from '../../src/core/index.ts';

type Timer = {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
};

/**
 * A clock that stands still until it is moved. Timers run one by one in the order of their moments, and whatever
 * promises they set off has come to rest before the next one runs: the same calls give the same order every time.
 */
export class SimulationClock implements Clock {
  #now: number;
  #made = 0;
  #live = 0;
  readonly #timers = new TinyQueue<Timer>(
    [],
    (left, right) => left.at - right.at || left.order - right.order,
  );

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { at: this.#now + Math.max(0, delayMs), order: this.#made, run };
    this.#made += 1;
    this.#live += 1;
    this.#timers.push(timer);
    return () => {
      if (timer.run === null) return;
      timer.run = null;
      this.#live -= 1;
    };
  }

  /** Timers that are set and neither ran nor were cancelled. */
  get timers(): number {
    return this.#live;
  }

  /** Timers made since the beginning, for tests of how many something needs. */
  get timersMade(): number {
    return this.#made;
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    while (await this.#runNext(until));
    this.#now = until;
  }

  /** Moves on, timer by timer, until the promise settles. Throws when it has not after `withinMs`. */
  async complete<Result>(work: Promise<Result>, withinMs = 600_000): Promise<Result> {
    const until = this.#now + withinMs;
    const state = { isDone: false };
    const ended = work.finally(() => {
      state.isDone = true;
    });
    ended.catch(() => {}); // thrown by the await below
    await settled();
    while (!state.isDone) {
      if (!(await this.#runNext(until))) {
        throw new Error(`a promise did not settle within ${withinMs} ms of simulated time`);
      }
    }
    return ended;
  }

  /** Moves on until the condition holds. Throws when it does not after `withinMs`. */
  async until(condition: () => boolean | Promise<boolean>, withinMs = 600_000): Promise<void> {
    const until = this.#now + withinMs;
    await settled();
    while (!(await condition())) {
      if (!(await this.#runNext(until))) {
        throw new Error(`a condition did not hold within ${withinMs} ms of simulated time`);
      }
    }
  }

  async #runNext(until: number): Promise<boolean> {
    for (;;) {
      const timer = this.#timers.peek();
      if (timer === undefined || timer.at > until) return false;
      this.#timers.pop();
      const { run } = timer;
      if (run === null) continue;
      timer.run = null;
      this.#live -= 1;
      this.#now = Math.max(this.#now, timer.at);
      run();
      await settled();
      return true;
    }
  }
}

/** Every promise that can settle by itself has done so: microtasks end before the next macrotask begins. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
