import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { assertNever, seededRandom } from '../../src/core/index.ts';
import {
  deliveryStates,
  openMemoryLedger,
  type Ledger,
  type Settlement,
} from '../../src/ledger/index.ts';
import { keyOf, LedgerModel } from '../support/ledger-model.ts';
import { runs } from '../support/ledger-property.ts';
import {
  byEndpoint,
  cancelled,
  createScene,
  dueAt,
  inFlight,
  minuteOf,
  settlementOf,
  START,
  type AttemptLease,
  type Scene,
} from '../support/ledger-scene.ts';
import { shareSqliteLedger } from '../support/ledger-shared.ts';

/** Two applications with three endpoints each. */
const endpointsOf = (app: number): readonly number[] => [1, 2, 3].map((nth) => app * 10 + nth);
const APPS = [1, 2] as const;
const ENDPOINTS = APPS.flatMap(endpointsOf);

/** One step of a history, as plain values, so that a failing one is printed and made smaller. */
type Step =
  | {
      readonly do: 'accept';
      readonly app: number;
      readonly to: readonly {
        readonly state: 'scheduled' | 'in_flight' | 'cancelled' | 'unmatched';
        readonly inMs: number;
      }[];
      readonly eventId: number | null;
      readonly key: number | null;
      readonly hash: number;
      readonly value: { readonly amount: number; readonly currency: string } | null;
    }
  | {
      readonly do: 'claim';
      readonly endpoint: number;
      readonly limit: number;
      readonly retries: number;
      readonly leaseMs: number;
    }
  | {
      readonly do: 'settle';
      readonly lease: number;
      readonly state: 'scheduled' | 'delivered' | 'dead';
      readonly inMs: number;
    }
  | { readonly do: 'release'; readonly lease: number }
  | { readonly do: 'endLeases' }
  | { readonly do: 'closeLane'; readonly endpoint: number; readonly state: 'dead' | 'cancelled' }
  | {
      readonly do: 'replay' | 'cancel';
      readonly message: number;
      readonly endpoint: number;
      readonly app: number;
      readonly inMs: number;
    }
  | {
      readonly do: 'startAct';
      readonly kind: 'redrive' | 'cancel';
      readonly app: number;
      readonly endpoint: number | null;
      readonly perSecond: number;
    }
  | { readonly do: 'stepAct'; readonly act: number; readonly limit: number }
  | { readonly do: 'move'; readonly byMs: number };

const place = fc.nat({ max: 1_000 });
const app = fc.constantFrom(...APPS);
const endpoint = fc.constantFrom(...ENDPOINTS);
const span = fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 60_000 }));
const name = fc.option(fc.nat({ max: 3 }), { freq: 2 });

const target = fc.record({
  state: fc.constantFrom('scheduled', 'scheduled', 'in_flight', 'cancelled', 'unmatched'),
  inMs: fc.oneof(fc.constant(0), span),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('accept'),
      app,
      to: fc.tuple(target, target, target),
      eventId: name,
      key: name,
      hash: fc.nat({ max: 1 }),
      value: fc.option(
        fc.record({ amount: fc.maxSafeNat(), currency: fc.constantFrom('EUR', 'JPY') }),
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim'),
      endpoint,
      limit: fc.nat({ max: 4 }),
      retries: fc.nat({ max: 4 }),
      leaseMs: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      lease: place,
      state: fc.constantFrom('scheduled', 'delivered', 'dead', 'dead'),
      inMs: span,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release'), lease: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('endLeases') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('closeLane'),
      endpoint,
      state: fc.constantFrom('dead', 'cancelled'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('replay', 'cancel'),
      message: place,
      endpoint,
      app,
      inMs: span,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('startAct'),
      kind: fc.constantFrom('redrive', 'redrive', 'cancel'),
      app,
      endpoint: fc.option(endpoint),
      perSecond: fc.constantFrom(1, 3, 50),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('stepAct'),
      act: place,
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('move'),
      byMs: fc.oneof(
        { weight: 9, arbitrary: fc.nat({ max: 4_000 }) },
        { weight: 1, arbitrary: fc.constant(7 * 3_600_000) },
      ),
    }),
  },
);

const at = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % items.length];

/** Carries a history out on the ledger and on the model side by side, and compares each answer. */
class Run {
  readonly scene: Scene;
  readonly model = new LedgerModel();
  /** Every lease ever given that was not given back: also those whose holder is late. */
  readonly #leases: AttemptLease[] = [];
  /** An attempt has one outcome, however often it is reported. */
  readonly #settlements = new Map<number, Settlement>();

  constructor(ledger: Ledger) {
    this.scene = createScene(ledger);
  }

