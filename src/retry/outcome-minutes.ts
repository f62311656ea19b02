/** What was seen in one minute; counts may be estimates and so need not be whole. */
export type OutcomeCounts = {
  /** First attempts of deliveries, and those of them that failed. */
  readonly firsts: number;
  readonly firstsFailed: number;
  /** Attempts that the retry policy made again, and those of them that failed. */
  readonly retries: number;
  readonly retriesFailed: number;
};

/** One minute as the simulation takes it. */
export type OutcomeMinute = {
  readonly firsts: number;
  /** Share of first attempts that fail in this minute, 0 to 1. */
  readonly failing: number;
  /** Share of retries that fail in this minute, 0 to 1. */
  readonly retriesFailing: number;
};

/** Retries seen in so many minutes up to one say what a retry in that minute meets. */
const RETRIES_SEEN_FOR = 15;
const HOUR_MINUTES = 60;

/**
 * The shares of each minute from what was seen in it. A minute without first attempts keeps the share of the one before
 * it, so an outage persists until something got through. What a retry meets is told by the retries of the last
 * 15 minutes; where there were none, by first attempts.
 */
export function outcomeMinutes(counts: readonly OutcomeCounts[]): readonly OutcomeMinute[] {
  let failing = 0;
  return counts.map(({ firsts, firstsFailed }, minute) => {
    if (firsts > 0) failing = shareOf(firstsFailed, firsts);
    let [retries, failed] = [0, 0];
    for (const seen of counts.slice(Math.max(0, minute - RETRIES_SEEN_FOR + 1), minute + 1)) {
      retries += seen.retries;
      failed += seen.retriesFailed;
    }
    return { firsts, failing, retriesFailing: retries > 0 ? shareOf(failed, retries) : failing };
  });
}

/**
 * An hour in which everything fails, with as many messages as the busiest hour of the given minutes, and nothing new
 * after it: what a policy does to an endpoint that is down, also where the last day knew no failure.
 */
export function outageOf(minutes: readonly OutcomeMinute[]): readonly OutcomeMinute[] {
  let [busiest, from] = [-1, 0];
  let sum = 0;
  for (const [minute, { firsts }] of minutes.entries()) {
    sum += firsts - (minutes[minute - HOUR_MINUTES]?.firsts ?? 0);
    if (sum > busiest) [busiest, from] = [sum, Math.max(0, minute - HOUR_MINUTES + 1)];
  }
  const down = Array.from({ length: HOUR_MINUTES }, (_, minute) => ({
    firsts: minutes[from + minute]?.firsts ?? 0,
    failing: 1,
    retriesFailing: 1,
  }));
  return [...down, { firsts: 0, failing: 0, retriesFailing: 0 }];
}

function shareOf(part: number, whole: number): number {
  return Math.min(1, Math.max(0, part / whole));
}
