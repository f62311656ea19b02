import { HoldfastError, sleep, type Clock, type Log } from '../core/index.ts';
import type { Configuration } from '../change/index.ts';
import type { Claim, LaneMemory, Ledger, Settlement } from '../ledger/index.ts';
import { attemptEvents } from './attempt-events.ts';
import type { Lane } from './lane.ts';

/** Waits between tries to write what the ledger could not take. */
const WRITE_AGAIN_MS = [50, 200, 1000, 5000] as const;

export type LaneWriterParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly log: Log;
  /** A notice was stored as due: its lane has work. */
  readonly wake: (endpointId: number) => void;
};

/**
 * Writes what became of a lane's deliveries, again and again if it must: until it is written they keep their place in
 * memory. Resolves also where nothing is left to try: the leases end, and what was not written is made again.
 */
export class LaneWriter {
  readonly #parts: LaneWriterParts;
  #isStopped = false;

  constructor(parts: LaneWriterParts) {
    this.#parts = parts;
  }

  /** From here on what cannot be written is tried once more, and no further. */
  stop(): void {
    this.#isStopped = true;
  }

  /** An attempt's outcome, with what is to be told of it. */
  settle(lane: Lane, claim: Claim, settlement: Settlement): Promise<void> {
    return this.#write(
      lane,
      () => this.#settle(claim, settlement),
      'an outcome could not be recorded and is tried again',
    );
  }

  /** Deliveries that were claimed and not sent. */
  release(lane: Lane, claims: readonly Claim[]): Promise<void> {
    const keys = claims.map(({ messageId, endpointId, attemptId }) => ({
      messageId,
      endpointId,
      attemptId,
    }));
    const release = (): Promise<unknown> => this.#parts.ledger.release(keys);
    return this.#write(lane, release, 'deliveries could not be given back, which is tried again');
  }

  /** What is remembered of a lane where no outcome says it; null forgets it. */
  remember(lane: Lane, memory: LaneMemory | null): Promise<void> {
    const { endpointId } = lane;
    const store = (): Promise<unknown> => this.#parts.ledger.rememberLane({ endpointId, memory });
    return this.#write(lane, store, 'a lane could not be remembered, which is tried again');
  }

  /** The outcome and the notices of it in one commit. */
  #settle(claim: Claim, settlement: Settlement): Promise<unknown> {
    const events = attemptEvents(claim, settlement);
    return events.length === 0
      ? this.#parts.ledger.settle(settlement)
      : this.#settleAndTell(claim, settlement, events);
  }

  async #settleAndTell(
    claim: Claim,
    settlement: Settlement,
    events: ReturnType<typeof attemptEvents>,
  ): Promise<void> {
    const { configuration, ledger, clock } = this.#parts;
    const { appId, messageId, endpointId, attemptId } = claim;
    const about = { appId, messageId, endpointId, attemptId, at: clock.now() };
    const { statusCode, reason } = settlement;
    const notices = await configuration.notices.attempt(events, { ...about, statusCode, reason });
    await ledger.settle({ ...settlement, notices });
    for (const { deliveries } of notices) {
      for (const { endpointId: at, dueAt } of deliveries) {
        if (dueAt !== null) this.#parts.wake(at);
      }
    }
  }

  async #write(lane: Lane, write: () => Promise<unknown>, failure: string): Promise<void> {
    let tries = 0;
    for (;;) {
      try {
        await write();
        break;
      } catch (thrown) {
        const waitMs = WRITE_AGAIN_MS[Math.min(tries, WRITE_AGAIN_MS.length - 1)] ?? 0;
        this.#parts.log.error({ err: thrown, waitMs }, failure);
        if (!(thrown instanceof HoldfastError) || (this.#isStopped && tries > 0)) break;
        if (tries === 0) lane.unrecorded += 1;
        tries += 1;
        await sleep(this.#parts.clock, waitMs);
      }
    }
    if (tries > 0) lane.unrecorded -= 1;
  }
}