  async take(step: Step): Promise<void> {
    const { scene, model } = this;
    const { ledger } = scene;
    const now = scene.now();
    switch (step.do) {
      case 'accept':
        return this.#accept(step);
      case 'claim':
        return this.#claim(step);
      case 'settle': {
        const lease = at(this.#leases, step.lease);
        if (lease === undefined) return undefined;
        const due = step.state === 'scheduled' ? now + step.inMs : null;
        const settlement =
          this.#settlements.get(lease.attemptId) ??
          settlementOf(lease, { state: step.state, dueAt: due });
        this.#settlements.set(lease.attemptId, settlement);
        assert.equal(await ledger.settle(settlement), model.settle(settlement));
        return undefined;
      }
      case 'release': {
        // A holder that gave a delivery back never settles it.
        const [lease] = this.#leases.splice(step.lease % Math.max(1, this.#leases.length), 1);
        if (lease === undefined) return undefined;
        await ledger.release([lease]);
        model.release(lease);
        return undefined;
      }
      case 'endLeases':
        assert.equal(await ledger.endLeases(now), model.endLeases());
        return undefined;
      case 'closeLane': {
        const request = {
          endpointId: step.endpoint,
          state: step.state,
          reason: 'closed',
          limit: 1e6,
        };
        assert.equal(await ledger.closeLane(request), model.closeLane(request));
        return undefined;
      }
      case 'replay':
      case 'cancel':
        return this.#actOnOne(step);
      case 'startAct': {
        const filter = step.endpoint === null ? {} : { endpointId: step.endpoint };
        const { kind, perSecond } = step;
        const id = await scene.startAct({ kind, perSecond, appId: step.app, filter });
        model.startAct({
          id,
          kind,
          appId: step.app,
          endpointId: filter.endpointId,
          perSecond,
          dueFrom: now,
        });
        return undefined;
      }
      case 'stepAct': {
        const actId = at([...model.acts.keys()], step.act);
        if (actId === undefined) return undefined;
        const { done, touched } = await scene.step(actId, step.limit);
        const expected = model.stepAct(actId, step.limit, now, 'receiver is back');
        assert.deepEqual({ done, touched }, { done: expected.done, touched: expected.touched });
        return undefined;
      }
      case 'move':
        scene.move(step.byMs);
        return undefined;
      default:
        return assertNever(step);
    }
  }

  async #accept(step: Extract<Step, { do: 'accept' }>): Promise<void> {
    const { scene } = this;
    const now = scene.now();
    const to = step.to.flatMap(({ state, inMs }, index) => {
      const endpointId = endpointsOf(step.app)[index] ?? 0;
      if (state === 'unmatched') return [];
      if (state === 'cancelled') return [cancelled(endpointId)];
      if (state === 'scheduled') return [dueAt(endpointId, now + inMs)];
      return [inFlight(endpointId, scene.nextId(), now + inMs)];
    });
    const acceptance = scene.compose({
      appId: step.app,
      to,
      contentHash: `hash ${step.hash}`,
      value: step.value ?? undefined,
      ...(step.eventId === null ? {} : { eventId: `event ${step.eventId}` }),
      ...(step.key === null ? {} : { idempotencyKey: `${step.app} ${step.key}` }),
    });
    const result = await scene.ledger.accept(acceptance);
    assert.deepEqual(result, this.model.accept(acceptance));
    if (result.kind !== 'accepted') return;
    for (const { endpointId, attemptId } of to) {
      if (attemptId === null) continue;
      const messageId = acceptance.message.id;
      this.#leases.push({ messageId, endpointId, attemptId, nth: 1, trigger: 'scheduled' });
    }
  }

