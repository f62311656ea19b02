import { createHash, type X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';
import type { CertificateLink } from '../ledger/index.ts';

/** Whatever a peer sends, this much of it is kept. */
const LONGEST_CHAIN = 10;
const LONGEST_NAME = 256;

/** The fingerprints of a verified chain, leaf to root: what tells one chain from another. */
export function fingerprintsOf(leaf: PeerCertificate): string {
  let fingerprints = '';
  for (const { fingerprint256 } of links(leaf)) fingerprints += fingerprint256;
  return fingerprints;
}

/** A verified chain, leaf to root, names and length bounded. Moments are milliseconds since the Unix epoch. */
export function chainOf(leaf: PeerCertificate): readonly CertificateLink[] {
  return Array.from(links(leaf), (link) => ({
    fingerprint: link.fingerprint256,
    subject: nameOf(link.subject),
    issuer: nameOf(link.issuer),
    validFrom: Date.parse(link.valid_from),
    validTo: Date.parse(link.valid_to),
  }));
}

/** Hex digits that tell one chain from another: 64 bits. */
const FINGERPRINT_DIGITS = 16;

/**
 * What tells which chain an attempt met: 16 hex digits of the SHA-256 over the fingerprints from the leaf up. The root is
 * left out, as a verified chain has it from our store and one that was not trusted has none, so that the same chain is
 * the same text before and after it was trusted.
 */
export function chainFingerprint(
  chain: readonly Pick<CertificateLink, 'fingerprint' | 'subject' | 'issuer'>[],
): string {
  const hash = createHash('sha256');
  chain.forEach(({ fingerprint, subject, issuer }, nth) => {
    if (nth === 0 || subject !== issuer) hash.update(fingerprint);
  });
  return hash.digest('hex').slice(0, FINGERPRINT_DIGITS);
}

/** The same of what a peer presented, whether or not it was trusted. */
export function presentedFingerprint(leaf: X509Certificate): string {
  const chain: Pick<CertificateLink, 'fingerprint' | 'subject' | 'issuer'>[] = [];
  let link: X509Certificate | undefined = leaf;
  for (let count = 0; link !== undefined && count < LONGEST_CHAIN; count += 1) {
    chain.push({ fingerprint: link.fingerprint256, subject: link.subject, issuer: link.issuer });
    const above: X509Certificate | undefined = link.issuerCertificate;
    link = above?.fingerprint256 === link.fingerprint256 ? undefined : above;
  }
  return chainFingerprint(chain);
}

/** Which certificate a peer presented, in a sentence, for one that was not accepted. */
export function presentedText({ subject, issuer, validTo }: X509Certificate): string {
  const until = Date.parse(validTo);
  const moment = Number.isFinite(until) ? new Date(until).toISOString() : 'an unknown moment';
  return `The certificate presented is of ${plain(subject)}, by ${plain(issuer)}, valid to ${moment}.`;
}

/** From the leaf up, each certificate once; a root names itself as its issuer. */
function* links(leaf: PeerCertificate): Generator<PeerCertificate> {
  let link: PeerCertificate | undefined = leaf;
  for (let count = 0; link !== undefined && count < LONGEST_CHAIN; count += 1) {
    yield link;
    const above: PeerCertificate | undefined = isDetailed(link)
      ? link.issuerCertificate
      : undefined;
    link = above === link ? undefined : above;
  }
}

function isDetailed(certificate: PeerCertificate): certificate is DetailedPeerCertificate {
  return 'issuerCertificate' in certificate && certificate.issuerCertificate !== undefined;
}

/** `CN=receiver.test, O=Acme`: a part may be there more than once. */
function nameOf(name: PeerCertificate['subject']): string {
  const parts = Object.entries(name ?? {}).flatMap(([key, values]) =>
    [values].flat().map((value) => `${key}=${value}`),
  );
  return plain(parts.join(', '));
}

/** One line without control characters, cut. */
function plain(name: string): string {
  const line = name
    .slice(0, 4 * LONGEST_NAME)
    .trim()
    .replaceAll('\n', ', ');
  const clean = line.replaceAll(/\p{C}/gu, '\u{fffd}');
  return clean.length > LONGEST_NAME
    ? `${clean.slice(0, LONGEST_NAME - 1)}…`
    : clean || '(no name)';
}
