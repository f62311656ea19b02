import { fieldsOf, items, number, orNull, text } from './answers.ts';

/** An alert as the API answers it. Moments are ISO 8601. */
export type AlertAnswer = {
  readonly id: string;
  readonly severity: string;
  readonly state: string;
  readonly owner: string;
  readonly title: string;
  readonly text: string;
  readonly firedAt: string;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: string | null;
  readonly silencedUntil: string | null;
  readonly count: number;
  /** Empty in lists. */
  readonly history: readonly AlertEventAnswer[];
};

export type AlertEventAnswer = {
  readonly at: string;
  readonly event: string;
  readonly actor: string;
  readonly detail: string;
};

export function readAlert(value: unknown): AlertAnswer {
  const alert = fieldsOf(value);
  return {
    id: text(alert, 'id'),
    severity: text(alert, 'severity'),
    state: text(alert, 'state'),
    owner: text(alert, 'owner'),
    title: text(alert, 'title'),
    text: text(alert, 'text'),
    firedAt: text(alert, 'firedAt'),
    acknowledgedBy: orNull(text, alert, 'acknowledgedBy'),
    resolvedAt: orNull(text, alert, 'resolvedAt'),
    silencedUntil: orNull(text, alert, 'silencedUntil'),
    count: number(alert, 'count'),
    history: alert['history'] === undefined ? [] : items(alert, 'history').map(readEvent),
  };
}

function readEvent(value: unknown): AlertEventAnswer {
  const event = fieldsOf(value);
  return {
    at: text(event, 'at'),
    event: text(event, 'event'),
    actor: text(event, 'actor'),
    detail: text(event, 'detail'),
  };
}
