/** What a run of crashes leaves behind, from three witnesses that do not trust each other: sender, receivers, ledger. */
export type CrashRecords = {
  readonly sender: SenderRecords;
  readonly receivers: readonly ReceiverRecords[];
  readonly ledger: LedgerRecords;
  /** Deliveries in flight right after each kill, as the ledger's file had them. */
  readonly inFlightAtKills: readonly (readonly InFlight[])[];
};

export type SenderRecords = {
  /** Messages answered 202: their sequence number and the id in the answer. */
  readonly acknowledged: ReadonlyMap<number, string>;
  /** Messages that were sent and never answered. */
  readonly unacknowledged: ReadonlySet<number>;
  /** Requests that were sent again, with their idempotency key, since the answer had been lost. */
  readonly sentAgain: number;
};

export type ReceiverRecords = {
  readonly endpoint: string;
  /** By webhook-id. */
  readonly received: ReadonlyMap<string, Received>;
  readonly signatureFailures: number;
};

export type Received = {
  readonly sequence: number;
  /** Moments of arrival, milliseconds since the epoch. */
  readonly arrivedAt: readonly number[];
  /** Requests of it that were answered 2xx. */
  readonly confirmed: number;
  /** Bodies that differed from what was sent. */
  readonly changed: number;
};

export type InFlight = {
  readonly messageId: string;
  readonly endpoint: string;
  readonly attemptId: number;
};

export type LedgerRecords = {
  readonly deliveries: readonly DeliveryRecord[];
  readonly unaccounted: number;
  /** SLI minutes, and counts of them that the raw rows contradict. */
  readonly sliMinutes: number;
  readonly sliDiffering: number;
  /** Deliveries that the service's own audit had to schedule again. */
  readonly healed: number;
  readonly fileFaults: readonly string[];
};

export type DeliveryRecord = {
  readonly messageId: string;
  readonly endpoint: string;
  readonly state: string;
  /** Attempts on record as started. */
  readonly attempts: number;
  /** Of them: those whose answer did not come, though the receiver may have given it. */
  readonly unanswered: number;
};
