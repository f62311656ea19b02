import type { Clock, Log } from '../core/index.ts';
import type { Ledger } from './contract/ledger.ts';
import type { SliKept } from './contract/sli.ts';

export type SliKeeperFigures = {
  /** Deliveries counted late when their deadline passed, since the start. */
  readonly late: number;
  readonly steps: number;
  readonly lastStepAt: number | null;
  /** When the oldest message was accepted whose deadline passed and that was not looked at; null: there is none. */
  readonly oldestDueAt: number | null;
};

export type SliKeeper = {
  start(): void;
  /** One step now. */
  step(): Promise<SliKept>;
  /** Resolves once the step under way has ended. */
  stop(): Promise<void>;
  figures(): SliKeeperFigures;
};

export type SliKeeperParts = {
  readonly ledger: Pick<Ledger, 'keepSli'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Days for which minutes are kept. */
  readonly sliMinutesDays: number;
};

/** A deadline is noticed this late, at most, where nothing is behind. */
const EVERY_MS = 1000;
/** About 5 ms of the ledger's time where every delivery is late. */
const STEP_ROWS = 500;
/** The ledger is left to others for this many times as long as the last step took. */
const PAUSE_RATIO = 4;
const SHORTEST_PAUSE_MS = 10;

/** Takes the steps that keep SLI counts true between the commits of deliveries; a lost one is simply taken again. */
export function createSliKeeper({ ledger, clock, log, sliMinutesDays }: SliKeeperParts): SliKeeper {
  let figures: SliKeeperFigures = { late: 0, steps: 0, lastStepAt: null, oldestDueAt: null };
  let isStopped = false;
  let cancel: () => void = () => {};
  let underWay: Promise<void> = Promise.resolve();

  async function step(): Promise<SliKept> {
    const now = clock.now();
    const kept = await ledger.keepSli({ now, limit: STEP_ROWS, minutesDays: sliMinutesDays });
    figures = {
      late: figures.late + kept.late,
      steps: figures.steps + 1,
      lastStepAt: now,
      oldestDueAt: kept.oldestDueAt,
    };
    return kept;
  }

  async function stepAndPause(): Promise<number> {
    try {
      const startedAt = clock.now();
      const { isMore } = await step();
      // By the clock that the pause is taken on, so that a simulation plays the same again.
      const tookMs = Math.max(0, clock.now() - startedAt);
      return isMore
        ? Math.min(EVERY_MS, Math.max(SHORTEST_PAUSE_MS, tookMs * PAUSE_RATIO))
        : EVERY_MS;
    } catch (thrown) {
      log.error({ err: thrown }, 'a step of the SLI counts failed');
      return EVERY_MS;
    }
  }

  function schedule(delayMs: number): void {
    cancel = clock.after(delayMs, () => {
      underWay = stepAndPause().then((pauseMs) => {
        if (!isStopped) schedule(pauseMs);
      });
    });
  }

  return {
    start: () => schedule(0),
    step,
    async stop() {
      isStopped = true;
      cancel();
      await underWay;
    },
    figures: () => figures,
  };
}
