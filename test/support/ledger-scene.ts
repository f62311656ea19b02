import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createIdSource, timeOfId } from '../../src/core/index.ts';
import type { Acceptance } from '../../src/ledger/contract/acceptance.ts';
import type { SettleResult } from '../../src/ledger/contract/leases.ts';
import type {
  Act,
  ActFilter,
  ActKind,
  ActOnOneResult,
  AttemptTiming,
  AuditResult,
  Claim,
  Delivery,
  Ledger,
  LeaseKey,
  Message,
  MessageValue,
  PlannedDelivery,
  Resource,
  Settlement,
  Window,
} from '../../src/ledger/index.ts';
import { somebody } from './somebody.ts';

/** A Monday noon; every scene begins then, on a clock that only the test moves. */
export const START = Date.UTC(2026, 0, 5, 12);
export const LEASE_MS = 30_000;
export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Names for the numbers that tests use as ids of applications and endpoints. */
export const ACME = 7001;
export const UMBRA = 7002;
export const RED = 11;
export const BLUE = 12;
export const GREEN = 13;

export type StoredMessage = Message & { readonly payload: string };

export type Plan = {
  readonly appId?: number;
  readonly id?: number;
  readonly eventType?: string;
  readonly eventId?: string;
  readonly idempotencyKey?: string;
  readonly contentHash?: string;
  readonly channels?: readonly string[];
  readonly tags?: readonly string[];
  readonly payload?: string;
  readonly value?: MessageValue | undefined;
  readonly retentionDays?: number;
  /** Endpoints, all of them due at once, or deliveries as planned. */
  readonly to?: readonly (number | PlannedDelivery)[];
  /** Endpoints promised, where they differ from those planned. */
  readonly matched?: readonly number[];
};

export type ClaimOptions = {
  readonly limit?: number;
  readonly retries?: number;
  readonly payloadBytes?: number;
  readonly leaseMs?: number;
  readonly pausedTypes?: readonly string[];
};

export type AttemptLease = LeaseKey & Pick<Claim, 'nth' | 'trigger'>;

export type ActOptions = {
  readonly appId?: number;
  readonly kind?: ActKind;
  readonly filter?: Partial<ActFilter>;
  readonly perSecond?: number | null;
  readonly dueFrom?: number;
};

/** A ledger with a clock beside it, and short words for what tests do to it again and again. */
export type Scene = ReturnType<typeof createScene>;

