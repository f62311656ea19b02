import { createHash } from 'node:crypto';
import {
  beginSpan,
  fault,
  HoldfastError,
  type IdSource,
  type Settings,
  type Traced,
} from '../core/index.ts';
import { isMatch, type Configuration, type Endpoint } from '../change/index.ts';
import type {
  Acceptance,
  AcceptResult,
  Ledger,
  Message,
  MessageValue,
  PlannedDelivery,
} from '../ledger/index.ts';
import type { ContractGate, Violation } from './contract-gate.ts';

/** A message as a sender gives it, its fields already checked. */
export type MessageDraft = {
  readonly appId: number;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
  /** JSON text, kept and signed byte for byte. */
  readonly payload: string;
  /** What it carries; `isOwn`: it says so itself, and not its event type. */
  readonly value?: (MessageValue & { readonly isOwn: boolean }) | undefined;
  /** Days after acceptance for which it is kept; null: the longest that its endpoints' policies say. */
  readonly retentionDays: number | null;
  /** The trace it came in (W3C Trace Context); null: none. */
  readonly traceparent: string | null;
  /** Unique among all senders: the caller adds whose key it is. */
  readonly idempotencyKey: string | null;
  /** Given, it goes to this endpoint and to no other, whatever matches. */
  readonly onlyTo?: Endpoint;
  /** What its payload does against its contract, where that is to be warned of. */
  readonly violation?: Violation | undefined;
};

/**
 * What intake asks of delivery: room for a first attempt, so that the commit that accepts can claim it too.
 * The reservation is then begun, or given back where nothing was stored.
 */
export type Admission = {
  /** The id of the attempt to start, or null where the delivery must wait its turn in the ledger. */
  reserve(endpoint: Endpoint, eventType: string, payloadBytes: number): Reservation | null;
  /** When the first attempt of a delivery that waits is due. */
  firstDueAt(endpoint: Endpoint, messageId: number): number;
  /** Days for which messages to an endpoint are kept, where they do not say themselves. */
  retentionDaysOf(endpoint: Endpoint): number;
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
  figures(): IntakeFigures;
};

export type IntakeFigures = {
  /** Messages accepted since the start. */
  readonly accepted: number;
  /** Messages that wait for their commit. */
  readonly waiting: number;
};

export type IntakeParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly ids: IdSource;
  readonly admission: Admission;
  readonly contracts: Pick<ContractGate, 'note'>;
  /** Told of every message that was stored, after its commit; it takes its time elsewhere. */
  readonly watch?: (message: Message & { readonly payload: string }) => void;
  readonly settings: Pick<
    Settings,
    'intakeQueueMessages' | 'intakeQueueBytes' | 'payloadRetentionDays'
  >;
};

