import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';
import { fault } from '../core/index.ts';

/** An address, parsed from the one spelling that is accepted: four decimals, or IPv6 without zone. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What a subnet of an allow-list covers. */
export type Subnet = { readonly base: Address; readonly prefixBits: number };

/**
 * Not public, and not in ipaddr.js. Azure's host answers here with the machine's credentials, on an
 * address that looks public; Azure's documentation: "What is IP address 168.63.129.16?"
 */
const hostServices = ipaddr.IPv4.parseCIDR('168.63.129.16/32');

/**
 * All that IANA has assigned for use on the Internet so far; what lies outside is refused whatever
 * its name, and with it what ipaddr.js calls unicast although it is special: `::a.b.c.d`
 * (RFC 4291 section 2.5.5.1), 100:0:0:1::/64 (RFC 9780), 200::/7 (RFC 4048).
 */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const ipv4Compatible = ipaddr.IPv6.parseCIDR('::/96');

export const loopbackAddresses: readonly Address[] = [
  ipaddr.IPv4.parse('127.0.0.1'),
  ipaddr.IPv6.parse('::1'),
];

/**
 * IPv6 prefixes whose addresses hold an IPv4 address, which a gateway or the system itself would
 * connect to, with the length of the prefix in bits. A network's own NAT64 prefix (RFC 6052 section
 * 2.2) looks like any other public one and cannot be known here.
 */
const embeddingPrefixBits: ReadonlyMap<string, number> = new Map([
  ['ipv4Mapped', 96],
  ['ipv4Compatible', 96],
  ['rfc6145', 96],
  ['rfc6052', 48],
  ['6to4', 16],
  ['teredo', 32],
]);

/** The address, or undefined for every other spelling, `127.1` and `fe80::1%eth0` among them. */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  return isIPv6(text) && !text.includes('%') ? ipaddr.IPv6.parse(text) : undefined;
}

/** The /24 or /48 that an address is in: what is commonly routed, and given to one network, as a whole. */
export function prefixOf(address: Address): string {
  if (address.kind() === 'ipv4') return `${address.toByteArray().slice(0, 3).join('.')}.0/24`;
  const groups = Array.from({ length: 3 }, (_, nth) => {
    const [high = 0, low = 0] = address.toByteArray().slice(2 * nth);
    return (256 * high + low).toString(16);
  });
  return `${groups.join(':')}::/48`;
}

/** A CIDR subnet such as `10.0.0.0/8` or `fd00::/8`. Throws `config_invalid`. */
export function parseSubnet(text: string): Subnet {
  const [address = '', bits = '', ...rest] = text.trim().split('/');
  const base = parseAddress(address);
  const widestBits = base?.kind() === 'ipv4' ? 32 : 128;
  if (
    base === undefined ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > widestBits ||
    rest.length > 0
  ) {
    const detail = `"${text}" is no subnet. Write it in CIDR notation, like 10.0.0.0/8 or fd00::/8.`;
    throw fault('config_invalid', { field: 'allowedSubnets', detail });
  }
  return { base, prefixBits: Number(bits) };
}

/**
 * The name of the special range an address lies in, `unicast` where it is public. By ipaddr.js, which
 * follows IANA's special-purpose registries, and by what it misses. Relays of retired or test
 * protocols that IANA lists as globally reachable (AS112, AMT, 6to4 anycast) count as special too:
 * nobody receives webhooks there.
 */
export function rangeOf(address: Address): string {
  const range = address.range();
  if (range !== 'unicast') return range;
  if (address.kind() === 'ipv4') return address.match(hostServices) ? 'hostServices' : range;
  if (address.match(globalUnicast)) return range;
  return address.match(ipv4Compatible) ? 'ipv4Compatible' : 'unassigned';
}

/**
 * Whether a subnet covers the address. An IPv4 subnet covers no IPv6 spelling of its addresses, and
 * a wide IPv6 one (`::/0`) does not cover the spellings of IPv4: they must be named, `::ffff:0:0/96`.
 */
export function isCovered(address: Address, { base, prefixBits }: Subnet): boolean {
  if (address.kind() !== base.kind() || !address.match(base, prefixBits)) return false;
  return prefixBits >= (embeddingPrefixBits.get(rangeOf(address)) ?? 0);
}
