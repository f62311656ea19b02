import type { Draft, Objective } from '../change/index.ts';
import { isEverything } from './objective.ts';
import { seriesOf } from './prometheus-series.ts';

export type PrometheusRules = {
  readonly groups: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly object[];
  }[];
};

/** What has no rule, and why. */
export type Omitted = { readonly objective: string; readonly why: string };

type Pair = {
  readonly severity: 'page' | 'ticket';
  /** Part of the budget that is spent when it fires. */
  readonly spent: number;
  readonly longHours: number;
  /** A twelfth of it, so that an alert ends soon after its cause. */
  readonly short: string;
  readonly long: string;
};

/** The Site Reliability Workbook, chapter 5, table 5-8, for any period: 14.4, 6, 3 and 1 over 30 days. */
const pairs: readonly Pair[] = [
  { severity: 'page', spent: 0.02, longHours: 1, long: '1h', short: '5m' },
  { severity: 'page', spent: 0.05, longHours: 6, long: '6h', short: '30m' },
  { severity: 'ticket', spent: 0.1, longHours: 24, long: '1d', short: '2h' },
  { severity: 'ticket', spent: 0.1, longHours: 72, long: '3d', short: '6h' },
];
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/**
 * Recording and alerting rules for teams that alert in Prometheus: multiwindow, multi-burn-rate. An objective of a
 * slice has none, as /metrics counts over everything; nor has a pair of windows whose threshold no failure rate can
 * reach (a target of 90 % never burns 14.4 times its budget).
 *
 * @param deliveryDeadlineMs the deadline that /metrics counts lateness by.
 */
export function prometheusRules(
  objectives: readonly Draft<Objective>[],
  deliveryDeadlineMs: number,
): { readonly rules: PrometheusRules; readonly omitted: readonly Omitted[] } {
  const omitted: Omitted[] = [];
  const groups = objectives.flatMap((objective) => {
    const why = whyNone(objective, deliveryDeadlineMs);
    if (why !== null) {
      omitted.push({ objective: objective.name, why });
      return [];
    }
    for (const { long } of pairs.filter((pair) => !isReachable(objective, pair))) {
      omitted.push({
        objective: objective.name,
        why: `no failure rate reaches the threshold over ${long}`,
      });
    }
    return [{ name: `holdfast-slo-${objective.name}`, interval: '30s', rules: rulesOf(objective) }];
  });
  return { rules: { groups }, omitted };
}

function whyNone(
  { indicator, deadlineMs, slice }: Draft<Objective>,
  deliveryDeadlineMs: number,
): string | null {
  if (!isEverything(slice)) return 'it is of a slice, and /metrics counts over everything';
  if (indicator === 'freshness') return 'how old due deliveries are is not counted in /metrics';
  if (indicator === 'on_time' && deadlineMs !== deliveryDeadlineMs) {
    return `/metrics counts lateness by the service's own deadline of ${deliveryDeadlineMs} ms alone`;
  }
  return null;
}

function rulesOf(objective: Draft<Objective>): readonly object[] {
  const { name, owner, target } = objective;
  const { bad, total } = seriesOf(objective);
  const labels = { slo: name, owner };
  const recording = windows.map((window) => ({
    record: recordOf(window),
    expr: `${bad(window)} / (${total(window)} > 0)`,
    labels,
  }));
  const alerting = (['page', 'ticket'] as const).flatMap((severity) => {
    const conditions = pairs
      .filter((pair) => pair.severity === severity && isReachable(objective, pair))
      .map(({ long, short, ...pair }) => {
        const threshold = `${round(burnOf(objective, pair))} * (1 - ${target})`;
        const above = (window: string): string =>
          `${recordOf(window)}{slo="${name}"} > (${threshold})`;
        return `(${above(long)} and ${above(short)})`;
      });
    if (conditions.length === 0) return [];
    return [
      {
        alert: severity === 'page' ? 'HoldfastBudgetBurnsFast' : 'HoldfastBudgetBurns',
        expr: conditions.join(' or '),
        labels: { ...labels, severity },
        annotations: {
          summary: `Objective ${name} burns its error budget ${severity === 'page' ? 'fast' : 'too fast to last'}.`,
          description: `{{ $value | humanizePercentage }} of outcomes are bad, and the target is ${Number((target * 100).toPrecision(12))} % good over ${objective.periodDays} days. Owner: ${owner}.`,
        },
      },
    ];
  });
  return [...recording, ...alerting];
}

function recordOf(window: string): string {
  return `slo:holdfast_bad:ratio_${window}`;
}

/** Budget spent = burn rate × window / period. */
function burnOf(
  { periodDays }: Draft<Objective>,
  { spent, longHours }: Pick<Pair, 'spent' | 'longHours'>,
): number {
  return (spent * periodDays * 24) / longHours;
}

function isReachable(objective: Draft<Objective>, pair: Pair): boolean {
  return burnOf(objective, pair) * (1 - objective.target) < 1;
}

function round(burn: number): number {
  return Number(burn.toPrecision(6));
}
