import { heldUntil, holdingNow, type Incident } from '../incident/index.ts';

/**
 * What anybody who has the link may know of incidents: that deliveries are disturbed, since when, in which state it is,
 * and what was written for the owners of endpoints. Nothing else of an incident goes in: its title, its slice and the
 * texts for responders may name what belongs to others. Pure.
 */
export type StatusFeed = {
  /** Of which application; null: of all. */
  readonly appId: number | null;
  /** What goes on first, then what is over, each the newest first. */
  readonly entries: readonly StatusEntry[];
  /** The last 90 days, today at the end. */
  readonly days: readonly StatusDay[];
  /** When anything of it happened last; null: nothing did. */
  readonly changedAt: number | null;
};

/** ongoing: the impact lasts, or deliveries are held back · mitigated: it is over, and its cause is still there · resolved: its cause is gone. */
export type StatusState = 'ongoing' | 'mitigated' | 'resolved';

export type StatusEntry = {
  /** The incident's. */
  readonly id: number;
  readonly state: StatusState;
  readonly sinceAt: number;
  /** When its last spell was over; null: it lasts. */
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly spells: readonly Spell[];
  /** The newest first. */
  readonly updates: readonly StatusUpdate[];
};

/** From when until when deliveries were disturbed; null: they are. */
export type Spell = { readonly fromAt: number; readonly untilAt: number | null };
export type StatusUpdate = { readonly id: number; readonly at: number; readonly text: string };
export type StatusDay = { readonly at: number; readonly disturbedMs: number };

/** Applications that something concerns; null: all of them. */
export type Concerned = ReadonlySet<number> | null;

export type PublicIncident = {
  readonly incident: Incident;
  readonly concerned: Concerned;
  /** Those that were written for owners, each with whom it concerned when it was written; the newest first. */
  readonly updates: readonly (StatusUpdate & { readonly concerned: Concerned })[];
};

export const HISTORY_DAYS = 90;
const DAY_MS = 86_400_000;
/** An incident of this severity or worse stands there at once, any other when somebody has written of it. */
const LEAST_SEVERITY = 2;

/** @param appId null: the feed of all. */
export function statusFeedOf(
  incidents: readonly PublicIncident[],
  appId: number | null,
  now: number,
): StatusFeed {
  const today = now - (now % DAY_MS);
  const fromAt = today - (HISTORY_DAYS - 1) * DAY_MS;
  const entries = incidents
    .filter(({ concerned }) => isConcerned(concerned, appId))
    .map((each) => ({ severity: each.incident.severity, entry: entryOf(each, appId, now) }))
    .filter(({ severity, entry }) => severity <= LEAST_SEVERITY || entry.updates.length > 0)
    .map(({ entry }) => entry)
    .filter(({ spells }) => spells.some(({ untilAt }) => untilAt === null || untilAt >= fromAt))
    .toSorted(
      (one, other) =>
        Number(one.state === 'resolved') - Number(other.state === 'resolved') ||
        other.sinceAt - one.sinceAt ||
        other.id - one.id,
    );
  const days = Array.from({ length: HISTORY_DAYS }, (_, nth) => {
    const at = fromAt + nth * DAY_MS;
    return { at, disturbedMs: disturbedMs(entries, at, Math.min(at + DAY_MS, now)) };
  });
  const moments = entries.flatMap(eventsOf).map(({ at }) => at);
  return {
    appId,
    entries,
    days,
    changedAt: moments.length === 0 ? null : moments.reduce((one, other) => Math.max(one, other)),
  };
}

/** Whether it may be shown at all: a staged one, one of the past, and what was none are nobody's news. */
export function isPublic({ isDrill, isRetrospective, state }: Incident): boolean {
  return !isDrill && !isRetrospective && state !== 'declined';
}

function isConcerned(concerned: Concerned, appId: number | null): boolean {
  return appId === null || concerned === null || concerned.has(appId);
}

function entryOf(
  { incident, updates }: PublicIncident,
  appId: number | null,
  now: number,
): StatusEntry {
  // Whoever waits for what is held does not care that nothing fails.
  const isHeld = holdingNow(incident).length > 0;
  const heldAt = heldUntil(incident, now);
  const spells = incident.episodes.map(({ markers }, index) => {
    const isLast = index === incident.episodes.length - 1;
    const overAt = markers.mitigated?.at ?? null;
    return {
      fromAt: (markers.impactStart ?? markers.detected)?.at ?? incident.openedAt,
      untilAt: isLast ? (isHeld ? null : (heldAt ?? overAt)) : overAt,
    };
  });
  const last = incident.episodes.at(-1);
  const state = isHeld ? 'ongoing' : stateOf(incident);
  return {
    id: incident.id,
    state,
    sinceAt: spells[0]?.fromAt ?? incident.openedAt,
    mitigatedAt: spells.at(-1)?.untilAt ?? null,
    resolvedAt: state === 'resolved' ? (last?.markers.fixed?.at ?? incident.endedAt) : null,
    spells,
    updates: updates
      .filter(({ concerned }) => isConcerned(concerned, appId))
      .map(({ id, at, text }) => ({ id, at, text })),
  };
}

function stateOf({ state }: Incident): StatusState {
  if (state === 'open') return 'ongoing';
  return state === 'mitigated' ? 'mitigated' : 'resolved';
}

/** Time within a span in which at least one spell lasted: two at once count once. */
function disturbedMs(entries: readonly StatusEntry[], fromAt: number, untilAt: number): number {
  const spans = entries
    .flatMap(({ spells }) => spells)
    .map((spell) => ({
      from: Math.max(spell.fromAt, fromAt),
      until: Math.min(spell.untilAt ?? untilAt, untilAt),
    }))
    .filter(({ from, until }) => from < until)
    .toSorted((one, other) => one.from - other.from);
  let [sum, reachedAt] = [0, fromAt];
  for (const { from, until } of spans) {
    sum += Math.max(0, until - Math.max(from, reachedAt));
    reachedAt = Math.max(reachedAt, until);
  }
  return sum;
}

export type StatusEvent = {
  /** Unique within its entry, and always the same. */
  readonly key: string;
  readonly entry: StatusEntry;
  readonly at: number;
  readonly kind: 'began' | 'update' | 'mitigated' | 'resolved';
  readonly text: string;
};

/** What happened of an entry, the newest first. */
export function eventsOf(entry: StatusEntry): readonly StatusEvent[] {
  const spells = entry.spells.flatMap(({ fromAt, untilAt }, nth): readonly StatusEvent[] => [
    {
      key: `began-${nth + 1}`,
      entry,
      at: fromAt,
      kind: 'began',
      text: nth === 0 ? 'Deliveries are disturbed.' : 'Deliveries are disturbed again.',
    },
    ...(untilAt === null
      ? []
      : [
          {
            key: `mitigated-${nth + 1}`,
            entry,
            at: untilAt,
            kind: 'mitigated' as const,
            text: 'Deliveries are as they should be again.',
          },
        ]),
  ]);
  const updates = entry.updates.map(({ id, at, text }): StatusEvent => ({
    key: `update-${id}`,
    entry,
    at,
    kind: 'update',
    text,
  }));
  const { resolvedAt: at } = entry;
  const resolved: readonly StatusEvent[] =
    at === null
      ? []
      : [{ key: 'resolved', entry, at, kind: 'resolved', text: 'The cause is removed.' }];
  return [...spells, ...updates, ...resolved].toSorted((one, other) => other.at - one.at);
}
