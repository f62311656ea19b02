import type { Settings } from '../core/index.ts';
import type { Lane } from './lane.ts';

export type PlacesSettings = Pick<Settings, 'maxInFlight' | 'maxInFlightBytes'>;

/** Deliveries are held for each one that may be under way: a freed connection finds its next one in memory. */
const HELD_PER_SENDING = 2;

/**
 * What all lanes share: places in memory, their bytes, and requests under way. A lane may take as many as are left
 * free by all of them together, and no more (dynamic thresholds: Choudhury and Hahne, IEEE/ACM Trans. Networking 6(2),
 * 1998, with α = 1). So a lane alone may use half of the places, and however many lanes hang on to theirs, some are
 * always left for one that has none.
 */
export class Places {
  readonly #settings: PlacesSettings;
  readonly #mostHeld: number;
  #held = 0;
  #heldBytes = 0;
  #sending = 0;

  constructor(settings: PlacesSettings) {
    this.#settings = settings;
    this.#mostHeld = settings.maxInFlight * HELD_PER_SENDING;
  }

  get held(): number {
    return this.#held;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  get sending(): number {
    return this.#sending;
  }

  get freeBytes(): number {
    return Math.max(0, this.#settings.maxInFlightBytes - this.#heldBytes);
  }

  /** Nothing is left for any lane. */
  get isTaken(): boolean {
    return this.#held >= this.#mostHeld || this.freeBytes === 0;
  }

  /** Deliveries that the lane may hold beside those it holds. */
  freeFor(lane: Lane): number {
    const free = this.#mostHeld - this.#held;
    // One by one it could take places as long as it holds fewer than are free: half of the difference.
    return this.freeBytes === 0 ? 0 : Math.max(0, Math.ceil((free - lane.held) / 2));
  }

  /** Bytes of payload that the lane may hold beside those it holds. */
  freeBytesFor(lane: Lane): number {
    return Math.max(0, Math.ceil((this.freeBytes - lane.heldBytes) / 2));
  }

  hasBytesFor(lane: Lane, payloadBytes: number): boolean {
    return lane.heldBytes + payloadBytes <= this.freeBytes;
  }

  hold(lane: Lane, payloadBytes: number): void {
    lane.held += 1;
    this.#held += 1;
    this.fill(lane, payloadBytes);
  }

  /** Puts a payload into a place that is held. */
  fill(lane: Lane, payloadBytes: number): void {
    lane.heldBytes += payloadBytes;
    this.#heldBytes += payloadBytes;
  }

  letGo(lane: Lane, payloadBytes: number): void {
    lane.held -= 1;
    this.#held -= 1;
    this.fill(lane, -payloadBytes);
  }

  /** Bytes that a read under way may bring; given back before what it brought is held. */
  setAside(bytes: number): void {
    this.#heldBytes += bytes;
  }

  maySend(lane: Lane): boolean {
    const free = this.#settings.maxInFlight - this.#sending;
    return lane.sending < free;
  }

  get isFull(): boolean {
    return this.#sending >= this.#settings.maxInFlight;
  }

  send(lane: Lane): void {
    lane.sending += 1;
    this.#sending += 1;
  }

  sent(lane: Lane): void {
    lane.sending -= 1;
    this.#sending -= 1;
  }
}
