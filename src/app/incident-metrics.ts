import type { Clock } from '../core/index.ts';
import { readFigures, type Incidents } from '../incident/index.ts';
import type { Ledger } from '../ledger/index.ts';

export type IncidentMetricsParts = {
  readonly ledger: Pick<Ledger, 'incidents'>;
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'current'>;
};

/** Of the last 90 days. NaN: there are none, or the ledger cannot be read. */
export type IncidentMedians = {
  readonly detectSeconds: number;
  readonly mitigateSeconds: number;
  /** Spells of impact that each is of. */
  readonly detected: number;
  readonly mitigated: number;
};

const SPAN_MS = 90 * 86_400_000;
/** Medians of months do not move in a minute, and whoever scrapes may do so every second. */
const KEPT_MS = 60_000;

/** What /metrics tells of incidents; staged ones are in none of it. */
export function createIncidentMetrics({ ledger, clock, incidents }: IncidentMetricsParts): {
  openBySeverity(): Readonly<Record<string, number>>;
  /** At most a minute old. Never throws. */
  medians(): Promise<IncidentMedians>;
} {
  let kept: { readonly until: number; readonly medians: Promise<IncidentMedians> } | null = null;

  async function read(now: number): Promise<IncidentMedians> {
    const { all } = await readFigures(ledger, { fromAt: now - SPAN_MS, beforeAt: now + 1 });
    return {
      detectSeconds: secondsOf(all.detect.medianMs),
      mitigateSeconds: secondsOf(all.mitigate.medianMs),
      detected: all.detect.count,
      mitigated: all.mitigate.count,
    };
  }

  return {
    openBySeverity() {
      const counts: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
      for (const { severity, isDrill } of incidents.current()) {
        if (!isDrill) counts[severity] = (counts[severity] ?? 0) + 1;
      }
      return counts;
    },
    medians() {
      const now = clock.now();
      if (kept !== null && now < kept.until) return kept.medians;
      // What could not be read is read again after a second, not for each of the figures anew.
      const mine = {
        until: now + KEPT_MS,
        medians: read(now).catch(() => {
          if (kept === mine) kept = { ...mine, until: now + 1000 };
          return unknown;
        }),
      };
      kept = mine;
      return mine.medians;
    },
  };
}

const unknown: IncidentMedians = {
  detectSeconds: Number.NaN,
  mitigateSeconds: Number.NaN,
  detected: Number.NaN,
  mitigated: Number.NaN,
};

function secondsOf(ms: number | null): number {
  return ms === null ? Number.NaN : ms / 1000;
}
