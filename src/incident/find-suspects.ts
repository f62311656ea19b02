import { idAt, timeOfId, type Clock, type IdText } from '../core/index.ts';
import type { Configuration, Endpoint } from '../change/index.ts';
import {
  sliUnitMs,
  type Change,
  type ChangeItem,
  type Ledger,
  type SliQuery,
} from '../ledger/index.ts';
import { canGoBack } from './can-go-back.ts';
import { presentEpisode, type Incident } from './incident.ts';
import {
  rankSuspects,
  SUSPECTED_MS,
  type Candidate,
  type Reach,
  type SliceCounts,
  type Suspect,
} from './suspects.ts';

export type FindSuspectsParts = {
  readonly ledger: Pick<Ledger, 'changes' | 'sli' | 'policyUsers'>;
  readonly configuration: Pick<Configuration, 'endpoints' | 'applications'>;
  readonly clock: Clock;
  readonly idText: IdText;
};

/** Changes that are looked at, the newest. */
const MOST_CHANGES = 2000;
const PAGE = 250;
/** Longer spans are counted by the hour. */
const MINUTES_MS = 6 * sliUnitMs.hour;
const MOST_USERS = 10_000;

/**
 * What changed before the impact began, the likeliest first: configuration, canaries, deploys that were told of, and
 * what was seen to change at receivers. What the incident's own mitigations changed is none of it.
 */
export async function findSuspects(
  incident: Incident,
  parts: FindSuspectsParts,
): Promise<readonly Suspect[]> {
  const { markers } = presentEpisode(incident);
  const now = parts.clock.now();
  const impactStartAt = markers.impactStart?.at ?? incident.openedAt;
  const untilAt = markers.mitigated?.at ?? now;
  const counts = await readCounts(parts.ledger, impactStartAt, Math.min(now, untilAt + 1));
  const ours = new Set(
    incident.mitigations.flatMap(({ changeIds, undoChangeIds }) => [
      ...changeIds,
      ...undoChangeIds,
    ]),
  );
  const changes = (
    await changesOf(parts.ledger, idAt(impactStartAt - SUSPECTED_MS), idAt(untilAt) + 1)
  ).filter(({ id }) => !ours.has(id));
  const reachOf = await createReach(changes, counts, parts);
  const candidates = changes.map((change): Candidate => ({
    change,
    at: timeOfId(change.id),
    reach: reachOf(change),
    isRevertible: canGoBack(change),
  }));
  return rankSuspects(candidates, counts, impactStartAt);
}

async function changesOf(
  ledger: Pick<Ledger, 'changes'>,
  fromId: number,
  beforeId: number,
): Promise<readonly Change[]> {
  const all: Change[] = [];
  for (let afterId: number | undefined; all.length < MOST_CHANGES;) {
    const page = { fromId, beforeId, afterId, limit: PAGE, descending: true };
    const found = await ledger.changes(page);
    all.push(...found);
    if (found.length < PAGE) break;
    afterId = found.at(-1)?.id;
  }
  return all;
}

/** First attempts, since they tell at once; where none was made, deliveries that became late. */
export async function readCounts(
  ledger: Pick<Ledger, 'sli'>,
  fromAt: number,
  beforeAt: number,
): Promise<readonly SliceCounts[]> {
  const unit = beforeAt - fromAt > MINUTES_MS ? 'hour' : 'minute';
  const sums = new Map<string, { counts: SliceCounts; late: number; onTime: number }>();
  const from = Math.floor(fromAt / sliUnitMs[unit]) * sliUnitMs[unit];
  const groupBy: SliQuery['groupBy'] = ['app', 'endpoint', 'event_type'];
  for (let at: number | null = from; at !== null && at < beforeAt;) {
    const page = await ledger.sli({ unit, fromAt: at, beforeAt, groupBy });
    for (const row of page.rows) {
      const { appId, endpointId, eventType, firstOk, firstBad, late, onTime } = row;
      if (appId === null || endpointId === null || eventType === null) continue;
      const key = `${endpointId} ${eventType}`;
      const known = sums.get(key);
      const bad = firstBad + (known?.counts.bad ?? 0);
      const total = firstOk + firstBad + (known?.counts.total ?? 0);
      sums.set(key, {
        counts: { appId, endpointId, eventType, bad, total },
        late: late + (known?.late ?? 0),
        onTime: onTime + (known?.onTime ?? 0),
      });
    }
    at = page.nextAt;
  }
  const all = [...sums.values()];
  if (all.some(({ counts }) => counts.bad > 0)) return all.map(({ counts }) => counts);
  return all.map(({ counts, late, onTime }) => ({ ...counts, bad: late, total: late + onTime }));
}

