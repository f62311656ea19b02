import { timeOfId } from '../../src/core/index.ts';
import type { AcceptResult, Acceptance } from '../../src/ledger/contract/acceptance.ts';
import type { CloseLane, LaneHead } from '../../src/ledger/contract/lanes.ts';
import type { LeaseKey, SettleResult, Settlement } from '../../src/ledger/contract/leases.ts';
import type {
  ActOnOneResult,
  AttemptTrigger,
  Claim,
  DeliveryKey,
  DeliveryState,
} from '../../src/ledger/index.ts';

/** What an attempt left behind. */
type Trace = { readonly id: number; readonly trigger: AttemptTrigger; outcome: string };

type Held = {
  readonly messageId: number;
  readonly endpointId: number;
  readonly appId: number;
  state: DeliveryState;
  attempts: number;
  dueAt: number | null;
  attemptId: number | null;
  reason: string | null;
  actId: number | null;
  trigger: AttemptTrigger;
  roundFrom: number;
  roundAt: number;
  /** Scheduled again by the retry policy. */
  isRetry: boolean;
  readonly traces: Map<number, Trace>;
};

type RunningAct = {
  readonly id: number;
  readonly kind: 'redrive' | 'cancel';
  readonly appId: number;
  readonly endpointId: number | undefined;
  readonly perSecond: number;
  dueFrom: number;
  cursor: number;
  touched: number;
  done: boolean;
};

type Seen = { readonly messageId: number; readonly hash: string | null; readonly until: number };

const KEY_LIFE_MS = 12 * 3_600_000;

/** The contract in plain maps: slow, without SQL, commits or threads, and short enough to be believed. */
export class LedgerModel {
  readonly messages = new Map<number, { readonly appId: number; readonly matched: number[] }>();
  readonly deliveries = new Map<string, Held>();
  readonly acts = new Map<number, RunningAct>();
  readonly #eventIds = new Map<string, Seen>();
  readonly #keys = new Map<string, Seen>();

