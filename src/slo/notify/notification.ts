import type { Alert } from '../alerts/alert.ts';
import { INCIDENT_KIND, type IncidentCause } from '../alerts/incident-alert.ts';
import type { NotifyCause } from '../alerts/state.ts';

/** Why something is told: of an alert, or of an incident, which is written as one. */
export type TellCause = NotifyCause | IncidentCause;

/** What a notifier tells at once: one or several alerts of one group. Formatters make of it what goes on the wire. */
export type Notification = {
  /** The same in every try: receivers can tell a repetition by it. */
  readonly id: string;
  readonly at: number;
  /** It was sent by the test button; nothing is wrong. */
  readonly isTest: boolean;
  /** At least one. */
  readonly entries: readonly Entry[];
};

export type Entry = {
  readonly cause: TellCause;
  /** The alert as it was when this was to be told. */
  readonly alert: Alert;
  /** Its public id, and where it is read. */
  readonly alertId: string;
  readonly url: string;
};

/** What became of one try: `isFinal`: another one would end the same. */
export type SendResult =
  | { readonly isSent: true; readonly said: string }
  | { readonly isSent: false; readonly isFinal: boolean; readonly said: string };

const words: Readonly<Record<TellCause, string>> = {
  fired: 'Firing',
  worsened: 'Got worse',
  reminded: 'Still firing',
  escalated: 'Not acknowledged',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  opened: 'Incident',
  update: 'Incident, update',
  due: 'Incident, an update is due',
  mitigated: 'Incident, its impact is over',
  closed: 'Incident, ended',
};

/** "Firing: Invoices are late (page)" */
export function headlineOf({ cause, alert }: Entry): string {
  if (alert.kind === INCIDENT_KIND) {
    return `${words[cause]}: ${oneLine(alert.title)} (severity ${severityOf(alert)})`;
  }
  const times = alert.count > 1 && cause !== 'resolved' ? `, ${alert.count} times` : '';
  return `${words[cause]}: ${oneLine(alert.title)} (${alert.severity}${times})`;
}

/** The line above all of it. */
export function summaryOf({ isTest, entries }: Notification): string {
  const [first] = entries;
  if (first === undefined) return 'Holdfast';
  const more = entries.length > 1 ? `, and ${entries.length - 1} more` : '';
  return `${isTest ? '[TEST] ' : ''}${headlineOf(first)}${more}`;
}

/** What is known of an alert beside its text, by name. */
export function detailsOf({ alert, alertId }: Entry): readonly (readonly [string, string])[] {
  const details: [string, string][] = [
    [alert.kind === INCIDENT_KIND ? 'Incident' : 'Alert', alertId],
    ['Severity', severityOf(alert)],
    ['Owner', alert.owner === '' ? 'nobody is named' : alert.owner],
    ['Since', new Date(alert.firedAt).toISOString()],
  ];
  if (alert.consumers.length > 0) details.push(['Concerns', alert.consumers.join(', ')]);
  if (alert.acknowledgedBy !== null) details.push(['Acknowledged by', alert.acknowledgedBy]);
  if (alert.resolvedAt !== null && alert.state === 'resolved') {
    details.push(['Until', new Date(alert.resolvedAt).toISOString()]);
  }
  return details;
}

function severityOf({ kind, severity, facts }: Alert): string {
  return kind === INCIDENT_KIND ? String(facts['severity']) : severity;
}

/** All of it as plain text. */
export function textOf(notification: Notification): string {
  const parts = notification.entries.map((entry) => {
    const details = detailsOf(entry).map(([name, value]) => `${name}: ${oneLine(value)}`);
    return [headlineOf(entry), '', entry.alert.text, '', ...details, entry.url].join('\n');
  });
  const test = notification.isTest ? ['This is a test. Nothing is wrong.'] : [];
  return [...test, ...parts].join('\n\n---\n\n');
}

export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they have no place in a line
  return text.replaceAll(/[\x00-\x1f\x7f\u2028\u2029]+/g, ' ').trim();
}

/** At most so many UTF-16 units, never half a character; "…" says that something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
