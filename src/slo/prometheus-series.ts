import { assertNever } from '../core/index.ts';
import type { Draft, Objective } from '../change/index.ts';

/** PromQL for the outcomes of a window such as `5m`, over all that one Holdfast delivers. */
export type Series = {
  readonly bad: (window: string) => string;
  readonly total: (window: string) => string;
};

/**
 * What an objective counts, from /metrics. Its SLI families are gauges of the last whole minute, so they are read once a
 * minute (a subquery, whatever the interval of scrapes) and added up; a minute that could not be read is NaN there, and
 * is left out here.
 */
export function seriesOf({ indicator }: Pick<Draft<Objective>, 'indicator'>): Series {
  switch (indicator) {
    case 'first_attempt':
      return byMinute('holdfast_sli_first_attempts{result="bad"}', 'holdfast_sli_first_attempts');
    case 'accounted':
      return {
        bad: (window) => `sum(increase(holdfast_audit_found_total[${window}]))`,
        total: (window) => summed('holdfast_sli_accepted', window),
      };
    case 'on_time':
    // The one is left out, the other refused when it is made.
    case 'freshness':
    case 'confirmed':
      return byMinute('holdfast_sli_deadline{result="late"}', 'holdfast_sli_deadline');
    default:
      return assertNever(indicator);
  }
}

function byMinute(bad: string, total: string): Series {
  return {
    bad: (window) => summed(bad, window),
    total: (window) => summed(total, window),
  };
}

function summed(series: string, window: string): string {
  return `sum(sum_over_time((${series} >= 0)[${window}:1m]))`;
}
