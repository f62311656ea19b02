import type { Histogram } from 'hdr-histogram-js';
import { timedPhases, type StoredTiming, type TimedPhase } from '../ledger/index.ts';
import { createHistogram, decodeHistogram } from './timing-histogram.ts';

/** In milliseconds, true to 6 %. */
export type PhaseSummary = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** null where no attempt had the phase. */
export type PhaseSummaries = Readonly<Record<TimedPhase, PhaseSummary | null>>;

export type ReadTiming = Pick<StoredTiming, 'minuteAt' | 'phase'> & {
  readonly histogram: Histogram;
};

export function readTiming({ minuteAt, phase, histogram }: StoredTiming): ReadTiming {
  return { minuteAt, phase, histogram: decodeHistogram(histogram) };
}

/** Merges the timings of one endpoint: histograms add up, percentiles would not. */
export function createTimingSummary(): {
  add(timings: readonly ReadTiming[]): void;
  phases(): PhaseSummaries;
} {
  const merged = new Map<TimedPhase, Histogram>();
  return {
    add(timings) {
      for (const { phase, histogram } of timings) {
        const sum = merged.get(phase) ?? createHistogram();
        sum.add(histogram);
        merged.set(phase, sum);
      }
    },
    phases() {
      const entries = timedPhases.map((phase) => [phase, summaryOf(merged.get(phase))] as const);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an entry for every phase there is
      return Object.fromEntries(entries) as PhaseSummaries;
    },
  };
}

function summaryOf(histogram: Histogram | undefined): PhaseSummary | null {
  if (histogram === undefined) return null;
  const { maxValue } = histogram;
  // A percentile is the upper end of its step, which may lie above the greatest value.
  const msAt = (percentile: number): number =>
    Math.min(histogram.getValueAtPercentile(percentile), maxValue) / 1000;
  return {
    count: histogram.totalCount,
    p50Ms: msAt(50),
    p90Ms: msAt(90),
    p99Ms: msAt(99),
    maxMs: maxValue / 1000,
  };
}