  async #claim({
    endpoint: endpointId,
    limit,
    retries,
    leaseMs,
  }: Extract<Step, { do: 'claim' }>): Promise<void> {
    const { scene, model } = this;
    const now = scene.now();
    const attemptIds = Array.from({ length: limit }, () => scene.nextId());
    const leaseEndsAt = now + leaseMs;
    const bounds = { retries, payloadBytes: 1e9, pausedTypes: [] };
    const request = { endpointId, now, leaseEndsAt, attemptIds, ...bounds };
    const { claims, nextDueAt, nextRetryAt } = await scene.ledger.claim(request);
    const expected = model.claim(endpointId, now, leaseEndsAt, attemptIds, retries);
    assert.deepEqual(
      claims.map(({ messageId, attemptId, nth, trigger, attemptsInRound, roundStartedAt }) => ({
        messageId,
        attemptId,
        nth,
        trigger,
        attemptsInRound,
        roundStartedAt,
      })),
      expected,
    );
    this.#leases.push(...claims);
    const head = model.lanes().find((lane) => lane.endpointId === endpointId)?.dueAt ?? Infinity;
    const isFull = claims.length === limit;
    // A full window need not know whether it took the last one.
    const next = Math.min(nextDueAt, nextRetryAt);
    if (head <= now || (isFull && next !== head)) assert.ok(next <= now);
    else assert.equal(next, head);
  }

  async #actOnOne(step: Extract<Step, { do: 'replay' | 'cancel' }>): Promise<void> {
    const { scene, model } = this;
    const messageId = at([...model.messages.keys()], step.message) ?? 0;
    // An endpoint belongs to the application of the message; the request may come from another.
    const owner = model.messages.get(messageId)?.appId ?? step.app;
    const endpointId = owner * 10 + (step.endpoint % 10);
    const key = { messageId, endpointId };
    const actId = scene.nextId();
    const options = { appId: step.app, actId };
    if (step.do === 'cancel') {
      assert.deepEqual(
        await scene.cancel(messageId, endpointId, options),
        model.cancel(key, step.app, 'not wanted', actId),
      );
      return;
    }
    const due = scene.now() + step.inMs;
    assert.deepEqual(
      await scene.replay(messageId, endpointId, { ...options, dueAt: due }),
      model.replay(key, step.app, due, actId),
    );
  }

  /** Every row of the ledger is what the model says, and nothing else is there. */
  async compare(): Promise<void> {
    const { scene, model } = this;
    const { ledger } = scene;
    for (const [id, { matched }] of model.messages) {
      assert.deepEqual((await ledger.message(id))?.matched, matched);
      const expected = [...model.deliveries.values()].filter((held) => held.messageId === id);
      assert.deepEqual(
        await ledger.deliveriesOf(id),
        expected
          .map(
            ({
              messageId,
              endpointId,
              appId,
              state,
              attempts,
              dueAt: due,
              attemptId,
              reason,
              actId,
            }) => ({
              messageId,
              endpointId,
              appId,
              state,
              attempts,
              dueAt: due,
              attemptId,
              reason,
              actId,
            }),
          )
          .toSorted(byEndpoint),
      );
      const attempts = await ledger.attemptsOf(id);
      for (const held of expected) {
        const made = attempts
          .filter((attempt) => attempt.endpointId === held.endpointId)
          .toSorted((one, other) => one.nth - other.nth);
        assert.deepEqual(
          made.map((attempt) => [attempt.nth, attempt.id, attempt.trigger, attempt.outcome]),
          [...held.traces]
            .toSorted(([one], [other]) => one - other)
            .map(([nth, trace]) => [nth, trace.id, trace.trigger, trace.outcome]),
        );
        // All started attempts but the one under way have left a trace, numbered 1..n.
        const ended = held.attempts - (held.state === 'in_flight' ? 1 : 0);
        assert.ok(made.length >= ended, `${keyOf(held)} has ${made.length} of ${ended} attempts`);
        assert.ok(made.every((attempt, index) => attempt.nth === index + 1));
      }
    }
    assert.deepEqual(await ledger.lanes({}), model.lanes());
    await this.#audit();
  }

  async #audit(): Promise<void> {
    const { minutes, ...found } = await this.scene.ledger.audit({
      fromId: 0,
      beforeId: Number.MAX_SAFE_INTEGER,
      leasesEndedBefore: START,
      nameAtMost: 10,
    });
    assert.deepEqual(found, { unaccounted: 0, findings: [] });
    const { messages, deliveries } = this.model;
    const minuteKey = (appId: number, messageId: number): string =>
      `${appId} ${minuteOf(messageId)}`;
    const owed = Map.groupBy(messages, ([id, { appId }]) => minuteKey(appId, id));
    const there = Map.groupBy(deliveries.values(), ({ appId, messageId }) =>
      minuteKey(appId, messageId),
    );
    assert.equal(minutes.length, owed.size);
    for (const { appId, minuteAt, accepted, matched, states } of minutes) {
      const key = `${appId} ${minuteAt}`;
      const rows = there.get(key) ?? [];
      assert.equal(accepted, owed.get(key)?.length);
      assert.equal(matched, rows.length, 'accepted × matched = sum over the states');
      for (const state of deliveryStates) {
        assert.equal(states[state], rows.filter((held) => held.state === state).length);
      }
    }
  }
}

function history(open: () => Ledger) {
  return fc.asyncProperty(
    fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
    async (steps) => {
      const ledger = open();
      try {
        const run = new Run(ledger);
        for (const next of steps) await run.take(next);
        await run.compare();
      } finally {
        await ledger.close();
      }
    },
  );
}

test('the memory ledger does what the model does, whatever happens in whatever order', async () => {
  const clock = { now: () => START, after: () => () => {} };
  const open = (): Ledger => openMemoryLedger({ clock, random: seededRandom(1) });
  await fc.assert(history(open), runs(250));
});

test('the SQLite ledger does what the model does, whatever happens in whatever order', async () => {
  const shared = await shareSqliteLedger();
  await fc.assert(history(shared.open), runs(40));
});