export function createScene(ledger: Ledger) {
  let now = START;
  const ids = createIdSource({ now: () => now, after: () => () => {} });

  const compose = (plan: Plan): Acceptance => {
    const deliveries = (plan.to ?? []).map((to) => (typeof to === 'number' ? dueAt(to, now) : to));
    return {
      message: {
        id: plan.id ?? ids.next(),
        appId: plan.appId ?? ACME,
        eventType: plan.eventType ?? 'invoice.paid',
        eventId: plan.eventId ?? null,
        channels: plan.channels ?? null,
        tags: plan.tags ?? null,
        payload: plan.payload ?? '{"amount":100}',
        ...(plan.value === undefined ? {} : { value: plan.value }),
        traceparent: null,
        retentionDays: plan.retentionDays ?? 30,
        matched: plan.matched ?? deliveries.map((delivery) => delivery.endpointId),
      },
      deliveries,
      contentHash:
        plan.contentHash ??
        (plan.eventId === undefined && plan.idempotencyKey === undefined ? null : 'same content'),
      idempotencyKey: plan.idempotencyKey ?? null,
    };
  };

  const scene = {
    ledger,
    now: () => now,
    /** Moves the clock, by a negative amount too. */
    move(byMs: number): void {
      now += byMs;
    },
    nextId: () => ids.next(),
    compose,

    async accept(plan: Plan = {}): Promise<StoredMessage> {
      const acceptance = compose(plan);
      assert.deepEqual(await ledger.accept(acceptance), { kind: 'accepted' });
      return acceptance.message;
    },

    claim(endpointId: number, options: ClaimOptions = {}): Promise<Window> {
      return ledger.claim({
        endpointId,
        now,
        leaseEndsAt: now + (options.leaseMs ?? LEASE_MS),
        attemptIds: Array.from({ length: options.limit ?? 100 }, () => ids.next()),
        retries: options.retries ?? 100,
        payloadBytes: options.payloadBytes ?? 1_000_000,
        pausedTypes: options.pausedTypes ?? [],
      });
    },

    /** Claims exactly one delivery of a lane, and nothing else is due there. */
    async claimOne(endpointId: number, options: ClaimOptions = {}): Promise<Claim> {
      const { claims } = await scene.claim(endpointId, options);
      return only(claims);
    },

    settle(
      lease: AttemptLease,
      end: Partial<Settlement> & Pick<Settlement, 'state'>,
    ): Promise<SettleResult> {
      return ledger.settle(settlementOf(lease, end));
    },

    /** Accepts a message whose one attempt fails for good. */
    async deadLetter(
      endpointIds: number | readonly number[],
      plan: Plan = {},
      end: Partial<Settlement> = {},
    ): Promise<StoredMessage> {
      const leases = [endpointIds]
        .flat()
        .map((endpointId) => inFlight(endpointId, ids.next(), now + LEASE_MS));
      const message = await scene.accept({ ...plan, to: leases });
      for (const { endpointId, attemptId } of leases) {
        const lease = { messageId: message.id, endpointId, attemptId, ...firstAttempt };
        assert.equal(
          await scene.settle(lease, { state: 'dead', reason: 'attempts_exhausted', ...end }),
          'settled',
        );
      }
      return message;
    },

    async delivery(messageId: number, endpointId: number): Promise<Delivery> {
      const found = await ledger.deliveriesOf(messageId);
      return only(found.filter((delivery) => delivery.endpointId === endpointId));
    },

    /** `outcome` of each attempt of a delivery, in order; the attempts must be numbered without gaps. */
    async history(messageId: number, endpointId: number): Promise<readonly string[]> {
      const attempts = (await ledger.attemptsOf(messageId))
        .filter((attempt) => attempt.endpointId === endpointId)
        .toSorted((one, other) => one.nth - other.nth);
      assert.deepEqual(
        attempts.map((attempt) => attempt.nth),
        attempts.map((_, index) => index + 1),
        'attempts are numbered 1..n',
      );
      return attempts.map((attempt) => attempt.outcome);
    },

    replay(
      messageId: number,
      endpointId: number,
      options: { readonly appId?: number; readonly dueAt?: number; readonly actId?: number } = {},
    ): Promise<ActOnOneResult> {
      return ledger.replay({
        messageId,
        endpointId,
        appId: options.appId ?? ACME,
        dueAt: options.dueAt ?? now,
        act: { id: options.actId ?? ids.next(), kind: 'replay', actor: 'ann', reason: 'asked for' },
      });
    },

    cancel(
      messageId: number,
      endpointId: number,
      options: { readonly appId?: number; readonly actId?: number } = {},
    ): Promise<ActOnOneResult> {
      return ledger.cancel({
        messageId,
        endpointId,
        appId: options.appId ?? ACME,
        act: {
          id: options.actId ?? ids.next(),
          kind: 'cancel',
          actor: 'bob',
          reason: 'not wanted',
        },
      });
    },

    /** Records an act on many deliveries; `step` carries it out. */
    async startAct(options: ActOptions = {}): Promise<number> {
      const id = ids.next();
      const { kind = 'redrive' } = options;
      await ledger.startAct({
        id,
        kind,
        appId: options.appId ?? ACME,
        actor: 'cid',
        reason: 'receiver is back',
        filter: { states: ['dead'], ...options.filter },
        perSecond: options.perSecond ?? (kind === 'redrive' ? 1000 : null),
        dueFrom: options.dueFrom ?? now,
      });
      return id;
    },

    step: (actId: number, limit = 100): Promise<Act> => ledger.stepAct({ actId, limit, now }),

    /** Steps until the act says that it is done. */
    async finish(actId: number, limit = 100): Promise<Act> {
      for (let steps = 0; steps < 1000; steps += 1) {
        const act = await scene.step(actId, limit);
        if (act.done) return act;
      }
      return assert.fail('the act has not ended after 1000 steps');
    },

    heal(keys: readonly { readonly messageId: number; readonly endpointId: number }[]) {
      const act = { id: ids.next(), actor: 'holdfast', reason: 'unaccounted' };
      return ledger.heal({ act, keys, now });
    },

    /** Steps of retention until nothing is due, and once round those that wait. Resolves to the messages purged. */
    async purgeAll(limit = 100): Promise<number> {
      let messages = 0;
      for (let idle = 0; idle < 5;) {
        const step = await ledger.purge({ now, limit });
        messages += step.messages;
        idle = step.isMore || step.messages > 0 ? 0 : idle + 1;
      }
      return messages;
    },

    /** The audit of the whole ledger, as of now. */
    audit: (nameAtMost = 100): Promise<AuditResult> =>
      ledger.audit({
        fromId: 0,
        beforeId: Number.MAX_SAFE_INTEGER,
        leasesEndedBefore: now,
        nameAtMost,
      }),

    /** Of the whole ledger: what was counted is what the rows say. */
    async assertSliExact(): Promise<void> {
      const span = { fromAt: 0, beforeAt: Number.MAX_SAFE_INTEGER, nameAtMost: 10 };
      const { differences } = await ledger.compareSli(span);
      assert.deepEqual(differences, [], 'SLI minutes equal the recount');
    },

    async assertAuditClean(): Promise<void> {
      await scene.assertSliExact();
      await scene.assertAccounted();
    },

    /** The same, where SLI minutes counted rows that somebody else has since taken or changed in the file. */
    async assertAccounted(): Promise<void> {
      const { unaccounted, findings, minutes } = await scene.audit();
      assert.deepEqual({ unaccounted, findings }, { unaccounted: 0, findings: [] });
      for (const minute of minutes) {
        const owned = Object.values(minute.states).reduce((sum, count) => sum + count, 0);
        assert.equal(owned, minute.matched, `minute ${minute.minuteAt} of ${minute.appId} adds up`);
      }
    },
  };
  return scene;
}

