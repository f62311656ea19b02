import type { DeliveryKey, DeliveryState } from '../records.ts';

export type AuditWrites = {
  /**
   * Schedules again what an audit found unaccounted, and promises what nobody promised. Resolves to the deliveries
   * it put right; where there are none, no act is recorded. A delivery without its message cannot be put right.
   */
  heal(request: HealRequest): Promise<number>;
};

export type AuditReads = {
  /**
   * The id of the message `distance` messages from `id` on, or before it; null where there are not so many. Cuts spans
   * of equal work for an audit, whatever their length in time.
   */
  messageAt(request: MessageAtRequest): Promise<number | null>;
  /** Recomputes from raw rows what is owed and what is there, for messages with ids in [fromId, beforeId). */
  audit(request: AuditRequest): Promise<AuditResult>;
};

export type HealRequest = {
  readonly act: { readonly id: number; readonly actor: string; readonly reason: string };
  readonly keys: readonly DeliveryKey[];
  readonly now: number;
};

export type MessageAtRequest = {
  readonly id: number;
  /** 1 or more. */
  readonly distance: number;
  readonly descending: boolean;
};

export type AuditRequest = {
  readonly fromId: number;
  readonly beforeId: number;
  /** Leases that ended before this moment are held by nobody. */
  readonly leasesEndedBefore: number;
  /** Findings are named up to this many; all are counted. */
  readonly nameAtMost: number;
};

export type AuditMinute = {
  readonly appId: number;
  /** Start of the minute, milliseconds since the epoch. */
  readonly minuteAt: number;
  readonly accepted: number;
  /** Deliveries owed: accepted × matched. */
  readonly matched: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
};

export const findingKinds = [
  'missing',
  'unpromised',
  'lease_overdue',
  'unproven',
  'undated',
  'orphaned',
] as const;
/**
 * missing: promised, but no delivery is there · unpromised: a delivery nobody promised · lease_overdue: in flight,
 * but its lease ended and nobody took it · unproven: delivered, but no attempt says so · undated: open, but never due ·
 * orphaned: a delivery without its message.
 */
export type FindingKind = (typeof findingKinds)[number];

export type Finding = DeliveryKey & { readonly appId: number; readonly kind: FindingKind };

export type AuditResult = {
  readonly minutes: readonly AuditMinute[];
  readonly unaccounted: number;
  readonly findings: readonly Finding[];
};
