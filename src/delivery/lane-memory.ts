import type { Claim, LaneMemory, Settlement } from '../ledger/index.ts';

/**
 * What is remembered of a lane after an attempt, and the settlement that stores it where it changed.
 *
 * Since when nothing but failures: an outcome that is our own fault says nothing about it. In strict order a retry
 * keeps its delivery's place at the head of the lane, and the lane waits until it is due: what came later must not
 * overtake it, also after a restart.
 */
export function memoryAfter<Made extends Settlement>(
  known: LaneMemory | null,
  { roundStartedAt }: Claim,
  made: Made,
  { isOrdered, isNews, startedAt }: AttemptAbout,
): { readonly settlement: Made; readonly memory: LaneMemory | null } {
  const isOurs = ours.includes(made.outcome);
  const failingSince =
    isOurs || !isNews
      ? (known?.failingSince ?? null)
      : made.outcome === 'delivered'
        ? null
        : (known?.failingSince ?? startedAt);
  const isKeptAtHead = isOrdered && made.state === 'scheduled';
  const resumeAt = isKeptAtHead ? made.dueAt : null;
  const memory = failingSince === null && resumeAt === null ? null : { failingSince, resumeAt };
  const settlement = isKeptAtHead ? { ...made, dueAt: roundStartedAt } : made;
  const isSame =
    (known?.failingSince ?? null) === failingSince && (known?.resumeAt ?? null) === resumeAt;
  return { settlement: isSame ? settlement : { ...settlement, lane: memory }, memory };
}

/** Outcomes that the endpoint has no part in. */
const ours: readonly string[] = ['interrupted', 'internal_error', 'conversion_failed'];

export type AttemptAbout = {
  readonly isOrdered: boolean;
  /** It tells of the endpoint as it is now, and not of one that was disabled or had another URL. */
  readonly isNews: boolean;
  readonly startedAt: number;
};