/** Over which deliveries a change is in force, as configuration is now. */
async function createReach(
  changes: readonly Change[],
  counts: readonly SliceCounts[],
  { ledger, configuration }: FindSuspectsParts,
): Promise<(change: Change) => Reach> {
  const endpointIdsByPeer = await peersOf(counts, configuration);
  const policies = new Set(
    changes.flatMap(({ items }) =>
      items.filter(({ kind }) => kind === 'policy').map(({ subject }) => subject),
    ),
  );
  const users = new Map<string, { apps: Set<number>; endpoints: Set<number> }>();
  for (const policy of policies) {
    const using = { apps: new Set<number>(), endpoints: new Set<number>() };
    for (const kind of ['application', 'endpoint'] as const) {
      const found = await ledger.policyUsers({ kind, policy, limit: MOST_USERS });
      for (const { id } of found) (kind === 'application' ? using.apps : using.endpoints).add(id);
    }
    users.set(policy, using);
  }
  const ofItem = (item: ChangeItem): Reach => {
    const { kind, appId, subjectId, subject } = item;
    switch (kind) {
      case 'application':
        return (row) => row.appId === subjectId;
      case 'endpoint':
        return (row) => row.endpointId === subjectId;
      case 'canary': {
        const endpointId = fieldOf(item, 'endpointId');
        return (row) => row.endpointId === endpointId;
      }
      case 'event_type':
      case 'drift':
        return (row) => row.eventType === subject;
      case 'policy': {
        const using = users.get(subject);
        return (row) =>
          using?.apps.has(row.appId) === true || using?.endpoints.has(row.endpointId) === true;
      }
      case 'certificate':
      case 'address':
      case 'server': {
        const endpointIds = endpointIdsByPeer.get(subject);
        return (row) => endpointIds?.has(row.endpointId) === true;
      }
      case 'pause': {
        const eventType = textOf(item, 'eventType');
        return (row) =>
          (appId === 0 || row.appId === appId) && (eventType ?? row.eventType) === row.eventType;
      }
      case 'deploy':
        return appId === 0 ? () => true : (row) => row.appId === appId;
      case 'token':
      case 'notifier':
      case 'route':
      case 'maintenance':
      case 'objective':
        return () => true;
      default:
        return () => true;
    }
  };
  return ({ items }) => {
    const reaches = items.map(ofItem);
    return (row) => reaches.some((reach) => reach(row));
  };
}

function fieldOf({ before, after }: ChangeItem, name: string): unknown {
  const doc: unknown = JSON.parse(after ?? before ?? 'null');
  return typeof doc === 'object' && doc !== null ? new Map(Object.entries(doc)).get(name) : null;
}

function textOf(item: ChangeItem, name: string): string | null {
  const value = fieldOf(item, name);
  return typeof value === 'string' ? value : null;
}

/** Endpoints by host:port, of those that had traffic. */
async function peersOf(
  counts: readonly SliceCounts[],
  { endpoints }: Pick<Configuration, 'endpoints'>,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const peers = new Map<string, Set<number>>();
  for (const appId of new Set(counts.map((row) => row.appId))) {
    for (const endpoint of await endpoints.of(appId)) {
      const peer = peerOf(endpoint);
      const known = peers.get(peer);
      if (known === undefined) peers.set(peer, new Set([endpoint.id]));
      else known.add(endpoint.id);
    }
  }
  return peers;
}

function peerOf({ url }: Endpoint): string {
  const { hostname, port, protocol } = new URL(url);
  const given = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return `${hostname}:${given}`;
}
