import { isDeepStrictEqual } from 'node:util';
import { startStopwatch, type Clock, type Log } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { isOpenAlert, MINUTE_MS, type Alert, type Alerts } from '../slo/index.ts';
import { ChangesSeen, type ChangesSeenParts } from './changes-seen.ts';
import { heldUntil, holdingNow } from './holding.ts';
import { readImpact, type ImpactParts, type ImpactRead } from './impact.ts';
import { bySystem, isEnded, presentEpisode, type Impact, type Incident } from './incident.ts';
import type { Incidents } from './incidents.ts';
import { afterWhat, fixesToHold, wellSince } from './markers.ts';
import { floorToMinute, measuresOf, readMinutes, type MeasureParts } from './measure.ts';
import { createAcceptedIn } from './service-deliveries.ts';
import { severityOf } from './severity.ts';
import { firstSpell, heldFrom, HOLD_MINUTES } from './spell.ts';
import { rowDraft, type RowDraft } from './moves.ts';
import { updateEveryMs } from './update-clock.ts';

export type FollowingParts = MeasureParts &
  ImpactParts &
  ChangesSeenParts & {
    readonly ledger: Pick<Ledger, 'sli' | 'changes' | 'timeline'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly alerts: Pick<Alerts, 'current' | 'byId' | 'acknowledge'>;
    readonly incidents: Pick<Incidents, 'move' | 'note' | 'byId'>;
    readonly updateMs: number;
  };

export type Following = {
  /**
   * One look at all incidents that did not end. However many there are, it measures and reckons a bounded number of them,
   * those that wait longest: what is found later has the same moments, since they are read from the ledger. What cannot
   * be followed is logged, and keeps no other from it.
   *
   * @param isStopped ends it between two of them.
   */
  look(incidents: readonly Incident[], isStopped: () => boolean): Promise<void>;
};

const IMPACT_MS = 30_000;
/** Once its impact is over, it is reckoned so often for an hour, and then no more. */
const QUIET_IMPACT_MS = 5 * MINUTE_MS;
const IMPACT_AFTER_MS = 60 * MINUTE_MS;
const IMPACT_RATIO = 20;
const HOLD_MS = HOLD_MINUTES * MINUTE_MS;
/** In one look: with one every five seconds each of 240 is measured every minute. */
const MOST_MEASURED = 20;
const MOST_RECKONED = 20;
const MOST_TOLD = 20;

type Known = {
  /** The minute in which markers were looked at. */
  minuteAt: number;
  impactDueAt: number;
  /** Whose acknowledgement was passed on: the episode. */
  acknowledged: number;
  /** SLI rows: whether it was out, and from when on it is looked at. */
  isOut: boolean | null;
};

/** What one look at all of them shares. */
type Look = {
  readonly now: number;
  /** Open alerts, and those resolved lately. */
  readonly held: ReadonlyMap<number, Alert>;
  /** Each alert is looked up once. */
  readonly lookup: (alertId: number) => Promise<Alert | null>;
  readonly changes: ReadonlyMap<number, readonly RowDraft[]>;
  readonly measured: ReadonlySet<number>;
  readonly reckoned: ReadonlySet<number>;
  /** How many may still be told that word is due. */
  tellings: number;
};

