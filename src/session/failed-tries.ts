import { fault, TokenBucket, type Clock } from '../core/index.ts';

/** Tries to sign in that failed, by where they came from. */
export type FailedTries = {
  /** Throws `rate_limited` where too many failed of late. */
  assertMayTry(address: string): void;
  failed(address: string): void;
};

const PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Addresses that are told apart; with more of them all begin anew. */
const MOST_ADDRESSES = 10_000;

/** Ten a minute and address. A network of IPv6 counts as one address: it has more than anybody could count. */
export function createFailedTries(clock: Clock): FailedTries {
  const buckets = new Map<string, TokenBucket>();

  return {
    assertMayTry(address) {
      const now = clock.now();
      const bucket = buckets.get(networkOf(address));
      if (bucket === undefined || bucket.level(now) >= 1) return;
      const retryAfterSeconds = Math.max(1, Math.ceil((bucket.nextAt(now) - now) / 1000));
      throw fault('rate_limited', {
        detail: 'Too many tries to sign in failed. Try again after the given seconds.',
        retryAfterSeconds,
      });
    },
    failed(address) {
      const network = networkOf(address);
      const now = clock.now();
      let bucket = buckets.get(network);
      if (bucket === undefined) {
        if (buckets.size >= MOST_ADDRESSES) buckets.clear();
        bucket = new TokenBucket((PER_MINUTE * 1000) / MINUTE_MS, PER_MINUTE, now);
        buckets.set(network, bucket);
      }
      bucket.take(now);
    },
  };
}

/** Its first 64 bits, of IPv6; IPv4 also where it is written in IPv6. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return whole.slice(0, 4).join(':');
}
