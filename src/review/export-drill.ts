import { fault, type Clock, type IdText } from '../core/index.ts';
import { presentEpisode, type Incident } from '../incident/index.ts';
import type { Ledger, SampleQuery, SliRow } from '../ledger/index.ts';
import { MINUTE_MS, readRows } from '../slo/index.ts';
import {
  DRILL_FORMAT,
  drillFileBounds,
  type DrillFault,
  type DrillFile,
  type DrillOutcome,
  type DrillTraffic,
} from './drill-file.ts';
import { oneLineOf } from './say.ts';
import { scopeOfSlice } from './verify/recorded.ts';

export type ExportDrillParts = {
  readonly ledger: Pick<Ledger, 'sli' | 'sampleDeliveries'>;
  readonly clock: Clock;
  readonly idText: Pick<IdText, 'format'>;
};

/** What was well before, to compare with; and how it was after. */
const BEFORE_MS = 10 * MINUTE_MS;
const AFTER_MS = 5 * MINUTE_MS;
const SAMPLE_PAGE = 1000;
/** Deliveries that are looked at for what their failures were. */
const MOST_SAMPLED = 20_000;
/** Failures with so many good minutes between are one spell. */
const GAP_MINUTES = 2;
const MOST_OUTCOMES = 20;

/**
 * The present episode of an incident as a drill file. Throws `state_conflict` where no SLI minutes of it are kept, or
 * where it is too long or too wide for one.
 */
export async function exportDrill(incident: Incident, parts: ExportDrillParts): Promise<DrillFile> {
  const { ledger, clock, idText } = parts;
  const now = clock.now();
  const { impactStart, detected, mitigated } = presentEpisode(incident).markers;
  const impactAt = impactStart?.at ?? incident.openedAt;
  const startAt = floorToMinute(impactAt - BEFORE_MS);
  const endAt = Math.min(now, floorToMinute((mitigated?.at ?? now) + AFTER_MS) + MINUTE_MS);
  const minutes = Math.max(1, Math.ceil((endAt - startAt) / MINUTE_MS));
  if (minutes > drillFileBounds.minutes) {
    throw conflict(`It lasted longer than the ${drillFileBounds.minutes / 60} h that a drill may.`);
  }
  const rows: SliRow[] = [];
  const span = { unit: 'minute', fromAt: startAt, beforeAt: endAt } as const;
  const groups = ['endpoint', 'event_type'] as const;
  await readRows(ledger, scopeOfSlice(incident.slice), span, groups, (row) => {
    if (row.accepted + row.firstOk + row.firstBad === 0 || row.endpointId === null) return;
    rows.push(row);
    if (rows.length > drillFileBounds.rows) {
      throw conflict(
        'Too many endpoints were hit for one drill. Narrow the slice of the incident.',
      );
    }
  });
  if (rows.length === 0) throw conflict('No SLI minutes of it are kept any more.');
  const places = placesOf(rows.map(({ endpointId }) => endpointId ?? 0));
  if (places.size > drillFileBounds.endpoints) {
    throw conflict('Too many endpoints were hit for one drill. Narrow the slice of the incident.');
  }
  const types = placesOf(rows.map(({ eventType }) => eventType ?? ''));
  const traffic = rows.map((row): DrillTraffic => ({
    minute: Math.floor((row.at - startAt) / MINUTE_MS),
    endpoint: places.get(row.endpointId ?? 0) ?? 0,
    eventType: types.get(row.eventType ?? '') ?? 0,
    accepted: row.accepted,
    ok: row.firstOk,
    bad: row.firstBad,
  }));
  const outcomes = await outcomesOf(incident, { startAt, endAt, now }, places, ledger);
  const sum = (count: (row: SliRow) => number): number =>
    rows.reduce((total, row) => total + count(row), 0);
  const minuteOf = (at: number): number => Math.floor((at - startAt) / MINUTE_MS);
  const id = idText.format('incident', incident.id);
  return {
    format: DRILL_FORMAT,
    name: id.replace('_', '-'),
    title: oneLineOf(incident.title),
    incident: id,
    exportedAt: new Date(now).toISOString(),
    minutes,
    endpoints: places.size,
    eventTypes: [...types.keys()],
    traffic,
    faults: faultsOf(traffic, (endpoint) => outcomes.get(endpoint) ?? [UNKNOWN]),
    recorded: {
      impactStartMinute: minuteOf(impactAt),
      detectedMinute: Math.min(minutes, minuteOf(detected?.at ?? incident.openedAt)),
      mitigatedMinute: mitigated === undefined ? null : minuteOf(mitigated.at),
      accepted: sum(({ accepted }) => accepted),
      failed: sum(({ firstBad }) => firstBad),
      late: sum(({ late }) => late),
      dead: sum(({ dead }) => dead),
    },
  };
}

const UNKNOWN: DrillOutcome = { outcome: 'unknown', status: null, share: 1 };

type MinuteSum = { readonly accepted: number; readonly ok: number; readonly bad: number };

/**
 * Spells of failures of each endpoint, told apart by whether all failed or some: an average over both would play a total
 * outage as a few failures. Pure.
 */
