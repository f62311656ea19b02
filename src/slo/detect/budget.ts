/** What an objective allows in its period, and what was used of it. */
export type BudgetUse = {
  /** The share of outcomes that must be good, between 0 and 1, both excluded. */
  readonly target: number;
  readonly periodMs: number;
  /** Of the period that ends now. */
  readonly total: number;
  readonly bad: number;
  /** Of a recent window, such as the last hour: what is spent now. */
  readonly recentTotal: number;
  readonly recentBad: number;
};

export type Budget = {
  /** Bad outcomes that the period's traffic allows. */
  readonly allowed: number;
  /** The part of it that is left: 1 untouched, 0 spent, below 0 overspent. 1 without traffic. */
  readonly left: number;
  /** Times the rate that would spend exactly the budget: 1 spends it in a period. 0 without traffic. */
  readonly burnRate: number;
  /** How long the rest lasts at this burn rate, ms; Infinity where nothing is spent, 0 where nothing is left. */
  readonly lastsMs: number;
};

/**
 * The error budget of a rolling period (The Site Reliability Workbook, chapter 2 and 5). The forecast takes the recent
 * burn rate as it is and does not count on old failures leaving the period, so it errs on the early side.
 */
export function budgetOf(use: BudgetUse): Budget {
  const { target, periodMs, total, bad, recentTotal, recentBad } = use;
  if (!(target > 0 && target < 1)) throw new RangeError('target must be between 0 and 1');
  const allowed = total * (1 - target);
  const left = total === 0 ? 1 : 1 - bad / allowed;
  const burnRate = recentTotal === 0 ? 0 : recentBad / recentTotal / (1 - target);
  const lastsMs = left <= 0 ? 0 : burnRate === 0 ? Infinity : (left * periodMs) / burnRate;
  return { allowed, left, burnRate, lastsMs };
}

/** What a fault costs in a week at this rate: bad outcomes beyond the baseline. */
export function costPerWeek(share: number, baseline: number, perHour: number): number {
  return Math.max(0, share - baseline) * perHour * 168;
}
