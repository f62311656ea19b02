import { type Alert, MINUTE_MS } from '../slo/index.ts';
import { findingOf } from './alert-subject.ts';
import { holdingNow } from './holding.ts';
import {
  inForce,
  presentEpisode,
  type AttachedAlert,
  type Fix,
  type Incident,
} from './incident.ts';
import {
  floorToMinute,
  isMeasured,
  measureNameOf,
  measureOf,
  measuresOf,
  readMinutes,
  type Measure,
  type MeasureParts,
} from './measure.ts';
import {
  firstSpell,
  firstSpellOfWindow,
  heldFrom,
  HOLD_MINUTES,
  isBadMinute,
  spellStart,
  type SliMinute,
} from './spell.ts';

const HOLD_MS = HOLD_MINUTES * MINUTE_MS;
/** The longest window of a detector. */
const LONGEST_LOOK_MS = 3 * 24 * 3_600_000;
/** What lasts longer than this has been looked at before; after a restart no more is read. */
const LONGEST_HOLD_MS = 6 * 3_600_000;
/** They count over a window that may hold several spells. */
const windowKinds: ReadonlySet<string> = new Set(['burn_rate', 'fast_burn']);
/** What is known ahead: no impact of deliveries yet, so no end of it either, unless there is nothing else. */
const aheadKinds: ReadonlySet<string> = new Set(['certificate', 'drift', 'growth', 'notifier']);

/** What an alert says of when its condition went away. */
export type AlertLookup = (
  alertId: number,
) => Promise<Pick<Alert, 'clearSince' | 'resolvedAt'> | null>;

/**
 * When the impact began that an alert fired for: the first bad minute of the spell of its SLI that it saw. Detectors with
 * windows (`burn_rate`, `fast_burn`) see several spells, as of a fault that comes and goes; the first within the window
 * counts, from where it began. Where no minute is bad, as for steps that stay within the objective, it is the first
 * minute with a bad outcome since the detector's own estimate, or that estimate. Never later than the alert. At most
 * three days of minutes are read.
 */
export async function impactStartOf(
  alert: Pick<Alert, 'key' | 'kind' | 'facts' | 'firedAt'>,
  parts: MeasureParts,
  now: number,
): Promise<number> {
  const { firedAt, kind } = alert;
  const finding = findingOf(alert);
  const sinceAt = Math.min(finding?.sinceAt ?? firedAt, firedAt);
  const measure = await measureOf(alert, parts);
  if (measure === null || finding === null) return sinceAt;
  const fromAt = Math.max(sinceAt, firedAt - LONGEST_LOOK_MS);
  const span = { fromAt: fromAt - HOLD_MS, beforeAt: firedAt + 1 };
  const minutes = await readMinutes(parts, measure, span, now, 'all');
  const { target } = measure;
  const within = minutes.filter(({ at }) => at >= floorToMinute(fromAt));
  const firstAt = windowKinds.has(kind) ? firstSpellOfWindow(within, target) : null;
  // It may have begun before the window did.
  const spell = isMeasured(alert) ? spellStart(minutes, target, firstAt ?? firedAt) : null;
  const first = minutes.find(({ at, bad }) => bad > 0 && at >= floorToMinute(sinceAt))?.at;
  return Math.min(spell ?? (isMeasured(alert) ? first : undefined) ?? sinceAt, firedAt);
}

/** Some minute of the alert's SLI after `sinceAt` is bad; true where that cannot be told. */
export async function isBadSince(
  alert: Pick<Alert, 'key' | 'kind' | 'firedAt'>,
  sinceAt: number,
  parts: MeasureParts,
  now: number,
): Promise<boolean> {
  if (!isMeasured(alert)) return true;
  const measure = await measureOf(alert, parts);
  if (measure === null) return true;
  const span = { fromAt: Math.max(sinceAt, now - LONGEST_HOLD_MS), beforeAt: now + 1 };
  const minutes = await readMinutes(parts, measure, span, now, 'all');
  return minutes.some((minute) => isBadMinute(minute, measure.target));
}

/**
 * The first minute, not before `notBefore` and the first of its alerts, from which all was well for five minutes: every SLI of the incident's alerts
 * within its objective, where it had traffic; and the conditions gone of alerts that no SLI tells the end of. Where no
 * SLI had traffic, the conditions of all alerts have to be gone for five minutes; where a mitigation in force holds
 * deliveries back, that there is none is what it is for, and five such minutes are enough. null: it did not hold yet.
 */
