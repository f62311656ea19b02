import type { Clock } from '../core/index.ts';
import { presentEpisode, readFigures, type Incident, type Incidents } from '../incident/index.ts';
import type { Ledger } from '../ledger/index.ts';

export type IncidentMetricsParts = {
  readonly ledger: Pick<Ledger, 'incidents'>;
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'current'>;
};

/** Of the last 90 days. NaN: there are none, or the ledger cannot be read. */
export type IncidentMedians = {
  readonly detectSeconds: number;
  readonly acknowledgeSeconds: number;
  readonly mitigateSeconds: number;
  /** Spells of impact that each is of. */
  readonly detected: number;
  readonly acknowledged: number;
  readonly mitigated: number;
};

const SPAN_MS = 90 * 86_400_000;
/** Medians of months do not move in a minute, and whoever scrapes may do so every second. */
const KEPT_MS = 60_000;

/** What /metrics tells of incidents; staged ones are in none of it. */
export function createIncidentMetrics({ ledger, clock, incidents }: IncidentMetricsParts): {
  openBySeverity(): Readonly<Record<string, number>>;
  /** Of those the impact lasts. */
  lastingBySeverity(): Readonly<Record<string, number>>;
  /** Since the oldest detection whose impact lasts and that nobody acknowledged; 0: there is none. */
  unacknowledgedSeconds(): Readonly<Record<string, number>>;
  /** Since the update that is due the longest; 0: none is. */
  overdueSeconds(): number;
  /** At most a minute old. Never throws. */
  medians(): Promise<IncidentMedians>;
} {
  let kept: { readonly until: number; readonly medians: Promise<IncidentMedians> } | null = null;

  async function read(now: number): Promise<IncidentMedians> {
    const { all } = await readFigures(ledger, { fromAt: now - SPAN_MS, beforeAt: now + 1 });
    return {
      detectSeconds: secondsOf(all.detect.medianMs),
      acknowledgeSeconds: secondsOf(all.acknowledge.medianMs),
      mitigateSeconds: secondsOf(all.mitigate.medianMs),
      detected: all.detect.count,
      acknowledged: all.acknowledge.count,
      mitigated: all.mitigate.count,
    };
  }

  /** Those that people are at work on: what is taken in after the fact waits for nobody. */
  const lasting = (): readonly Incident[] =>
    incidents.current().filter(({ state, isRetrospective, isDrill }) => {
      return state === 'open' && !isRetrospective && !isDrill;
    });

  return {
    openBySeverity: () => bySeverity(incidents.current(), () => 1, sum),
    lastingBySeverity: () => bySeverity(lasting(), () => 1, sum),
    unacknowledgedSeconds() {
      const now = clock.now();
      const waiting = lasting().filter(
        (each) => presentEpisode(each).markers.acknowledged === undefined,
      );
      const since = (each: Incident): number => {
        return (now - (presentEpisode(each).markers.detected?.at ?? now)) / 1000;
      };
      return bySeverity(waiting, since, Math.max);
    },
    overdueSeconds() {
      const now = clock.now();
      const over = lasting().map(({ updateDueAt }) => (now - (updateDueAt ?? now)) / 1000);
      return Math.max(0, ...over);
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

function bySeverity(
  incidents: readonly Incident[],
  figureOf: (incident: Incident) => number,
  join: (one: number, other: number) => number,
): Readonly<Record<string, number>> {
  const figures: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const incident of incidents) {
    const { severity, isDrill } = incident;
    if (!isDrill) figures[severity] = join(figures[severity] ?? 0, figureOf(incident));
  }
  return figures;
}

const sum = (one: number, other: number): number => one + other;

const unknown: IncidentMedians = {
  detectSeconds: Number.NaN,
  acknowledgeSeconds: Number.NaN,
  mitigateSeconds: Number.NaN,
  detected: Number.NaN,
  acknowledged: Number.NaN,
  mitigated: Number.NaN,
};

function secondsOf(ms: number | null): number {
  return ms === null ? Number.NaN : ms / 1000;
}