  accept({ message, deliveries, contentHash, idempotencyKey }: Acceptance): AcceptResult {
    const now = timeOfId(message.id);
    const eventKey = `${message.appId}/${message.eventId}`;
    const byKey = idempotencyKey === null ? undefined : this.#keys.get(idempotencyKey);
    const byEvent = message.eventId === null ? undefined : this.#eventIds.get(eventKey);
    for (const [seen, field] of [
      [byKey, 'idempotency-key'],
      [byEvent, 'eventId'],
    ] as const) {
      if (seen === undefined || seen.until <= now) continue;
      return seen.hash === contentHash
        ? { kind: 'repeated', messageId: seen.messageId }
        : { kind: 'conflict', field };
    }
    const seen = { messageId: message.id, hash: contentHash };
    if (idempotencyKey !== null) {
      this.#keys.set(idempotencyKey, { ...seen, until: now + KEY_LIFE_MS });
    }
    if (message.eventId !== null) this.#eventIds.set(eventKey, { ...seen, until: Infinity });
    this.messages.set(message.id, { appId: message.appId, matched: [...message.matched] });
    for (const planned of deliveries) {
      this.#add(message.id, planned.endpointId, message.appId, {
        ...planned,
        attempts: planned.state === 'in_flight' ? 1 : 0,
      });
    }
    return { kind: 'accepted' };
  }

  /** What a claim must give, up to `attemptIds.length`. */
  claim(
    endpointId: number,
    now: number,
    leaseEndsAt: number,
    attemptIds: readonly number[],
    retries: number,
  ): readonly Pick<
    Claim,
    'messageId' | 'attemptId' | 'nth' | 'trigger' | 'attemptsInRound' | 'roundStartedAt'
  >[] {
    const dueIn = (state: DeliveryState): readonly Held[] =>
      this.#all((held) => held.endpointId === endpointId && held.state === state)
        .filter((held) => (held.dueAt ?? Infinity) <= now)
        .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || byMessage(one, other));
    const scheduled = dueIn('scheduled');
    return [
      ...dueIn('in_flight'),
      ...scheduled.filter(({ isRetry }) => isRetry).slice(0, retries),
      ...scheduled.filter(({ isRetry }) => !isRetry),
    ]
      .slice(0, attemptIds.length)
      .map((held, index) => {
        if (held.state === 'in_flight') interrupt(held);
        held.state = 'in_flight';
        held.attempts += 1;
        held.dueAt = leaseEndsAt;
        held.attemptId = attemptIds[index] ?? 0;
        return {
          messageId: held.messageId,
          attemptId: held.attemptId,
          nth: held.attempts,
          trigger: held.trigger,
          attemptsInRound: held.attempts - held.roundFrom,
          roundStartedAt: held.roundAt,
        };
      });
  }

  settle(settlement: Settlement): SettleResult {
    const held = this.#at(settlement);
    const trace = held.traces.get(settlement.nth);
    if (trace === undefined) {
      held.traces.set(settlement.nth, { ...settlement, id: settlement.attemptId });
    } else if (trace.outcome === 'interrupted') trace.outcome = settlement.outcome;
    if (held.state === 'in_flight' && held.attemptId === settlement.attemptId) {
      held.state = settlement.state;
      held.isRetry = settlement.state === 'scheduled';
      held.dueAt = settlement.dueAt;
      held.reason = settlement.reason;
      held.trigger = 'scheduled';
      return 'settled';
    }
    if (settlement.state === 'delivered' && isOpen(held)) {
      if (held.state === 'in_flight') interrupt(held);
      close(held, 'delivered', null);
    }
    return 'stale';
  }

  release(lease: LeaseKey): void {
    const held = this.#at(lease);
    if (held.state !== 'in_flight' || held.attemptId !== lease.attemptId) return;
    held.state = 'scheduled';
    held.attempts -= 1;
    held.isRetry = held.attempts > held.roundFrom;
    held.dueAt = held.roundAt;
    held.attemptId = held.traces.get(held.attempts)?.id ?? null;
  }

  endLeases(): number {
    const ended = this.#all((held) => held.state === 'in_flight');
    for (const held of ended) {
      interrupt(held);
      held.state = 'scheduled';
      held.isRetry = true;
      held.dueAt = held.roundAt;
    }
    return ended.length;
  }

  /** Which of equally due deliveries are closed is not promised, so the model closes the lane whole. */
  closeLane({ endpointId, state, reason }: CloseLane): number {
    const closed = this.#all(
      (held) => held.endpointId === endpointId && held.state === 'scheduled',
    );
    for (const held of closed) close(held, state, reason);
    return closed.length;
  }

  replay(key: DeliveryKey, appId: number, dueAt: number, actId: number): ActOnOneResult {
    const message = this.messages.get(key.messageId);
    if (message?.appId !== appId) return { kind: 'missing' };
    const held = this.deliveries.get(keyOf(key));
    if (held?.state === 'in_flight') return { kind: 'conflict', state: 'in_flight' };
    if (held !== undefined) reopen(held, dueAt, actId);
    else {
      message.matched.push(key.endpointId);
      const created = { state: 'scheduled', dueAt, attemptId: null, reason: null } as const;
      reopen(
        this.#add(key.messageId, key.endpointId, appId, { ...created, attempts: 0 }),
        dueAt,
        actId,
      );
    }
    return { kind: 'done' };
  }

  cancel(key: DeliveryKey, appId: number, reason: string, actId: number): ActOnOneResult {
    const held = this.deliveries.get(keyOf(key));
    if (held?.appId !== appId) return { kind: 'missing' };
    if (held.state !== 'scheduled' && held.state !== 'dead') {
      return { kind: 'conflict', state: held.state };
    }
    close(held, 'cancelled', reason);
    held.actId = actId;
    return { kind: 'done' };
  }

  startAct(
    act: Pick<RunningAct, 'id' | 'kind' | 'appId' | 'endpointId' | 'perSecond' | 'dueFrom'>,
  ): void {
    this.acts.set(act.id, { ...act, cursor: 0, touched: 0, done: false });
  }

  stepAct(actId: number, limit: number, now: number, reason: string): RunningAct {
    const act = this.acts.get(actId);
    if (act === undefined) throw new Error(`the model knows no act ${actId}`);
    if (act.done) return act;
    const wanted = this.#all(
      (held) =>
        held.appId === act.appId &&
        held.state === 'dead' &&
        (act.endpointId ?? held.endpointId) === held.endpointId &&
        held.messageId > act.cursor &&
        held.messageId < act.id,
    ).toSorted((one, other) => byMessage(one, other) || one.endpointId - other.endpointId);
    const lastId = wanted[Math.min(limit, wanted.length) - 1]?.messageId;
    act.done = lastId === undefined;
    act.cursor = lastId ?? act.cursor;
    const afterMs = (nth: number): number => Math.floor((nth * 1000) / act.perSecond);
    act.dueFrom = Math.max(act.dueFrom, now - afterMs(act.touched));
    for (const held of wanted.filter((one) => one.messageId <= act.cursor)) {
      if (act.kind === 'redrive') reopen(held, act.dueFrom + afterMs(act.touched), act.id);
      else {
        close(held, 'cancelled', reason);
        held.actId = act.id;
      }
      act.touched += 1;
    }
    return act;
  }

  lanes(): readonly LaneHead[] {
    const open = Map.groupBy(this.#all(isOpen), (held) => held.endpointId);
    return [...open]
      .map(([endpointId, held]) => ({
        endpointId,
        dueAt: earliest(held),
        scheduledAt: earliest(held.filter(({ state }) => state === 'scheduled')),
        retryAt: earliest(held.filter(({ state, isRetry }) => state === 'scheduled' && isRetry)),
        hasPaused: false,
      }))
      .toSorted((one, other) => one.endpointId - other.endpointId);
  }

  #add(
    messageId: number,
    endpointId: number,
    appId: number,
    planned: Pick<Held, 'state' | 'dueAt' | 'attemptId' | 'reason' | 'attempts'>,
  ): Held {
    const { state, dueAt, attemptId, reason, attempts } = planned;
    const round = {
      trigger: 'scheduled',
      roundFrom: 0,
      roundAt: timeOfId(messageId),
      isRetry: false,
    } as const;
    const row = { messageId, endpointId, appId, state, dueAt, attemptId, reason, attempts };
    const held: Held = { ...row, ...round, actId: null, traces: new Map() };
    this.deliveries.set(keyOf(held), held);
    return held;
  }

  #at(key: DeliveryKey): Held {
    const held = this.deliveries.get(keyOf(key));
    if (held === undefined) throw new Error(`the model holds no delivery ${keyOf(key)}`);
    return held;
  }

  #all(isWanted: (held: Held) => boolean): readonly Held[] {
    return [...this.deliveries.values()].filter(isWanted);
  }
}

export function keyOf({ messageId, endpointId }: DeliveryKey): string {
  return `${messageId}/${endpointId}`;
}

function byMessage(one: DeliveryKey, other: DeliveryKey): number {
  return one.messageId - other.messageId;
}

function earliest(held: readonly Held[]): number {
  return Math.min(Infinity, ...held.map(({ dueAt }) => dueAt ?? Infinity));
}

function isOpen(held: Held): boolean {
  return held.state === 'scheduled' || held.state === 'in_flight';
}

function close(held: Held, state: DeliveryState, reason: string | null): void {
  held.state = state;
  held.dueAt = null;
  held.reason = reason;
}

function reopen(held: Held, dueAt: number, actId: number): void {
  held.state = 'scheduled';
  held.isRetry = false;
  held.dueAt = dueAt;
  held.reason = null;
  held.trigger = 'manual';
  held.roundFrom = held.attempts;
  held.roundAt = dueAt;
  held.actId = actId;
}

function interrupt(held: Held): void {
  if (held.attemptId === null || held.traces.has(held.attempts)) return;
  const { attemptId: id, trigger } = held;
  held.traces.set(held.attempts, { id, trigger, outcome: 'interrupted' });
}