export async function wellSince(
  incident: Pick<Incident, 'slice' | 'episodes' | 'mitigations'>,
  notBefore: number,
  lookup: AlertLookup,
  parts: MeasureParts,
  now: number,
): Promise<number | null> {
  const all = presentEpisode(incident).alerts;
  const ofImpact = all.filter(({ kind }) => !aheadKinds.has(kind));
  const alerts = ofImpact.length > 0 ? ofImpact : all;
  // Somebody may have seen it coming: that all was well until it came is not its end.
  const fromAt =
    alerts.length === 0
      ? notBefore
      : Math.max(notBefore, Math.min(...alerts.map(({ firedAt }) => firedAt)));
  const measures = await measuresOf(incident, alerts, parts);
  const names = new Set(measures.map(({ name }) => name));
  const isTold = (alert: AttachedAlert): boolean =>
    isMeasured(alert) && names.has(measureNameOf(alert) ?? '');
  // Alerts whose end no SLI tells.
  const goneAt = await allGoneAt(
    alerts.filter((alert) => !isTold(alert)),
    lookup,
    now,
  );
  if (goneAt === null) return null;
  const lookFrom = Math.max(fromAt, goneAt, now - LONGEST_HOLD_MS);
  const untilAt = floorToMinute(now - Math.max(0, ...measures.map(({ settlesMs }) => settlesMs)));
  if (alerts.length === 0 && !(await wasOut(incident, measures, untilAt, parts, now))) return null;
  const held = holdingNow(incident).map((each) => each.at);
  const heldAt = held.length === 0 ? null : Math.max(...held);
  if (measures.length > 0) {
    const read = await Promise.all(
      measures.map(async (measure) => ({
        measure,
        minutes: await readMinutes(
          parts,
          measure,
          { fromAt: lookFrom, beforeAt: untilAt },
          now,
          'settled',
        ),
        isGone:
          (await allGoneAt(
            alerts.filter((alert) => isTold(alert) && measureNameOf(alert) === measure.name),
            lookup,
            now,
          )) !== null,
      })),
    );
    for (let at = floorToMinute(lookFrom); at + HOLD_MS <= untilAt; at += MINUTE_MS) {
      if (isHeldFrom(read, at, heldAt !== null && at + MINUTE_MS > heldAt)) {
        // A mitigation within that minute came before what it did.
        const applied = inForce(incident).map((each) => each.at);
        return Math.max(at, fromAt, ...applied.filter((each) => each < at + MINUTE_MS));
      }
    }
  }
  const toldAt = await allGoneAt(alerts, lookup, now);
  // Incidents without any alert, and without traffic, nobody but a person can judge.
  if (toldAt === null || alerts.length === 0) return null;
  const hasTraffic = await hasBadTraffic(measures, toldAt, untilAt, parts, now);
  return hasTraffic ? null : Math.max(toldAt, fromAt);
}

/** Some SLI of it left its objective since the impact began: only then can the SLI tell that it is over. */
async function wasOut(
  incident: Pick<Incident, 'episodes'>,
  measures: readonly Measure[],
  beforeAt: number,
  parts: MeasureParts,
  now: number,
): Promise<boolean> {
  const startAt = presentEpisode(incident).markers.impactStart?.at ?? now;
  const span = { fromAt: Math.max(startAt, now - LONGEST_LOOK_MS), beforeAt };
  for (const measure of measures) {
    const minutes = await readMinutes(parts, measure, span, now, 'settled');
    if (firstSpell(minutes, measure.target) !== null) return true;
  }
  return false;
}

type Read = {
  readonly measure: Measure;
  readonly minutes: readonly SliMinute[];
  readonly isGone: boolean;
};

/** @param isQuietWell that nothing is sent is what a mitigation is for. */
function isHeldFrom(read: readonly Read[], at: number, isQuietWell: boolean): boolean {
  let isSeen = false;
  for (const { measure, minutes, isGone } of read) {
    const first = minutes.find((minute) => minute.at === at);
    if (first !== undefined && isBadMinute(first, measure.target)) return false;
    const held = heldFrom(minutes, at, measure.target);
    if (held === 'out') return false;
    if (held === 'no_traffic' && !isGone && !isQuietWell) return false;
    if (held === 'within' || isQuietWell) isSeen = true;
  }
  return isSeen;
}

/** An SLI has traffic and is out: that alerts are gone does not make it well. */
async function hasBadTraffic(
  measures: readonly Measure[],
  fromAt: number,
  beforeAt: number,
  parts: MeasureParts,
  now: number,
): Promise<boolean> {
  for (const measure of measures) {
    const minutes = await readMinutes(parts, measure, { fromAt, beforeAt }, now, 'settled');
    const lastFrom = beforeAt - HOLD_MS;
    if (heldFrom(minutes, lastFrom, measure.target) !== 'no_traffic') return true;
  }
  return false;
}

/** When the last of their conditions went away, where all are gone for five minutes; 0: there are none. */
async function allGoneAt(
  alerts: readonly AttachedAlert[],
  lookup: AlertLookup,
  now: number,
): Promise<number | null> {
  let goneAt = 0;
  for (const { alertId } of alerts) {
    const alert = await lookup(alertId);
    // One that is forgotten ended long ago.
    if (alert === null) continue;
    const at = alert.clearSince ?? alert.resolvedAt;
    if (at === null || now - at < HOLD_MS) return null;
    goneAt = Math.max(goneAt, at);
  }
  return goneAt;
}

/** After which mitigation the impact ended, in a sentence. */
export function afterWhat(incident: Pick<Incident, 'mitigations'>, at: number): string {
  // The marker is the start of a minute, in which a mitigation may have been applied.
  const applied = inForce(incident).filter((each) => each.at < at + MINUTE_MS);
  const last = applied.toSorted((a, b) => a.at - b.at).at(-1);
  if (last === undefined) return 'No mitigation was applied before it: it ended by itself.';
  const holding = holdingNow(incident).filter((each) => each.at < at + MINUTE_MS);
  if (holding.length === 0) return `After "${last.title}".`;
  const titles = holding.map(({ title }) => `"${title}"`).join(' and ');
  return `After "${last.title}". Failures ended; deliveries are held by ${titles}, and reach nobody until that is undone.`;
}

/** Fixes that are in force and did not hold yet. */
export function fixesToHold({ fixes }: Pick<Incident, 'fixes'>, now: number): readonly Fix[] {
  return fixes.filter(({ heldAt, inForceAt }) => heldAt === null && inForceAt <= now);
}
