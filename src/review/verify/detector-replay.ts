import { assertNever } from '../../core/index.ts';
import {
  BurnRates,
  DAY_MS,
  EndpointWatch,
  HOUR_MS,
  MINUTE_MS,
  Outage,
  Silence,
  SmallStep,
  type Finding,
  type SharedBin,
} from '../../slo/index.ts';
import type { ProposedDetector } from '../action-item.ts';

/** One minute of the slice, with its endpoints; or an hour of its past. Those without outcomes may be left out. */
export type RecordedMinute = {
  /** Its start. */
  readonly at: number;
  /** An hour, of what is only learned from; a minute where it is left out. */
  readonly unitMs?: number;
  readonly endpoints: readonly {
    readonly endpointId: number;
    readonly good: number;
    readonly bad: number;
  }[];
};

/** What a detector would have said of what was recorded. */
export type Replay = {
  /** The first time within the impact; null: never. */
  readonly firedAt: number | null;
  /** Times before the impact: each would have been looked into for nothing. */
  readonly firedBefore: number;
  /** Minutes with outcomes that it was given. */
  readonly minutes: number;
};

/** A detector that compares with the past has to have seen so much of it. */
export function learnsMs({ detector }: Pick<ProposedDetector, 'detector'>): number {
  switch (detector) {
    case 'small_step':
      return 7 * DAY_MS;
    case 'silence':
      return 14 * DAY_MS;
    default:
      return 0;
  }
}

/**
 * Feeds recorded minutes to a detector as they would have come, one bin a minute: it fires at the end of a minute, never
 * within. Pure; minutes in their order.
 *
 * @param settlesMs how long after its end a minute's outcomes are known: a deadline that begins in it.
 */
export function replayDetector(
  proposed: ProposedDetector,
  minutes: readonly RecordedMinute[],
  impact: { readonly startAt: number; readonly endAt: number },
  settlesMs: number,
): Replay {
  const feed = detectorOf(proposed);
  const lastsUntil = impact.endAt + settlesMs + MINUTE_MS;
  let firedAt: number | null = null;
  let firedBefore = 0;
  let given = 0;
  let next: number | null = null;
  const take = (bin: SharedBin): void => {
    const isPast = bin.endAt - bin.startAt === HOUR_MS;
    for (const { seenAt } of feed(bin)) {
      const at = seenAt + settlesMs;
      if (isPast) continue;
      if (at <= impact.startAt) firedBefore += 1;
      else if (firedAt === null && at <= lastsUntil) firedAt = at;
    }
  };
  /** Time passes for a detector also where nothing is sent: for some one minute says so, for others each does. */
  const pass = (until: number, unitMs: number): void => {
    if (next === null || next >= until) return;
    const isEach = proposed.detector === 'silence' || proposed.detector === 'fast_burn';
    const from = isEach ? next : until - unitMs;
    for (let at = from; at < until; at += unitMs) take(binOf(at, [], unitMs));
  };
  for (const { at, endpoints, unitMs = MINUTE_MS } of minutes) {
    pass(at, unitMs);
    take(binOf(at, endpoints, unitMs));
    next = at + unitMs;
    if (unitMs === MINUTE_MS) given += 1;
  }
  pass(Math.floor(impact.endAt / MINUTE_MS) * MINUTE_MS, MINUTE_MS);
  return { firedAt, firedBefore, minutes: given };
}

type Outcomes = RecordedMinute['endpoints'];
type Bin = SharedBin & { readonly endpoints?: Outcomes };

function binOf(at: number, endpoints: Outcomes, unitMs: number): Bin {
  let [total, bad] = [0, 0];
  for (const each of endpoints) {
    total += each.good + each.bad;
    bad += each.bad;
  }
  const failing = endpoints
    .filter((each) => each.bad > 0)
    .map(({ endpointId, bad: failed }) => ({ endpointId, bad: failed }));
  return { startAt: at, endAt: at + unitMs, total, bad, failing, endpoints };
}

function detectorOf(proposed: ProposedDetector): (bin: Bin) => readonly Finding[] {
  switch (proposed.detector) {
    case 'burn_rate': {
      const { target, burnRate, longMinutes, shortMinutes } = proposed;
      const rule = {
        burnRate,
        longMs: longMinutes * MINUTE_MS,
        shortMs: shortMinutes * MINUTE_MS,
        severity: 'page',
      } as const;
      const rates = new BurnRates(target, [rule]);
      return (bin) => rates.feed(bin);
    }
    case 'outage': {
      const { share, endpoints: leastEndpoints } = proposed;
      const outage = new Outage({
        share,
        baseline: 0.002,
        falseAlarmsPerYear: 0.01,
        leastEndpoints,
      });
      return (bin) => found(outage.feed(bin));
    }
    case 'fast_burn': {
      const { rate } = proposed;
      const watch = new EndpointWatch({
        baseline: Math.min(0.001, rate / 2),
        rate,
        leastProbability: 0.95,
        falseAlarmsPerYear: 0.0001,
      });
      return ({ startAt, endAt, endpoints = [] }) => {
        const counts = endpoints.map(({ endpointId, good, bad }) => ({
          endpointId,
          total: good + bad,
          bad,
        }));
        return watch.feed({ startAt, endAt, endpoints: counts }).map(({ finding }) => finding);
      };
    }
    case 'small_step': {
      const { share, falseAlarmsPerYear } = proposed;
      const step = new SmallStep({ leastShare: share, falseAlarmsPerYear });
      return (bin) => found(step.feed(bin));
    }
    case 'silence': {
      const { falseAlarmsPerYear } = proposed;
      const silence = new Silence({ falseAlarmsPerYear });
      return (bin) => found(silence.feed(bin));
    }
    default:
      return assertNever(proposed);
  }
}

function found(finding: Finding | null): readonly Finding[] {
  return finding === null ? [] : [finding];
}