export function faultsOf(
  traffic: readonly DrillTraffic[],
  outcomesFor: (endpoint: number) => readonly DrillOutcome[],
): readonly DrillFault[] {
  const byEndpoint = new Map<number, Map<number, MinuteSum>>();
  for (const { endpoint, minute, accepted, ok, bad } of traffic) {
    let minutes = byEndpoint.get(endpoint);
    if (minutes === undefined) {
      byEndpoint.set(endpoint, (minutes = new Map<number, MinuteSum>()));
    }
    const sum = minutes.get(minute) ?? { accepted: 0, ok: 0, bad: 0 };
    minutes.set(minute, {
      accepted: sum.accepted + accepted,
      ok: sum.ok + ok,
      bad: sum.bad + bad,
    });
  }
  const faults = [...byEndpoint].flatMap(([endpoint, sums]) =>
    spellsOf(sums).map(({ from, to, ok, bad }): DrillFault => ({
      endpoint,
      fromMinute: from,
      toMinute: to,
      badShare: bad / (ok + bad),
      outcomes: outcomesFor(endpoint),
    })),
  );
  return faults.toSorted((a, b) => a.fromMinute - b.fromMinute || a.endpoint - b.endpoint);
}

type Spell = { readonly from: number; to: number; ok: number; bad: number };

/**
 * A minute in which messages came and nothing was tried belongs to the failures before it: behind an open circuit nothing
 * speaks of health.
 */
function spellsOf(sums: ReadonlyMap<number, MinuteSum>): readonly Spell[] {
  const spells: Spell[] = [];
  /** First attempts that delivered since the last failure: of its spell only if another failure follows. */
  let good = 0;
  for (const [minute, { ok, bad }] of [...sums].toSorted(([one], [other]) => one - other)) {
    const last = spells.at(-1);
    if (ok + bad === 0) {
      if (last !== undefined && minute === last.to && good === 0) last.to = minute + 1;
    } else if (bad === 0) {
      good += ok;
    } else {
      const isNear = last !== undefined && minute <= last.to + GAP_MINUTES;
      if (isNear && good > 0) join(spells, { from: last.to, to: minute, ok: good, bad: 0 });
      if (isNear) join(spells, { from: minute, to: minute + 1, ok, bad });
      else spells.push({ from: minute, to: minute + 1, ok, bad });
      good = 0;
    }
  }
  return spells;
}

/** Goes on with the last spell where both failed wholly, or both in part. */
function join(spells: Spell[], row: Spell): void {
  const last = spells.at(-1);
  if (last === undefined || (last.ok === 0) !== (row.ok === 0)) {
    spells.push(row);
    return;
  }
  last.to = row.to;
  last.ok += row.ok;
  last.bad += row.bad;
}

/** What first attempts met that failed, by endpoint, from a sample. */
async function outcomesOf(
  { slice }: Pick<Incident, 'slice'>,
  {
    startAt,
    endAt,
    now,
  }: { readonly startAt: number; readonly endAt: number; readonly now: number },
  places: ReadonlyMap<number, number>,
  ledger: Pick<Ledger, 'sampleDeliveries'>,
): Promise<ReadonlyMap<number, readonly DrillOutcome[]>> {
  const counts = new Map<number, Map<string, { outcome: DrillOutcome; count: number }>>();
  const [onlyEndpoint] = slice.endpointIds.length === 1 ? slice.endpointIds : [];
  const [onlyApp] = slice.appIds.length === 1 ? slice.appIds : [];
  const of =
    onlyEndpoint !== undefined
      ? { endpointId: onlyEndpoint }
      : onlyApp !== undefined
        ? { appId: onlyApp }
        : {};
  let lookedAt = 0;
  for (let after: SampleQuery['after']; lookedAt < MOST_SAMPLED;) {
    const page = await ledger.sampleDeliveries({
      ...of,
      fromAt: startAt,
      beforeAt: endAt,
      now,
      deadlineMs: null,
      after,
      limit: SAMPLE_PAGE,
      oneOf: 1000,
    });
    for (const { endpointId, isBad, outcome, statusCode } of page.rows) {
      const place = places.get(endpointId);
      if (!isBad || outcome === null || place === undefined) continue;
      const key = `${outcome} ${statusCode}`;
      let known = counts.get(place);
      if (known === undefined) {
        counts.set(place, (known = new Map<string, { outcome: DrillOutcome; count: number }>()));
      }
      const entry = known.get(key) ?? {
        outcome: { outcome, status: statusCode, share: 0 },
        count: 0,
      };
      known.set(key, { ...entry, count: entry.count + 1 });
    }
    lookedAt += page.lookedAt;
    if (page.next === null) break;
    after = page.next;
  }
  return new Map(
    Array.from(counts, ([place, known]) => {
      const most = [...known.values()]
        .toSorted((a, b) => b.count - a.count)
        .slice(0, MOST_OUTCOMES);
      const total = most.reduce((sum, { count }) => sum + count, 0);
      return [place, most.map(({ outcome, count }) => ({ ...outcome, share: count / total }))];
    }),
  );
}

/** Values by the order in which they first come. */
function placesOf<Value>(values: readonly Value[]): ReadonlyMap<Value, number> {
  const places = new Map<Value, number>();
  for (const value of values) if (!places.has(value)) places.set(value, places.size);
  return places;
}

function floorToMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function conflict(detail: string): Error {
  return fault('state_conflict', { detail });
}
