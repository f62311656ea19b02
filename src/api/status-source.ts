import type { IdText } from '../core/index.ts';
import {
  incidentOf,
  timelineRowOf,
  type Incident,
  type IncidentSlice,
  type TimelineRow,
} from '../incident/index.ts';
import { scopeOf } from '../slo/index.ts';
import type { ApiParts } from './parts.ts';
import {
  HISTORY_DAYS,
  isPublic,
  statusFeedOf,
  type Concerned,
  type PublicIncident,
  type StatusFeed,
} from './status-feed.ts';

type Parts = Pick<ApiParts, 'ledger' | 'configuration' | 'incidents' | 'clock' | 'idText'>;
type Updates = PublicIncident['updates'];

/** Whoever asks, and however often: the ledger is read once in so long at most. */
const KEPT_MS = 5_000;
const PAGE = 250;
const MOST_INCIDENTS = 1_000;
const MOST_UPDATES = 50;
/** One that lasted long before its end lies within the history still. */
const LOOK_BACK_MS = (HISTORY_DAYS + 30) * 86_400_000;

/** The feed of an application, or with null of all; at most five seconds old. */
export type ReadStatusFeed = (appId: number | null) => Promise<StatusFeed>;

const sources = new WeakMap<Parts['ledger'], ReadStatusFeed>();

/** The one of this service: its pages and its routes read the ledger once for all of them. */
export function statusSourceOf(parts: Parts): ReadStatusFeed {
  const known = sources.get(parts.ledger);
  if (known !== undefined) return known;
  const made = createStatusSource(parts);
  sources.set(parts.ledger, made);
  return made;
}

export function createStatusSource(parts: Parts): ReadStatusFeed {
  let kept: {
    readonly until: number;
    readonly incidents: Promise<readonly PublicIncident[]>;
    /** By application: whoever has a link may ask as often as they like. */
    readonly feeds: Map<number | null, StatusFeed>;
  } | null = null;
  return async (appId) => {
    const now = parts.clock.now();
    if (kept === null || now >= kept.until) {
      const incidents = collect(parts, now);
      const mine = { until: now + KEPT_MS, incidents, feeds: new Map<number | null, StatusFeed>() };
      kept = mine;
      // What could not be read is read again by the next one who asks.
      incidents.catch(() => {
        if (kept === mine) kept = null;
      });
    }
    const { incidents, feeds } = kept;
    const found = await incidents;
    const known = feeds.get(appId);
    if (known !== undefined) return known;
    const feed = statusFeedOf(found, appId, now);
    feeds.set(appId, feed);
    return feed;
  };
}

async function collect(parts: Parts, now: number): Promise<readonly PublicIncident[]> {
  const found = (await incidentsSince(parts, now - LOOK_BACK_MS)).filter(isPublic);
  const whoOf = createConcernedOf(parts);
  const updates = new Map<number, Updates>();
  for (const { id, slice } of found) updates.set(id, await updatesOf(parts, id, slice, whoOf));
  const byId = new Map(found.map((incident) => [incident.id, incident]));
  // What was written of one that became a part of another is told with the other.
  for (const incident of found) {
    if (incident.state !== 'merged') continue;
    const into = targetOf(incident, byId);
    if (into === null) continue;
    const all = [...(updates.get(into) ?? []), ...(updates.get(incident.id) ?? [])];
    updates.set(
      into,
      all.toSorted((one, other) => other.at - one.at),
    );
  }
  const shown = found.filter(({ state }) => state !== 'merged');
  return Promise.all(
    shown.map(async (incident) => ({
      incident,
      concerned: await whoOf(incident.slice),
      updates: updates.get(incident.id) ?? [],
    })),
  );
}

