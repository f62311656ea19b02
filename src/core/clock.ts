import { monotonicMs } from './stopwatch.ts';

/**
 * Time as a parameter: the service runs on the system's clock, simulations and tests on one they move.
 * All moments are milliseconds since the Unix epoch.
 */
export type Clock = {
  now(): number;
  /** Calls `run` once, `delayMs` from now (never earlier). Returns the cancellation. */
  after(delayMs: number, run: () => void): Cancel;
};

/** What a service runs on: it also measures how long something took, and may run faster than real time. */
export type ServiceClock = Clock & {
  /** Milliseconds with fractions that never step back, as fast as `now`: only differences mean something. */
  elapsedMs(): number;
  /** Its milliseconds for each real one; 1 for the system's clock. */
  readonly speed: number;
};

export type Cancel = () => void;

/** setTimeout counts in 32 bits and fires at once beyond that; longer waits are cut and asked again by their owner. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: ServiceClock = {
  now: () => Date.now(),
  elapsedMs: monotonicMs,
  speed: 1,
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/**
 * A clock on which time runs `factor` times as fast as on the system's, from the system's time on: what waits an hour
 * waits 3,600 / `factor` seconds. It never steps back, whatever the system's clock does.
 * @param factor 1 to 10,000: a wait of less than a millisecond of real time takes one all the same.
 */
export function createScaledClock(factor: number): ServiceClock {
  if (!(factor >= 1 && factor <= 10_000)) {
    throw new RangeError(`factor must be a number from 1 to 10,000, not ${factor}`);
  }
  const beganAt = Date.now();
  const began = monotonicMs();
  const elapsedMs = (): number => (monotonicMs() - began) * factor;
  const now = (): number => Math.floor(beganAt + elapsedMs());
  return {
    now,
    elapsedMs,
    speed: factor,
    after(delayMs, run) {
      const dueAt = now() + Math.max(0, delayMs);
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const leftMs = Math.min(Math.ceil((dueAt - now()) / factor), LONGEST_TIMER_MS);
        // Node's timers count whole milliseconds of a clock that is read once a turn: never early.
        timer = setTimeout(
          () => (now() < dueAt && leftMs < LONGEST_TIMER_MS ? arm() : run()),
          leftMs,
        );
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

/** Resolves after `delayMs` on the given clock. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
