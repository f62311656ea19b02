/** What is removed for good: on request, or because it was kept long enough. */
export type RemovalWrites = {
  /** Removes a message's payload on request; what is still open of it is cancelled. False: there is none. */
  expungePayload(request: ExpungePayload): Promise<boolean>;
  /** Removes what an attempt kept of the response. False: there is no such attempt. */
  expungeResponse(request: {
    readonly messageId: number;
    readonly attemptId: number;
  }): Promise<boolean>;
  /**
   * One step of retention: removes payload and attempts of messages that are finished and older than their period,
   * and idempotency keys that have expired. A message is finished when every endpoint it was promised to has it, as
   * an attempt proves, or its delivery was cancelled; all others are looked at again in later steps.
   */
  purge(request: PurgeRequest): Promise<PurgeResult>;
};

export type ExpungePayload = {
  readonly messageId: number;
  readonly appId: number;
  readonly act: { readonly id: number; readonly actor: string; readonly reason: string };
};

export type PurgeRequest = {
  readonly now: number;
  /** Rows that the step reads and removes at most, but for the last message's fan-out. It also ends after 10 ms. */
  readonly limit: number;
};

export type PurgeResult = {
  readonly messages: number;
  readonly attempts: number;
  readonly payloadBytes: number;
  readonly idempotencyKeys: number;
  /** Bytes by which the file was made smaller, as more of it was free than is of use soon. */
  readonly fileBytes: number;
  /** Milliseconds for which the step kept the ledger busy, without waiting for its turn and without its commit. */
  readonly tookMs: number;
  /** When the oldest message was accepted whose turn is still to come; null: all whose period has passed were seen. */
  readonly oldestDueAt: number | null;
  /** When the oldest message was accepted that outlives its period, as it is not finished; null: there is none. */
  readonly oldestUnfinishedAt: number | null;
  /** There is more to do now: a message whose turn is still to come, an expired key, free space to give back. */
  readonly isMore: boolean;
};
