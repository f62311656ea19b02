import type { Api } from '../api.ts';
import { at, listAt, momentAt, numberAt, textAt, type Json } from '../json.ts';

/** What an incident's impact comes to by the rows of messages and attempts, each read over the API. */
export type Recount = {
  readonly deliveries: number;
  readonly failed: number;
  readonly late: number;
  readonly dead: number;
  readonly messages: number;
  readonly endpoints: number;
  readonly applications: number;
  readonly people: number | null;
  /** Minor units that what is late or lost carries, by currency. */
  readonly money: ReadonlyMap<string, { readonly delayed: number; readonly lost: number }>;
  /** Minor units that all deliveries of the span carry, by currency. */
  readonly carried: ReadonlyMap<string, number>;
};

const MINUTE_MS = 60_000;
/** The service's default: what is delivered later than this is late. */
const DEADLINE_MS = 60_000;
const MOST = 100_000;

type Span = { readonly fromAt: number; readonly overAt: number };

/**
 * Counts again what an incident says that it hit: none of it comes from SLI minutes. In drills each application has one
 * endpoint, and nothing is sent any more. Minutes count whole, as the impact has them.
 */
export async function recountImpact(api: Api, incident: Json, now: number): Promise<Recount> {
  const spans = spansOf(incident, now);
  const apps = idsAt(incident, 'appIds');
  const endpoints = idsAt(incident, 'endpointIds');
  const eventTypes = idsAt(incident, 'eventTypes');
  const counts = { deliveries: 0, failed: 0, late: 0, dead: 0, messages: 0 };
  const money = new Map<string, { delayed: number; lost: number }>();
  const carried = new Map<string, number>();
  const hit = new Set<string>();
  const hitApps = new Set<string>();
  let people: number | null = null;
  for (const app of await api.list('/app', 1000)) {
    const appId = textAt(app, 'id');
    if (apps !== null && !apps.has(appId)) continue;
    const [endpoint] = await api.list(`/app/${appId}/endpoint`, 1);
    const endpointId = textAt(endpoint, 'id');
    if (endpoint === undefined || (endpoints !== null && !endpoints.has(endpointId))) continue;
    const path = `/app/${appId}/attempt/endpoint/${endpointId}?with_content=false`;
    const attempts = Map.groupBy(await api.list(path, MOST), (row) => textAt(row, 'msgId'));
    let isHit = false;
    for (const message of await api.list(`/app/${appId}/msg?with_content=false`, MOST)) {
      if (eventTypes !== null && !eventTypes.has(textAt(message, 'eventType'))) continue;
      const fate = fateOf(message, attempts.get(textAt(message, 'id')) ?? [], now);
      // A first attempt counts in the minute in which it ended, all else in that of the acceptance.
      const isFailedWithin = fate.failedAt !== null && isWithin(spans, fate.failedAt);
      if (isFailedWithin) counts.failed += 1;
      const isAccepted = isWithin(spans, fate.acceptedAt);
      const state = fate.isDelivered
        ? 'delivered'
        : await stateOf(api, appId, textAt(message, 'id'));
      const isDead = state === 'dead';
      const isLate = fate.isLate && state !== 'cancelled';
      const isBad = fate.failedAt !== null || isLate || isDead;
      if (
        isBad &&
        spans.some(({ fromAt, overAt }) => fate.acceptedAt >= fromAt && fate.acceptedAt <= overAt)
      ) {
        counts.messages += 1;
      }
      if (isFailedWithin || (isAccepted && (isLate || isDead))) isHit = true;
      if (!isAccepted) continue;
      counts.deliveries += 1;
      if (isLate) counts.late += 1;
      if (isDead) counts.dead += 1;
      const [amount, currency] = [
        at(message, 'value', 'amount'),
        textAt(message, 'value', 'currency'),
      ];
      if (typeof amount !== 'number') continue;
      carried.set(currency, amount + (carried.get(currency) ?? 0));
      const isLost = isDead || state === 'cancelled';
      const sums = money.get(currency) ?? { delayed: 0, lost: 0 };
      if (isLost) sums.lost += amount;
      else if (isLate) sums.delayed += amount;
      money.set(currency, sums);
    }
    if (!isHit) continue;
    hit.add(endpointId);
    hitApps.add(appId);
    const behind = numberAt(app, 'people');
    if (!Number.isNaN(behind)) people = (people ?? 0) + behind;
  }
  return { ...counts, endpoints: hit.size, applications: hitApps.size, people, money, carried };
}

/** Of each episode, from its first minute that none before it has. `now`: where a marker is not set. Pure. */
export function spansOf(incident: Json, now: number): readonly Span[] {
  let countedTo = 0;
  return listAt(incident, 'episodes').map((episode) => {
    const startAt = momentAt(episode, 'markers', 'impactStart', 'at') ?? now;
    const fromAt = Math.max(minuteOf(startAt), countedTo);
    const endAt = momentAt(episode, 'markers', 'mitigated', 'at') ?? now;
    // A minute that begins as the impact is over is well.
    const overAt =
      endAt % MINUTE_MS === 0 && endAt > Math.max(startAt, countedTo) ? endAt - 1 : endAt;
    countedTo = minuteOf(overAt) + MINUTE_MS;
    return { fromAt, overAt };
  });
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** null of a list that is empty, which means all. */
function idsAt(incident: Json, name: string): ReadonlySet<string> | null {
  const ids = listAt(incident, 'slice', name).map((id) => textAt(id));
  return ids.length === 0 ? null : new Set(ids);
}

/** The minute that holds it begins within a span. */
function isWithin(spans: readonly Span[], moment: number): boolean {
  const minuteAt = minuteOf(moment);
  return spans.some(({ fromAt, overAt }) => minuteAt >= fromAt && minuteAt <= overAt);
}

type Fate = {
  readonly acceptedAt: number;
  /** When its first attempt ended without delivering; null: it delivered, or was interrupted. */
  readonly failedAt: number | null;
  readonly isDelivered: boolean;
  /** Delivered after its deadline, or not by now. */
  readonly isLate: boolean;
};

/** @param attempts of it, the newest first. */
function fateOf(message: Json, attempts: readonly Json[], now: number): Fate {
  const acceptedAt = momentAt(message, 'timestamp') ?? 0;
  const isDelivered = (row: Json): boolean => textAt(row, 'outcome') === 'delivered';
  const first = attempts.at(-1);
  const endedAt = (row: Json): number => {
    const began = momentAt(row, 'timestamp') ?? 0;
    const queued = numberAt(row, 'timing', 'queuedMs') || 0;
    const sent = row === first ? Math.max(began, acceptedAt + queued) : began;
    return sent + numberAt(row, 'responseDurationMs');
  };
  const arrivedAt = Math.min(...attempts.filter(isDelivered).map(endedAt));
  const isFailed =
    first !== undefined && !isDelivered(first) && textAt(first, 'outcome') !== 'interrupted';
  return {
    acceptedAt,
    failedAt: isFailed ? endedAt(first) : null,
    isDelivered: Number.isFinite(arrivedAt),
    isLate: Math.min(arrivedAt, now) > acceptedAt + DEADLINE_MS,
  };
}

async function stateOf(api: Api, app: string, message: string): Promise<string> {
  const answer = await api.get(`/app/${app}/msg/${message}/delivery`);
  return textAt(listAt(answer, 'data')[0], 'state');
}
