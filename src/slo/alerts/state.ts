import { assertNever } from '../../core/index.ts';
import { isSilenced, isWorse, type Alert, type AlertFinding } from './alert.ts';

/**
 * The life of an alert.
 *
 *                    acknowledge
 *   ( ) ──raise──▶ firing ─────────▶ acknowledged
 *                  ▲  │  ▲ ▲──worse severity──┘ │
 *       raise soon │  │                         │
 *    (counts up)   │  ├─ clear, held for holdMs ┤
 *                  │  ├─ resolve, by somebody ──┤
 *                  │  ▼                         ▼
 *                  └─────────  resolved  ◀──────┘ ──raise later, or after somebody resolved it──▶ a new alert
 *
 * silenced lies over firing and acknowledged until its end: the state moves on, nobody is told. Neither it nor an
 * acknowledgement hides what got worse: that fires anew. A maintenance window holds back the same way, for all that
 * it matches, and so does it that there is nobody to be told. What could not be told is owed (`owes`), and told once nothing holds it back and it still fires.
 */
export type AlertMove =
  | { readonly kind: 'raise'; readonly finding: AlertFinding; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'acknowledge'; readonly actor: string }
  | { readonly kind: 'resolve'; readonly actor: string }
  /** `until` at or before now ends a silence. */
  | { readonly kind: 'silence'; readonly actor: string; readonly until: number }
  /** Time went on. */
  | { readonly kind: 'tick' };

export const alertEventKinds = [
  'fired',
  'reopened',
  'worsened',
  'acknowledged',
  'resolved',
  'silenced',
  'unsilenced',
  'notified',
  'escalated',
] as const;
export type AlertEventKind = (typeof alertEventKinds)[number];

/** Why somebody is told. reminded: it still fires after its silence. */
export const notifyCauses = [
  'fired',
  'worsened',
  'reminded',
  'escalated',
  'acknowledged',
  'resolved',
] as const;
export type NotifyCause = (typeof notifyCauses)[number];

export type AlertEffect =
  | {
      readonly kind: 'record';
      readonly event: AlertEventKind;
      readonly actor: string;
      readonly detail: string;
    }
  /** `afterMs`: of escalations, which of them. */
  | { readonly kind: 'notify'; readonly cause: NotifyCause; readonly afterMs: number }
  /** It is owed still: there is nobody to be told. */
  | { readonly kind: 'untold' };

export type AlertRules = {
  /** How long its condition must be gone before it is resolved. */
  readonly holdMs: number;
  /** Fires it again so soon after it was told, it counts up, and is told when this is over. */
  readonly flapMs: number;
  /** Where there was nobody to be told, it is not tried again before. */
  readonly askAgainMs: number;
  isMaintained(alert: Alert, now: number): boolean;
  /** Somebody is there to be told. */
  canTell(alert: Alert, cause: NotifyCause, now: number): boolean;
  /** Delays after which somebody else is told, in rising order. */
  escalationsMs(alert: Alert, now: number): readonly number[];
};

export type Moved = { readonly alert: Alert | null; readonly effects: readonly AlertEffect[] };

const US = 'holdfast';

/** The alert after one event, and what follows from it. Null: that is not possible in its state. */
export function moveAlert(
  known: Alert | null,
  move: AlertMove,
  now: number,
  rules: AlertRules,
): Moved | null {
  const moved = react(known, move, now, rules);
  return moved === null ? null : tell(moved, now, rules);
}

function react(known: Alert | null, move: AlertMove, now: number, rules: AlertRules): Moved | null {
  switch (move.kind) {
    case 'raise':
      return raise(known, move.finding, move.id, now, rules);
    case 'clear': {
      if (known === null || known.state === 'resolved' || known.clearSince !== null) {
        return { alert: known, effects: [] };
      }
      return { alert: { ...known, clearSince: now }, effects: [] };
    }
    case 'acknowledge':
      return acknowledge(known, move.actor, now);
    case 'resolve':
      return known === null || known.state === 'resolved' ? null : resolve(known, move.actor, now);
    case 'silence':
      return silence(known, move.actor, move.until, now);
    case 'tick': {
      if (known === null || known.state === 'resolved') return { alert: known, effects: [] };
      const isGone = known.clearSince !== null && now - known.clearSince >= rules.holdMs;
      return isGone ? resolve(known, null, now) : { alert: known, effects: [] };
    }
    default:
      return assertNever(move);
  }
}

function raise(
  known: Alert | null,
  finding: AlertFinding,
  id: number,
  now: number,
  { flapMs }: AlertRules,
): Moved {
  if (known === null) return fire(finding, id, now);
  if (known.state === 'resolved') {
    const isSoon = known.resolvedAt !== null && now - known.resolvedAt < flapMs;
    return isSoon && known.resolvedBy === null
      ? reopen(known, finding, now, flapMs)
      : fire(finding, id, now);
  }
  if (isWorse(finding.severity, known.severity)) {
    const from = known.severity;
    const alert: Alert = {
      ...known,
      ...finding,
      state: 'firing',
      acknowledgedAt: null,
      acknowledgedBy: null,
      silencedUntil: null,
      clearSince: null,
      owes: 'worsened',
      quietUntil: 0,
      waitingSince: null,
    };
    return { alert, effects: [record('worsened', US, `from ${from} to ${finding.severity}`)] };
  }
  // The worst it was stays until it is over: one that goes up and down is not news each time.
  const alert = { ...known, ...finding, severity: known.severity, clearSince: null };
  return { alert, effects: [] };
}

