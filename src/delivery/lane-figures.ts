import type { HandCircuit, LanePolicy, Pause } from '../change/index.ts';
import type { BreakerState } from './breaker.ts';
import type { Lane } from './lane.ts';

/** Why nothing of a lane starts now. */
export const restReasons = [
  'paused',
  'application_paused',
  'service_paused',
  'held',
  'circuit_open',
  'order',
] as const;
export type RestReason = (typeof restReasons)[number];

/** A lane as its owner sees it. Moments are milliseconds since the epoch, null where there is none. */
export type LaneFigures = {
  readonly endpointId: number;
  /** The policy in force. */
  readonly policy: LanePolicy;
  /** Why nothing of it starts now; null: it may. */
  readonly restsFor: RestReason | null;
  /** Until when; null: until somebody resumes it, or it does not rest. */
  readonly restsUntil: number | null;
  readonly breaker: {
    readonly state: BreakerState;
    readonly since: number;
    readonly failuresInARow: number;
    /** Somebody opened it: nothing closes it but somebody, or its moment. */
    readonly isByHand: boolean;
  };
  /** As somebody opened the circuit, while that holds. */
  readonly handCircuit: HandCircuit | null;
  /** What pauses it beside itself: its application, or the whole service. */
  readonly pause: Pause | null;
  /** Event types of which nothing starts, in order. */
  readonly pausedTypes: readonly string[];
  /** Requests that may be under way at once now, and that are. */
  readonly concurrency: number;
  readonly sending: number;
  /** In memory under a lease, those that are being sent included. */
  readonly held: number;
  readonly failingSince: number | null;
};

export function laneFigures(lane: Lane, failingSince: number | null, now: number): LaneFigures {
  const restsUntil = lane.restsUntil(now);
  const { breaker } = lane;
  return {
    endpointId: lane.endpointId,
    policy: lane.policy,
    restsFor: restsUntil > now ? reasonOf(lane, now) : null,
    restsUntil: restsUntil > now && restsUntil !== Infinity ? restsUntil : null,
    breaker: {
      state: breaker.state,
      since: breaker.since,
      failuresInARow: breaker.failuresInARow,
      isByHand: breaker.byHand(now) !== null,
    },
    handCircuit: breaker.byHand(now),
    pause: lane.pause,
    pausedTypes: [...lane.pausedTypes].toSorted(),
    concurrency: Math.min(lane.policy.concurrency, lane.concurrency(now)),
    sending: lane.sending,
    held: lane.held,
    failingSince,
  };
}

function reasonOf(lane: Lane, now: number): RestReason {
  const { pausedBy } = lane;
  if (pausedBy === 'endpoint') return 'paused';
  if (pausedBy !== null) return `${pausedBy}_paused`;
  if (lane.breaker.restsUntil(now) > now) return 'circuit_open';
  return lane.hold.until(now) > now ? 'held' : 'order';
}
