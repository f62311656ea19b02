import type { FieldChange, RefusalReason } from '../../correction/index.ts';
import type { Act, DeliveryKey, DeliveryState } from '../records.ts';
import type { Page } from './paging.ts';

/** Deliveries that a correction can be made to: all that nobody is sending right now. */
export const correctableStates = ['scheduled', 'dead', 'delivered', 'cancelled'] as const;

/** Which deliveries are corrected, and how. */
export type CorrectionOrder = {
  readonly states: readonly (typeof correctableStates)[number][];
  readonly endpointId?: number | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  /** Message ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
  /** The declared correction, as JSON text. */
  readonly declaration: string;
  /** Undefined: the same where the receiver never took the id in force, a new one where it did. */
  readonly webhookId?: 'same' | 'new' | undefined;
  /** The largest corrected payload, in bytes of UTF-8. */
  readonly maxBytes: number;
};

/** in_flight: it is being sent right now · payload_gone: it was purged, or removed on request. */
export type SkipReason = Exclude<RefusalReason, 'not_matched'> | 'in_flight' | 'payload_gone';

export type CorrectionCounts = {
  /** Messages walked. */
  readonly messages: number;
  /** Deliveries of them that the order asks for, in the states it asks for. */
  readonly deliveries: number;
  /** Of those: for which the conditions hold, as far as their payload is still there to tell. */
  readonly matched: number;
  /** Of those: corrected, or in a preview those that would be. The others were skipped. */
  readonly corrected: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
};

export type StartCorrection = Pick<Act, 'id' | 'appId' | 'actor' | 'reason'> & {
  readonly perSecond: number;
  /** When the first of those that are not scheduled anyway is due. */
  readonly dueFrom: number;
  readonly order: CorrectionOrder;
};

export type CorrectionProgress = {
  readonly order: CorrectionOrder;
  readonly counts: CorrectionCounts;
};

export type PreviewRequest = {
  readonly appId: number;
  readonly order: CorrectionOrder;
  /** Goes on after this message. */
  readonly afterId: number;
  /** Messages to walk, at most; it also ends after a few milliseconds. */
  readonly limit: number;
  readonly examples: number;
};

export type PreviewSlice = {
  readonly counts: CorrectionCounts;
  readonly examples: readonly CorrectionExample[];
  /** The last message walked. */
  readonly cursor: number;
  readonly isDone: boolean;
};

export type CorrectionExample = DeliveryKey & {
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly changes: readonly FieldChange[];
};

/** The audit row of one corrected delivery. Who, and why, says its act. */
export type CorrectionRecord = DeliveryKey & {
  readonly id: number;
  readonly actId: number;
  /** 1 for the first correction of the delivery. */
  readonly nth: number;
  readonly at: number;
  /** SHA-256 of the payload in UTF-8, in hex. */
  readonly beforeHash: string;
  readonly afterHash: string;
  /** What the webhook-id ends in (`_c2`); null: it is the message's own. */
  readonly webhookNth: number | null;
  /** A value over 1,024 characters is kept as its hash. Null: removed on request, with the payload. */
  readonly changes: readonly FieldChange[] | null;
  /** Of the delivery now. */
  readonly state: DeliveryState;
};

/** What two walks have counted. */
export function addCounts(one: CorrectionCounts, other: CorrectionCounts): CorrectionCounts {
  const skipped: Partial<Record<string, number>> = { ...one.skipped };
  for (const [reason, count] of Object.entries(other.skipped)) {
    skipped[reason] = (skipped[reason] ?? 0) + count;
  }
  return {
    messages: one.messages + other.messages,
    deliveries: one.deliveries + other.deliveries,
    matched: one.matched + other.matched,
    corrected: one.corrected + other.corrected,
    skipped,
  };
}

export type CorrectionWrites = {
  /** Records an act that corrects deliveries; `stepAct` carries it out. */
  startCorrection(request: StartCorrection): Promise<void>;
};

export type CorrectionReads = {
  /** What an act was told to correct, and how far it is. Null: there is no such act, or it corrects nothing. */
  correction(actId: number): Promise<CorrectionProgress | null>;
  /** Audit rows of an act; `afterId` is a row's id. */
  correctionRecords(
    request: { readonly actId: number } & Page,
  ): Promise<readonly CorrectionRecord[]>;
  /** What a correction would do to a slice of the messages. */
  previewCorrection(request: PreviewRequest): Promise<PreviewSlice>;
};
