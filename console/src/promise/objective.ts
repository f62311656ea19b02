import type { AnswerOf, OperationId, Operations } from '../api/index.ts';
import { duration } from '../ui/index.ts';

export type BoardEntry = AnswerOf<'v1.board.get'>['objectives'][number];
export type Standing = AnswerOf<'v1.objective.get-status'>;
export type Status = Standing['status'];
export type Objective = AnswerOf<'v1.objective.get'>;
/** What an objective says, without what it is stored with. */
export type Terms = AnswerOf<'v1.objective.preview'>['objective'];
export type ObjectiveBody = Operations['v1.objective.create']['body'];

/** What a write of an objective may alter. */
export const objectiveAnswers: readonly OperationId[] = [
  'v1.board.get',
  'v1.objective.list',
  'v1.objective.get',
  'v1.objective.get-status',
  'v1.objective.get-history',
  'v1.objective.get-openslo',
  'v1.change.list',
];

/** 99.9 %, with the digits that it has. */
export function targetWords(target: number): string {
  return `${Number((target * 100).toPrecision(12))} %`;
}

/** Rounded down, to one digit more than the target has: what is not met must not look met. */
export function achievedWords(ratio: number, target: number): string {
  const digits = Math.min(5, Math.max(1, Math.ceil(-Math.log10(1 - target)) - 1));
  const factor = 10 ** digits;
  return `${Math.floor(ratio * 100 * factor + 1e-6) / factor} %`;
}

/** What is promised, as one sentence. */
export function promiseOf({ indicator, target, deadlineMs, periodDays, slice }: Terms): string {
  const share = targetWords(target);
  const of = sliceOf(slice);
  const deliveries = `${share} of deliveries${of === '' ? '' : ` ${of}`}`;
  const days = periodDays === 1 ? 'over a day' : `over ${periodDays} days`;
  switch (indicator) {
    case 'on_time':
      return `${deliveries} arrive within ${deadlineMs === null ? 'the deadline' : duration(deadlineMs)} of acceptance, ${days}.`;
    case 'first_attempt':
      return `${deliveries} arrive by their first attempt, ${days}.`;
    case 'accounted':
      return `${deliveries} are accounted for, ${days}.`;
    case 'freshness':
      return `At ${share} of looks at a lane${of === '' ? '' : ` ${of}`}, nothing is due for longer than ${deadlineMs === null ? 'the deadline' : duration(deadlineMs)}, ${days}.`;
    default:
      return `${deliveries} are confirmed, ${days}.`;
  }
}

function sliceOf(slice: Terms['slice']): string {
  const named = (what: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${what}${values.length === 1 ? '' : 's'} ${listed(values)}`];
  const labels = (of: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(of).map(([name, value]) => `${name} = ${value}`);
  const parts = [
    ...named('application', slice.appIds),
    ...named('endpoint', slice.endpointIds),
    ...named('event type', slice.eventTypes),
    ...named('applications with', labels(slice.applicationMetadata)).map(plain),
    ...named('endpoints with', labels(slice.endpointMetadata)).map(plain),
  ];
  return parts.length === 0 ? '' : `of ${parts.join(' and ')}`;
}

/** Labels are listed behind "with", which has no plural. */
function plain(text: string): string {
  return text.replace(/ withs /, ' with ');
}

const SHOWN = 3;

function listed(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN).join(', ');
  return values.length > SHOWN ? `${shown} and ${values.length - SHOWN} more` : shown;
}

const HOUR_MS = 3_600_000;

/** In a word how it stands, as the page for everybody says it. */
export function standingOf({ good, bad, budget, burn }: Status): {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
} {
  if (good + bad === 0) return { word: 'no traffic', tone: 'quiet' };
  if (budget.left <= 0) return { word: 'budget spent', tone: 'bad' };
  const isBurning = burn.some(({ rate, windowMs }) => rate > 1 && windowMs > HOUR_MS);
  return isBurning ? { word: 'burning', tone: 'warn' } : { word: 'holding', tone: 'good' };
}

export function leftWords(left: number): string {
  if (left > 0) return `${roundedPercent(left)} of the budget left`;
  return left === 0 ? 'Nothing of the budget left' : `Overspent by ${roundedPercent(-left)}`;
}

function roundedPercent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} %`;
}

export function rateWords(rate: number): string {
  return `${rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1)}×`;
}

/** Of the last hour: how fast the budget is spent. */
export function burnNow({ burn }: Status): string {
  const hour = burn.find(({ windowMs }) => windowMs === HOUR_MS);
  return hour === undefined || hour.good + hour.bad === 0
    ? 'no traffic in the last hour'
    : `${rateWords(hour.rate)} in the last hour`;
}

/** Bad outcomes that a period allows: with a digit more where they are few. */
export function allowedWords(allowed: number): string {
  return allowed < 10
    ? String(Math.floor(allowed * 10) / 10)
    : Math.floor(allowed).toLocaleString('en');
}

/** How long the budget lasts. */
export function forecastWords({ at, good, bad, budget, forecast }: Status): string {
  if (good + bad > 0 && budget.left <= 0) return 'It is spent.';
  if (forecast.exhaustedAt === null) return 'Beyond this period at the present rate.';
  const ms = Date.parse(forecast.exhaustedAt) - Date.parse(at);
  return `Spent in ${duration(ms)} if the last six hours go on.`;
}

/** What an alert's key says that it is about, where that is an objective. */
export function objectiveIn(key: string): string | undefined {
  return /^\S+ objective (\S+)$/.exec(key)?.[1];
}
