import type { Objective } from '../../change/index.ts';
import type { SliOutcomesQuery } from '../../ledger/index.ts';
import { FRESHNESS_DEADLINE_MS } from '../indicator.ts';

/** What the ledger can say good and bad of by itself. */
export type Counted = Pick<SliOutcomesQuery, 'indicator' | 'deadlineMs'>;

/**
 * null: accepted deliveries alone, or a deadline other than the service's own, which has to be read off the latencies and
 * changes as time passes.
 */
export function countedOf(
  { indicator, deadlineMs }: Pick<Objective, 'indicator' | 'deadlineMs'>,
  deliveryDeadlineMs: number,
): Counted | null {
  if (indicator === 'first_attempt') return { indicator };
  if (indicator === 'freshness') {
    return { indicator, deadlineMs: deadlineMs ?? FRESHNESS_DEADLINE_MS };
  }
  const isOwn = deadlineMs === null || deadlineMs === deliveryDeadlineMs;
  return indicator === 'on_time' && isOwn ? { indicator } : null;
}
