import { fault, type Clock } from '../core/index.ts';

/**
 * A token bucket for each caller: `perSecond` on average, as much at once. Throws `rate_limited` with the whole
 * seconds after which one more request would pass. 0 sets no limit.
 *
 * Our own forty lines: the limit is needed after authentication and by token, where the Fastify plugin counts
 * fixed windows by address, and a bucket lets no double burst through at a window's border.
 */
export function createTokenRate(perSecond: number, clock: Clock): (tokenHash: string) => void {
  const buckets = new Map<string, Bucket>();
  if (perSecond === 0) return () => {};
  return (tokenHash) => {
    const now = clock.now();
    const bucket = buckets.get(tokenHash) ?? newBucket(tokenHash, now);
    const refill = (Math.max(0, now - bucket.at) * perSecond) / 1000;
    bucket.level = Math.min(perSecond, bucket.level + refill);
    bucket.at = now;
    if (bucket.level < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - bucket.level) / perSecond));
      throw fault('rate_limited', { retryAfterSeconds });
    }
    bucket.level -= 1;
  };

  function newBucket(tokenHash: string, at: number): Bucket {
    const bucket = { level: perSecond, at };
    if (buckets.size >= MOST_BUCKETS) buckets.clear();
    buckets.set(tokenHash, bucket);
    return bucket;
  }
}

type Bucket = { level: number; at: number };

/** Only tokens that were accepted get a bucket. */
const MOST_BUCKETS = 10_000;
