import type { Clock, Log, Settings } from '../core/index.ts';
import type { LaneAges, Ledger } from '../ledger/index.ts';
import type { DueQueue } from './due-queue.ts';
import { LaneAgeCounts } from './lane-ages.ts';
import type { LaneTable } from './lane-table.ts';
import type { TypeResumer } from './type-resumer.ts';

/** How late the oldest due delivery is, of lanes that may send, and of those that rest. */
export type LaneLag = { readonly lagMs: number; readonly restingLagMs: number };

type DueLane = { readonly endpointId: number; readonly oldestDueAt: number };

/** As they were when lanes were last compared with the ledger. */
export type DueLanes = { readonly at: number; readonly lanes: readonly DueLane[] };

const OVERDUE_MS = 10_000;
const MOST_OVERDUE = 1000;

export type ReconciliationParts = {
  readonly ledger: Pick<Ledger, 'lanes' | 'countAges'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, 'reconcileMs'>;
  readonly lanes: LaneTable;
  readonly due: DueQueue;
  readonly resumer: TypeResumer;
  /** A lane has something due. */
  readonly wake: (endpointId: number) => void;
  /** Lets deliveries go on that wait for no pause any more. */
  readonly resumeTypes: () => void;
  /** Lets a drain wait for work under way. */
  readonly own: (work: Promise<void>) => void;
};

/**
 * Compares memory with the ledger every `reconcileMs`: ended leases, redrives, healed deliveries and whatever else
 * became due. Says what it saw: how late lanes are.
 */
export class Reconciliation {
  readonly #parts: ReconciliationParts;
  readonly #ages = new LaneAgeCounts();
  #lag: LaneLag = { lagMs: 0, restingLagMs: 0 };
  #overdue: DueLanes = { at: 0, lanes: [] };
  #dueLanes: DueLanes = { at: 0, lanes: [] };
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
  }

  get lag(): LaneLag {
    return this.#lag;
  }

  /** Lanes that nothing holds back and whose oldest delivery was due ten seconds before; a thousand at most. */
  get overdue(): DueLanes {
    return this.#overdue;
  }

  /** Lanes that had something due, whatever holds them back. */
  get dueLanes(): DueLanes {
    return this.#dueLanes;
  }

  /** Goes on by itself from here on. */
  start(): void {
    this.#cancel = this.#parts.clock.after(this.#parts.settings.reconcileMs, () => {
      void this.run().finally(() => {
        if (!this.#isStopped) this.start();
      });
    });
  }

  /** Ends it, but for what it counted: `countRest` writes that. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** Once, now. What goes wrong is logged, and found by the next one. */
  async run(): Promise<void> {
    const { clock, due, lanes, ledger, log, own, resumeTypes, resumer, wake } = this.#parts;
    try {
      const now = clock.now();
      const lag = { lagMs: 0, restingLagMs: 0 };
      const overdue: DueLane[] = [];
      const dueLanes: DueLane[] = [];
      const inOrder = lanes.waitingInOrder(now);
      const heads = await ledger.lanes({});
      for (const { endpointId, dueAt, scheduledAt, retryAt, hasPaused } of heads) {
        if (hasPaused) resumer.found(endpointId);
        if (retryAt === Infinity) lanes.stopWaiting(endpointId, inOrder);
        const rests = lanes.known(endpointId)?.isResting(now) === true;
        const lateMs = now - scheduledAt;
        if (lateMs > 0) {
          dueLanes.push({ endpointId, oldestDueAt: scheduledAt });
          this.#ages.look(endpointId, lateMs, now);
        }
        if (rests) lag.restingLagMs = Math.max(lag.restingLagMs, lateMs);
        else {
          lag.lagMs = Math.max(lag.lagMs, lateMs);
          if (lateMs >= OVERDUE_MS && overdue.length < MOST_OVERDUE) {
            overdue.push({ endpointId, oldestDueAt: scheduledAt });
          }
        }
        if (dueAt <= now) wake(endpointId);
        else due.wakeAt(endpointId, dueAt);
      }
      resumeTypes();
      this.#lag = lag;
      this.#overdue = { at: now, lanes: overdue };
      this.#dueLanes = { at: now, lanes: dueLanes };
      own(this.#countAges(this.#ages.takeOver(now)));
    } catch (thrown) {
      log.error({ err: thrown }, 'the lanes could not be compared with the ledger');
    }
  }

  /** Writes what it saw of minutes that are not over, at the end. */
  countRest(): Promise<void> {
    return this.#countAges(this.#ages.takeAll());
  }

  /** What could not be written goes with those of the next minute. */
  async #countAges(rows: readonly LaneAges[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      await this.#parts.ledger.countAges({ rows });
    } catch (thrown) {
      this.#ages.giveBack(rows);
      this.#parts.log.error({ err: thrown }, 'how fresh lanes are could not be recorded');
    }
  }
}
