import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { systemClock } from '../core/index.ts';

const DAY_MS = 86_400_000;

export type Authority = { readonly name: string; readonly key: KeyObject; readonly pem: string };

export type Issued = {
  /** PEM of the private key, and of the certificate with those above it that are sent along. */
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the certificate, as Node writes it. */
  readonly fingerprint: string;
};

export type Wanted = {
  readonly name?: string;
  readonly from?: number;
  readonly to?: number;
};

let serial = 0x10_00_00;

/** A certificate authority of its own; with one above it, an intermediate one. */
export function createAuthority(name: string, above?: Authority): Authority {
  const keys = keyPair();
  const issuer = above ?? { name, key: keys.privateKey };
  const der = certificate({ name, issuer, publicKey: keys.publicKey, isAuthority: true });
  return { name, key: keys.privateKey, pem: pem('CERTIFICATE', der) };
}

/** A certificate for a name (and 127.0.0.1), valid from yesterday for 90 days unless said otherwise. */
export function issue(
  issuer: Authority,
  wanted: Wanted = {},
  along: readonly Authority[] = [],
): Issued {
  const { name = 'receiver.test', from, to } = wanted;
  const { privateKey, publicKey } = keyPair();
  const der = certificate({ name, issuer, publicKey, isAuthority: false, from, to });
  const hex = createHash('sha256').update(der).digest('hex').toUpperCase();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: [pem('CERTIFICATE', der), ...along.map((each) => each.pem)].join(''),
    fingerprint: hex.match(/../g)?.join(':') ?? '',
  };
}

/** One that no authority vouches for. */
export function selfSigned(name = 'receiver.test'): Issued {
  const { privateKey } = keyPair();
  return issue({ name, key: privateKey, pem: '' }, { name });
}

function keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

type Plan = {
  readonly name: string;
  readonly issuer: Pick<Authority, 'name' | 'key'>;
  readonly publicKey: KeyObject;
  readonly isAuthority: boolean;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** X.509 version 3 in DER (RFC 5280 section 4.1), no more of it than TLS needs. */
function certificate({ name, issuer, publicKey, isAuthority, from, to }: Plan): Buffer {
  const now = systemClock.now();
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const truth = tagged(0x01, Buffer.from([0xff]));
  const extensions = isAuthority
    ? [sequence(oid('551d13'), truth, tagged(0x04, sequence(truth)))]
    : [sequence(oid('551d11'), tagged(0x04, sequence(dnsName(name), tagged(0x87, LOOPBACK))))];
  serial += 1;
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(time(from ?? now - DAY_MS), time(to ?? now + 90 * DAY_MS)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer.key);
  return sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
}

const LOOPBACK = Buffer.of(127, 0, 0, 1);

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  // In as few bytes as can be: browsers refuse any other form.
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const dnsName = (name: string): Buffer => tagged(0x82, Buffer.from(name));

/** A positive number whose first bit would not be taken for a sign. */
function integer(value: number): Buffer {
  const hex = value.toString(16);
  return tagged(0x02, Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return tagged(0x18, Buffer.from(digits));
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
