import { assertNever } from '../../core/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './bin.ts';
import type { Certainty, Finding, Quantity } from './finding.ts';

/**
 * A finding in plain words: what was seen, since when, against what, how sure. `slice` names what it is about, such as
 * `objective payments`. Moments are ISO 8601 in UTC, to the minute. One line, no markup; at most 300 characters beside the slice.
 */
export function sayFinding(finding: Finding, slice: string): string {
  const since = `since ${momentOf(finding.sinceAt)}`;
  const { observed, against } = finding;
  const sure = sureOf(finding.sure);
  switch (finding.detector) {
    case 'burn_rate': {
      const budget =
        against.value === 1
          ? 'the whole budget in its period'
          : `the budget ${number(against.value)} times too fast`;
      return `${slice}: ${failed(observed)} ${since}; that spends ${budget} (${sure}).`;
    }
    case 'small_step':
      return `${slice}: ${failed(observed)} ${since}, where ${share(against.value)} is usual; endpoints count once in 6 h, so it is not one endpoint alone (${sure}).`;
    case 'outage':
      return `${slice}: ${failed(observed)} ${since}; most of what is sent fails (${sure}).`;
    case 'fast_burn':
      return `${slice}: ${failed(observed)} ${since}, more than ${share(against.value)} (${sure}).`;
    case 'first_dead_letter':
      return `${slice}: ${count(observed.value, 'dead letter')} at ${momentOf(finding.seenAt)}, the first in 24 h (${sure}).`;
    case 'unaccounted':
      return `${slice}: ${count(observed.value, 'unaccounted delivery', 'unaccounted deliveries')}, accepted ${since} (${sure}).`;
    case 'stuck':
      return `${slice}: no progress ${since}, and the oldest due delivery waits for ${duration(observed.value)} (${sure}).`;
    case 'growth':
      return `${slice}: ${grown(finding, since)} (${sure}).`;
    case 'silence':
      return `${slice}: ${number(observed.value)} outcomes ${since}, where ${number(against.value)} are usual at this hour (${sure}).`;
    default:
      return assertNever(finding.detector);
  }
}

function grown(
  { gauge = 'lag', observed, against, seenAt, limitAt = seenAt }: Finding,
  since: string,
): string {
  const [now, limit] = [observed.value, against.value];
  const isReached = limitAt <= seenAt;
  const when = `at this rate, at ${momentOf(limitAt)},`;
  switch (gauge) {
    case 'places':
      return `${number(now)} of ${number(limit)} places are in use, more and more ${since}; ${when} all ${number(limit)} are taken, and deliveries wait`;
    case 'answers':
      return `answers take ${duration(now)}, longer and longer ${since}; ${isReached ? 'they time out' : `${when} they take ${duration(limit)}, and time out`}`;
    case 'backlog':
      return isReached
        ? `${number(now)} deliveries wait, which is the limit of ${number(limit)}`
        : `${number(now)} deliveries wait, more and more ${since}; ${when} ${number(limit)} do`;
    case 'lag':
    case 'age':
      return isReached
        ? `the oldest due delivery is ${duration(now)} old, which is the limit of ${duration(limit)}`
        : `the oldest due delivery is ${duration(now)} old, older and older ${since}; ${when} it is ${duration(limit)} old`;
    default:
      return assertNever(gauge);
  }
}

function failed(observed: Quantity): string {
  if (observed.unit !== 'share') return number(observed.value);
  const of = observed.of === null ? '' : ` (${number(observed.bad)} of ${number(observed.of)})`;
  return `${share(observed.value)} failed${of}`;
}

function sureOf(sure: Certainty): string {
  switch (sure.kind) {
    case 'certain':
      return 'counted, not inferred';
    case 'false_alarms':
      if (sure.perYear === 1) return 'chance says so once a year at most';
      return sure.perYear > 1
        ? `chance says so ${number(sure.perYear)} times a year at most`
        : `chance says so once in ${number(1 / sure.perYear)} years at most`;
    case 'posterior':
      return `${sure.probability > 0.9999 ? 'over 99.99' : (sure.probability * 100).toFixed(sure.probability > 0.99 ? 2 : 0)} % sure`;
    case 'rule':
      return sure.name;
    default:
      return assertNever(sure);
  }
}

function share(value: number): string {
  return `${number(value * 100)} %`;
}

const whole = new Intl.NumberFormat('en-US');

/** Three digits, more where they stand before the point. */
function number(value: number): string {
  if (value >= 100) return whole.format(Math.round(value));
  return String(Number(value.toPrecision(value >= 1 ? 3 : 2)));
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

function duration(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${number(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${number(ms / HOUR_MS)} h`;
  if (ms >= 2 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${ms >= 10_000 ? Math.round(ms / 1000) : number(ms / 1000)} s`;
}

function momentOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}
