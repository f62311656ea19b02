import type { Clock, IdSource, Log, Settings } from '../core/index.ts';
import type { Configuration, Endpoint } from '../change/index.ts';
import type { Claim, Ledger } from '../ledger/index.ts';
import type { DueQueue } from './due-queue.ts';
import type { Lane } from './lane.ts';
import type { Places } from './places.ts';

/** Deliveries of a disabled or deleted endpoint that are closed in one commit. */
const CLOSE_AT_ONCE = 500;

export type LaneReaderParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly settings: Pick<Settings, 'leaseMs' | 'reconcileMs'>;
  readonly places: Places;
  readonly due: DueQueue;
  /** Makes an endpoint ready in its lane. Throws where its secrets cannot be opened. */
  readonly follow: (lane: Lane, endpoint: Endpoint) => void;
  /** The endpoint of a lane is no more. */
  readonly gone: (lane: Lane) => void;
  /** What was claimed waits for its turn. */
  readonly receive: (lane: Lane, claims: readonly Claim[]) => void;
  /** Deliveries of event types that are paused were set aside; `isLate`: others are paused by now. */
  readonly setAside: (endpointId: number, isLate: boolean) => void;
  /** Lets a drain wait for work under way. */
  readonly own: (work: Promise<void>) => void;
};

/**
 * Reads lanes from the ledger a window at a time: as much as a lane may hold, when what it holds runs low, and not
 * while it rests. Memory holds the windows, the ledger the backlog.
 */
export class LaneReader {
  readonly #parts: LaneReaderParts;
  /** Lanes that have work in the ledger and found the places of all lanes taken, the longest waiting first. */
  readonly #starved = new Set<Lane>();
  #isStopped = false;

  constructor(parts: LaneReaderParts) {
    this.#parts = parts;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Claims the lane's next window if it has room and the ledger has work. One read of a lane at a time. */
  read(lane: Lane): void {
    if (this.#isStopped || lane.isReading || !lane.hasStored || lane.unrecorded > 0) return;
    const { clock, places, due } = this.#parts;
    const now = clock.now();
    if (lane.target !== null) {
      const restsUntil = lane.restsUntil(now);
      if (restsUntil > now) {
        due.wakeAt(lane.endpointId, restsUntil);
        return;
      }
      if (!lane.isLow || lane.room(now) === 0) return;
    }
    if (places.freeFor(lane) === 0) {
      this.#starved.add(lane);
      return;
    }
    lane.isReading = true;
    this.#parts.own(this.#window(lane));
  }

  /** Places that became free go to the lanes that found none. */
  readStarved(): void {
    // Asked after every attempt: with all places taken there is nothing to look for among thousands of lanes.
    for (const lane of this.#starved) {
      if (this.#parts.places.isTaken) return;
      // A lane that holds much may have to wait while one that holds little need not.
      if (this.#parts.places.freeFor(lane) === 0) continue;
      this.#starved.delete(lane);
      this.read(lane);
    }
  }

  async #window(lane: Lane): Promise<void> {
    const { clock, log, due, settings } = this.#parts;
    try {
      await this.#claim(lane);
    } catch (thrown) {
      log.error({ err: thrown, endpointId: lane.endpointId }, 'a lane could not be read');
      due.wakeAt(lane.endpointId, clock.now() + settings.reconcileMs);
    }
    lane.isReading = false;
    this.readStarved(); // the read held room for more than it found
    this.read(lane);
  }

  async #claim(lane: Lane): Promise<void> {
    const { ledger, clock, ids, settings, configuration, places } = this.#parts;
    const { endpointId } = lane;
    lane.hasStored = false; // set again by whoever stores while we read
    const { changes } = lane;
    const endpoint = lane.target?.endpoint ?? (await configuration.endpoints.byId(endpointId));
    if (lane.changes !== changes) {
      lane.hasStored = true;
      return;
    }
    if (endpoint === null) this.#parts.gone(lane);
    if (endpoint === null || endpoint.disabled) {
      const state = endpoint === null ? 'cancelled' : 'dead';
      const reason = endpoint === null ? 'endpoint_deleted' : 'endpoint_disabled';
      const closed = await ledger.closeLane({ endpointId, state, reason, limit: CLOSE_AT_ONCE });
      if (closed === CLOSE_AT_ONCE) lane.hasStored = true;
      return;
    }
    this.#parts.follow(lane, endpoint);
    const now = clock.now();
    const room = Math.min(lane.room(now), places.freeFor(lane));
    if (room === 0) {
      lane.hasStored = true;
      return;
    }
    const leaseEndsAt = now + settings.leaseMs;
    const attemptIds = Array.from({ length: room }, () => ids.next());
    const retries = Math.min(lane.roomForRetries(now), Math.ceil(room / 2));
    // Lanes that are read at the same time must not count on the same bytes, nor take them all from intake.
    const payloadBytes = places.freeBytesFor(lane);
    places.setAside(payloadBytes);
    for (let place = 0; place < room; place += 1) places.hold(lane, 0);
    let claims: readonly Claim[] = [];
    try {
      const types = lane.pausedTypes;
      const request = {
        endpointId,
        now,
        leaseEndsAt,
        attemptIds,
        retries,
        payloadBytes,
        pausedTypes: [...types],
      };
      const window = await ledger.claim(request);
      claims = window.claims;
      const { nextDueAt, nextRetryAt, setAside } = window;
      if (setAside > 0) this.#parts.setAside(endpointId, types !== lane.pausedTypes);
      const isSome = claims.length > 0 || setAside > 0;
      this.#comeBack(lane, nextDueAt, now, isSome, now + settings.reconcileMs);
      const budgetAt = lane.nextRetryAt(now);
      this.#comeBack(
        lane,
        nextRetryAt,
        now,
        isSome && budgetAt <= now,
        Math.max(budgetAt, now + 1),
      );
    } finally {
      places.setAside(-payloadBytes);
      for (let place = claims.length; place < room; place += 1) places.letGo(lane, 0);
    }
    this.#parts.receive(lane, claims);
  }

  /**
   * @param isMore what is due already can be claimed by the next read; otherwise it can from `laterAt` on: reading on
   * at once would never end.
   */
  #comeBack(lane: Lane, dueAt: number, now: number, isMore: boolean, laterAt: number): void {
    if (dueAt > now) this.#parts.due.wakeAt(lane.endpointId, dueAt);
    else if (isMore) lane.hasStored = true;
    else this.#parts.due.wakeAt(lane.endpointId, laterAt);
  }
}
