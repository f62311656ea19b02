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

/** Resolves after `delayMs` on the given clock. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
