import type { Configuration, Objective } from '../change/index.ts';
import type { IdText } from '../core/index.ts';
import { scopeOf, sourceOf, type Scope } from '../slo/index.ts';
import type { Incident, IncidentSlice } from './incident.ts';

export type OutcomeMetricParts = {
  readonly configuration: Pick<Configuration, 'objectives' | 'applications' | 'endpoints'>;
  readonly idText: IdText;
};

/** Objectives that fit and are named where one does not. */
const MOST_NAMED = 10;
const PAGE = 100;

/**
 * Why a hypothesis of this incident cannot be told by this metric, with those that fit; null: it can. It has to be an
 * objective, and that has to count all that the incident's slice holds: every application, endpoint and event type. What
 * is seen of a part, or beside it, says nothing of the incident.
 */
export async function metricProblem(
  { slice }: Pick<Incident, 'slice'>,
  metric: string,
  parts: OutcomeMetricParts,
): Promise<string | null> {
  const objective = await parts.configuration.objectives.byName(metric);
  const hit = await scopeOfSlice(slice, parts);
  if (objective !== null && (await isMeasuredOver(objective, slice, hit, parts))) return null;
  const fitting = await fittingOf(slice, hit, parts);
  const why =
    objective === null
      ? `There is no objective "${metric}": a hypothesis is told by the SLI that it must move, never by a proxy of it.`
      : `The objective "${metric}" does not count all that the incident hits.`;
  return fitting.length === 0
    ? `${why} None does: make an objective that covers the incident's applications, endpoints and event types, or describe its slice anew.`
    : `${why} These do: ${fitting.join(', ')}.`;
}

/** The objective, asked for the incident's slice alone: what is well elsewhere does not hide what moved here. */
export function narrowedTo(slice: IncidentSlice, objective: Objective, idText: IdText): Objective {
  const { appIds, endpointIds, eventTypes } = slice;
  const own = objective.slice;
  const apps = {
    appIds: appIds.map((id) => idText.format('application', id)),
    applicationMetadata: {},
  };
  const endpoints = {
    endpointIds: endpointIds.map((id) => idText.format('endpoint', id)),
    endpointMetadata: {},
  };
  // Lanes are counted without event types.
  const hasTypes = eventTypes.length > 0 && sourceOf(objective) === 'deliveries';
  return {
    ...objective,
    slice: {
      ...own,
      ...(appIds.length === 0 ? {} : apps),
      ...(endpointIds.length === 0 ? {} : endpoints),
      ...(hasTypes ? { eventTypes } : {}),
    },
  };
}

async function fittingOf(
  slice: IncidentSlice,
  hit: Scope,
  parts: OutcomeMetricParts,
): Promise<readonly string[]> {
  const { objectives } = parts.configuration;
  const names: string[] = [];
  for (let afterUid: string | undefined; ;) {
    const page = await objectives.list({ limit: PAGE, descending: false, afterUid });
    for (const objective of page) {
      if (!(await isMeasuredOver(objective, slice, hit, parts))) continue;
      names.push(objective.name);
      if (names.length === MOST_NAMED) return names;
    }
    if (page.length < PAGE) return names;
    afterUid = page.at(-1)?.name;
  }
}

/** What an incident hits: its lists, within its objective where it has one. */
async function scopeOfSlice(
  { objective: name, appIds, endpointIds, eventTypes }: IncidentSlice,
  parts: OutcomeMetricParts,
): Promise<Scope> {
  const objective = name === null ? null : await parts.configuration.objectives.byName(name);
  const within = objective === null ? null : await scopeOf(objective.slice, parts);
  return {
    apps: both(appIds, within?.apps),
    endpoints: both(endpointIds, within?.endpoints),
    eventTypes: both(eventTypes, within?.eventTypes),
  };
}

function both<Value>(
  listed: readonly Value[],
  within: ReadonlySet<Value> | null | undefined,
): ReadonlySet<Value> | null {
  if (listed.length === 0) return within ?? null;
  return new Set(listed.filter((value) => within?.has(value) ?? true));
}

async function isMeasuredOver(
  { name, slice }: Objective,
  hitSlice: IncidentSlice,
  hit: Scope,
  parts: OutcomeMetricParts,
): Promise<boolean> {
  if (name === hitSlice.objective) return true;
  const { apps, endpoints, eventTypes } = await scopeOf(slice, parts);
  const holds = <Value>(counted: ReadonlySet<Value> | null, of: ReadonlySet<Value> | null) =>
    counted === null || (of !== null && [...of].every((value) => counted.has(value)));
  return (
    holds(eventTypes, hit.eventTypes) &&
    (holds(apps, hit.apps) || holds(apps, await appsOf(hit, parts))) &&
    (holds(endpoints, hit.endpoints) || holds(endpoints, await endpointsOf(hit, parts)))
  );
}

/** Applications of the endpoints that are hit, where these alone say what is. */
async function appsOf(
  { apps, endpoints }: Scope,
  { configuration }: OutcomeMetricParts,
): Promise<ReadonlySet<number> | null> {
  if (endpoints === null) return apps;
  const found = await Promise.all([...endpoints].map((id) => configuration.endpoints.byId(id)));
  // One that is gone has no traffic that could be missed.
  return new Set(found.flatMap((endpoint) => (endpoint === null ? [] : [endpoint.appId])));
}

/** All endpoints of the applications that are hit, where these alone say what is. */
async function endpointsOf(
  { apps, endpoints }: Scope,
  { configuration }: OutcomeMetricParts,
): Promise<ReadonlySet<number> | null> {
  if (apps === null || endpoints !== null) return endpoints;
  const found = new Set<number>();
  for (const appId of apps) {
    for (const { id } of await configuration.endpoints.of(appId)) found.add(id);
  }
  return found;
}
