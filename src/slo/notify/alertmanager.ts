import { oneLine, type Entry } from './notification.ts';

/**
 * Alertmanager takes an alert without an end for resolved some minutes after it heard of it last, and forgets all in a
 * restart. So each has an end a day ahead, and those that fire are told again every few minutes.
 */
export const ALERTMANAGER_REPEAT_MS = 300_000;
const END_MS = 86_400_000;

/** The body of POST /api/v2/alerts: `postableAlerts` of its OpenAPI document. */
export function alertmanagerBody(
  entries: readonly Entry[],
  now: number,
  isTest: boolean,
): object[] {
  return entries.map(({ alert, alertId, url }) => {
    const isOver = alert.state === 'resolved';
    const endsAt = isOver ? (alert.resolvedAt ?? now) : now + END_MS;
    return {
      labels: withoutEmpty({
        alertname: oneLine(alert.kind) || 'alert',
        alert_id: alertId,
        key: oneLine(alert.key),
        severity: alert.severity,
        owner: oneLine(alert.owner),
        objective: oneLine(alert.group),
        test: isTest ? 'true' : '',
      }),
      annotations: withoutEmpty({
        summary: `${isTest ? '[TEST] ' : ''}${oneLine(alert.title)}`,
        description: alert.text,
        consumers: alert.consumers.join(', '),
        count: String(alert.count),
        acknowledged_by: alert.acknowledgedBy ?? '',
      }),
      startsAt: new Date(alert.firedAt).toISOString(),
      endsAt: new Date(Math.max(endsAt, alert.firedAt)).toISOString(),
      generatorURL: url,
    };
  });
}

/** An empty label is no label. */
function withoutEmpty(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}
