import { assertNever } from '../core/index.ts';
import type { Objective } from '../change/index.ts';
import { sliAgeMs, sliLatencyMs, type SliCounts, type SliSource } from '../ledger/index.ts';

/** Outcomes of deliveries as one indicator judges them. What is not decided yet is neither. */
export type Outcomes = { readonly good: number; readonly bad: number };

export type Judge = (counts: SliCounts, isYoung: boolean) => Outcomes;

/**
 * How an objective's indicator reads counts. `isYoung`: a deadline that began in them may still be to come.
 *
 * on_time with the service's own deadline reads what was counted when it passed; with another, deliveries up to that
 * latency are good and all others of the same age bad. Cancelled ones are neither, unless they were late before.
 * freshness counts looks at lanes: good where nothing was due for longer than the deadline.
 */
export function judgeOf(
  { indicator, deadlineMs }: Pick<Objective, 'indicator' | 'deadlineMs'>,
  deliveryDeadlineMs: number,
): Judge {
  switch (indicator) {
    case 'first_attempt':
      return ({ firstOk, firstBad }) => ({ good: firstOk, bad: firstBad });
    case 'on_time':
      return deadlineMs === deliveryDeadlineMs || deadlineMs === null
        ? ({ onTime, late }) => ({ good: onTime, bad: late })
        : (counts, isYoung) => withinOf(counts, deadlineMs, isYoung);
    // What is unaccounted the audit knows; it is added where both are read.
    case 'accounted':
      return ({ accepted }) => ({ good: accepted, bad: 0 });
    case 'freshness':
      return ({ ages }) => freshOf(ages, deadlineMs ?? FRESHNESS_DEADLINE_MS);
    // Refused when it is made; it judges nothing.
    case 'confirmed':
      return () => ({ good: 0, bad: 0 });
    default:
      return assertNever(indicator);
  }
}

/** Of a freshness objective that does not say. */
export const FRESHNESS_DEADLINE_MS = 60_000;

/** What an indicator counts. */
export function sourceOf({ indicator }: Pick<Objective, 'indicator'>): SliSource {
  return indicator === 'freshness' ? 'lanes' : 'deliveries';
}

function freshOf(ages: readonly number[], deadlineMs: number): Outcomes {
  let good = 0;
  let bad = 0;
  for (const [nth, count] of ages.entries()) {
    if ((sliAgeMs[nth] ?? Infinity) <= deadlineMs) good += count;
    else bad += count;
  }
  return { good, bad };
}

/** True where what is carried by exactly the bad outcomes is recorded: those that the service's own deadline makes late. */
export function isValueOfBadKnown(
  { indicator, deadlineMs }: Pick<Objective, 'indicator' | 'deadlineMs'>,
  deliveryDeadlineMs: number,
): boolean {
  return indicator === 'on_time' && (deadlineMs === deliveryDeadlineMs || deadlineMs === null);
}

function withinOf(counts: SliCounts, deadlineMs: number, isYoung: boolean): Outcomes {
  const { accepted, cancelled, latency } = counts;
  let good = 0;
  let delivered = 0;
  for (const [nth, count] of latency.entries()) {
    delivered += count;
    if ((sliLatencyMs[nth] ?? Infinity) <= deadlineMs) good += count;
  }
  const bad = isYoung ? delivered - good : accepted - cancelled - good;
  return { good, bad: Math.max(0, bad) };
}
