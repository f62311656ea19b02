import type { Random } from '../../../src/core/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, YEAR_MS } from '../../../src/slo/index.ts';
import type { Judge } from './judge.ts';
import { Traffic, type Pattern } from './traffic.ts';

const BEGIN_AT = Date.UTC(2026, 0, 5);
/** What is learned in this time is not counted. */
const LEARNING_MS = 35 * DAY_MS;
/** Detectors as they were at some moment of a healthy time. */
export type Moment = { readonly at: number; readonly judges: readonly Judge[] };

export type HealthyTime = {
  readonly years: number;
  /** Of each judge. */
  readonly falseAlarms: readonly number[];
  readonly moments: readonly Moment[];
};

/** Years without a fault: what each judge says is a false alarm. Copies are taken at even distances, when none is up. */
export function watchHealthy(
  traffic: Traffic,
  pattern: Pattern,
  judges: readonly Judge[],
  years: number,
  copies: number,
): HealthyTime {
  const falseAlarms = judges.map(() => 0);
  const moments: Moment[] = [];
  const countedFrom = BEGIN_AT + LEARNING_MS;
  const endAt = countedFrom + years * YEAR_MS;
  const everyMs = (years * YEAR_MS) / (copies + 1);
  for (let at = BEGIN_AT; at < endAt; at += MINUTE_MS) {
    const bin = traffic.bin(at, MINUTE_MS, pattern, 0);
    for (const [index, judge] of judges.entries()) {
      if (judge.feed(bin) && at >= countedFrom) falseAlarms[index] = (falseAlarms[index] ?? 0) + 1;
    }
    const isDue = at >= countedFrom + everyMs * (moments.length + 1);
    if (isDue && judges.every((judge) => !judge.isRaised)) {
      moments.push({ at: at + MINUTE_MS, judges: judges.map((judge) => judge.copy()) });
    }
  }
  return { years, falseAlarms, moments };
}

export type Trial = {
  /** From the fault to the alarm, ms; null: missed. */
  readonly delayMs: number | null;
  /** Bad outcomes until then, or until it was given up. */
  readonly failures: number;
  /** From the fault's end, an hour after the alarm, until the alarm was over; null: not within a week. */
  readonly resetMs: number | null;
};

const GIVEN_UP_MS = 14 * DAY_MS;
const FINE_MS = 15 * MINUTE_MS;
const FINE_BIN_MS = 10_000;
const RESET_MS = 7 * DAY_MS;

/** A fault that begins at a moment of a healthy time, seen by all judges at once; one trial for each. */
export function tryFault(
  moment: Moment,
  perHour: number,
  baseline: number,
  { fault, healthy }: { readonly fault: Pattern; readonly healthy: Pattern },
  random: Random,
): readonly Trial[] {
  const traffic = new Traffic(perHour, baseline, random);
  const found: (Trial | null)[] = moment.judges.map(() => null);
  const pending = moment.judges.map((judge, index) => ({ judge: judge.copy(), index }));
  let failures = 0;
  let sinceMs = 0;
  while (pending.length > 0 && sinceMs < GIVEN_UP_MS) {
    const lengthMs = sinceMs < FINE_MS ? FINE_BIN_MS : MINUTE_MS;
    const bin = traffic.bin(moment.at + sinceMs, lengthMs, fault, sinceMs);
    failures += bin.bad;
    sinceMs += lengthMs;
    for (const one of pending.slice()) {
      if (!one.judge.feed(bin)) continue;
      pending.splice(pending.indexOf(one), 1);
      const resetMs = timeToReset(one.judge, moment.at, sinceMs, traffic, { fault, healthy });
      found[one.index] = { delayMs: sinceMs, failures, resetMs };
    }
  }
  return found.map((trial) => trial ?? { delayMs: null, failures, resetMs: null });
}

function timeToReset(
  judge: Judge,
  beganAt: number,
  foundMs: number,
  traffic: Traffic,
  { fault, healthy }: { readonly fault: Pattern; readonly healthy: Pattern },
): number | null {
  // A minute may have begun in bins of seconds.
  const from = Math.ceil(foundMs / MINUTE_MS) * MINUTE_MS;
  for (let ms = from; ms < from + HOUR_MS; ms += MINUTE_MS) {
    judge.feed(traffic.bin(beganAt + ms, MINUTE_MS, fault, ms));
  }
  for (let ms = 0; ms < RESET_MS; ms += MINUTE_MS) {
    judge.feed(traffic.bin(beganAt + from + HOUR_MS + ms, MINUTE_MS, healthy, 0));
    if (!judge.isRaised) return ms + MINUTE_MS;
  }
  return null;
}
