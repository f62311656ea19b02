import type { Message } from '../records.ts';

export type AcceptanceWrites = {
  /** Stores a message and all its deliveries, or says that its event id or idempotency key was seen before. */
  accept(acceptance: Acceptance): Promise<AcceptResult>;
  /** Accepts several in the one commit; each has its own result. */
  acceptAll(acceptances: readonly Acceptance[]): Promise<readonly AcceptResult[]>;
};

export type Acceptance = {
  readonly message: Message & { readonly payload: string };
  readonly deliveries: readonly PlannedDelivery[];
  /** Needed where the message has an event id or an idempotency key: what tells a repetition from a conflict. */
  readonly contentHash: string | null;
  readonly idempotencyKey: string | null;
};

export type PlannedDelivery = {
  readonly endpointId: number;
  /** in_flight: claimed in the commit that accepts, so that the first attempt needs no second one. */
  readonly state: 'scheduled' | 'in_flight' | 'cancelled';
  readonly dueAt: number | null;
  readonly attemptId: number | null;
  readonly reason: string | null;
};

export type AcceptResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'repeated'; readonly messageId: number }
  | { readonly kind: 'conflict'; readonly field: 'eventId' | 'idempotency-key' };

/** Messages that tell of an event: accepted in its commit, where it takes effect. */
export type Telling = { readonly notices?: readonly Acceptance[] };
