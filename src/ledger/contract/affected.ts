/** Which deliveries: each part that is given must hold one of its values. */
export type Slice = {
  readonly appIds?: readonly number[] | undefined;
  readonly endpointIds?: readonly number[] | undefined;
  readonly eventTypes?: readonly string[] | undefined;
};

export type AffectedQuery = Slice & {
  /** Ids of messages, from (inclusive) and before (exclusive). */
  readonly fromId: number;
  readonly beforeId: number;
  /** Deliveries that are looked at, but for the last message's fan-out: 20,000 take up to about 20 ms. */
  readonly limit: number;
};

export type AffectedPage = {
  /**
   * Messages of which a delivery of the slice is late or dead now, or was not delivered by its first attempt; of those
   * that were purged, only the late ones are known.
   */
  readonly messages: number;
  /** What to go on from; null: that was all. */
  readonly nextId: number | null;
};

export type AffectedReads = {
  /** Messages of a slice of which a delivery went badly, page by page. */
  affectedMessages(query: AffectedQuery): Promise<AffectedPage>;
};