export function createIntake({
  ledger,
  configuration,
  ids,
  admission,
  contracts,
  watch,
  settings,
}: IntakeParts): Intake {
  let waitingMessages = 0;
  let waitingBytes = 0;
  let accepted = 0;

  /** What is to be stored for a draft, and what has been reserved for its first attempts. */
  function plan(draft: MessageDraft, matching: readonly Endpoint[]): Plan {
    const { idempotencyKey } = draft;
    const span = beginSpan('holdfast.accept', 'server', draft.traceparent, () => ({
      'holdfast.event_type': draft.eventType,
      'holdfast.endpoints': matching.length,
    }));
    const message = {
      id: ids.next(),
      appId: draft.appId,
      eventType: draft.eventType,
      eventId: draft.eventId,
      channels: draft.channels,
      tags: draft.tags,
      payload: draft.payload,
      retentionDays: draft.retentionDays ?? retentionDaysOf(draft.appId, matching),
      traceparent: span.traceparent,
      matched: matching.map((endpoint) => endpoint.id),
      ...(draft.value === undefined ? {} : { value: carriedBy(draft.value) }),
    };
    const reservations: Reservation[] = [];
    const deliveries = matching.map((endpoint): PlannedDelivery => {
      if (endpoint.disabled) {
        return planned(endpoint.id, 'cancelled', null, null, 'endpoint_disabled');
      }
      const reservation = admission.reserve(endpoint, draft.eventType, draft.payload.length);
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
    const acceptance = { message, deliveries, contentHash, idempotencyKey };
    return { acceptance, reservations, span, violation: draft.violation };
  }

  function retentionDaysOf(appId: number, matching: readonly Endpoint[]): number {
    let longest = 0;
    for (const endpoint of matching) {
      longest = Math.max(longest, admission.retentionDaysOf(endpoint));
    }
    if (longest > 0) return longest;
    const own = configuration.policies.ofApplication(appId)?.retentionDays;
    return own ?? settings.payloadRetentionDays;
  }

  /** At once where the application's endpoints are in memory. */
  function matchingOf(draft: MessageDraft): readonly Endpoint[] | Promise<readonly Endpoint[]> {
    if (draft.onlyTo !== undefined) return [draft.onlyTo];
    const { appId, eventType, channels } = draft;
    const of = (endpoints: readonly Endpoint[]): readonly Endpoint[] =>
      endpoints.filter((endpoint) => isMatch(endpoint, eventType, channels));
    const endpoints = configuration.endpoints.of(appId);
    return endpoints instanceof Promise ? endpoints.then(of) : of(endpoints);
  }

  /** Begins what was stored; gives back what was reserved for a message that was there before, or conflicts. */
  function finish(plan: Plan, result: AcceptResult): Message | Promise<Message> {
    const { message, deliveries } = plan.acceptance;
    if (result.kind === 'accepted') {
      accepted += 1;
      plan.span.end(null);
      if (plan.violation !== undefined) {
        contracts.note(plan.violation, message.appId, message.id);
      }
      for (const reservation of plan.reservations) admission.begin(reservation, message);
      watch?.(message);
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
    return stored(result.messageId);
  }

  async function stored(messageId: number): Promise<Message> {
    const first = await ledger.message(messageId);
    if (first === null) throw new Error(`message ${messageId} was seen but is not stored`);
    return first;
  }

  function giveBack({ reservations, span }: Plan): void {
    span.end('nothing was stored');
    for (const reservation of reservations) admission.giveBack(reservation);
  }

  /** Counts what waits while `work` goes on. Throws `overloaded` where that would be too much. */
  async function waiting<Result>(
    messages: number,
    bytes: number,
    work: () => Promise<Result>,
  ): Promise<Result> {
    if (
      waitingMessages + messages > settings.intakeQueueMessages ||
      waitingBytes + bytes > settings.intakeQueueBytes
    ) {
      throw fault('overloaded', { retryAfterSeconds: 1 });
    }
    waitingMessages += messages;
    waitingBytes += bytes;
    try {
      return await work();
    } finally {
      waitingMessages -= messages;
      waitingBytes -= bytes;
    }
  }

  async function acceptOne(draft: MessageDraft): Promise<Message> {
    const matching = matchingOf(draft);
    const planned = plan(draft, matching instanceof Promise ? await matching : matching);
    let result: AcceptResult;
    try {
      result = await ledger.accept(planned.acceptance);
    } catch (thrown) {
      giveBack(planned);
      throw thrown;
    }
    return finish(planned, result);
  }

  async function acceptSeveral(
    drafts: readonly MessageDraft[],
  ): Promise<readonly PromiseSettledResult<Message>[]> {
    const plans: Plan[] = [];
    let results: readonly AcceptResult[];
    try {
      for (const draft of drafts) plans.push(plan(draft, await matchingOf(draft)));
      results = await ledger.acceptAll(plans.map(({ acceptance }) => acceptance));
    } catch (thrown) {
      plans.forEach(giveBack);
      throw thrown;
    }
    return Promise.allSettled(
      plans.map(async (planned, index) => finish(planned, results[index] ?? missing())),
    );
  }

  return {
    accept: (draft) => waiting(1, draft.payload.length, () => acceptOne(draft)),
    async acceptAll(drafts) {
      if (drafts.length === 0) return [];
      const bytes = drafts.reduce((sum, { payload }) => sum + payload.length, 0);
      const stored = await waiting(drafts.length, bytes, () => acceptSeveral(drafts));
      return stored.map((one) => {
        if (one.status === 'fulfilled') return one.value;
        if (one.reason instanceof HoldfastError) return one.reason;
        throw one.reason;
      });
    },
    figures: () => ({ accepted, waiting: waitingMessages }),
  };
}

type Plan = {
  readonly acceptance: Acceptance;
  readonly reservations: readonly Reservation[];
  readonly span: Traced;
  readonly violation: Violation | undefined;
};

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

function carriedBy({ amount, currency }: MessageValue): MessageValue {
  return { amount, currency };
}

/** What must be equal for a repetition: type, channels, what it says of its value, and the payload's bytes. */
function hashOf({ eventType, channels, tags, payload, value }: MessageDraft): string {
  const own = value?.isOwn === true ? [value.amount, value.currency] : [];
  return createHash('sha256')
    .update(JSON.stringify([eventType, channels, tags, ...own]))
    .update('\n')
    .update(payload)
    .digest('base64');
}
