import { monotonicMs, type ServiceClock } from '../core/index.ts';

/** A service's clock that runs faster than the wall, as fast as it is told to. */
export type DrillClock = ServiceClock & {
  /** From now on it runs `factor` times as fast as the wall. */
  pace(factor: number): void;
  /** It is `ms` further at once, as on a machine that slept. What was due by then runs now. */
  skip(ms: number): void;
  /** It stands, and lets the process end. */
  stop(): void;
};

/** Of the wall: a timer looks again after so long, as the clock may run faster by then. */
const LONGEST_NAP_MS = 50;
/** Of the wall: between two ticks. */
const TICK_MS = 2;
/**
 * Of the wall: the clock goes on for so long without a tick, and then stands. Where the machine has no time for this
 * process for 300 ms, that is no half minute in which nothing was sent.
 */
const LONGEST_PAUSE_MS = 8;

/**
 * Begins at `startAt` and runs `factor` times as fast as the wall: hours pass in seconds, for all who wait by it. Its
 * moments are whole milliseconds; a wait takes a millisecond of the wall at least, so `factor` of its own.
 */
export function createDrillClock(factor: number, startAt: number): DrillClock {
  let pace = factor;
  let baseAt = startAt;
  let tickedAt = monotonicMs();
  const exactNow = (): number =>
    baseAt + Math.min(monotonicMs() - tickedAt, LONGEST_PAUSE_MS) * pace;
  const now = (): number => Math.floor(exactNow());
  const tick = (aheadMs = 0): void => {
    baseAt = exactNow() + aheadMs;
    tickedAt = monotonicMs();
  };
  const ticking = setInterval(() => tick(), TICK_MS);
  return {
    now,
    elapsedMs: () => exactNow() - startAt,
    get speed() {
      return pace;
    },
    after(delayMs, run) {
      const dueAt = now() + Math.max(0, delayMs);
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const leftMs = Math.max(1, Math.ceil((dueAt - now()) / pace));
        timer = setTimeout(() => (now() < dueAt ? arm() : run()), Math.min(leftMs, LONGEST_NAP_MS));
      };
      arm();
      return () => clearTimeout(timer);
    },
    pace(given) {
      tick();
      pace = given;
    },
    skip: (ms) => tick(ms),
    stop: () => clearInterval(ticking),
  };
}
