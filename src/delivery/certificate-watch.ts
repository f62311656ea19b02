import type { PeerCertificate } from 'node:tls';
import type { Clock, IdSource, Log } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { chainOf, fingerprintsOf } from './peer-certificate.ts';

export type CertificateWatch = {
  /**
   * Takes the verified chain of a new TLS session with `peer` (host:port). Costs a comparison where the chain is the
   * one of before and was written down today. Never throws; the ledger, when it closes, waits for what was begun.
   */
  observe(peer: string, leaf: PeerCertificate): void;
};

export type CertificateWatchParts = {
  readonly ledger: Pick<Ledger, 'observeCertificate'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
};

const DAY_MS = 86_400_000;
/** A certificate that expires sooner than this is warned of. */
export const EXPIRY_WARNING_MS = 21 * DAY_MS;
/** Peers in memory; of those beyond, the ledger knows what was seen. */
const MOST_PEERS = 10_000;
/** Chains of a peer that are told apart without asking the ledger. */
const MOST_KNOWN = 8;
/** A peer that shows another chain each time is written down this often. */
const WRITE_EVERY_MS = 60_000;

type Seen = { known: readonly string[]; day: number; warnedDay: number; writtenAt: number };

/** Watches the certificates of receivers: a renewal becomes an observed change, a near expiry a warning a day. */
export function createCertificateWatch({
  ledger,
  clock,
  ids,
  log,
}: CertificateWatchParts): CertificateWatch {
  const peers = new Map<string, Seen>();

  const seenOf = (peer: string): Seen => {
    const known = peers.get(peer);
    if (known !== undefined) return known;
    const [oldest] = peers.keys();
    if (peers.size >= MOST_PEERS && oldest !== undefined) peers.delete(oldest);
    const seen = { known: [], day: -1, warnedDay: -1, writtenAt: -Infinity };
    peers.set(peer, seen);
    return seen;
  };

  const write = async (
    peer: string,
    leaf: PeerCertificate,
    seen: Seen,
    now: number,
  ): Promise<void> => {
    const chain = chainOf(leaf);
    const expiresAt = Math.min(...chain.map(({ validTo }) => validTo));
    const [link] = chain;
    const fields = { peer, subject: link?.subject, expiresAt: new Date(expiresAt).toISOString() };
    if (expiresAt - now < EXPIRY_WARNING_MS && seen.warnedDay !== seen.day) {
      seen.warnedDay = seen.day;
      log.warn(fields, 'the certificate of a receiver expires soon');
    }
    const result = await ledger.observeCertificate({ id: ids.next(), peer, chain, at: now });
    if (result === 'changed') log.info(fields, 'a receiver shows another certificate');
  };

  return {
    observe(peer, leaf) {
      const fingerprints = fingerprintsOf(leaf);
      const seen = seenOf(peer);
      const now = clock.now();
      const day = Math.floor(now / DAY_MS);
      const isKnown = seen.known.includes(fingerprints);
      if (isKnown && seen.day === day) return;
      const isRestless = seen.day === day && seen.known.length >= MOST_KNOWN;
      if (isRestless && now - seen.writtenAt < WRITE_EVERY_MS) return;
      if (!isKnown) seen.known = [fingerprints, ...seen.known].slice(0, MOST_KNOWN);
      seen.day = day;
      seen.writtenAt = now;
      write(peer, leaf, seen, now).catch((thrown: unknown) => {
        seen.day = -1; // the next session is written down instead
        log.warn({ err: thrown, peer }, 'a certificate could not be written down');
      });
    },
  };
}
