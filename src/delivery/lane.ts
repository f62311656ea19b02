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
  /**
   * Outcomes (and deliveries given back) that the ledger could not take yet. Until it has them the lane is not read:
   * their leases may end meanwhile, and a delivery that was made would be claimed and made again.
   */
  unrecorded: number;
  /** The endpoint made ready; null until it was read, and after it changed. */
  target: Target | null;
  /** How often the endpoint changed: what was read before the last change is not believed. */
  changes: number;
};

export function createLane(endpointId: number): Lane {
  return {
    endpointId,
    held: 0,
    sending: 0,
    waiting: [],
    hasStored: false,
    isReading: false,
    unrecorded: 0,
    target: null,
    changes: 0,
  };
}

export function isIdle(lane: Lane): boolean {
  return lane.held === 0 && !lane.hasStored && !lane.isReading;
}