async function incidentsSince(
  { ledger, incidents }: Parts,
  since: number,
): Promise<readonly Incident[]> {
  const found = new Map(incidents.current().map((incident) => [incident.id, incident]));
  for (let afterId: number | undefined; found.size < MOST_INCIDENTS;) {
    const stored = await ledger.incidents({ afterId, limit: PAGE, descending: true });
    const page = stored.map(incidentOf).filter((each) => each !== null);
    for (const incident of page) {
      if (incident.openedAt >= since) found.set(incident.id, incident);
    }
    const last = page.at(-1);
    if (stored.length < PAGE || last === undefined || last.openedAt < since) break;
    afterId = last.id;
  }
  return [...found.values()];
}

async function updatesOf(
  { ledger }: Parts,
  incidentId: number,
  slice: IncidentSlice,
  whoOf: (slice: IncidentSlice) => Promise<Concerned>,
): Promise<Updates> {
  const page = { limit: MOST_UPDATES, descending: true };
  const rows = await ledger.timeline({ incidentId, kind: 'update', ...page });
  const updates: Updates[number][] = [];
  for (const { id, at, pinned } of rows.map(timelineRowOf)) {
    const text = ownersTextOf(pinned);
    if (text === '') continue;
    updates.push({ id, at, text, concerned: await whoOf(sliceOf(pinned) ?? slice) });
  }
  return updates;
}

function targetOf(incident: Incident, byId: ReadonlyMap<number, Incident>): number | null {
  const seen = new Set([incident.id]);
  for (let next = incident.mergedInto; next !== null && !seen.has(next);) {
    const target = byId.get(next);
    if (target === undefined) return null;
    if (target.state !== 'merged') return target.id;
    seen.add(next);
    next = target.mergedInto;
  }
  return null;
}

/** An update's row pins both texts, and the slice that the incident had when it was written. */
function ownersTextOf(pinned: TimelineRow['pinned']): string {
  const owners: unknown =
    typeof pinned === 'object' && pinned !== null && 'owners' in pinned ? pinned.owners : '';
  return typeof owners === 'string' ? owners.trim() : '';
}

function sliceOf(pinned: TimelineRow['pinned']): IncidentSlice | null {
  if (typeof pinned !== 'object' || pinned === null || !('slice' in pinned)) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- src/incident/state.ts writes it, and nobody else
  return pinned.slice as IncidentSlice;
}

/** Which applications a slice lies in: what is named and is not there any more lies in none. */
function createConcernedOf({
  configuration,
  idText,
}: {
  readonly configuration: Parts['configuration'];
  readonly idText: IdText;
}): (slice: IncidentSlice) => Promise<Concerned> {
  const known = new Map<string, Promise<Concerned>>();

  async function appsOf(endpointIds: Iterable<number>): Promise<ReadonlySet<number>> {
    const apps = new Set<number>();
    for (const id of endpointIds) {
      const endpoint = await configuration.endpoints.byId(id);
      if (endpoint !== null) apps.add(endpoint.appId);
    }
    return apps;
  }

  async function find({ objective, appIds, endpointIds }: IncidentSlice): Promise<Concerned> {
    let concerned: Concerned = appIds.length === 0 ? null : new Set(appIds);
    if (endpointIds.length > 0) concerned = both(concerned, await appsOf(endpointIds));
    if (objective === null) return concerned;
    const promise = await configuration.objectives.byName(objective);
    // Whom it was about nobody knows any more, unless the slice names them too.
    if (promise === null) return concerned ?? new Set();
    const scope = await scopeOf(promise.slice, { configuration, idText });
    concerned = both(concerned, scope.apps);
    return scope.endpoints === null ? concerned : both(concerned, await appsOf(scope.endpoints));
  }

  return (slice) => {
    const key = JSON.stringify([slice.objective, slice.appIds, slice.endpointIds]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const concerned = find(slice);
    known.set(key, concerned);
    return concerned;
  };
}

function both(one: Concerned, other: Concerned): Concerned {
  if (one === null || other === null) return one ?? other;
  return one.intersection(other);
}
