import { createHash } from 'node:crypto';
import { fault, type Clock, type IdSource, type Settings } from '../core/index.ts';
import type { Configuration, Endpoint } from '../change/index.ts';
import type { Ledger, Message, PlannedDelivery } from '../ledger/index.ts';
import { isMatch } from './match.ts';

/** A message as a sender gives it, its fields already checked. */
export type MessageDraft = {
  readonly appId: number;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
  /** JSON text, kept and signed byte for byte. */
  readonly payload: string;
  readonly retentionDays: number;
  /** Unique among all senders: the caller adds whose key it is. */
  readonly idempotencyKey: string | null;
};

/**
 * What intake asks of delivery: room for a first attempt, so that the commit that accepts can claim it too.
 * The reservation is then begun, or given back where nothing was stored.
 */
export type Admission = {
  /** The id of the attempt to start, or null where the delivery must wait its turn in the ledger. */
  reserve(endpoint: Endpoint, payloadBytes: number): Reservation | null;
  /** When the first attempt of a delivery that waits is due. */
  firstDueAt(acceptedAt: number): number;
  begin(reservation: Reservation, message: Message & { readonly payload: string }): void;
  giveBack(reservation: Reservation): void;
  /** A delivery was stored as due: its lane has work. */
  wake(endpointId: number): void;
};

export type Reservation = {
  readonly endpointId: number;
  readonly attemptId: number;
  readonly leaseEndsAt: number;
  readonly payloadBytes: number;
};

export type Intake = {
  /**
   * Resolves once ONE commit holds the message and a delivery for each matching endpoint; a repeated event id or
   * idempotency key resolves to the first message. Throws `event_id_conflict`, `idempotency_conflict`,
   * `overloaded` before memory grows past its bounds, and the ledger's faults; then nothing is stored.
   */
  accept(draft: MessageDraft): Promise<Message>;
  /** Messages waiting for their commit now. */
  waiting(): number;
};

export type IntakeParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly settings: Pick<Settings, 'intakeQueueMessages' | 'intakeQueueBytes'>;
};

export function createIntake({
  ledger,
  configuration,
  ids,
  clock,
  admission,
  settings,
}: IntakeParts): Intake {
  let waitingMessages = 0;
  let waitingBytes = 0;

  async function store(draft: MessageDraft): Promise<Message> {
    const known = configuration.endpointsOf(draft.appId);
    const endpoints = known instanceof Promise ? await known : known;
    const matching = endpoints.filter((endpoint) =>
      isMatch(endpoint, draft.eventType, draft.channels),
    );
    const { idempotencyKey, ...content } = draft;
    const message = {
      ...content,
      id: ids.next(),
      matched: matching.map((endpoint) => endpoint.id),
    };
    const acceptedAt = clock.now();
    const reservations: Reservation[] = [];
    const deliveries = matching.map((endpoint): PlannedDelivery => {
      if (endpoint.disabled) {
        return planned(endpoint.id, 'cancelled', null, null, 'endpoint_disabled');
      }
      const reservation = admission.reserve(endpoint, draft.payload.length);
      if (reservation === null) {
        return planned(endpoint.id, 'scheduled', admission.firstDueAt(acceptedAt), null, null);
      }
      reservations.push(reservation);
      return planned(
        endpoint.id,
        'in_flight',
        reservation.leaseEndsAt,
        reservation.attemptId,
        null,
      );
    });
    const giveBack = (): void =>
      reservations.forEach((reservation) => admission.giveBack(reservation));
    const contentHash = draft.eventId === null && idempotencyKey === null ? null : hashOf(draft);
    try {
      const result = await ledger.accept({ message, deliveries, contentHash, idempotencyKey });
      if (result.kind === 'accepted') {
        for (const reservation of reservations) admission.begin(reservation, message);
        for (const delivery of deliveries) {
          if (delivery.state === 'scheduled') admission.wake(delivery.endpointId);
        }
        return message;
      }
      if (result.kind === 'conflict') {
        throw result.field === 'eventId'
          ? fault('event_id_conflict', { field: 'eventId' })
          : fault('idempotency_conflict', { field: 'idempotency-key' });
      }
      const first = await ledger.message(result.messageId);
      if (first === null) throw new Error(`message ${result.messageId} was seen but is not stored`);
      giveBack();
      return first;
    } catch (thrown) {
      giveBack();
      throw thrown;
    }
  }

  return {
    async accept(draft) {
      const bytes = draft.payload.length;
      if (
        waitingMessages >= settings.intakeQueueMessages ||
        waitingBytes + bytes > settings.intakeQueueBytes
      ) {
        throw fault('overloaded', { retryAfterSeconds: 1 });
      }
      waitingMessages += 1;
      waitingBytes += bytes;
      try {
        return await store(draft);
      } finally {
        waitingMessages -= 1;
        waitingBytes -= bytes;
      }
    },
    waiting: () => waitingMessages,
  };
}

function planned(
  endpointId: number,
  state: PlannedDelivery['state'],
  dueAt: number | null,
  attemptId: number | null,
  reason: string | null,
): PlannedDelivery {
  return { endpointId, state, dueAt, attemptId, reason };
}

/** What must be equal for a repetition: type, channels and the payload's bytes. */
function hashOf({ eventType, channels, tags, payload }: MessageDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([eventType, channels, tags]))
    .update('\n')
    .update(payload)
    .digest('base64');
}