function fire(finding: AlertFinding, id: number, now: number): Moved {
  const alert: Alert = {
    ...finding,
    id,
    state: 'firing',
    firedAt: now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    silencedUntil: null,
    count: 1,
    clearSince: null,
    owes: 'fired',
    quietUntil: 0,
    notifiedAt: null,
    waitingSince: null,
    escalatedMs: 0,
    isTold: false,
    toldBy: [],
  };
  return { alert, effects: [record('fired', US, '')] };
}

function reopen(known: Alert, finding: AlertFinding, now: number, flapMs: number): Moved {
  const hasWorsened = isWorse(finding.severity, known.severity);
  const isHeldBack = known.notifiedAt !== null && !hasWorsened;
  const alert: Alert = {
    ...known,
    ...finding,
    state: 'firing',
    firedAt: now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    silencedUntil: hasWorsened ? null : known.silencedUntil,
    count: known.count + 1,
    clearSince: null,
    owes: 'fired',
    quietUntil: isHeldBack ? (known.notifiedAt ?? 0) + flapMs : 0,
    waitingSince: null,
    escalatedMs: 0,
  };
  return { alert, effects: [record('reopened', US, `for the ${ordinal(alert.count)} time`)] };
}

function acknowledge(known: Alert | null, actor: string, now: number): Moved | null {
  if (known === null || known.state === 'resolved') return null;
  if (known.state === 'acknowledged') return { alert: known, effects: [] };
  const alert: Alert = {
    ...known,
    state: 'acknowledged',
    acknowledgedAt: now,
    acknowledgedBy: actor,
    owes: null,
    waitingSince: null,
  };
  const told: readonly AlertEffect[] = known.isTold ? [notify('acknowledged')] : [];
  return { alert, effects: [record('acknowledged', actor, ''), ...told] };
}

/** @param actor null: its condition went away. */
function resolve(known: Alert, actor: string | null, now: number): Moved {
  const alert: Alert = {
    ...known,
    state: 'resolved',
    resolvedAt: now,
    resolvedBy: actor,
    owes: null,
    waitingSince: null,
    isTold: false,
  };
  const told: readonly AlertEffect[] = known.isTold ? [notify('resolved')] : [];
  return { alert, effects: [record('resolved', actor ?? US, ''), ...told] };
}

function silence(known: Alert | null, actor: string, until: number, now: number): Moved | null {
  if (known === null || known.state === 'resolved') return null;
  if (until <= now) {
    if (!isSilenced(known, now)) return { alert: known, effects: [] };
    return {
      alert: { ...known, silencedUntil: null },
      effects: [record('unsilenced', actor, '')],
    };
  }
  const isFiring = known.state === 'firing';
  const alert: Alert = {
    ...known,
    silencedUntil: until,
    owes: isFiring ? (known.owes ?? 'reminded') : null,
    waitingSince: null,
  };
  const detail = `until ${new Date(until).toISOString()}`;
  return { alert, effects: [record('silenced', actor, detail)] };
}

/** What is owed is told, and what nobody acknowledged escalates; as far as nothing holds it back. */
function tell({ alert, effects }: Moved, now: number, rules: AlertRules): Moved {
  if (alert === null || alert.state !== 'firing' || alert.clearSince !== null) {
    return { alert, effects };
  }
  if (isSilenced(alert, now) || rules.isMaintained(alert, now)) return { alert, effects };
  if (alert.owes !== null) {
    if (now < alert.quietUntil) return { alert, effects };
    if (!rules.canTell(alert, alert.owes, now)) {
      const owing: Alert = { ...alert, quietUntil: now + rules.askAgainMs };
      return { alert: owing, effects: [...effects, { kind: 'untold' }] };
    }
    const told: Alert = {
      ...alert,
      silencedUntil: null,
      owes: null,
      quietUntil: 0,
      notifiedAt: now,
      waitingSince: now,
      escalatedMs: 0,
      isTold: true,
    };
    const cause = alert.owes;
    return { alert: told, effects: [...effects, record('notified', US, cause), notify(cause)] };
  }
  const { waitingSince, escalatedMs } = alert;
  if (waitingSince === null) return { alert, effects };
  const due = rules
    .escalationsMs(alert, now)
    .filter((delayMs) => delayMs > escalatedMs && now - waitingSince >= delayMs);
  const last = due.at(-1);
  if (last === undefined) return { alert, effects };
  const escalated = due.flatMap((delayMs): readonly AlertEffect[] => [
    record('escalated', US, `after ${delayMs / 60_000} minutes`),
    { kind: 'notify', cause: 'escalated', afterMs: delayMs },
  ]);
  return { alert: { ...alert, escalatedMs: last }, effects: [...effects, ...escalated] };
}

function record(event: AlertEventKind, actor: string, detail: string): AlertEffect {
  return { kind: 'record', event, actor, detail };
}

function notify(cause: NotifyCause): AlertEffect {
  return { kind: 'notify', cause, afterMs: 0 };
}

function ordinal(count: number): string {
  const tens = count % 100;
  if (tens >= 11 && tens <= 13) return `${count}th`;
  return `${count}${['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'}`;
}
