import type {
  ObjectiveAnswer,
  ObjectiveFiguresAnswer,
  ObjectiveStatusAnswer,
} from './objective-answers.ts';
import { sayMoney } from '../core/index.ts';
import { oneLine } from './one-line.ts';
import { counted, formatCount, formatTable } from './table.ts';
import { timeWords } from './time-words.ts';

/** `99.9 % on time in 1 min, 30 d`. */
export function promiseWords({
  indicator,
  target,
  deadlineMs,
  periodDays,
}: ObjectiveAnswer): string {
  const what = indicator.replace('_', ' ');
  const within =
    deadlineMs === null
      ? ''
      : ` in ${deadlineMs < 1000 ? `${deadlineMs} ms` : timeWords(deadlineMs)}`;
  return `${Number((target * 100).toPrecision(8))} % ${what}${within}, ${periodDays} d`;
}

export function leftWords({ good, bad, left }: ObjectiveFiguresAnswer): string {
  if (good + bad === 0) return 'no traffic';
  return `${(Math.floor(left * 1000) / 10).toFixed(1)} %`;
}

export function burnWords({ burn }: ObjectiveFiguresAnswer): string {
  return burn
    .map(({ rate }) => (rate >= 10 ? formatCount(Math.round(rate)) : rate.toFixed(1)))
    .join('/');
}

export function describeStatus({ objective, figures, endpoints }: ObjectiveStatusAnswer): string {
  const { name, description, owner, consumers } = objective;
  const failing = endpoints.filter(({ bad }) => bad > 0);
  return [
    `Objective ${name}: ${promiseWords(objective)}`,
    ...(description === '' ? [] : [oneLine(description)]),
    [
      `Kept by ${oneLine(owner)}${consumers.length === 0 ? '' : `, relied on by ${oneLine(consumers.join(', '))}`}.`,
      `${formatCount(figures.good)} good, ${formatCount(figures.bad)} bad. Budget left: ${leftWords(figures)}.`,
      `Burn over 1 h, 6 h and 3 d: ${burnWords(figures)}.`,
      figures.exhaustedAt === null
        ? 'At the rate of the last six hours the budget lasts.'
        : `At the rate of the last six hours it is spent by ${figures.exhaustedAt}.`,
      ...figures.atRisk.map(
        ({ perWeek, currency }) => `At risk a week: ${sayMoney(perWeek, currency)}.`,
      ),
    ].join('\n'),
    failing.length === 0
      ? 'No endpoint failed.'
      : formatTable(
          [
            { title: 'ENDPOINT', value: (row: (typeof failing)[number]) => row.endpointId },
            { title: 'BAD', value: ({ bad }) => bad },
            { title: 'GOOD', value: ({ good }) => good },
            { title: 'OF ALL BAD', value: ({ share }) => `${Math.round(share * 100)} %` },
          ],
          failing,
        ),
    ...(failing.length === 0
      ? []
      : [`${counted(failing.length, 'endpoint')} with failures shown.`]),
  ].join('\n\n');
}
