import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  dueAt,
  GREEN,
  HOUR_MS,
  LEASE_MS,
  openScene,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

/** A message whose one delivery, to RED, is in the state. */
const arrivals = {
  scheduled: (scene: Scene) => scene.accept({ to: [dueAt(RED, START + HOUR_MS)] }),
  async in_flight(scene: Scene) {
    const message = await scene.accept({ to: [RED] });
    await scene.claimOne(RED);
    return message;
  },
  async delivered(scene: Scene) {
    const message = await scene.accept({ to: [RED] });
    await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
    return message;
  },
  dead: (scene: Scene) => scene.deadLetter(RED),
  cancelled: (scene: Scene) => scene.accept({ to: [cancelled(RED)] }),
} as const;

export function describeReplay(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: replay`, () => {
    for (const state of ['scheduled', 'delivered', 'dead', 'cancelled'] as const) {
      it(`makes a delivery that is ${state} due again, as a round of its own`, async (t) => {
        const scene = await openScene(t, open);
        const message = await arrivals[state](scene);
        const { attempts } = await scene.delivery(message.id, RED);
        scene.move(HOUR_MS / 2);
        const actId = scene.nextId();
        assert.deepEqual(await scene.replay(message.id, RED, { actId }), { kind: 'done' });
        const delivery = await scene.delivery(message.id, RED);
        assert.deepEqual(
          [delivery.state, delivery.dueAt, delivery.reason, delivery.actId, delivery.attempts],
          ['scheduled', scene.now(), null, actId, attempts],
        );
        const claim = await scene.claimOne(RED);
        assert.deepEqual(
          [claim.nth, claim.attemptsInRound, claim.trigger, claim.roundStartedAt],
          [attempts + 1, 1, 'manual', scene.now()],
        );
        await scene.settle(claim, { state: 'delivered' });
        assert.equal((await scene.history(message.id, RED)).length, attempts + 1);
        await scene.assertAuditClean();
      });
    }

    it('is asked for by hand once: later attempts of the round come by schedule', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      await scene.replay(message.id, RED);
      await scene.settle(await scene.claimOne(RED), { state: 'scheduled', dueAt: START });
      const second = await scene.claimOne(RED);
      assert.deepEqual([second.trigger, second.attemptsInRound], ['scheduled', 2]);
      const triggers = (await scene.ledger.attemptsOf(message.id))
        .toSorted((one, other) => one.nth - other.nth)
        .map((attempt) => attempt.trigger);
      assert.deepEqual(triggers, ['scheduled', 'manual']);
    });

    it('refuses a delivery in flight and leaves its holder alone', async (t) => {
      const scene = await openScene(t, open);
      const message = await arrivals.in_flight(scene);
      const before = await scene.delivery(message.id, RED);
      const actId = scene.nextId();
      assert.deepEqual(await scene.replay(message.id, RED, { actId }), {
        kind: 'conflict',
        state: 'in_flight',
      });
      assert.deepEqual(await scene.delivery(message.id, RED), before);
      assert.equal(await scene.ledger.act(actId), null);
    });

    it('creates the delivery for an endpoint that was not matched, and owes it from then on', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      assert.deepEqual(await scene.replay(message.id, BLUE), { kind: 'done' });
      const claim = await scene.claimOne(BLUE);
      assert.deepEqual(
        [claim.messageId, claim.nth, claim.attemptsInRound, claim.trigger, claim.payload],
        [message.id, 1, 1, 'manual', message.payload],
      );
      const { minutes } = await scene.audit();
      assert.deepEqual(
        minutes.map(({ accepted, matched }) => ({ accepted, matched })),
        [{ accepted: 1, matched: 2 }],
      );
      await scene.assertAuditClean();
    });

    it('knows neither messages that are not there nor those of others', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      const actId = scene.nextId();
      assert.deepEqual(await scene.replay(scene.nextId(), RED, { actId }), { kind: 'missing' });
      assert.deepEqual(await scene.replay(message.id, RED, { appId: UMBRA, actId }), {
        kind: 'missing',
      });
      assert.equal((await scene.delivery(message.id, RED)).state, 'dead');
      assert.equal(await scene.ledger.act(actId), null);
    });

    it('leaves a record of who did it and why', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      const id = scene.nextId();
      await scene.replay(message.id, RED, { actId: id });
      const act = {
        id,
        kind: 'replay',
        appId: ACME,
        actor: 'ann',
        reason: 'asked for',
        filter: null,
        perSecond: null,
        done: true,
        touched: 1,
      };
      assert.deepEqual(await scene.ledger.act(id), {
        ...act,
        states: { scheduled: 1, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 },
      });
      const acts = await scene.ledger.acts({ appId: ACME, limit: 10, descending: true });
      assert.deepEqual(acts, [act]);
    });

    it('makes a delivery due at the given moment', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      await scene.replay(message.id, RED, { dueAt: START + 777 });
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: START + 777,
        nextRetryAt: Infinity,
        setAside: 0,
      });
    });

    it('does not let the holder of an attempt before the replay end the new round', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const stale = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.settle(await scene.claimOne(RED), { state: 'dead' });
      await scene.replay(message.id, RED);
      assert.equal(await scene.settle(stale, { state: 'dead' }), 'stale');
      assert.equal((await scene.delivery(message.id, RED)).state, 'scheduled');
      assert.equal((await scene.claimOne(RED)).nth, 3);
    });
  });

  describe(`${name}: cancel`, () => {
    for (const state of ['scheduled', 'dead'] as const) {
      it(`ends a delivery that is ${state}, with the reason`, async (t) => {
        const scene = await openScene(t, open);
        const message = await arrivals[state](scene);
        const actId = scene.nextId();
        assert.deepEqual(await scene.cancel(message.id, RED, { actId }), { kind: 'done' });
        const delivery = await scene.delivery(message.id, RED);
        assert.deepEqual(
          [delivery.state, delivery.reason, delivery.dueAt, delivery.actId],
          ['cancelled', 'not wanted', null, actId],
        );
        assert.deepEqual(await scene.claim(RED), {
          claims: [],
          nextDueAt: Infinity,
          nextRetryAt: Infinity,
          setAside: 0,
        });
        const act = await scene.ledger.act(actId);
        assert.deepEqual(
          [act?.kind, act?.actor, act?.reason, act?.touched, act?.states.cancelled],
          ['cancel', 'bob', 'not wanted', 1, 1],
        );
        await scene.assertAuditClean();
      });
    }

    for (const state of ['in_flight', 'delivered', 'cancelled'] as const) {
      it(`refuses a delivery that is ${state}`, async (t) => {
        const scene = await openScene(t, open);
        const message = await arrivals[state](scene);
        const before = await scene.delivery(message.id, RED);
        const actId = scene.nextId();
        assert.deepEqual(await scene.cancel(message.id, RED, { actId }), {
          kind: 'conflict',
          state,
        });
        assert.deepEqual(await scene.delivery(message.id, RED), before);
        assert.equal(await scene.ledger.act(actId), null);
      });
    }

    it('knows neither deliveries that are not there nor those of others', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      assert.deepEqual(await scene.cancel(message.id, GREEN), { kind: 'missing' });
      assert.deepEqual(await scene.cancel(scene.nextId(), RED), { kind: 'missing' });
      assert.deepEqual(await scene.cancel(message.id, RED, { appId: UMBRA }), { kind: 'missing' });
      assert.equal((await scene.delivery(message.id, RED)).state, 'dead');
    });

    it('keeps the reason of a cancelled delivery until a replay opens it again', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      await scene.cancel(message.id, RED);
      await scene.replay(message.id, RED);
      assert.equal((await scene.delivery(message.id, RED)).reason, null);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
    });
  });
}