/** Keeps an incident's markers, impact, timeline and clock up to date by what the ledger and its alerts say. */
export function createFollowing(parts: FollowingParts): Following {
  const { incidents, alerts, clock, log } = parts;
  const changesSeen = new ChangesSeen(parts);
  const impactParts = { ...parts, acceptedIn: createAcceptedIn(parts.ledger, clock) };
  const known = new Map<number, Known>();

  function knownOf({ id }: Incident): Known {
    const there = known.get(id);
    if (there !== undefined) return there;
    const made = { minuteAt: 0, impactDueAt: 0, acknowledged: 0, isOut: null };
    known.set(id, made);
    return made;
  }

  function keepOnly(current: readonly Incident[]): void {
    const ids = new Set(current.map(({ id }) => id));
    for (const id of known.keys()) {
      if (ids.has(id)) continue;
      known.delete(id);
      changesSeen.forget(id);
    }
  }

  async function begin(incidentsNow: readonly Incident[], now: number): Promise<Look> {
    const held = new Map(alerts.current().map((alert) => [alert.id, alert]));
    const found = new Map<number, Promise<Alert | null>>();
    const lookup = (alertId: number): Promise<Alert | null> => {
      const there = held.get(alertId);
      const reading =
        found.get(alertId) ?? (there === undefined ? alerts.byId(alertId) : Promise.resolve(there));
      found.set(alertId, reading);
      return reading;
    };
    const watched = incidentsNow.filter(isWatched);
    const minuteAt = floorToMinute(now);
    return {
      now,
      held,
      lookup,
      changes: await changesIn(watched, now),
      tellings: MOST_TOLD,
      measured: firstOf(
        watched.filter((each) => knownOf(each).minuteAt < minuteAt),
        (each) => knownOf(each).minuteAt,
        MOST_MEASURED,
      ),
      reckoned: firstOf(
        incidentsNow.filter((each) => isReckoned(each, now) && now >= knownOf(each).impactDueAt),
        (each) => knownOf(each).impactDueAt,
        MOST_RECKONED,
      ),
    };
  }

  async function changesIn(watched: readonly Incident[], now: number): Promise<Look['changes']> {
    try {
      return await changesSeen.rowsOf(watched, now);
    } catch (thrown) {
      log.error({ err: thrown }, 'changes could not be read for incidents');
      return new Map();
    }
  }

  /** Who acknowledged either acknowledged both; an alert that fires later is acknowledged by itself. */
  async function acknowledge(
    incident: Incident,
    state: Known,
    { held: current, now }: Look,
  ): Promise<Incident> {
    const episode = presentEpisode(incident);
    if (state.acknowledged === episode.nth) return incident;
    const attached = new Set(episode.alerts.map(({ alertId }) => alertId));
    const held = [...attached].flatMap((id) => {
      const alert = current.get(id);
      return alert !== undefined && isOpenAlert(alert) ? [alert] : [];
    });
    const marker = episode.markers.acknowledged;
    if (marker === undefined) {
      const first = held
        .filter(({ acknowledgedAt }) => acknowledgedAt !== null)
        .toSorted((a, b) => (a.acknowledgedAt ?? 0) - (b.acknowledgedAt ?? 0))[0];
      if (first === undefined) return incident;
      const detectedAt = episode.markers.detected?.at ?? 0;
      const at = Math.max(first.acknowledgedAt ?? 0, detectedAt);
      const move = { kind: 'mark', marker: 'acknowledged', at, source: 'alert' } as const;
      return incidents.move(
        incident.id,
        { ...move, note: '', evidence: [alertLink(first)] },
        first.acknowledgedBy ?? bySystem,
      );
    }
    // An earlier life passed on what it saw; an alert that got worse since is for somebody to look at.
    const isFresh = now - marker.setAt < MINUTE_MS;
    for (const { id, state: alertState, firedAt } of isFresh ? held : []) {
      if (alertState === 'firing' && firedAt <= marker.at) await alerts.acknowledge(id, marker.by);
    }
    state.acknowledged = episode.nth;
    return incident;
  }

  function alertLink({ id }: Alert): { readonly kind: 'alert'; readonly id: string } {
    return { kind: 'alert', id: parts.idText.format('alert', id) };
  }

  async function mark(incident: Incident, { now, lookup }: Look): Promise<Incident> {
    const { markers } = presentEpisode(incident);
    const detectedAt = markers.detected?.at ?? incident.openedAt;
    let next = incident;
    if (markers.mitigated === undefined) {
      const at = await wellSince(incident, detectedAt, lookup, parts, now);
      if (at === null) return incident;
      next = await incidents.move(
        incident.id,
        {
          kind: 'mark',
          marker: 'mitigated',
          at,
          source: 'ledger',
          note: afterWhat(incident, at),
          evidence: [],
        },
        bySystem,
      );
    }
    const mitigatedAt = presentEpisode(next).markers.mitigated?.at ?? now;
    // Of what is held nothing is sent: it says nothing of a fix.
    if (holdingNow(next).length > 0) return next;
    const flowsAt = heldUntil(next, now) ?? mitigatedAt;
    for (const fix of fixesToHold(next, now)) {
      const at = await wellSince(next, Math.max(fix.inForceAt, flowsAt), lookup, parts, now);
      if (at !== null) {
        next = await incidents.move(next.id, { kind: 'fix_held', id: fix.id, at }, bySystem);
      }
    }
    return next;
  }

  /** The SLI left its objective, or is back within: one row each time. */
  async function crossings(incident: Incident, state: Known, now: number): Promise<void> {
    const measures = await measuresOf(incident, presentEpisode(incident).alerts, parts);
    if (measures.length === 0) return;
    state.isOut ??= await wasOut(incident);
    const span = { fromAt: now - 2 * HOLD_MS - MINUTE_MS, beforeAt: now };
    const out: { readonly name: string; readonly at: number; readonly text: string }[] = [];
    let backAt = 0;
    for (const measure of measures) {
      const { name, target } = measure;
      const settledAt = floorToMinute(now - measure.settlesMs);
      const minutes = await readMinutes(parts, measure, span, now, 'settled');
      const held = heldFrom(minutes, settledAt - HOLD_MS, target);
      const leftAt = firstSpell(minutes, target);
      const recent = minutes.filter(({ at }) => at >= settledAt - HOLD_MS);
      const bad = recent.reduce((sum, minute) => sum + minute.bad, 0);
      const total = recent.reduce((sum, minute) => sum + minute.bad + minute.good, 0);
      if (held === 'out') {
        const text = `${name}: ${bad} of ${total} bad in 5 minutes (it allows ${percent(1 - target)})`;
        out.push({ name, at: leftAt ?? settledAt - HOLD_MS, text });
      } else if (held === 'no_traffic' && state.isOut) {
        return;
      } else {
        backAt = Math.max(backAt, settledAt - HOLD_MS);
      }
    }
    const isOut = out.length > 0;
    if (isOut === state.isOut) return;
    const at = isOut ? Math.min(...out.map((each) => each.at)) : backAt;
    const text = isOut
      ? `The SLI left its objective. ${fewOf(out.map((each) => each.text))}`
      : `The SLI is back within its objective: ${fewOf(measures.map(({ name }) => name))}.`;
    const evidence = measures.flatMap(({ objective }) =>
      objective === null ? [] : [{ kind: 'objective', id: objective } as const],
    );
    await incidents.note(incident.id, rowDraft({ ...bySystem, now }, 'sli', text, at, evidence));
    state.isOut = isOut;
  }

  async function wasOut({ id }: Incident): Promise<boolean> {
    const [last] = await parts.ledger.timeline({
      incidentId: id,
      kind: 'sli',
      limit: 1,
      descending: true,
    });
    return last !== undefined && last.doc.includes('left its objective');
  }

  async function refresh(incident: Incident, state: Known, now: number): Promise<Incident> {
    const { mitigated } = presentEpisode(incident).markers;
    const everyMs = mitigated === undefined ? IMPACT_MS : QUIET_IMPACT_MS;
    // What cannot be read is read again then: it takes no other's turn.
    state.impactDueAt = now + everyMs;
    const elapsedMs = startStopwatch();
    const read: ImpactRead = await readImpact(incident, impactParts, now);
    // A twentieth of a thread goes to it, however much it is.
    state.impactDueAt = now + Math.max(everyMs, elapsedMs() * IMPACT_RATIO);
    if (isSame(read.impact, incident.impact)) return incident;
    const severity = severityOf(read);
    const { impact } = read;
    const updateDueBy = dueIn(severity, now);
    return incidents.move(
      incident.id,
      { kind: 'refresh', impact, severity, updateDueBy },
      bySystem,
    );
  }

  function dueIn(severity: Incident['severity'], now: number): number | null {
    const everyMs = updateEveryMs(severity, parts.updateMs);
    return everyMs === null ? null : now + everyMs;
  }

  /** The clock begins with each episode; nobody waits only where somebody said so since. */
  async function expect(incident: Incident, look: Look): Promise<Incident> {
    const { state, severity, updateDueAt, updatedAt } = incident;
    if (state !== 'open' || updateDueAt !== null || look.tellings === 0) return incident;
    const sinceAt = presentEpisode(incident).markers.detected?.setAt ?? incident.openedAt;
    const dueAt = dueIn(severity, look.now);
    if (dueAt === null || (updatedAt !== null && updatedAt >= sinceAt)) return incident;
    look.tellings -= 1;
    return incidents.move(incident.id, { kind: 'expect_update', dueAt }, bySystem);
  }

  async function remind(incident: Incident, look: Look): Promise<void> {
    const { now } = look;
    const { updateDueAt, severity, roles, state } = incident;
    if (state !== 'open' || updateDueAt === null || now < updateDueAt) return;
    if (look.tellings === 0) return;
    look.tellings -= 1;
    const lead = roles.lead ?? 'whoever leads';
    const since = incident.updatedAt ?? incident.openedAt;
    const minutes = Math.round((now - since) / MINUTE_MS);
    const text = `No update for ${minutes} minutes: ${lead} is asked for one.`;
    const nextDueAt = dueIn(severity, now);
    await incidents.move(incident.id, { kind: 'remind', text, nextDueAt }, bySystem);
  }

  async function follow(given: Incident, look: Look): Promise<void> {
    const { now, measured, reckoned } = look;
    const state = knownOf(given);
    let incident = await acknowledge(given, state, look);
    for (const row of look.changes.get(incident.id) ?? []) await incidents.note(incident.id, row);
    if (measured.has(incident.id)) {
      // What cannot be measured is measured again in a minute: it takes no other's turn.
      state.minuteAt = floorToMinute(now);
      await crossings(incident, state, now);
      incident = await mark(incident, look);
    }
    if (reckoned.has(incident.id)) incident = await refresh(incident, state, now);
    incident = await expect(incident, look);
    await remind(incident, look);
  }

  return {
    async look(all, isStopped) {
      const followed = all.filter(({ isRetrospective }) => !isRetrospective);
      keepOnly(followed);
      const look = await begin(followed, clock.now());
      for (const incident of followed) {
        if (isStopped()) return;
        try {
          // Somebody may have moved it, or ended it, while the others were looked at.
          const present = await incidents.byId(incident.id);
          if (present !== null && !isEnded(present)) await follow(present, look);
        } catch (thrown) {
          log.error({ err: thrown, incident: incident.title }, 'an incident could not be followed');
        }
      }
    },
  };
}

function isWatched({ state }: Incident): boolean {
  return state !== 'in_review';
}

/** Its impact lasts, or was over less than an hour ago. */
function isReckoned(incident: Incident, now: number): boolean {
  const overAt = heldUntil(incident, now) ?? presentEpisode(incident).markers.mitigated?.at;
  return overAt === undefined || now - overAt <= IMPACT_AFTER_MS;
}

/** Ids of those that wait longest; of those that wait equally long the worst. */
function firstOf(
  incidents: readonly Incident[],
  waitsFrom: (incident: Incident) => number,
  most: number,
): ReadonlySet<number> {
  const inOrder = incidents.toSorted(
    (one, other) => waitsFrom(one) - waitsFrom(other) || one.severity - other.severity,
  );
  return new Set(inOrder.slice(0, most).map(({ id }) => id));
}

function isSame(one: Impact, other: Impact | null): boolean {
  return other !== null && isDeepStrictEqual({ ...one, at: 0 }, { ...other, at: 0 });
}

function fewOf(texts: readonly string[]): string {
  const more = texts.length > 3 ? `, and ${texts.length - 3} more` : '';
  return `${texts.slice(0, 3).join(', ')}${more}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
