import { notifierTraits } from '../notify/notifier.ts';
import type { Alert, Target } from './alert.ts';
import type { Alerting } from './alerting.ts';
import { keyOfNotifier, NOTIFIER_KIND } from './notifier-alert.ts';
import { escalationTargets, targetsOf } from './routing.ts';
import type { AlertEffect, NotifyCause } from './state.ts';

export type Telling = {
  /** With who was told. */
  readonly alert: Alert;
  readonly cause: NotifyCause;
  readonly targets: readonly Target[];
};

/** Who is told of what an alert did. Empty targets: nobody, which is worth an error. */
export function planTelling(
  alert: Alert,
  { cause, afterMs }: Extract<AlertEffect, { readonly kind: 'notify' }>,
  alerting: Alerting,
  now: number,
): Telling {
  if (cause === 'resolved' || cause === 'acknowledged') {
    const targets = alert.toldBy
      .filter(({ notifier }) => {
        const kind = alerting.notifiers.get(notifier)?.kind;
        if (kind === undefined) return false;
        return cause === 'resolved' || notifierTraits[kind].hearsAcknowledged;
      })
      .map(({ notifier, dueAt }) => ({ notifier, dueAt: Math.max(now, dueAt) }));
    return { alert, cause, targets };
  }
  const { routes } = alerting;
  const routed =
    cause === 'escalated'
      ? escalationTargets(routes, alert, now, afterMs)
      : targetsOf(routes, alert, now);
  const targets = withoutItself(alert, routed, alerting, now).filter(({ notifier }) =>
    alerting.notifiers.has(notifier),
  );
  const before = cause === 'fired' ? [] : alert.toldBy;
  const kept = before.filter((old) => !targets.some(({ notifier }) => notifier === old.notifier));
  return { alert: { ...alert, toldBy: [...kept, ...targets] }, cause, targets };
}

/** With those that stand in for others. Where it is told already that it ended, what is handed over tells them so. */
export function withStandIns(alert: Alert, handedOver: readonly Target[]): Alert {
  if (alert.state === 'resolved' || !alert.isTold) return alert;
  const toldBy = [...alert.toldBy];
  for (const { notifier, dueAt } of handedOver) {
    if (!toldBy.some((target) => target.notifier === notifier)) toldBy.push({ notifier, dueAt });
  }
  return toldBy.length === alert.toldBy.length ? alert : { ...alert, toldBy };
}

/** That a notifier fails is told by another way: those that stand in for it, and whoever else the routes name. */
function withoutItself(
  { kind, key }: Alert,
  targets: readonly Target[],
  { notifiers }: Alerting,
  now: number,
): readonly Target[] {
  if (kind !== NOTIFIER_KIND) return targets;
  const failing = [...notifiers.values()].find(({ name }) => keyOfNotifier(name) === key);
  const others = targets.filter(({ notifier }) => notifier !== failing?.name);
  const more = (failing?.fallback ?? [])
    .filter((name) => name !== failing?.name && !others.some(({ notifier }) => notifier === name))
    .map((notifier) => ({ notifier, dueAt: now }));
  return [...others, ...more];
}
