import type { Clock, Log } from '../core/index.ts';
import type { Ledger } from './contract/ledger.ts';
import type { PurgeResult } from './contract/removal.ts';

export type RetentionFigures = {
  /** Sums since the start: messages purged, and what went with them. */
  readonly messages: number;
  readonly attempts: number;
  readonly payloadBytes: number;
  readonly idempotencyKeys: number;
  /** Bytes by which the ledger's file was made smaller. */
  readonly fileBytes: number;
  readonly steps: number;
  /** What the last step kept the ledger busy for. */
  readonly lastStepMs: number;
  readonly lastStepAt: number | null;
  /** When the oldest message was accepted whose turn is still to come: how far retention is behind. */
  readonly oldestDueAt: number | null;
  /** When the oldest message was accepted that outlives its period, as it is not finished. */
  readonly oldestUnfinishedAt: number | null;
};

export type Retention = {
  start(): void;
  /** One step now. */
  step(): Promise<PurgeResult>;
  /** Resolves once the step under way has ended. */
  stop(): Promise<void>;
  figures(): RetentionFigures;
};

export type RetentionParts = {
  readonly ledger: Pick<Ledger, 'purge'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The pause where all that was due is purged. */
  readonly retentionMs: number;
};

/** About 165 messages with one delivery each, 5 ms of the ledger's time. */
const STEP_ROWS = 500;
/** The ledger is left to others for this many times as long as the last step took of it. */
const PAUSE_RATIO = 4;
const SHORTEST_PAUSE_MS = 20;

/**
 * Purges what is finished and old enough, step by step: a step is one short operation, and between two of them the
 * ledger serves all others. What a step did is in the ledger with it, so one that is lost is simply taken again.
 */
export function createRetention({ ledger, clock, log, retentionMs }: RetentionParts): Retention {
  let figures: RetentionFigures = {
    messages: 0,
    attempts: 0,
    payloadBytes: 0,
    idempotencyKeys: 0,
    fileBytes: 0,
    steps: 0,
    lastStepMs: 0,
    lastStepAt: null,
    oldestDueAt: null,
    oldestUnfinishedAt: null,
  };
  let isStopped = false;
  let cancel: () => void = () => {};
  let underWay: Promise<void> = Promise.resolve();

  async function step(): Promise<PurgeResult> {
    const now = clock.now();
    const result = await ledger.purge({ now, limit: STEP_ROWS });
    figures = {
      messages: figures.messages + result.messages,
      attempts: figures.attempts + result.attempts,
      payloadBytes: figures.payloadBytes + result.payloadBytes,
      idempotencyKeys: figures.idempotencyKeys + result.idempotencyKeys,
      fileBytes: figures.fileBytes + result.fileBytes,
      steps: figures.steps + 1,
      lastStepMs: result.tookMs,
      lastStepAt: now,
      oldestDueAt: result.oldestDueAt,
      oldestUnfinishedAt: result.oldestUnfinishedAt,
    };
    return result;
  }

  /** Takes a step and resolves to the pause after it. */
  async function stepAndPause(): Promise<number> {
    try {
      const { isMore, tookMs } = await step();
      return isMore ? Math.max(SHORTEST_PAUSE_MS, tookMs * PAUSE_RATIO) : retentionMs;
    } catch (thrown) {
      log.error({ err: thrown }, 'a retention step failed');
      return retentionMs;
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
    start: () => schedule(retentionMs),
    step,
    async stop() {
      isStopped = true;
      cancel();
      await underWay;
    },
    figures: () => figures,
  };
}
