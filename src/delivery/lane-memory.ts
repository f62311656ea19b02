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
  { isOrdered, startedAt }: { readonly isOrdered: boolean; readonly startedAt: number },
): { readonly settlement: Made; readonly memory: LaneMemory | null } {
  const failingSince =
    made.outcome === 'delivered'
      ? null
      : made.outcome === 'interrupted' || made.outcome === 'internal_error'
        ? (known?.failingSince ?? null)
        : (known?.failingSince ?? startedAt);
  const isKeptAtHead = isOrdered && made.state === 'scheduled';
  const resumeAt = isKeptAtHead ? made.dueAt : null;
  const memory = failingSince === null && resumeAt === null ? null : { failingSince, resumeAt };
  const settlement = isKeptAtHead ? { ...made, dueAt: roundStartedAt } : made;
  const isSame =
    (known?.failingSince ?? null) === failingSince && (known?.resumeAt ?? null) === resumeAt;
  return { settlement: isSame ? settlement : { ...settlement, lane: memory }, memory };
}
