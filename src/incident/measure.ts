import type { Configuration, Objective } from '../change/index.ts';
import type { IdText } from '../core/index.ts';
import type { Ledger, SliQuery, SliRow } from '../ledger/index.ts';
import {
  judgeOf,
  MINUTE_MS,
  readRows,
  sourceOf,
  scopeOf,
  type Judge,
  type Scope,
} from '../slo/index.ts';
import { subjectOf } from './alert-subject.ts';
import type { AttachedAlert, Incident, IncidentSlice } from './incident.ts';
import type { SliMinute } from './spell.ts';
import { MOST_IDS } from './widen-slice.ts';

/** An SLI that an incident is held against: an objective's, or the first attempts to one endpoint. */
export type Measure = {
  /** `objective NAME` or `endpoint ID`. */
  readonly name: string;
  /** null: it is an endpoint's. */
  readonly objective: string | null;
  readonly target: number;
  readonly scope: Scope;
  readonly judge: Judge;
  /** Which counts it reads. */
  readonly of: SliQuery['of'];
  /** How long after its end a minute may still change: a deadline that began in it. */
  readonly settlesMs: number;
};

export type MeasureParts = {
  readonly ledger: Pick<Ledger, 'sli'>;
  readonly configuration: Pick<Configuration, 'objectives' | 'applications' | 'endpoints'>;
  readonly idText: IdText;
  readonly deliveryDeadlineMs: number;
};

/** Of one incident. Where more endpoints fail it is an objective that tells. */
const MOST_MEASURES = 20;
/** Endpoints that belong to no objective's alert are held to it. */
const ENDPOINT_TARGET = 0.99;
/** Deadlines are noticed a little late. */
const NOTICED_MS = 10_000;

/** Kinds of alerts whose end the SLI tells; all others are over when their condition is gone. */
const measuredKinds: ReadonlySet<string> = new Set(['burn_rate', 'outage', 'fast_burn']);

export function isMeasured({ kind }: Pick<AttachedAlert, 'kind'>): boolean {
  return measuredKinds.has(kind);
}

/** `objective NAME` or `endpoint ID`, as measures are called; null: no SLI is its own. */
export function measureNameOf({ key }: Pick<AttachedAlert, 'key'>): string | null {
  const subject = subjectOf(key);
  if (subject === null) return null;
  return subject.kind === 'objective' ? `objective ${subject.name}` : `endpoint ${subject.id}`;
}

/** What an alert's SLI is; null: it has none, or what it is about is gone. */
export function measureOf(
  { key }: Pick<AttachedAlert, 'key'>,
  parts: MeasureParts,
): Promise<Measure | null> {
  const subject = subjectOf(key);
  if (subject === null) return Promise.resolve(null);
  return subject.kind === 'objective'
    ? measureOfObjective(subject.name, parts)
    : Promise.resolve(measureOfEndpoint(subject.id, parts));
}

/** Those that tell when the impact of its present alerts is over; of one without alerts, those of its slice. */
export async function measuresOf(
  { slice }: Pick<Incident, 'slice'>,
  alerts: readonly AttachedAlert[],
  parts: MeasureParts,
): Promise<readonly Measure[]> {
  const measures = new Map<string, Measure>();
  const take = (measure: Measure | null): void => {
    if (measure !== null && measures.size < MOST_MEASURES) measures.set(measure.name, measure);
  };
  const measured = alerts.filter(isMeasured);
  for (const isObjective of [true, false]) {
    for (const alert of measured) {
      const isOfObjective = subjectOf(alert.key)?.kind === 'objective';
      const name = measureNameOf(alert) ?? '';
      if (isOfObjective === isObjective && !measures.has(name)) take(await measureOf(alert, parts));
    }
  }
  if (alerts.length > 0) return [...measures.values()];
  if (slice.objective !== null) take(await measureOfObjective(slice.objective, parts));
  else {
    for (const id of slice.endpointIds.slice(0, MOST_MEASURES)) {
      take(measureOfEndpoint(parts.idText.format('endpoint', id), parts));
    }
  }
  return [...measures.values()];
}

