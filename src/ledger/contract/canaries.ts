export type CanaryReads = {
  /** What a canary compares: first attempts of its endpoint in (afterId, beforeId), at most `limit` of them. */
  canaryCounts(request: CanaryCountsRequest): Promise<CanaryCounts>;
  /** How long first attempts took that delivered, in ms, the newest first; of the newest 20,000 in [fromId, beforeId). */
  firstDurations(request: FirstDurationsRequest): Promise<readonly number[]>;
};

export type CanaryCountsRequest = {
  readonly canaryId: number;
  readonly endpointId: number;
  /** null: nothing is slow. */
  readonly slowAfterMs: number | null;
  /** After acceptance. */
  readonly deadlineMs: number;
  readonly now: number;
  readonly afterId: number;
  readonly beforeId: number;
  readonly limit: number;
};

/** First attempts of messages that were accepted in one second, by arm; without those that were interrupted. */
export type CanarySecond = {
  /** Milliseconds since the epoch, a whole second. */
  readonly secondAt: number;
  readonly isCandidate: boolean;
  readonly attempts: number;
  /** Of them, those whose deadline has passed: all that can be said of them is known. */
  readonly ripe: number;
  readonly failed: number;
  /** Ripe, and not delivered within the deadline. */
  readonly late: number;
  readonly slow: number;
};

export type CanaryCounts = {
  readonly seconds: readonly CanarySecond[];
  /** What to go on after. */
  readonly lastId: number;
  readonly isMore: boolean;
};

export type FirstDurationsRequest = {
  readonly endpointId: number;
  readonly fromId: number;
  readonly beforeId: number;
  /** null: those that went to no candidate. */
  readonly canaryId: number | null;
  readonly limit: number;
};
