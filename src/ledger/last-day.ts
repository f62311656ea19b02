import type { OutcomeCounts } from '../retry/index.ts';
import type { Ledger } from './contract/ledger.ts';
import type { OutcomesQuery } from './contract/outcomes.ts';

/** Whose outcomes: one endpoint's, one application's, or (neither) all. */
export type OutcomeScope = Pick<OutcomesQuery, 'endpointId' | 'appId'>;

export type LastDay = {
  /** The start of the first of 1,440 minutes, milliseconds since the epoch. */
  readonly fromAt: number;
  readonly minutes: readonly OutcomeCounts[];
  /** Minutes that were busier than is read, and were estimated from their beginning. */
  readonly sampledMinutes: number;
};

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Minutes that are read at once: other work of the ledger comes in between. */
const STEP_MINUTES = 15;
/** Rows that are read of a minute: 72,000 a day at most, 750 at once. */
const PER_MINUTE = 50;

/** The outcomes of the last 1,440 minutes, the present one included, in 96 short reads. */
export async function readLastDay(
  ledger: Pick<Ledger, 'outcomes'>,
  scope: OutcomeScope,
  now: number,
): Promise<LastDay> {
  const fromAt = now - (now % MINUTE_MS) - (DAY_MINUTES - 1) * MINUTE_MS;
  const none = { firsts: 0, firstsFailed: 0, retries: 0, retriesFailed: 0 };
  const minutes: OutcomeCounts[] = Array.from({ length: DAY_MINUTES }, () => none);
  let sampledMinutes = 0;
  for (let from = 0; from < DAY_MINUTES; from += STEP_MINUTES) {
    const found = await ledger.outcomes({
      ...scope,
      fromAt: fromAt + from * MINUTE_MS,
      minutes: STEP_MINUTES,
      perMinute: PER_MINUTE,
    });
    for (const { minuteAt, isSampled, ...counts } of found) {
      const minute = (minuteAt - fromAt) / MINUTE_MS;
      const known = minutes[minute];
      if (known === undefined) continue; // made while it was read
      if (isSampled) sampledMinutes += 1;
      minutes[minute] = {
        firsts: known.firsts + counts.firsts,
        firstsFailed: known.firstsFailed + counts.firstsFailed,
        retries: known.retries + counts.retries,
        retriesFailed: known.retriesFailed + counts.retriesFailed,
      };
    }
  }
  return { fromAt, minutes, sampledMinutes };
}
