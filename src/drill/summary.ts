import type { DrillReport } from './report.ts';

/** One drill over all its seeds. Durations are medians, of those seeds that have one; ms of the drill's clock. */
export type DrillSummary = {
  readonly drill: string;
  readonly runs: number;
  readonly passed: number;
  readonly detected: number;
  readonly detectedAfterMs: number | null;
  readonly mitigated: number;
  readonly mitigatedAfterMs: number | null;
  /** Runs in which the true cause ranks first. */
  readonly rankedFirst: number;
  readonly falseAlarms: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly dead: number;
  readonly redriven: number;
  readonly lost: number;
  readonly duplicates: number;
  /** Each must-show that was missed, and in how many runs. */
  readonly missed: readonly {
    readonly mustShow: string;
    readonly runs: number;
    readonly measured: string;
  }[];
};

export function summarize(reports: readonly DrillReport[]): readonly DrillSummary[] {
  return [...Map.groupBy(reports, ({ drill }) => drill)].map(([drill, runs]) => {
    const sum = (valueOf: (report: DrillReport) => number): number =>
      runs.reduce((total, report) => total + valueOf(report), 0);
    const detected = runs.flatMap(({ detectedAfterMs }) => detectedAfterMs ?? []);
    const mitigated = runs.flatMap(({ mitigatedAfterMs }) => mitigatedAfterMs ?? []);
    return {
      drill,
      runs: runs.length,
      passed: runs.filter(({ isPassed }) => isPassed).length,
      detected: detected.length,
      detectedAfterMs: median(detected),
      mitigated: mitigated.length,
      mitigatedAfterMs: median(mitigated),
      rankedFirst: runs.filter(({ rank }) => rank === 1).length,
      falseAlarms: sum(({ falseAlarms }) => falseAlarms.length),
      accepted: sum(({ accepted }) => accepted),
      delivered: sum(({ delivered }) => delivered),
      dead: sum(({ dead }) => dead),
      redriven: sum(({ redriven }) => redriven),
      lost: sum(({ lost }) => lost),
      duplicates: sum(({ duplicates }) => duplicates),
      missed: missedIn(runs),
    };
  });
}

function missedIn(runs: readonly DrillReport[]): DrillSummary['missed'] {
  const missed = runs.flatMap(({ checks }) => checks.filter(({ isShown }) => !isShown));
  return [...Map.groupBy(missed, ({ mustShow }) => mustShow)].map(([mustShow, all]) => ({
    mustShow,
    runs: all.length,
    measured: all[0]?.measured ?? '',
  }));
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
