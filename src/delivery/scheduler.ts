import type { Claim } from '../ledger/index.ts';
import type { Lane } from './lane.ts';
import type { Places } from './places.ts';

/** What a lane may spend in its turn, in bytes. */
const QUANTUM = 4096;
/** What a request costs beside its payload: head, signature, answer. */
const REQUEST_BYTES = 1024;

/**
 * Deficit round robin over the lanes that have something to start (Shreedhar and Varghese, SIGCOMM 1995): each turn
 * adds a quantum of bytes to what a lane may send, so that lanes of small and of large payloads get the same share of
 * the requests under way. A lane that rests or is full is not in the ring and costs nothing; whoever changes that puts
 * it back.
 */
export class Scheduler {
  /** The ring: lanes in the order of their turns. */
  readonly #ready = new Set<Lane>();
  readonly #places: Places;
  readonly #start: (lane: Lane, claim: Claim) => void;
  readonly #wakeAt: (endpointId: number, at: number) => void;
  #isServing = false;

  constructor(
    places: Places,
    start: (lane: Lane, claim: Claim) => void,
    wakeAt: (endpointId: number, at: number) => void,
  ) {
    this.#places = places;
    this.#start = start;
    this.#wakeAt = wakeAt;
  }

  add(lane: Lane): void {
    if (lane.waiting > 0) this.#ready.add(lane);
  }

  remove(lane: Lane): void {
    this.#ready.delete(lane);
    lane.deficit = 0;
  }

  /** Starts all that may start now. */
  serve(now: number): void {
    // What a start does may come back here; the loop below goes on with it.
    if (this.#isServing) return;
    this.#isServing = true;
    for (const lane of this.#ready) {
      if (this.#places.isFull) break;
      // Lanes whose turn is not over go to the end of the set, which this loop then reaches again.
      this.#ready.delete(lane);
      if (this.#turn(lane, now)) this.#ready.add(lane);
      else lane.deficit = 0;
    }
    this.#isServing = false;
  }

  /** True where the lane has more to start than its turn allowed. */
  #turn(lane: Lane, now: number): boolean {
    lane.deficit += QUANTUM;
    while (this.#places.maySend(lane)) {
      const next = lane.next(now);
      if (next === null) {
        this.#wakeAt(lane.endpointId, lane.nextStartAt(now));
        return false;
      }
      const cost = next.payload.length + REQUEST_BYTES;
      if (cost > lane.deficit) return true;
      lane.deficit -= cost;
      this.#start(lane, lane.take(next, now));
    }
    // Its share of the requests under way is used up: a request that ends puts it back.
    return this.#places.isFull;
  }
}
