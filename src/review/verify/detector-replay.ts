import { assertNever } from '../../core/index.ts';
import {
  BurnRates,
  FastBurn,
  MINUTE_MS,
  Outage,
  type Finding,
  type SharedBin,
} from '../../slo/index.ts';
import type { ProposedDetector } from '../action-item.ts';

/** One minute of the slice, with its endpoints. Minutes without outcomes may be left out. */
export type RecordedMinute = {
  /** Its start. */
  readonly at: number;
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
  let firedAt: number | null = null;
  let firedBefore = 0;
  let last: number | null = null;
  const take = (bin: SharedBin): void => {
    for (const { seenAt } of feed(bin)) {
      const at = seenAt + settlesMs;
      if (at <= impact.startAt) firedBefore += 1;
      else if (firedAt === null && at <= impact.endAt + settlesMs + MINUTE_MS) firedAt = at;
    }
  };
  for (const { at, endpoints } of minutes) {
    // Time passes for a detector also where nothing is sent: a rule that was broken may be so again.
    if (last !== null && at > last + MINUTE_MS) take(binOf(at - MINUTE_MS, []));
    take(binOf(at, endpoints));
    last = at;
  }
  return { firedAt, firedBefore, minutes: minutes.length };
}

type Outcomes = RecordedMinute['endpoints'];
type Bin = SharedBin & { readonly endpoints?: Outcomes };

function binOf(at: number, endpoints: Outcomes): Bin {
  let [total, bad] = [0, 0];
  for (const each of endpoints) {
    total += each.good + each.bad;
    bad += each.bad;
  }
  const failing = endpoints
    .filter((each) => each.bad > 0)
    .map(({ endpointId, bad: failed }) => ({ endpointId, bad: failed }));
  return { startAt: at, endAt: at + MINUTE_MS, total, bad, failing, endpoints };
}

/** Endpoints that a replay follows; those that failed later are not. */
const MOST_FOLLOWED = 10_000;

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
      const followed = new Map<number, FastBurn>();
      return ({ startAt, endAt, endpoints = [] }) => {
        const findings: Finding[] = [];
        for (const { endpointId, good, bad } of endpoints) {
          let burn = followed.get(endpointId);
          if (burn === undefined) {
            if (bad === 0 || followed.size >= MOST_FOLLOWED) continue;
            burn = new FastBurn({
              baseline: Math.min(0.001, rate / 2),
              rate,
              leastProbability: 0.95,
              falseAlarmsPerYear: 0.0001,
            });
            followed.set(endpointId, burn);
          }
          findings.push(...found(burn.feed({ startAt, endAt, total: good + bad, bad })));
        }
        return findings;
      };
    }
    default:
      return assertNever(proposed);
  }
}

function found(finding: Finding | null): readonly Finding[] {
  return finding === null ? [] : [finding];
}
