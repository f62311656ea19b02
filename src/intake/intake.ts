import { createHash } from 'node:crypto';
import { fault, HoldfastError, type IdSource, type Settings } from '../core/index.ts';
import { isMatch, type Configuration, type Endpoint } from '../change/index.ts';
import type {
  Acceptance,
  AcceptResult,
  Ledger,
  Message,
  PlannedDelivery,
} from '../ledger/index.ts';

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
  /** Given, it goes to this endpoint and to no other, whatever matches. */
  readonly onlyTo?: Endpoint;
};

/**
 * What intake asks of delivery: room for a first attempt, so that the commit that accepts can claim it too.
 * The reservation is then begun, or given back where nothing was stored.
 */
export type Admission = {
  /** The id of the attempt to start, or null where the delivery must wait its turn in the ledger. */
  reserve(endpoint: Endpoint, payloadBytes: number): Reservation | null;
  /** When the first attempt of a delivery that waits is due. */
  firstDueAt(endpoint: Endpoint, messageId: number): number;
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
  /** The same for several in one commit: for each its message, or the fault that concerns it alone. */
  acceptAll(drafts: readonly MessageDraft[]): Promise<readonly (Message | HoldfastError)[]>;
  /** Messages waiting for their commit now. */
  waiting(): number;
};

export type IntakeParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly ids: IdSource;
  readonly admission: Admission;
  readonly settings: Pick<Settings, 'intakeQueueMessages' | 'intakeQueueBytes'>;
};

export function createIntake({
  ledger,
  configuration,
  ids,
  admission,
  settings,
}: IntakeParts): Intake {
  let waitingMessages = 0;
  let waitingBytes = 0;

  /** What is to be stored for a draft, and what has been reserved for its first attempts. */
  async function plan(draft: MessageDraft): Promise<Plan> {
    const { idempotencyKey, onlyTo, ...content } = draft;
    const matching = onlyTo === undefined ? await matchingOf(draft) : [onlyTo];
    const message = {
      ...content,
      id: ids.next(),
      matched: matching.map((endpoint) => endpoint.id),
    };
    const reservations: Reservation[] = [];
    const deliveries = matching.map((endpoint): PlannedDelivery => {
      if (endpoint.disabled) {
        return planned(endpoint.id, 'cancelled', null, null, 'endpoint_disabled');
      }
      const reservation = admission.reserve(endpoint, draft.payload.length);
      if (reservation === null) {
        return planned(
          endpoint.id,
          'scheduled',
          admission.firstDueAt(endpoint, message.id),
          null,
          null,
        );
      }
      reservations.push(reservation);
      const { leaseEndsAt, attemptId } = reservation;
      return planned(endpoint.id, 'in_flight', leaseEndsAt, attemptId, null);
    });
    const contentHash = draft.eventId === null && idempotencyKey === null ? null : hashOf(draft);
    return { acceptance: { message, deliveries, contentHash, idempotencyKey }, reservations };
  }

  async function matchingOf({
    appId,
    eventType,
    channels,
  }: MessageDraft): Promise<readonly Endpoint[]> {
    const known = configuration.endpoints.of(appId);
    const endpoints = known instanceof Promise ? await known : known;
    return endpoints.filter((endpoint) => isMatch(endpoint, eventType, channels));
  }

  /** Begins what was stored; gives back what was reserved for a message that was there before, or conflicts. */
  async function finish(plan: Plan, result: AcceptResult): Promise<Message> {
    const { message, deliveries } = plan.acceptance;
    if (result.kind === 'accepted') {
      for (const reservation of plan.reservations) admission.begin(reservation, message);
      for (const delivery of deliveries) {
        if (delivery.state === 'scheduled') admission.wake(delivery.endpointId);
      }
      return message;
    }
    giveBack(plan);
    if (result.kind === 'conflict') {
      throw result.field === 'eventId'
        ? fault('event_id_conflict', { field: 'eventId' })
        : fault('idempotency_conflict', { field: 'idempotency-key' });
    }
    const first = await ledger.message(result.messageId);
    if (first === null) throw new Error(`message ${result.messageId} was seen but is not stored`);
    return first;
  }

  function giveBack({ reservations }: Plan): void {
    for (const reservation of reservations) admission.giveBack(reservation);
  }

  /** Plans, stores and finishes several at once; the bounds on what waits hold meanwhile. */
  async function store(
    drafts: readonly MessageDraft[],
    commit: (acceptances: readonly Acceptance[]) => Promise<readonly AcceptResult[]>,
  ): Promise<readonly PromiseSettledResult<Message>[]> {
    const bytes = drafts.reduce((sum, { payload }) => sum + payload.length, 0);
    if (
      waitingMessages + drafts.length > settings.intakeQueueMessages ||
      waitingBytes + bytes > settings.intakeQueueBytes
    ) {
      throw fault('overloaded', { retryAfterSeconds: 1 });
    }
    waitingMessages += drafts.length;
    waitingBytes += bytes;
    const plans: Plan[] = [];
    try {
      for (const draft of drafts) plans.push(await plan(draft));
      const results = await commit(plans.map(({ acceptance }) => acceptance));
      return await Promise.allSettled(
        plans.map((planned, index) => finish(planned, results[index] ?? missing())),
      );
    } catch (thrown) {
      plans.forEach(giveBack);
      throw thrown;
    } finally {
      waitingMessages -= drafts.length;
      waitingBytes -= bytes;
    }
  }

  return {
    async accept(draft) {
      const [stored] = await store([draft], async ([acceptance = missing()]) => [
        await ledger.accept(acceptance),
      ]);
      if (stored === undefined) return missing();
      if (stored.status === 'rejected') throw stored.reason;
      return stored.value;
    },
    async acceptAll(drafts) {
      if (drafts.length === 0) return [];
      const stored = await store(drafts, (acceptances) => ledger.acceptAll(acceptances));
      return stored.map((one) => {
        if (one.status === 'fulfilled') return one.value;
        if (one.reason instanceof HoldfastError) return one.reason;
        throw one.reason;
      });
    },
    waiting: () => waitingMessages,
  };
}

type Plan = { readonly acceptance: Acceptance; readonly reservations: readonly Reservation[] };

function missing(): never {
  throw new Error('the ledger answered for fewer messages than it was given');
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
