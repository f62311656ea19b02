import { presentEpisode, type Incident } from '../../incident/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { DAY_MS, HOUR_MS, judgeOf, MINUTE_MS, readRows, type Scope } from '../../slo/index.ts';
import { fault } from '../../core/index.ts';
import type { RecordedMinute } from './detector-replay.ts';

export type Recorded = {
  readonly minutes: readonly RecordedMinute[];
  /** Hours before them, where a detector learns from the past. */
  readonly hours: readonly RecordedMinute[];
  /** How long after its end a minute was known, ms. */
  readonly settlesMs: number;
};

/** Detectors have windows of up to three days; what they said before the impact is told too. */
const LONGEST_BEFORE_MS = 3 * DAY_MS;
/** Deadlines are noticed a little late. */
const NOTICED_MS = 10_000;
const AFTER_MS = HOUR_MS;
/** What a detector learns is worth most of the last weeks; hours are kept far longer. */
const PAST_MS = 35 * DAY_MS;
/** Rows of one endpoint and minute: some 100 bytes each. */
const MOST_ROWS = 1_000_000;

/**
 * SLI minutes of an incident's slice as they were recorded, from three days before the impact until an hour after it; of
 * the episode that is looked at. Throws `overloaded` where there are more than a million rows.
 *
 * @param isPastRead the five weeks before are read too, by the hour.
 */
export async function readRecorded(
  incident: Pick<Incident, 'slice' | 'episodes' | 'openedAt'>,
  indicator: 'first_attempt' | 'on_time',
  {
    ledger,
    deliveryDeadlineMs,
  }: { readonly ledger: Pick<Ledger, 'sli'>; readonly deliveryDeadlineMs: number },
  now: number,
  isPastRead = false,
): Promise<Recorded> {
  const { impactStart, mitigated } = presentEpisode(incident).markers;
  const startAt = impactStart?.at ?? incident.openedAt;
  const endAt = Math.min(now, (mitigated?.at ?? now) + AFTER_MS);
  const fromAt = Math.floor((startAt - LONGEST_BEFORE_MS) / HOUR_MS) * HOUR_MS;
  const judge = judgeOf({ indicator, deadlineMs: null }, deliveryDeadlineMs);
  const settlesMs = indicator === 'on_time' ? deliveryDeadlineMs + NOTICED_MS : 0;
  const scope = scopeOfSlice(incident.slice);
  let rows = 0;
  const readSpan = async (
    unit: 'minute' | 'hour',
    spanFrom: number,
    beforeAt: number,
  ): Promise<readonly RecordedMinute[]> => {
    const unitMs = unit === 'hour' ? HOUR_MS : MINUTE_MS;
    const byStart = new Map<number, Map<number, { good: number; bad: number }>>();
    const span = { unit, fromAt: spanFrom, beforeAt } as const;
    await readRows(ledger, scope, span, ['endpoint'], (row) => {
      const { good, bad } = judge(row, row.at + unitMs + settlesMs > now);
      if (good + bad === 0 || row.endpointId === null) return;
      rows += 1;
      if (rows > MOST_ROWS) {
        throw fault('overloaded', {
          detail: `The slice has more than ${MOST_ROWS} rows of SLI minutes. Narrow the incident's slice.`,
        });
      }
      let sums = byStart.get(row.at);
      if (sums === undefined) {
        byStart.set(row.at, (sums = new Map<number, { good: number; bad: number }>()));
      }
      const sum = sums.get(row.endpointId) ?? { good: 0, bad: 0 };
      sums.set(row.endpointId, { good: sum.good + good, bad: sum.bad + bad });
    });
    return Array.from(byStart, ([at, endpoints]) => ({
      at,
      ...(unit === 'hour' ? { unitMs: HOUR_MS } : {}),
      endpoints: Array.from(endpoints, ([endpointId, sums]) => ({ endpointId, ...sums })),
    })).toSorted((a, b) => a.at - b.at);
  };
  const hours = isPastRead ? await readSpan('hour', fromAt - PAST_MS, fromAt) : [];
  return { minutes: await readSpan('minute', fromAt, endAt), hours, settlesMs };
}

/** Empty lists mean all. */
export function scopeOfSlice({ appIds, endpointIds, eventTypes }: Incident['slice']): Scope {
  return {
    apps: appIds.length === 0 ? null : new Set(appIds),
    endpoints: endpointIds.length === 0 ? null : new Set(endpointIds),
    eventTypes: eventTypes.length === 0 ? null : new Set(eventTypes),
  };
}
