import type { SliProof } from '../ledger/index.ts';
import { counted, formatCount } from './table.ts';

/** Differences that people are shown. */
const SHOWN = 5;

/** Whether SLI minutes are what the raw rows say, in a line; differences in one each. */
export function describeSli({ rows, differing, differences }: SliProof): string {
  if (differing === 0) return `SLI minutes: ${formatCount(rows)} counted, equal to the recount.`;
  return [
    `SLI minutes: ${formatCount(rows)} counted, and ${counted(differing, 'count')} differ from the recount:`,
    ...differences
      .slice(0, SHOWN)
      .map(
        ({ at, eventType, count, counted: was, recounted }) =>
          `${new Date(at).toISOString()} ${eventType ?? ''} ${count}: ${was}, recounted ${recounted}`,
      ),
  ].join('\n');
}
