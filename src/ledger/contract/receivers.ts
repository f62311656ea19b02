import type { Certificate, CertificateLink } from '../records.ts';
import type { Sighting } from '../sightings.ts';
import type { Page } from './paging.ts';

/** What receivers show of themselves: certificates, addresses, headers. */
export type ReceiverWrites = {
  /** Keeps the chain that a receiver shows; one that is new for it becomes a change. */
  observeCertificate(request: ObserveCertificate): Promise<ObserveResult>;
  /** Keeps what else a receiver shows; what is new for one that is known becomes a change. */
  observe(request: Observe): Promise<ObserveResult>;
};

export type ReceiverReads = {
  certificates(
    request: { readonly expiresBefore?: number | undefined } & Page,
  ): Promise<readonly Certificate[]>;
  /** Of the peers seen since a moment, those whose certificates expire before another; the soonest first. */
  certificatesToRenew(request: {
    readonly expiresBefore: number;
    readonly seenSince: number;
    readonly limit: number;
  }): Promise<readonly Certificate[]>;
  /** How many certificates expire in [fromAt, beforeAt), as they were seen last. */
  expiringCertificates(request: {
    readonly fromAt: number;
    readonly beforeAt: number;
  }): Promise<number>;
};

export type ObserveCertificate = {
  /** Of the change, or of the certificate where it is the first of its peer. */
  readonly id: number;
  /** host:port */
  readonly peer: string;
  /** Leaf to root, at least the leaf. */
  readonly chain: readonly CertificateLink[];
  readonly at: number;
};

/** known: it was seen before; held: it was not, and is told of together with what follows. */
export type ObserveResult = 'first' | 'known' | 'held' | 'changed';

export type Observe = {
  /** Of the change. */
  readonly id: number;
  readonly kind: 'address' | 'server';
  /** host:port */
  readonly peer: string;
  readonly shown: readonly Sighting[];
  readonly at: number;
  /** How long a peer is learned, from the first time it is seen: nothing is a change until then. */
  readonly learnMs: number;
};
