import type { Histogram } from 'hdr-histogram-js';
import { assertNever, type Cancel, type Clock, type IdSource, type Log } from '../core/index.ts';
import {
  timedPhases,
  type AttemptTiming,
  type Ledger,
  type StoredTiming,
  type TimedPhase,
} from '../ledger/index.ts';
import { createHistogram, encodeHistogram } from './timing-histogram.ts';

/**
 * How long attempts took, by endpoint, phase and minute: an HDR histogram each (hdrhistogram.github.io), in
 * microseconds, true to 6 %. A minute that is over goes to the ledger. A crash loses the minute under way: the attempts
 * themselves have their timing on record.
 */
const FLUSH_MS = 10_000;
const MINUTE_MS = 60_000;
/** Rows that are encoded (65 µs each) and stored in one step: others have their turn between steps. */
const STORED_AT_ONCE = 100;
/** Minutes that wait for a ledger that cannot take them; the oldest are dropped, and said so. */
const MOST_WAITING = 50_000;

type Minute = {
  readonly endpointId: number;
  readonly minuteAt: number;
  readonly byPhase: Map<TimedPhase, Histogram>;
};

export type Timings = {
  record(endpointId: number, timing: AttemptTiming, durationMs: number): void;
  /** Stores minutes that are over from now on. */
  start(): void;
  /** Stores what there is, the minute under way included. */
  stop(): Promise<void>;
};

export type TimingsParts = {
  readonly ledger: Pick<Ledger, 'storeTimings'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly mostWaiting?: number;
};

export function createTimings({
  ledger,
  clock,
  ids,
  log,
  mostWaiting = MOST_WAITING,
}: TimingsParts): Timings {
  const current = new Map<number, Minute>();
  let waiting: StoredTiming[] = [];
  let cancel: Cancel = () => {};
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();

  function close(minute: Minute): void {
    for (const [phase, histogram] of minute.byPhase) {
      const { endpointId, minuteAt } = minute;
      const encoded = encodeHistogram(histogram);
      waiting.push({ id: ids.next(), endpointId, minuteAt, phase, histogram: encoded });
    }
  }

  async function flush(isWhole: boolean): Promise<void> {
    const now = clock.now();
    for (const [endpointId, minute] of current) {
      if (!isWhole && minute.minuteAt + MINUTE_MS > now) continue;
      current.delete(endpointId);
      close(minute);
      if (waiting.length >= STORED_AT_ONCE) await store();
    }
    await store();
  }

  async function store(): Promise<void> {
    while (waiting.length > 0) {
      const rows = waiting.slice(0, STORED_AT_ONCE);
      await ledger.storeTimings({ rows });
      waiting = waiting.slice(rows.length);
    }
  }

  async function tryFlush(isWhole: boolean): Promise<void> {
    try {
      await flush(isWhole);
    } catch (thrown) {
      const dropped = Math.max(0, waiting.length - mostWaiting);
      waiting = waiting.slice(dropped);
      log.error({ err: thrown, waiting: waiting.length, dropped }, 'timings could not be stored');
    }
  }

  function schedule(): void {
    cancel = clock.after(FLUSH_MS, () => {
      underWay = tryFlush(false).finally(() => {
        if (!isStopped) schedule();
      });
    });
  }

  function minuteOf(endpointId: number): Minute {
    const minuteAt = clock.now() - (clock.now() % MINUTE_MS);
    const known = current.get(endpointId);
    if (known !== undefined && known.minuteAt >= minuteAt) return known;
    if (known !== undefined) close(known);
    const made = { endpointId, minuteAt, byPhase: new Map<TimedPhase, Histogram>() };
    current.set(endpointId, made);
    return made;
  }

  return {
    record(endpointId, timing, durationMs) {
      const { byPhase } = minuteOf(endpointId);
      for (const phase of timedPhases) {
        const ms = phaseMs(phase, timing, durationMs);
        if (ms === null) continue;
        let histogram = byPhase.get(phase);
        if (histogram === undefined) {
          histogram = createHistogram();
          byPhase.set(phase, histogram);
        }
        histogram.recordValue(Math.max(1, Math.round(ms * 1000)));
      }
    },
    start: schedule,
    async stop() {
      isStopped = true;
      cancel();
      await underWay;
      await tryFlush(true);
    },
  };
}

/** The time of a phase, in milliseconds; null where the attempt had none. */
export function phaseMs(
  phase: TimedPhase,
  timing: AttemptTiming,
  durationMs: number,
): number | null {
  switch (phase) {
    case 'queued':
      return timing.queuedMs;
    case 'dns':
      return timing.dnsMs;
    case 'connect':
      return timing.connectMs;
    case 'tls':
      return timing.tlsMs;
    case 'send':
      return timing.sentMs;
    case 'first_byte':
      return timing.firstByteMs;
    case 'last_byte':
      return timing.lastByteMs;
    case 'total':
      return durationMs;
    default:
      return assertNever(phase);
  }
}
