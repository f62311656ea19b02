import { idAt } from '../../core/index.ts';
import type { Ledger, SliPage } from '../../ledger/index.ts';

const DAY_MS = 86_400_000;
/** What "the past" of a canary is: a week has all its rhythms. */
const PAST_MS = 7 * DAY_MS;
const DURATIONS = 5000;

/** How long the last first attempts took before a moment, those to candidates of other canaries aside. */
export function durationsBefore(
  ledger: Pick<Ledger, 'firstDurations'>,
  endpointId: number,
  at: number,
): Promise<readonly number[]> {
  return ledger.firstDurations({
    endpointId,
    canaryId: null,
    limit: DURATIONS,
    fromId: idAt(at - PAST_MS),
    beforeId: idAt(at),
  });
}

/** First attempts that ended in the endpoint's busiest minute of the last seven days, or since minutes are kept. */
export async function busiestMinuteOf(
  ledger: Pick<Ledger, 'sli'>,
  endpointId: number,
  at: number,
): Promise<number> {
  let busiest = 0;
  for (let fromAt: number | null = at - PAST_MS; fromAt !== null && fromAt < at;) {
    const page: SliPage = await ledger.sli({
      unit: 'minute',
      fromAt,
      beforeAt: at,
      endpointId,
      groupBy: [],
    });
    for (const { firstOk, firstBad } of page.rows) busiest = Math.max(busiest, firstOk + firstBad);
    fromAt = page.nextAt;
  }
  return busiest;
}
