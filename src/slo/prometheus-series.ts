import type { Draft, Objective } from '../change/index.ts';

/** Counters of /metrics that tell bad outcomes from all; sums of them say what an objective counts, over everything. */
export function seriesOf({ indicator }: Pick<Draft<Objective>, 'indicator'>): {
  readonly bad: string;
  readonly total: string;
} {
  switch (indicator) {
    case 'first_attempt':
      return {
        bad: 'holdfast_sli_first_attempts_total{result="bad"}',
        total: 'holdfast_sli_first_attempts_total',
      };
    case 'accounted':
      return { bad: 'holdfast_audit_found_total', total: 'holdfast_sli_accepted_total' };
    case 'on_time':
    // Refused when they are made.
    case 'freshness':
    case 'confirmed':
      return {
        bad: 'holdfast_sli_deliveries_total{result="late"}',
        total: 'holdfast_sli_deliveries_total',
      };
  }
}