/** A scene on a fresh ledger, closed when the test ends. */
export async function openScene(t: TestContext, open: () => Promise<Ledger>): Promise<Scene> {
  const ledger = await open();
  t.after(() => ledger.close());
  return createScene(ledger);
}

export const firstAttempt = { nth: 1, trigger: 'scheduled' } as const;

export function dueAt(endpointId: number, at: number): PlannedDelivery {
  return { endpointId, state: 'scheduled', dueAt: at, attemptId: null, reason: null };
}

export function inFlight(
  endpointId: number,
  attemptId: number,
  leaseEndsAt: number,
): PlannedDelivery & { readonly attemptId: number } {
  return { endpointId, state: 'in_flight', dueAt: leaseEndsAt, attemptId, reason: null };
}

export function cancelled(endpointId: number, reason = 'endpoint_disabled'): PlannedDelivery {
  return { endpointId, state: 'cancelled', dueAt: null, attemptId: null, reason };
}

export const someTiming: AttemptTiming = {
  queuedMs: 3,
  dnsMs: 1.5,
  connectMs: 0.25,
  tlsMs: null,
  sentMs: 0.001,
  firstByteMs: 10_000.125,
  lastByteMs: 0,
  failedPhase: null,
};

/** What is recorded of an attempt, made plausible for the state it leads to. */
export function settlementOf(
  lease: AttemptLease,
  end: Partial<Settlement> & Pick<Settlement, 'state'>,
): Settlement {
  const isDelivered = end.state === 'delivered';
  return {
    messageId: lease.messageId,
    endpointId: lease.endpointId,
    attemptId: lease.attemptId,
    nth: lease.nth,
    trigger: lease.trigger,
    outcome: isDelivered ? 'delivered' : 'server_error',
    statusCode: isDelivered ? 200 : 503,
    durationMs: 12,
    timing: someTiming,
    detail: null,
    response: isDelivered ? 'ok' : 'try later',
    url: 'https://example.com/hook',
    canaryId: null,
    address: '192.0.2.1',
    certificate: null,
    dueAt: null,
    reason: end.state === 'dead' ? 'attempts_exhausted' : null,
    ...end,
  };
}

/** The one element of a list that must have exactly one. */
export function only<Item>(items: readonly Item[]): Item {
  assert.equal(items.length, 1, `exactly one of ${JSON.stringify(items)}`);
  const [item] = items;
  assert.ok(item !== undefined);
  return item;
}

/** Start of the minute in which a message was accepted. */
export function minuteOf(messageId: number): number {
  return Math.floor(timeOfId(messageId) / MINUTE_MS) * MINUTE_MS;
}

export function byEndpoint(one: { readonly endpointId: number }, other: typeof one): number {
  return one.endpointId - other.endpointId;
}

type PutOptions = {
  readonly resource: Omit<Resource, 'revision'>;
  readonly mode: 'create' | 'update';
  readonly notices?: readonly Acceptance[];
};

/** One resource in a change of its own, over whatever revision there is. */
export async function putResource(
  ledger: Ledger,
  changeId: number,
  { resource, mode, notices = [] }: PutOptions,
): Promise<string> {
  const { kind, id } = resource;
  const expected = (await ledger.resource({ kind, id }))?.revision ?? 0;
  const change = { ...somebody, id: changeId };
  const writes = [mode === 'create' ? { mode, resource } : { mode, resource, expected }];
  const result = await ledger.change({ change, writes, notices });
  return result.kind === 'changed' ? 'stored' : result.kind;
}

/** The ids that went; none where there was nothing. */
export async function deleteResource(
  ledger: Ledger,
  changeId: number,
  { notices = [], ...which }: Pick<Resource, 'kind' | 'id'> & Pick<PutOptions, 'notices'>,
): Promise<readonly number[]> {
  const change = { ...somebody, id: changeId };
  const writes = [{ mode: 'delete' as const, ...which }];
  const result = await ledger.change({ change, writes, notices });
  return result.kind === 'changed' ? result.deleted : [];
}
