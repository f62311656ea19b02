import { timeOfId, type IdText } from '../core/index.ts';
import type { Maintenance, Notifier, Route } from '../change/index.ts';
import type { NotifierOutcome, StoredAlertEvent, StoredNotification } from '../ledger/index.ts';
import type { Alert } from '../slo/index.ts';
import { momentText } from './moment.ts';

export function alertView(alert: Alert, idText: IdText): object {
  return {
    id: idText.format('alert', alert.id),
    key: alert.key,
    kind: alert.kind,
    severity: alert.severity,
    state: alert.state,
    owner: alert.owner,
    consumers: alert.consumers,
    group: alert.group,
    title: alert.title,
    text: alert.text,
    facts: alert.facts,
    firedAt: momentText(alert.firedAt),
    acknowledgedAt: orNull(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy,
    resolvedAt: orNull(alert.resolvedAt),
    resolvedBy: alert.resolvedBy,
    silencedUntil: orNull(alert.silencedUntil),
    count: alert.count,
  };
}

export function alertDetailView(
  alert: Alert,
  history: readonly StoredAlertEvent[],
  notifications: readonly StoredNotification[],
  incidentId: number | null,
  idText: IdText,
): object {
  return {
    ...alertView(alert, idText),
    incidentId: incidentId === null ? null : idText.format('incident', incidentId),
    history: history.map(({ id, kind: event, actor, detail }) => ({
      at: momentText(timeOfId(id)),
      event,
      actor,
      detail,
    })),
    notifications: notifications.map(({ notifier, state, dueAt, tries, said }) => ({
      notifier,
      state,
      dueAt: momentText(dueAt),
      tries,
      said,
    })),
  };
}

/** Without the secret: only whether there is one. */
export function notifierView(
  notifier: Notifier,
  outcome: NotifierOutcome | null,
  idText: IdText,
): object {
  const { id, name, kind, description, settings, fallback, sealedSecret } = notifier;
  return {
    id: idText.format('notifier', id),
    name,
    kind,
    description,
    settings,
    hasSecret: sealedSecret !== null,
    fallback,
    lastOutcome: lastOutcome(notifier, outcome),
    ...stamps(notifier),
  };
}

/** One that is older than the notifier is of another of its name. */
function lastOutcome({ createdAt }: Notifier, outcome: NotifierOutcome | null): object | null {
  if (outcome === null || outcome.at < createdAt) return null;
  const { at, isSent, said } = outcome;
  return { at: momentText(at), isSent, said };
}

export function routeView(route: Route, idText: IdText): object {
  const { id, name, description, position, match, notifiers, escalation, quietHours } = route;
  return {
    id: idText.format('route', id),
    name,
    description,
    position,
    match,
    notifiers,
    continue: route.continue,
    escalation,
    quietHours,
    ...stamps(route),
  };
}

export function maintenanceView(window: Maintenance, idText: IdText): object {
  const { id, fromAt, untilAt, reason, owners, kinds, keyPrefix } = window;
  return {
    id: idText.format('maintenance', id),
    from: momentText(fromAt),
    until: momentText(untilAt),
    reason,
    owners,
    kinds,
    keyPrefix,
  };
}

function stamps({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }): object {
  return { createdAt: momentText(createdAt), updatedAt: momentText(updatedAt) };
}

function orNull(at: number | null): string | null {
  return at === null ? null : momentText(at);
}
