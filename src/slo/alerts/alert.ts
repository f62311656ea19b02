/** page: wake somebody · ticket: within working hours · info: good to know. The worst first. */
export const alertSeverities = ['page', 'ticket', 'info'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export const alertStates = ['firing', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** What was found to be wrong, as a detector or an objective says it. */
export type AlertFinding = {
  /** What × slice: two findings with one key are one alert. At most 512 characters. */
  readonly key: string;
  /** What found it: `burn_rate`, `unaccounted`, `notifier`. */
  readonly kind: string;
  readonly severity: AlertSeverity;
  /** The team that has to act; empty: nobody is named. */
  readonly owner: string;
  /** Teams that are hit by it. */
  readonly consumers: readonly string[];
  /** What its notifications are grouped by beside the owner, mostly the objective. */
  readonly group: string;
  /** One line. */
  readonly title: string;
  /** What, since when, against what, how sure, what it costs per week, and who owns it. */
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Applications that it is about rather than others, 100 at most; absent: it is about all of them, or none. */
  readonly appIds?: readonly number[];
};

/** Moments are ms since the epoch. */
export type Alert = AlertFinding & {
  readonly id: number;
  readonly state: AlertState;
  /** When it fired last: a reopened one fires anew. */
  readonly firedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  /** null: its condition went away by itself. */
  readonly resolvedBy: string | null;
  /** Nobody is notified before; null: it is not silenced. */
  readonly silencedUntil: number | null;
  /** How often it fired, reopenings included. */
  readonly count: number;
  /** Since when its condition is gone; null: it holds. */
  readonly clearSince: number | null;
  /** What somebody is still to be told, as soon as nothing holds it back. */
  readonly owes: 'fired' | 'worsened' | 'reminded' | null;
  /** Flap damping, or nobody was there to be told: what it owes is not told before. */
  readonly quietUntil: number;
  /** When it was told last that it fires. */
  readonly notifiedAt: number | null;
  /** Since when somebody was told and nobody acknowledged; escalation counts from here. */
  readonly waitingSince: number | null;
  /** The longest delay of an escalation that was taken already, ms. */
  readonly escalatedMs: number;
  /** Somebody was told that it fires, and was not told yet that it ended. */
  readonly isTold: boolean;
  /** By which notifiers, and when at the latest that went out: they hear of its end, and not before. */
  readonly toldBy: readonly Target[];
};

/** One notifier that is to be told, and when. */
export type Target = { readonly notifier: string; readonly dueAt: number };

/** The objective that an alert with this key is over, by its name; null: it is over none. */
export function objectiveOf(key: string): string | null {
  return /^\S+ objective (\S+)$/.exec(key)?.[1] ?? null;
}

export function isWorse(severity: AlertSeverity, than: AlertSeverity): boolean {
  return alertSeverities.indexOf(severity) < alertSeverities.indexOf(than);
}

export function isOpenAlert({ state }: Pick<Alert, 'state'>): boolean {
  return state !== 'resolved';
}

export function isSilenced({ silencedUntil }: Alert, now: number): boolean {
  return silencedUntil !== null && now < silencedUntil;
}
