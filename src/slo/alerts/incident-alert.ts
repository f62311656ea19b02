import type { Alert, AlertSeverity, Target } from './alert.ts';
import type { Alerting } from './alerting.ts';
import { targetsOf } from './routing.ts';
import { notifierTraits } from '../notify/notifier.ts';

/** The kind under which routes know notifications of incidents. */
export const INCIDENT_KIND = 'incident';

/** Why somebody is told of an incident. due: an update is waited for. */
export const incidentCauses = ['opened', 'update', 'due', 'mitigated', 'closed'] as const;
export type IncidentCause = (typeof incidentCauses)[number];

/** One thing to be told of an incident, once. */
export type IncidentNotice = {
  readonly id: number;
  readonly cause: IncidentCause;
  readonly title: string;
  readonly text: string;
  /** As an alert's: routes and quiet hours go by it. */
  readonly severity: AlertSeverity;
  /** 1 to 4. */
  readonly incidentSeverity: number;
  readonly owner: string;
  readonly consumers: readonly string[];
  readonly openedAt: number;
  /** Alerts belong to it, which paged by themselves. */
  readonly hasAlerts: boolean;
};

/** What notifiers tell is written as an alert: an incident's has its id, and a group of its own: one thread. */
export function incidentAlert(notice: IncidentNotice, publicId: string, now: number): Alert {
  const { id, cause, title, text, severity, owner, consumers, openedAt, incidentSeverity } = notice;
  const isOver = cause === 'mitigated' || cause === 'closed';
  const name = `${INCIDENT_KIND} ${publicId}`;
  return {
    id,
    key: name,
    kind: INCIDENT_KIND,
    severity,
    owner,
    consumers,
    group: name,
    title,
    text,
    facts: { severity: incidentSeverity },
    state: isOver ? 'resolved' : 'firing',
    firedAt: openedAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: isOver ? now : null,
    resolvedBy: null,
    silencedUntil: null,
    count: 1,
    clearSince: null,
    owes: null,
    quietUntil: 0,
    notifiedAt: now,
    waitingSince: null,
    escalatedMs: 0,
    isTold: true,
    toldBy: [],
  };
}

/**
 * Who is told. Those who hear of the end are those whom the routes name now and those who were told before. Notifiers
 * that keep what fires by themselves (PagerDuty, Alertmanager) hear of an incident only where no alert paged them, of its
 * beginning and its end and nothing in between: what opens there, closes.
 *
 * @param before names of notifiers that were told of this incident.
 */
export function incidentTargets(
  { cause, hasAlerts }: IncidentNotice,
  alert: Alert,
  { routes, notifiers }: Alerting,
  before: ReadonlySet<string>,
  now: number,
): readonly Target[] {
  const isOver = alert.state === 'resolved';
  const targets = new Map(targetsOf(routes, alert, now).map((target) => [target.notifier, target]));
  if (isOver) {
    for (const name of before) {
      if (!targets.has(name)) targets.set(name, { notifier: name, dueAt: now });
    }
  }
  return [...targets.values()].filter(({ notifier: name }) => {
    const kind = notifiers.get(name)?.kind;
    if (kind === undefined) return false;
    if (!notifierTraits[kind].groupsItself) return true;
    return isOver ? before.has(name) : cause === 'opened' && !hasAlerts;
  });
}
