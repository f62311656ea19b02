import { idAt } from '../../core/index.ts';
import type { CanarySecond, Ledger } from '../../ledger/index.ts';
import type { Canary } from '../records.ts';
import { foldCounts, type Cell } from './counts.ts';
import { phaseAt } from './phases.ts';

/** What the ledger says of one canary: always the same for the same rows, in whatever parts they are read. */
export type CanaryFigures = {
  readonly cells: readonly Cell[];
  /** First attempts of the endpoint in its busiest minute so far, pauses aside. */
  readonly busiestMinute: number;
};

/** First attempts that one read counts: a few milliseconds of the ledger's time. */
const READ_AT_ONCE = 1000;
const MINUTE_MS = 60_000;

/**
 * Follows one canary through the ledger. What can no longer change is counted once and kept; the newest attempts,
 * whose leases or deadlines may still be open, are counted anew each time.
 */
export class CanaryFollower {
  readonly #ledger: Pick<Ledger, 'canaryCounts'>;
  readonly #settlesMs: number;
  #settled: Sums = { cells: [], minutes: new Map() };
  #afterId = 0;
  #reading: Promise<unknown> = Promise.resolve();

  /** @param settlesMs so long after an attempt was claimed nothing of it changes any more. */
  constructor(ledger: Pick<Ledger, 'canaryCounts'>, settlesMs: number) {
    this.#ledger = ledger;
    this.#settlesMs = settlesMs;
  }

  /** One read at a time: those who ask at once get it one after the other. */
  read(canary: Canary, now: number): Promise<CanaryFigures> {
    const mine = this.#reading.then(() => this.#read(canary, now));
    this.#reading = mine.catch(() => {});
    return mine;
  }

  async #read(canary: Canary, now: number): Promise<CanaryFigures> {
    const { phases, deadlineMs } = canary;
    const startId = idAt(phases[0]?.fromAt ?? now) - 1;
    const settledBefore = idAt(now - Math.max(this.#settlesMs, deadlineMs + MINUTE_MS));
    this.#afterId = Math.max(this.#afterId, startId);
    if (settledBefore > this.#afterId + 1) {
      this.#settled = await this.#add(this.#settled, canary, this.#afterId, settledBefore, now);
      this.#afterId = settledBefore - 1;
    }
    const sums = await this.#add(
      this.#settled,
      canary,
      this.#afterId,
      Number.MAX_SAFE_INTEGER,
      now,
    );
    return { cells: sums.cells, busiestMinute: Math.max(0, ...sums.minutes.values()) };
  }

  async #add(
    sums: Sums,
    canary: Canary,
    fromId: number,
    beforeId: number,
    now: number,
  ): Promise<Sums> {
    const { id: canaryId, endpointId, slowAfterMs, deadlineMs, phases } = canary;
    let { cells } = sums;
    const minutes = new Map(sums.minutes);
    let afterId = fromId;
    for (;;) {
      const { seconds, lastId, isMore } = await this.#ledger.canaryCounts({
        canaryId,
        endpointId,
        slowAfterMs,
        deadlineMs,
        now,
        afterId,
        beforeId,
        limit: READ_AT_ONCE,
      });
      cells = foldCounts(cells, phases, seconds);
      if (canary.peakNeeded !== null) addMinutes(minutes, canary, seconds);
      if (!isMore) return { cells, minutes };
      afterId = lastId;
    }
  }
}

type Sums = { readonly cells: readonly Cell[]; readonly minutes: ReadonlyMap<number, number> };

function addMinutes(
  minutes: Map<number, number>,
  { phases }: Canary,
  seconds: readonly CanarySecond[],
): void {
  for (const { secondAt, attempts } of seconds) {
    if ((phases[phaseAt(phases, secondAt)]?.percent ?? 0) === 0) continue;
    const minute = Math.floor(secondAt / MINUTE_MS);
    minutes.set(minute, (minutes.get(minute) ?? 0) + attempts);
  }
}
