import type { Clock, Log } from '../core/index.ts';
import type { Endpoint, PauseLookup } from '../change/index.ts';
import type { Ledger, ResumeCursor } from '../ledger/index.ts';

export type TypeResumerParts = {
  readonly ledger: Pick<Ledger, 'resumeTypes'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly pauses: PauseLookup;
  readonly endpointById: (endpointId: number) => Promise<Endpoint | null>;
  readonly isOrdered: (endpoint: Endpoint) => boolean;
  /** Deliveries of the lane go on, the first of them now. */
  readonly resumed: (endpointId: number) => void;
};

const NEVER = -1;
const UNDER_WAY = -2;

/** Deliveries that are looked at in one commit: some milliseconds. */
const AT_ONCE = 1000;

/**
 * Lets deliveries go on that were set aside because their event type was paused (docs/adr/0036): lane by lane, in steps
 * between other commits, each a moment after the one before as the pause says. What it knows it can find again: lanes
 * with deliveries set aside are in the list of lanes, and the moments are in the ledger.
 */
export class TypeResumer {
  readonly #parts: TypeResumerParts;
  /** Lanes with something set aside, and the generation of pauses under which they were gone through last. */
  readonly #lanes = new Map<number, number>();
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(parts: TypeResumerParts) {
    this.#parts = parts;
  }

  /**
   * Something of the lane is set aside.
   * @param isLate by a claim that was under way when a pause ended: the lane may have been gone through already.
   */
  found(endpointId: number, isLate = false): void {
    if (isLate || !this.#lanes.has(endpointId)) this.#lanes.set(endpointId, NEVER);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Goes through all lanes that may have something to let go on; one run at a time. */
  resume(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const { pauses, log } = this.#parts;
    for (let isMore = true; isMore && !this.#isStopped;) {
      isMore = false;
      for (const [endpointId, generation] of this.#lanes) {
        if (this.#isStopped) return;
        if (generation === pauses.generation) continue;
        isMore = true;
        try {
          await this.#resumeLane(endpointId);
        } catch (thrown) {
          log.error({ err: thrown, endpointId }, 'deliveries could not be let go on');
          return; // the next comparison of lanes with the ledger tries again
        }
      }
    }
  }

  async #resumeLane(endpointId: number): Promise<void> {
    const { ledger, clock, pauses } = this.#parts;
    const { generation } = pauses;
    this.#lanes.set(endpointId, UNDER_WAY);
    const endpoint = await this.#parts.endpointById(endpointId);
    if (endpoint === null || endpoint.disabled) {
      this.#lanes.delete(endpointId);
      this.#parts.resumed(endpointId); // the read of its lane closes what is open of it
      return;
    }
    const pausedTypes = [...pauses.typesOf(endpoint.appId)];
    // In strict order nothing may come between, and the lane sends one at a time.
    const everyMs = this.#parts.isOrdered(endpoint) ? 0 : pauses.resumeEveryMs(endpoint.appId);
    let dueFrom = clock.now();
    let after: ResumeCursor | null = null;
    do {
      const request = { endpointId, pausedTypes, after, limit: AT_ONCE, dueFrom, everyMs };
      const { resumed, next } = await ledger.resumeTypes(request);
      dueFrom += resumed * everyMs;
      after = next;
      if (resumed > 0) this.#parts.resumed(endpointId);
      // A pause began or ended meanwhile: the lane is gone through again under what is so now.
      if (generation !== pauses.generation || this.#isStopped) return;
    } while (after !== null);
    if (this.#lanes.get(endpointId) !== UNDER_WAY) return;
    if (pausedTypes.length === 0) this.#lanes.delete(endpointId);
    else this.#lanes.set(endpointId, generation);
  }
}
