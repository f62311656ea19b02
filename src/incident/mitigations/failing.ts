import type { MitigationContext } from './mitigation.ts';
import type { SliceCounts } from '../suspects.ts';

/** Part of the failing deliveries, all rows of one value together. */
export type Share<Value> = {
  readonly value: Value;
  readonly bad: number;
  readonly total: number;
  /** Of all that is bad. */
  readonly share: number;
};

/** What carries less of the failures than this is no place to act. */
const LEAST_SHARE = 0.05;
const MOST = 5;

/** Where failures are, by one of their parts, the worst first. */
export function failingBy<Value>(
  { counts }: Pick<MitigationContext, 'counts'>,
  by: (row: SliceCounts) => Value,
): readonly Share<Value>[] {
  const bad = counts.reduce((sum, row) => sum + row.bad, 0);
  if (bad === 0) return [];
  return [...Map.groupBy(counts, by)]
    .map(([value, rows]) => {
      const badHere = rows.reduce((sum, row) => sum + row.bad, 0);
      const total = rows.reduce((sum, row) => sum + row.total, 0);
      return { value, bad: badHere, total, share: badHere / bad };
    })
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((one, other) => other.bad - one.bad)
    .slice(0, MOST);
}

export function percent(share: number): string {
  return `${share >= 0.995 ? 100 : Math.max(1, Math.floor(share * 100))} %`;
}

/** "40 % of the failures (12 of 30 deliveries to it failed)" */
export function shareWords({ share, bad, total }: Share<unknown>): string {
  return `${percent(share)} of the failures (${bad} of ${total} first attempts failed)`;
}
