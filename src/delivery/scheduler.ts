import type { Claim } from '../ledger/index.ts';
import type { Lane } from './lane.ts';
import type { Places } from './places.ts';

/** What a lane may spend in its turn, in bytes. */
const QUANTUM = 4096;
/** What a request costs beside its payload: head, signature, answer. */
const REQUEST_BYTES = 1024;

/**
 * Deficit round robin over the lanes that have something to start (Shreedhar and Varghese, SIGCOMM 1995): each turn
 * adds a quantum of bytes to what a lane may send, so that where places are scarce lanes of small and of large payloads
 * get the same bytes, and elsewhere no lane sends two large ones before the others had a turn. A lane that rests or is full is not in the ring and costs nothing; whoever changes that puts
 * it back.
 */
export class Scheduler {
  /** The ring: lanes in the order of their turns. */
  readonly #ready = new Set<Lane>();
  /** Lanes that have used up their share of the requests under way, and go on once more of it is free. */
  readonly #overShare = new Set<Lane>();
  /** The lane whose turn was cut short because all places were taken: it goes on with what it may still spend. */
  #inTurn: Lane | null = null;
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
    this.#end(lane);
  }

  /** Starts all that may start now. */
  serve(now: number): void {
    // What a start does may come back here; the loop below goes on with it.
    if (this.#isServing || this.#places.isFull) return;
    this.#isServing = true;
    // So many lanes at most as there are places for each one that is free.
    for (const lane of this.#overShare) if (this.#places.maySend(lane)) this.add(lane);
    for (const lane of this.#ready) {
      if (this.#places.isFull) break;
      if (this.#inTurn !== lane) lane.deficit += QUANTUM;
      this.#inTurn = null;
      const end = this.#turn(lane, now);
      // Lanes that have more to start than their turn allowed go to the end of the set, which this loop then reaches
      // again. A lane whose turn is cut short keeps its place at the front.
      if (end === 'cut_short') {
        this.#inTurn = lane;
        break;
      }
      this.#ready.delete(lane);
      if (end === 'spent') this.#ready.add(lane);
      else this.#end(lane);
      if (end === 'over_share') this.#overShare.add(lane);
    }
    this.#isServing = false;
  }

  #end(lane: Lane): void {
    lane.deficit = 0;
    this.#overShare.delete(lane);
    if (this.#inTurn === lane) this.#inTurn = null;
  }

  #turn(lane: Lane, now: number): 'spent' | 'idle' | 'over_share' | 'cut_short' {
    while (this.#places.maySend(lane)) {
      const next = lane.next(now);
      if (next === null) {
        this.#wakeAt(lane.endpointId, lane.nextStartAt(now));
        return 'idle';
      }
      const cost = next.payload.length + REQUEST_BYTES;
      if (cost > lane.deficit) return 'spent';
      lane.deficit -= cost;
      this.#start(lane, lane.take(next, now));
    }
    return this.#places.isFull ? 'cut_short' : 'over_share';
  }
}