async function measureOfObjective(name: string, parts: MeasureParts): Promise<Measure | null> {
  const objective = await parts.configuration.objectives.byName(name);
  if (objective === null || objective.indicator === 'accounted') return null;
  return {
    name: `objective ${name}`,
    objective: name,
    target: objective.target,
    scope: await scopeOf(objective.slice, parts),
    judge: judgeOf(objective, parts.deliveryDeadlineMs),
    of: sourceOf(objective),
    settlesMs: settlesMsOf(objective),
  };
}

function settlesMsOf({ indicator, deadlineMs }: Objective): number {
  return indicator === 'on_time' ? (deadlineMs ?? 0) + NOTICED_MS : 0;
}

function measureOfEndpoint(
  text: string,
  { idText, deliveryDeadlineMs }: MeasureParts,
): Measure | null {
  const id = idText.parse('endpoint', text);
  if (id === undefined) return null;
  return {
    name: `endpoint ${text}`,
    objective: null,
    target: ENDPOINT_TARGET,
    scope: { apps: null, endpoints: new Set([id]), eventTypes: null },
    judge: judgeOf({ indicator: 'first_attempt', deadlineMs: null }, deliveryDeadlineMs),
    of: 'deliveries',
    settlesMs: 0,
  };
}

/** Its minutes in the span, in order; `settled`: those alone that nothing changes any more. */
export async function readMinutes(
  { ledger }: Pick<MeasureParts, 'ledger'>,
  { scope, judge, settlesMs, of }: Measure,
  span: { readonly fromAt: number; readonly beforeAt: number },
  now: number,
  which: 'settled' | 'all',
): Promise<readonly SliMinute[]> {
  const sums = new Map<number, { good: number; bad: number }>();
  const beforeAt =
    which === 'all' ? span.beforeAt : Math.min(span.beforeAt, floorToMinute(now - settlesMs));
  const fromAt = floorToMinute(span.fromAt);
  if (fromAt >= beforeAt) return [];
  await readRows(ledger, scope, { unit: 'minute', fromAt, beforeAt, of }, [], (row: SliRow) => {
    const { good, bad } = judge(row, row.at + MINUTE_MS + settlesMs > now);
    if (good + bad === 0) return;
    const sum = sums.get(row.at);
    if (sum === undefined) sums.set(row.at, { good, bad });
    else {
      sum.good += good;
      sum.bad += bad;
    }
  });
  return Array.from(sums, ([at, sum]) => ({ at, ...sum })).toSorted((a, b) => a.at - b.at);
}

/** What an alert says that is hit: its objective's slice, or its endpoint; everything where it is about neither. */
export async function sliceOf(
  { key }: Pick<AttachedAlert, 'key'>,
  parts: MeasureParts,
): Promise<IncidentSlice> {
  const subject = subjectOf(key);
  if (subject?.kind === 'endpoint') {
    const id = parts.idText.parse('endpoint', subject.id);
    const endpoint = id === undefined ? null : await parts.configuration.endpoints.byId(id);
    if (endpoint === null) return everywhere;
    return { ...everywhere, appIds: [endpoint.appId], endpointIds: [endpoint.id] };
  }
  if (subject?.kind !== 'objective') return everywhere;
  const objective = await parts.configuration.objectives.byName(subject.name);
  if (objective === null) return { ...everywhere, objective: subject.name };
  const { apps, endpoints, eventTypes } = await scopeOf(objective.slice, parts);
  return {
    objective: objective.name,
    appIds: idsOf(apps),
    endpointIds: idsOf(endpoints),
    eventTypes: [...(eventTypes ?? [])],
  };
}

const everywhere: IncidentSlice = {
  objective: null,
  appIds: [],
  endpointIds: [],
  eventTypes: [],
};

function idsOf(ids: ReadonlySet<number> | null): readonly number[] {
  return ids === null || ids.size > MOST_IDS ? [] : [...ids];
}

export function floorToMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
