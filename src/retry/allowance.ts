import type { OutcomeMinute } from './outcome-minutes.ts';
import type { Simulation } from './simulate.ts';

/** What all lanes concerned may spend on retries that fail, as the lanes' policies have it. */
export type RetryAllowance = {
  readonly lanes: number;
  /** A share of first attempts, in percent. */
  readonly percent: number;
  /** Beside that, for each lane. */
  readonly perSecond: number;
};

const QUARTER_MINUTES = 15;
const QUARTER_SECONDS = 900;
/** What a retry budget may save up, see delivery's retry-budget.ts. */
const LEAST_SAVED = 10;

/** Failing retries that are more, in a quarter of an hour, than all budgets together can have. */
export function beyondBudget(
  { failedRetries }: Pick<Simulation, 'failedRetries'>,
  minutes: readonly OutcomeMinute[],
  { lanes, percent, perSecond }: RetryAllowance,
): number {
  let beyond = 0;
  const steady = lanes * (perSecond * QUARTER_SECONDS + Math.max(LEAST_SAVED, perSecond));
  for (let from = 0; from < failedRetries.length; from += QUARTER_MINUTES) {
    let [failed, firsts] = [0, 0];
    for (let minute = from; minute < from + QUARTER_MINUTES; minute += 1) {
      failed += failedRetries[minute] ?? 0;
      firsts += minutes[minute]?.firsts ?? 0;
    }
    beyond += Math.max(0, failed - steady - (percent / 100) * firsts);
  }
  return beyond;
}
