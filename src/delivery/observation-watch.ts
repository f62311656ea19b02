import type { Clock, IdSource, Log } from '../core/index.ts';
import type { Ledger, Sighting } from '../ledger/index.ts';

export type ObservationWatchParts = {
  readonly ledger: Pick<Ledger, 'observe'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** How long a peer is learned before what it shows new is a change. */
  readonly learnMs: number;
};

/** What is known in memory of one peer. */
export type Peer = {
  readonly name: string;
  /** What it showed, and the day on which that was written down last. */
  readonly days: Map<string, number>;
  /** What waits to be told, or could not be written, is written again from then on. */
  heldUntil: number;
  writtenAt: number;
};

export type ObservationWatch = {
  /** The one of this name; undefined where too many others were seen in the last moments. */
  peer(name: string): Peer | undefined;
  /**
   * Takes what a peer shows. Costs a look-up for each sighting where all are known and were written down today. Never
   * throws; the ledger, when it closes, waits for what was begun.
   */
  observe(peer: Peer, shown: readonly Sighting[]): void;
};

export const DAY_MS = 86_400_000;
/** Peers in memory; of those beyond, the ledger knows what was seen. */
const MOST_PEERS = 10_000;
/** With more peers than that in use, each one would be written down each time. */
const FORGET_EVERY_MS = 10;
/** Sightings of a peer that are known without asking the ledger. */
const MOST_KNOWN = 16;
/** A peer that shows something else each time is written down this often. */
const WRITE_EVERY_MS = 60_000;
const HELD_MS = 3_600_000;

const messages = {
  address: 'a receiver has other addresses',
  server: 'a receiver shows another version',
} as const;

/** Watches what receivers show beside their answers; what is new of a peer becomes an observed change. */
export function createObservationWatch(
  kind: keyof typeof messages,
  { ledger, clock, ids, log, learnMs }: ObservationWatchParts,
): ObservationWatch {
  const peers = new Map<string, Peer>();
  let forgotAt = -Infinity;

  const write = async (peer: Peer, shown: readonly Sighting[], at: number): Promise<void> => {
    const { name } = peer;
    const result = await ledger.observe({ id: ids.next(), kind, peer: name, shown, at, learnMs });
    if (result === 'held') peer.heldUntil = at + HELD_MS;
    if (result === 'changed') log.info({ peer: name, shown }, messages[kind]);
  };

  return {
    peer(name) {
      const known = peers.get(name);
      if (known !== undefined) return known;
      if (peers.size >= MOST_PEERS) {
        const now = clock.now();
        if (now - forgotAt < FORGET_EVERY_MS) return undefined;
        forgotAt = now;
        const [oldest] = peers.keys();
        if (oldest !== undefined) peers.delete(oldest);
      }
      const peer = { name, days: new Map(), heldUntil: Infinity, writtenAt: -Infinity };
      peers.set(name, peer);
      return peer;
    },
    observe(peer, shown) {
      const now = clock.now();
      const day = Math.floor(now / DAY_MS);
      const { days } = peer;
      const isHeldOver = now >= peer.heldUntil;
      const news = shown.filter((each) => days.get(idOf(each)) !== day);
      if (news.length === 0 && !isHeldOver) return;
      const isRestless = days.size >= MOST_KNOWN;
      if (isRestless && !isHeldOver && now - peer.writtenAt < WRITE_EVERY_MS) {
        peer.heldUntil = Math.min(peer.heldUntil, peer.writtenAt + WRITE_EVERY_MS);
        return;
      }
      for (const each of news) {
        const id = idOf(each);
        days.delete(id);
        days.set(id, day);
      }
      while (days.size > MOST_KNOWN) {
        const [oldest] = days.keys();
        if (oldest !== undefined) days.delete(oldest);
      }
      peer.writtenAt = now;
      peer.heldUntil = Infinity;
      write(peer, shown, now).catch((thrown: unknown) => {
        peer.heldUntil = now + WRITE_EVERY_MS;
        log.warn({ err: thrown, peer: peer.name }, 'what a receiver shows could not be kept');
      });
    },
  };
}

function idOf({ name, key }: Sighting): string {
  return `${name}:${key}`;
}
