import type { Clock } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { HOUR_MS, MINUTE_MS } from '../slo/index.ts';

/** Deliveries of the whole service that were accepted in [fromAt, beforeAt), to the minute; of long spans to the hour. */
export type AcceptedIn = (fromAt: number, beforeAt: number) => Promise<number>;

/** Longer spans are counted by the hour. */
const MINUTES_MS = 6 * HOUR_MS;
/** By then nothing adds to a minute. */
const SETTLED_MS = 2 * MINUTE_MS;

/** Reads it from the ledger each time: every endpoint's row of every minute. */
export function readAccepted(ledger: Pick<Ledger, 'sli'>): AcceptedIn {
  return async (startAt, beforeAt) => {
    const unit = beforeAt - startAt > MINUTES_MS ? 'hour' : 'minute';
    let accepted = 0;
    // The first one counts whole: what the slice had is never more than this.
    const unitMs = unit === 'hour' ? HOUR_MS : MINUTE_MS;
    for (
      let fromAt: number | null = startAt - (startAt % unitMs);
      fromAt !== null && fromAt < beforeAt;
    ) {
      const page = await ledger.sli({ unit, fromAt, beforeAt, groupBy: [] });
      for (const row of page.rows) accepted += row.accepted;
      fromAt = page.nextAt;
    }
    return accepted;
  };
}

/**
 * Keeps what it read of the last hours: the same for every incident, and a minute that is over is read once. Spans by the
 * hour are read anew.
 */
export function createAcceptedIn(
  ledger: Pick<Ledger, 'sli'>,
  clock: Pick<Clock, 'now'>,
): AcceptedIn {
  const anew = readAccepted(ledger);
  const minutes = new Map<number, number>();
  /** Minutes in [keptFrom, keptUntil) are known; those without any are left out. */
  let [keptFrom, keptUntil] = [0, 0];

  async function read(from: number, until: number): Promise<void> {
    for (let fromAt: number | null = from; fromAt !== null && fromAt < until;) {
      const page = await ledger.sli({ unit: 'minute', fromAt, beforeAt: until, groupBy: [] });
      for (const { at, accepted } of page.rows) minutes.set(at, accepted);
      fromAt = page.nextAt;
    }
  }

  function forget(beforeAt: number): void {
    for (const at of minutes.keys()) if (at < beforeAt) minutes.delete(at);
    keptFrom = Math.max(keptFrom, beforeAt);
  }

  async function accepted(startAt: number, beforeAt: number): Promise<number> {
    if (beforeAt - startAt > MINUTES_MS || startAt >= beforeAt) return anew(startAt, beforeAt);
    const now = clock.now();
    const settledAt = floor(now - SETTLED_MS);
    const from = floor(startAt);
    // What lies far back stands alone.
    if (beforeAt < now - MINUTES_MS) return anew(startAt, beforeAt);
    forget(floor(now - 2 * MINUTES_MS));
    if (keptUntil <= keptFrom) [keptFrom, keptUntil] = [from, from];
    if (from < keptFrom) {
      await read(from, keptFrom);
      keptFrom = from;
    }
    if (keptUntil < beforeAt) {
      await read(keptUntil, beforeAt);
      keptUntil = Math.max(keptUntil, Math.min(settledAt, floor(beforeAt)));
    }
    let sum = 0;
    for (const [at, count] of minutes) if (at >= from && at < beforeAt) sum += count;
    return sum;
  }

  // One after another: two at once would read the same.
  let turn: Promise<unknown> = Promise.resolve();
  return (startAt, beforeAt) => {
    const mine = turn.then(() => accepted(startAt, beforeAt));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

function floor(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
