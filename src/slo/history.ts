import type { Draft, Objective } from '../change/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './detect/bin.ts';
import { SETTLED_MS, type Evaluator } from './evaluate.ts';
import type { Span } from './read-slots.ts';
import { replayBurn, type BurnFiring } from './replay-burn.ts';
import { periodStart, type Slot } from './status.ts';

type Reads = Pick<Evaluator, 'slots'>;

export const historyUnits = ['hour', 'day'] as const;
type HistoryUnit = (typeof historyUnits)[number];

/** Hours are told of a week, days of the period. */
const HOURS_MS = 7 * DAY_MS;
const REPLAYED_MS = 30 * DAY_MS;
/** Hours that are read again by the minute. */
const MOST_HOURS = 48;

/** Outcomes by hour or day up to now, those without any left out. */
export async function readHistory(
  evaluator: Reads,
  objective: Draft<Objective>,
  unit: HistoryUnit,
  now: number,
): Promise<readonly Slot[]> {
  const unitMs = unit === 'day' ? DAY_MS : HOUR_MS;
  const fromAt = unit === 'day' ? periodStart(objective, now) : floorTo(now - HOURS_MS, HOUR_MS);
  // Days hold all their hours once these are settled.
  const daysUntil = unit === 'day' ? Math.max(fromAt, floorTo(now - SETTLED_MS, DAY_MS)) : fromAt;
  const hoursUntil = Math.max(daysUntil, floorTo(now - SETTLED_MS, HOUR_MS));
  const slots = await evaluator.slots(objective, [
    { unit: 'day', fromAt, beforeAt: daysUntil },
    { unit: 'hour', fromAt: daysUntil, beforeAt: hoursUntil },
    minutesUntil(now, hoursUntil),
  ]);
  return Array.from(
    Map.groupBy(slots, ({ at }) => floorTo(at, unitMs)),
    ([at, within]) => ({ at, unitMs, ...sumOf(within) }),
  );
}

export type BurnReplay = {
  readonly fromAt: number;
  readonly beforeAt: number;
  /** Since when there were outcomes; null: there were none. */
  readonly recordedFrom: number | null;
  /** False: some hours with bad outcomes are no longer known by the minute, and count as spread evenly. */
  readonly isExact: boolean;
  readonly firings: readonly BurnFiring[];
};

/**
 * When the burn rates of an objective would have fired over the last 30 days. Hours tell where anything was bad, and
 * these are read by the minute, 48 of them at most.
 */
export async function readBurnReplay(
  evaluator: Reads,
  objective: Draft<Objective>,
  now: number,
): Promise<BurnReplay> {
  const fromAt = floorTo(now - REPLAYED_MS, HOUR_MS);
  const beforeAt = floorTo(now, MINUTE_MS) + MINUTE_MS;
  const hoursUntil = floorTo(now - SETTLED_MS, HOUR_MS);
  const [hours, recent] = await Promise.all([
    evaluator.slots(objective, [{ unit: 'hour', fromAt, beforeAt: hoursUntil }]),
    evaluator.slots(objective, [minutesUntil(now, hoursUntil)]),
  ]);
  const failing = hours.filter(({ bad }) => bad > 0);
  const wanted = failing.toSorted((one, other) => other.bad - one.bad).slice(0, MOST_HOURS);
  const minutes = await evaluator.slots(
    objective,
    wanted.map(({ at }) => ({ unit: 'minute', fromAt: at, beforeAt: at + HOUR_MS })),
  );
  const known = Map.groupBy(minutes, ({ at }) => floorTo(at, HOUR_MS));
  const isKept = ({ at, bad }: Slot): boolean => sumOf(known.get(at) ?? []).bad === bad;
  const slots = [
    ...hours.flatMap((hour) => (isKept(hour) ? (known.get(hour.at) ?? [hour]) : [hour])),
    ...recent,
  ];
  return {
    fromAt,
    beforeAt,
    recordedFrom: slots[0]?.at ?? null,
    isExact: failing.every(isKept),
    // The audit's own detector tells of what is unaccounted.
    firings:
      objective.indicator === 'accounted'
        ? []
        : replayBurn(objective.target, slots, fromAt, beforeAt),
  };
}

function minutesUntil(now: number, fromAt: number): Span {
  return { unit: 'minute', fromAt, beforeAt: floorTo(now, MINUTE_MS) + MINUTE_MS };
}

function sumOf(slots: readonly Slot[]): { readonly good: number; readonly bad: number } {
  return slots.reduce((sum, { good, bad }) => ({ good: sum.good + good, bad: sum.bad + bad }), {
    good: 0,
    bad: 0,
  });
}

function floorTo(at: number, unitMs: number): number {
  return Math.floor(at / unitMs) * unitMs;
}
