import type { Sighting } from '../ledger/index.ts';
import { parseAddress, prefixOf } from './address-ranges.ts';
import { createObservationWatch, type ObservationWatchParts } from './observation-watch.ts';

export type AddressWatch = {
  /** Takes what the name of a peer (host:port) was resolved to for a new connection. Never throws. */
  observe(peer: string, addresses: readonly string[]): void;
};

/** Whatever a name server answers, so many addresses of it are looked at. */
const MOST_ADDRESSES = 64;
/** Of one prefix. */
const MOST_SHOWN = 8;

/**
 * Watches the addresses of receivers. Addresses count by prefix, /24 and /48: neighbours stand in for each other, and
 * an answer names some of a pool in any order.
 */
export function createAddressWatch(parts: ObservationWatchParts): AddressWatch {
  const watch = createObservationWatch('address', parts);
  return {
    observe(name, addresses) {
      const peer = watch.peer(name);
      if (peer !== undefined) watch.observe(peer, sightingsOf(addresses));
    },
  };
}

/** One for each prefix, whatever the order of the addresses. */
function sightingsOf(addresses: readonly string[]): readonly Sighting[] {
  const prefixes = new Map<string, string[]>();
  for (const text of addresses.slice(0, MOST_ADDRESSES).toSorted()) {
    const address = parseAddress(text);
    if (address === undefined) continue;
    const prefix = prefixOf(address);
    const known = prefixes.get(prefix) ?? [];
    if (known.length < MOST_SHOWN && !known.includes(text)) known.push(text);
    prefixes.set(prefix, known);
  }
  return Array.from(prefixes, ([key, texts]) => ({ name: 'addresses', key, texts }));
}
