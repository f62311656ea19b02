import { presentEpisode, type Incident } from '../../incident/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { DAY_MS, HOUR_MS, judgeOf, MINUTE_MS, readRows, type Scope } from '../../slo/index.ts';
import { fault } from '../../core/index.ts';
import type { RecordedMinute } from './detector-replay.ts';

export type Recorded = {
  readonly minutes: readonly RecordedMinute[];
  /** How long after its end a minute was known, ms. */
  readonly settlesMs: number;
};

/** Detectors have windows of up to three days; what they said before the impact is told too. */
const LONGEST_BEFORE_MS = 3 * DAY_MS;
/** Deadlines are noticed a little late. */
const NOTICED_MS = 10_000;
const AFTER_MS = HOUR_MS;
/** Rows of one endpoint and minute: some 100 bytes each. */
const MOST_ROWS = 1_000_000;

/**
 * SLI minutes of an incident's slice as they were recorded, from three days before the impact until an hour after it; of
 * the episode that is looked at. Throws `overloaded` where there are more than a million rows.
 */
export async function readRecorded(
  incident: Pick<Incident, 'slice' | 'episodes' | 'openedAt'>,
  indicator: 'first_attempt' | 'on_time',
  {
    ledger,
    deliveryDeadlineMs,
  }: { readonly ledger: Pick<Ledger, 'sli'>; readonly deliveryDeadlineMs: number },
  now: number,
): Promise<Recorded> {
  const { impactStart, mitigated } = presentEpisode(incident).markers;
  const startAt = impactStart?.at ?? incident.openedAt;
  const endAt = Math.min(now, (mitigated?.at ?? now) + AFTER_MS);
  const fromAt = Math.floor((startAt - LONGEST_BEFORE_MS) / MINUTE_MS) * MINUTE_MS;
  const judge = judgeOf({ indicator, deadlineMs: null }, deliveryDeadlineMs);
  const settlesMs = indicator === 'on_time' ? deliveryDeadlineMs + NOTICED_MS : 0;
  const byMinute = new Map<number, Map<number, { good: number; bad: number }>>();
  let rows = 0;
  const span = { unit: 'minute', fromAt, beforeAt: endAt } as const;
  await readRows(ledger, scopeOfSlice(incident.slice), span, ['endpoint'], (row) => {
    const { good, bad } = judge(row, row.at + MINUTE_MS + settlesMs > now);
    if (good + bad === 0 || row.endpointId === null) return;
    rows += 1;
    if (rows > MOST_ROWS) {
      throw fault('overloaded', {
        detail: `The slice has more than ${MOST_ROWS} rows of SLI minutes. Narrow the incident's slice.`,
      });
    }
    let minute = byMinute.get(row.at);
    if (minute === undefined) {
      byMinute.set(row.at, (minute = new Map<number, { good: number; bad: number }>()));
    }
    const sum = minute.get(row.endpointId) ?? { good: 0, bad: 0 };
    minute.set(row.endpointId, { good: sum.good + good, bad: sum.bad + bad });
  });
  const minutes = Array.from(byMinute, ([at, endpoints]) => ({
    at,
    endpoints: Array.from(endpoints, ([endpointId, sums]) => ({ endpointId, ...sums })),
  })).toSorted((a, b) => a.at - b.at);
  return { minutes, settlesMs };
}

/** Empty lists mean all. */
export function scopeOfSlice({ appIds, endpointIds, eventTypes }: Incident['slice']): Scope {
  return {
    apps: appIds.length === 0 ? null : new Set(appIds),
    endpoints: endpointIds.length === 0 ? null : new Set(endpointIds),
    eventTypes: eventTypes.length === 0 ? null : new Set(eventTypes),
  };
}
