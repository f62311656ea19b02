import type { AttemptPhase, TimedPhase } from '../records.ts';

/** Deliveries of messages that were accepted in a span, the newest first, with what their first attempts met. */
export type SampleQuery = {
  /** At most one of both; without either, of all. */
  readonly appId?: number | undefined;
  /** Those that were attempted at all. */
  readonly endpointId?: number | undefined;
  readonly fromAt: number;
  readonly beforeAt: number;
  readonly now: number;
  /**
   * A delivery is bad that was not delivered so long after acceptance, ms; null: one whose first attempt failed. What is
   * not decided yet is left out, and so is what was cancelled, or interrupted by ourselves.
   */
  readonly deadlineMs: number | null;
  /** `next` of the page before. */
  readonly after?: SampleCursor | undefined;
  /** Deliveries that are looked at, at most: 1,000 keep the ledger busy for some 10 ms. */
  readonly limit: number;
  /** Of good ones only every so manyth is given, and stands for the others; bad ones are all given. */
  readonly oneOf: number;
};

export type SampleCursor = readonly [number, number];

export type SampledDelivery = {
  readonly appId: number;
  readonly endpointId: number;
  /** null: its message is not there any more. */
  readonly eventType: string | null;
  readonly isBad: boolean;
  /** How many it stands for. */
  readonly weight: number;
  /** When its first attempt began, or its message was accepted where it has none. */
  readonly at: number;
  /** Of the first attempt; null: it has none. */
  readonly outcome: string | null;
  readonly statusCode: number | null;
  readonly detail: string | null;
  /** In which it failed; null where a whole answer came. */
  readonly failedPhase: AttemptPhase | null;
  /** Which took longest, the wait before the attempt included; null: nothing took any time. */
  readonly longestPhase: Exclude<TimedPhase, 'total'> | null;
  readonly canaryId: number | null;
  readonly address: string | null;
  readonly certificate: string | null;
};

export type SamplePage = {
  readonly rows: readonly SampledDelivery[];
  readonly lookedAt: number;
  /** null: there are no more. */
  readonly next: SampleCursor | null;
};

export type SampleReads = {
  /** Deliveries with what their first attempts met: what explanations are made of. */
  sampleDeliveries(query: SampleQuery): Promise<SamplePage>;
};
