import { idAt } from '../../core/index.ts';
import type { Ledger } from '../../ledger/index.ts';

const DAY_MS = 86_400_000;
/** What "the past" of a canary is: a week has all its rhythms. */
const PAST_MS = 7 * DAY_MS;
const DURATIONS = 5000;
/** Index entries that one read counts: a millisecond or two of the ledger's time. */
const READ_AT_ONCE = 5000;

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

/** First attempts of the endpoint's busiest minute in the last seven days. */
export async function busiestMinuteOf(
  ledger: Pick<Ledger, 'attemptMinutes'>,
  endpointId: number,
  at: number,
): Promise<number> {
  let [afterId, busiest] = [idAt(at - PAST_MS) - 1, 0];
  let open = { minuteAt: 0, attempts: 0 };
  for (;;) {
    const { minutes, lastId, isMore } = await ledger.attemptMinutes({
      endpointId,
      afterId,
      beforeId: idAt(at),
      limit: READ_AT_ONCE,
    });
    for (const { minuteAt, attempts } of minutes) {
      const before = minuteAt === open.minuteAt ? open.attempts : 0;
      open = { minuteAt, attempts: before + attempts };
      busiest = Math.max(busiest, open.attempts);
    }
    if (!isMore) return busiest;
    afterId = lastId;
  }
}
