import type { AlertSeverity } from '../alerts/alert.ts';
import { oneLine, shortened, type Entry, type TellCause } from './notification.ts';

export const PAGERDUTY_URL = 'https://events.pagerduty.com/v2/enqueue';

/** Of the Events API v2: a larger event is refused. */
const pagerdutyBounds = { bodyBytes: 524_288, summary: 1024, dedupKey: 255 };

const severities = { page: 'critical', ticket: 'warning', info: 'info' } as const satisfies Record<
  AlertSeverity,
  string
>;
const actions: Readonly<Record<TellCause, 'trigger' | 'acknowledge' | 'resolve'>> = {
  fired: 'trigger',
  worsened: 'trigger',
  reminded: 'trigger',
  escalated: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
  opened: 'trigger',
  update: 'trigger',
  due: 'trigger',
  mitigated: 'resolve',
  closed: 'resolve',
};

/** One event of the Events API v2, as JSON. Each alert is one incident by its `dedup_key`. */
export function pagerdutyBody(entry: Entry, routingKey: string, isTest: boolean): string {
  const { alert, cause, alertId, url } = entry;
  const action = actions[cause];
  const base = {
    routing_key: routingKey,
    event_action: action,
    dedup_key: shortened(`holdfast-${alertId}`, pagerdutyBounds.dedupKey),
  };
  if (action !== 'trigger') return JSON.stringify(base);
  const event = (details: object): string =>
    JSON.stringify({
      ...base,
      client: 'Holdfast',
      client_url: url,
      links: [{ href: url, text: 'The alert' }],
      payload: {
        summary: shortened(
          `${isTest ? '[TEST] ' : ''}${oneLine(alert.title) || 'An alert without a title'}`,
          pagerdutyBounds.summary,
        ),
        source: 'holdfast',
        severity: severities[alert.severity],
        timestamp: new Date(alert.firedAt).toISOString(),
        component: alert.key,
        group: alert.group,
        class: alert.kind,
        custom_details: details,
      },
    });
  const { owner, consumers, count, facts } = alert;
  const short = { text: shortened(alert.text, 10_000), owner, count };
  const whole = event({ ...short, consumers, facts });
  return Buffer.byteLength(whole) <= pagerdutyBounds.bodyBytes ? whole : event(short);
}
