import type { Claim } from '../ledger/index.ts';
import type { Target } from './target.ts';

/**
 * The queue of one endpoint, as far as it is in memory. The ledger holds the rest:
 *
 *     ledger ──claim──► waiting ──start──► sending ──► settled
 *                          ▲
 *     accept ── reserved ──┘
 *
 * `held` counts reserved, waiting, sending and not yet settled: what is under a lease of this lane.
 */
export type Lane = {
  readonly endpointId: number;
  held: number;
  sending: number;
  readonly waiting: Claim[];
  /** The ledger may hold due deliveries of this lane that are not claimed. */
  hasStored: boolean;
  /** Something is being read for this lane; one at a time. */
  isReading: boolean;
  /** The endpoint made ready; null until it was read, and after it changed. */
  target: Target | null;
};

export function createLane(endpointId: number): Lane {
  return {
    endpointId,
    held: 0,
    sending: 0,
    waiting: [],
    hasStored: false,
    isReading: false,
    target: null,
  };
}

export function isIdle(lane: Lane): boolean {
  return lane.held === 0 && !lane.hasStored && !lane.isReading;
}
