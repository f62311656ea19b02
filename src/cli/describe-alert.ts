import type { AlertAnswer, AlertEventAnswer } from './alert-answers.ts';
import { oneLine } from './one-line.ts';
import { formatTable } from './table.ts';
import { momentWords } from './time-words.ts';
import { wrapText } from './wrap-text.ts';

export function alertTable(alerts: readonly AlertAnswer[], now: number): string {
  if (alerts.length === 0) return 'There are no such alerts.';
  return formatTable(
    [
      { title: 'ALERT', value: ({ id }: AlertAnswer) => id },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'SEVERITY', value: ({ severity }) => severity },
      { title: 'OWNER', value: ({ owner }) => oneLine(owner) },
      { title: 'SINCE', value: ({ firedAt }) => momentWords(firedAt, now) },
      { title: 'TITLE', value: ({ title }) => oneLine(title) },
    ],
    alerts,
  );
}

export function describeAlert(alert: AlertAnswer, now: number): string {
  const { title, severity, state, owner, firedAt, count, silencedUntil, acknowledgedBy } = alert;
  const silenced = silencedUntil !== null && Date.parse(silencedUntil) > now;
  const facts = [
    `${state.toUpperCase()}, ${severity}, since ${momentWords(firedAt, now)}, fired ${count} times.`,
    owner === '' ? 'Nobody is named as its owner.' : `Its owner is ${oneLine(owner)}.`,
    ...(acknowledgedBy === null ? [] : [`${acknowledgedBy} looks after it.`]),
    ...(silenced ? [`It is silenced until ${momentWords(silencedUntil, now)}.`] : []),
  ];
  const lines = alert.text.split('\n').map((line) => wrapText(oneLine(line)));
  const told = [oneLine(title), '', ...lines, '', wrapText(facts.join(' '))];
  if (alert.history.length === 0) return told.join('\n');
  const history = formatTable(
    [
      { title: 'AT', value: ({ at }: AlertEventAnswer) => momentWords(at, now) },
      { title: 'EVENT', value: ({ event }) => event },
      { title: 'BY', value: ({ actor }) => oneLine(actor) },
      { title: 'DETAIL', value: ({ detail }) => oneLine(detail) },
    ],
    alert.history,
  );
  return [...told, '', history].join('\n');
}
