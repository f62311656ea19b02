import { createSigner, parseSecret, standardHeaders } from '../../signature/index.ts';
import type { Alert } from '../alerts/alert.ts';
import { INCIDENT_KIND } from '../alerts/incident-alert.ts';
import type { Entry, Notification } from './notification.ts';

export type SignedRequest = {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** A Standard Webhooks message: receivers verify it with the libraries that verify deliveries. */
export function webhookRequest(
  notification: Notification,
  secret: string,
  now: number,
): SignedRequest {
  const { id, at, isTest, entries } = notification;
  const body = JSON.stringify({
    type: entries.some(({ alert }) => alert.kind === INCIDENT_KIND)
      ? 'incident.notification'
      : 'alert.notification',
    timestamp: new Date(at).toISOString(),
    data: { test: isTest, alerts: entries.map(alertView) },
  });
  const seconds = Math.floor(now / 1000);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      [standardHeaders.id]: id,
      [standardHeaders.timestamp]: String(seconds),
      [standardHeaders.signature]: createSigner([parseSecret(secret)]).sign(id, seconds, body),
    },
  };
}

function alertView({ cause, alert, alertId, url }: Entry): object {
  return {
    id: alertId,
    cause,
    state: alert.state,
    key: alert.key,
    kind: alert.kind,
    severity: alert.severity,
    owner: alert.owner,
    consumers: alert.consumers,
    group: alert.group,
    title: alert.title,
    text: alert.text,
    facts: alert.facts,
    count: alert.count,
    firedAt: momentOrNull(alert.firedAt),
    acknowledgedAt: momentOrNull(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy,
    resolvedAt: momentOrNull(alert.resolvedAt),
    url,
  } satisfies { readonly [Field in keyof Partial<Alert>]: unknown } & Record<string, unknown>;
}

function momentOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
