import { Socket, type LookupFunction } from 'node:net';
import { checkServerIdentity, TLSSocket, type PeerCertificate } from 'node:tls';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import { fault, type HoldfastError } from '../core/index.ts';
import type { AddressWatch } from './address-watch.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import type { Connection } from './connection.ts';
import { chainFingerprint, chainOf } from './peer-certificate.ts';
import {
  isCovered,
  loopbackAddresses,
  parseAddress,
  parseSubnet,
  rangeOf,
  type Address,
} from './address-ranges.ts';
import { createResolver, type Resolve } from './resolver.ts';
import { isHostName, isLocalhost, parseEndpointUrl } from './endpoint-url.ts';

export type VettedAddress = { readonly address: string; readonly family: 4 | 6 };

/**
 * Keeps requests away from everything that is not public: whoever may register an endpoint could
 * otherwise make this service talk to the network it stands in (server-side request forgery).
 */
export type AddressGuard = {
  /**
   * The URL of a new endpoint. Names are not resolved here: that is done for each connection.
   * Throws `url_invalid`, or `address_refused` for an address literal or localhost; field `url`.
   */
  assertUrlAllowed(url: string): URL;
  /**
   * The address that a host literal stands for, with or without brackets; undefined for a name.
   * Throws `address_refused`, also for spellings such as `127.1`, `0x7f000001` and `2130706433`.
   */
  vetLiteral(hostname: string): VettedAddress | undefined;
  /**
   * All addresses of a host. Throws `address_refused` if any one of them is not allowed: a name on
   * both sides of the wall is an attack or a mistake. Passes on what the resolver throws.
   */
  vet(hostname: string): Promise<readonly VettedAddress[]>;
};

export type AddressGuardOptions = {
  /** CIDR subnets that may be reached although they are not public, by default none. */
  readonly allowedSubnets: readonly string[];
  /** The system's name servers and hosts file by default (resolver.ts). */
  readonly resolve?: Resolve;
};

/** Throws `config_invalid` for a malformed subnet. */
export function createAddressGuard(options: AddressGuardOptions): AddressGuard {
  const { resolve = createResolver() } = options;
  const allowedSubnets = options.allowedSubnets.map(parseSubnet);
  const isAllowed = (address: Address): boolean =>
    rangeOf(address) === 'unicast' || allowedSubnets.some((subnet) => isCovered(address, subnet));

  /** Names the range but not the address: what an internal name resolves to is not for strangers. */
  const vetAddress = (text: string, hostname: string): VettedAddress => {
    const address = parseAddress(text);
    if (address === undefined) throw refused(`${hostname} leads to what is no IP address.`);
    if (isAllowed(address)) return { address: text, family: address.kind() === 'ipv4' ? 4 : 6 };
    throw refused(`${hostname} leads to an address that is not public (${rangeOf(address)}).`);
  };

  const vetLiteral = (hostname: string): VettedAddress | undefined => {
    const host = /^\[(.*)\]$/.exec(hostname)?.[1] ?? hostname;
    if (parseAddress(host) !== undefined) return vetAddress(host, hostname);
    if (isHostName(hostname)) return undefined;
    throw refused(`"${hostname}" is neither a host name nor the usual form of an IP address.`);
  };

  const vet = async (hostname: string): Promise<readonly VettedAddress[]> => {
    const literal = vetLiteral(hostname);
    if (literal !== undefined) return [literal];
    const resolved = await resolve(hostname);
    if (resolved.length > 0) return resolved.map(({ address }) => vetAddress(address, hostname));
    throw Object.assign(new Error(`${hostname} has no address.`), { code: 'ENODATA' });
  };

  const isLoopbackAllowed = loopbackAddresses.some(isAllowed);
  const assertUrlAllowed = (text: string): URL => {
    const url = parseEndpointUrl(text);
    if (isLocalhost(url.hostname) && !isLoopbackAllowed) {
      throw refused(`${url.hostname} leads to this machine itself.`);
    }
    vetLiteral(url.hostname);
    return url;
  };

  return { assertUrlAllowed, vetLiteral, vet };
}

export type GuardedConnectOptions = {
  /** For name resolution, TCP and TLS together. undici's timer may add up to a second to it. */
  readonly connectTimeoutMs: number;
  /** Gets the chain of every handshake that was verified. */
  readonly certificates?: CertificateWatch | undefined;
  /** Gets what the name of every connection was resolved to. */
  readonly addresses?: AddressWatch | undefined;
};

