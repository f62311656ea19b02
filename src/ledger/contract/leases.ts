import type { Attempt, AttemptTrigger, DeliveryKey, LaneMemory } from '../records.ts';
import type { Telling } from './acceptance.ts';

/** A delivery under a lease: claimed with its attempt started, then settled or given back. */
export type LeaseWrites = {
  /** Takes due deliveries of one lane under a lease and records their attempts as started. */
  claim(request: ClaimRequest): Promise<Window>;
  /** Records an attempt's outcome and the delivery's next state together. */
  settle(settlement: Settlement & Telling): Promise<SettleResult>;
  /** Gives claimed deliveries back unsent; their started attempt is taken back too. */
  release(claims: readonly LeaseKey[]): Promise<void>;
  /** At the start: leases that an earlier life of this process held end now. Resolves to their count. */
  endLeases(now: number): Promise<number>;
};

export type ClaimRequest = {
  readonly endpointId: number;
  readonly now: number;
  readonly leaseEndsAt: number;
  /** One id per delivery that may be claimed: its length is the limit. */
  readonly attemptIds: readonly number[];
  /** At most so many of them may be deliveries that the retry policy scheduled again; those are claimed first. */
  readonly retries: number;
  /** Claiming stops once payloads add up to this. At least one delivery is claimed. */
  readonly payloadBytes: number;
  /** Event types whose deliveries are set aside instead, and stay scheduled: `resumeTypes` lets them go on. */
  readonly pausedTypes: readonly string[];
};

/** A lane's window: what was claimed, ended leases first, and when the lane needs attention next. */
export type Window = {
  readonly claims: readonly Claim[];
  /**
   * The earliest due time of a first attempt, or end of a lease, the leases just given included. Infinity: there is
   * none. `now` or earlier: more is due already.
   */
  readonly nextDueAt: number;
  /** The same for what the retry policy scheduled again. */
  readonly nextRetryAt: number;
  /** Deliveries of paused event types that were set aside: at most a few hundred at once. */
  readonly setAside: number;
};

export type LeaseKey = DeliveryKey & { readonly attemptId: number };

export type Claim = LeaseKey & {
  readonly appId: number;
  readonly nth: number;
  readonly trigger: AttemptTrigger;
  /** Attempts started in this round, this one included: a replay starts a round anew. */
  readonly attemptsInRound: number;
  readonly roundStartedAt: number;
  readonly leaseEndsAt: number;
  /** When it was due: what it waited since. */
  readonly dueAt: number;
  readonly traceparent: string | null;
  readonly eventType: string;
  readonly payload: string;
  /** The payload is a corrected one; `webhookNth` is what its webhook-id ends in, null where it is the message's own. */
  readonly corrected: { readonly webhookNth: number | null } | null;
};

/** What is recorded of the attempt, and what becomes of its delivery. */
export type Settlement = LeaseKey &
  Omit<Attempt, 'id' | keyof DeliveryKey> & {
    readonly state: 'scheduled' | 'delivered' | 'dead';
    /** scheduled: when it is due next. */
    readonly dueAt: number | null;
    /** dead: why. */
    readonly reason: string | null;
    /** What is to be remembered of the lane from now on, where that changes; null forgets it. */
    readonly lane?: LaneMemory | null;
  };

/** stale: the lease had ended and the delivery moved on; the attempt is recorded all the same. */
export type SettleResult = 'settled' | 'stale';