/** An undici connector that also writes down how the connection comes about. */
export type GuardedConnect = (
  options: buildConnector.Options,
  callback: buildConnector.Callback,
  connection?: Connection,
) => void;

/**
 * Node tries a host's addresses one after the other and gives up on each but the last after this
 * time. Its default of 500 ms loses hosts far away that also have an IPv6 address without a route;
 * this leaves time for one lost SYN, which is sent again after a second (RFC 6298).
 */
const ADDRESS_TIMEOUT_MS = 2500;

/**
 * An undici connector, for `new Agent({ connect })`. Each connection resolves the name itself, vets
 * what it got and takes only that, so a name that changes its address between check and connect
 * gains nothing. Host header, SNI and the certificate's check keep the name. HTTP/1.1 only.
 */
export function createGuardedConnect(
  guard: AddressGuard,
  { connectTimeoutMs, certificates, addresses }: GuardedConnectOptions,
): GuardedConnect {
  // Node reads the whole chain for this check, which it makes right before it says that the session is secure, and does
  // not make for one that resumes an earlier session; reading it again would cost 0.3 ms more.
  let verified: PeerCertificate | undefined;
  const resumable = new ResumableChains();
  const connect = buildConnector({
    checkServerIdentity(hostname, certificate) {
      verified = certificate;
      return checkServerIdentity(hostname, certificate);
    },
    timeout: connectTimeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
    lookup: vettedLookup(guard),
  });
  return (options, callback, connection) => {
    // node:net looks up names only. undici passes on what is thrown here like any failed connection.
    const isName = guard.vetLiteral(options.hostname) === undefined;
    // The types say void, yet undici's connectors answer with the socket.
    // oxlint-disable-next-line typescript/no-confusing-void-expression -- see above
    const socket: unknown = connect(options, callback);
    // First, so that what is read of the chain below is no part of its time.
    if (socket instanceof Socket) {
      connection?.follow(socket, { isName, isTls: options.protocol === 'https:' });
    }
    if (socket instanceof TLSSocket) {
      // Before Node checks: it closes a session that it does not trust at once, and its certificate is gone.
      socket.prependOnceListener('secure', () => {
        verified = undefined;
        if (connection === undefined) return;
        connection.presented = socket.getPeerX509Certificate();
      });
      socket.once('secureConnect', () => {
        const leaf = verified;
        verified = undefined;
        if (connection !== undefined) {
          connection.presented = undefined;
          connection.certificate = resumable.chainOf(options.hostname, leaf);
        }
        if (leaf === undefined || certificates === undefined) return;
        certificates.observe(`${options.hostname}:${options.port || '443'}`, leaf);
      });
    }
    if (socket instanceof Socket) {
      if (isName && addresses !== undefined) {
        const port = options.port || (options.protocol === 'https:' ? '443' : '80');
        observeLookup(socket, (found) => addresses.observe(`${options.hostname}:${port}`, found));
      }
    }
  };
}

/** Hosts whose chain is remembered for sessions that are resumed. */
const MOST_RESUMABLE = 10_000;

/** A resumed session shows no certificate (RFC 8446 section 2.2): its chain is that of the last full handshake. */
class ResumableChains {
  readonly #chains = new Map<string, string>();

  /** @param leaf of a verified chain; undefined: the session was resumed. */
  chainOf(hostname: string, leaf: PeerCertificate | undefined): string | null {
    if (leaf === undefined) return this.#chains.get(hostname) ?? null;
    const chain = chainFingerprint(chainOf(leaf));
    this.#chains.delete(hostname);
    const [oldest] = this.#chains.keys();
    if (this.#chains.size >= MOST_RESUMABLE && oldest !== undefined) this.#chains.delete(oldest);
    this.#chains.set(hostname, chain);
    return chain;
  }
}

/** All addresses that the socket's name was resolved to: node:net tells of each, one after the other in one turn. */
function observeLookup(socket: Socket, take: (found: readonly string[]) => void): void {
  const found: string[] = [];
  socket.on('lookup', (error, address) => {
    if (error) return;
    if (found.length === 0) queueMicrotask(() => take(found));
    found.push(address);
  });
}

function vettedLookup(guard: AddressGuard): LookupFunction {
  const vet = callbackify((hostname: string) => guard.vet(hostname));
  return (hostname, { all }, callback) => {
    vet(hostname, (error, addresses) => {
      // With an error there are no addresses, whatever the types of callbackify say.
      const [first] = error ? [] : addresses;
      if (first === undefined) callback(error, '');
      else if (all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(detail: string): HoldfastError {
  return fault('address_refused', { field: 'url', detail });
}
