import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  dueAt,
  GREEN,
  LEASE_MS,
  openScene,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

function expunge(scene: Scene, messageId: number, appId = ACME, id = scene.nextId()) {
  const act = { id, actor: 'dpo', reason: 'asked to be forgotten' };
  return scene.ledger.expungePayload({ messageId, appId, act });
}

export function describeExpunge(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: expunge`, () => {
    it('removes the payload, cancels what is scheduled, and says who did it', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED, dueAt(BLUE, START + LEASE_MS)] });
      const actId = scene.nextId();
      assert.equal(await expunge(scene, message.id, ACME, actId), true);
      assert.deepEqual(await scene.ledger.message(message.id), { ...message, payload: null });
      for (const delivery of await scene.ledger.deliveriesOf(message.id)) {
        assert.deepEqual(
          [delivery.state, delivery.reason, delivery.dueAt, delivery.actId],
          ['cancelled', 'payload_expunged', null, actId],
        );
      }
      const act = await scene.ledger.act(actId);
      assert.deepEqual([act?.kind, act?.actor, act?.touched], ['expunge', 'dpo', 2]);
      assert.deepEqual(await scene.ledger.lanes({}), []);
      await scene.assertAuditClean();
    });

    it('knows neither messages that are not there nor those of others', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const actId = scene.nextId();
      assert.equal(await expunge(scene, scene.nextId(), ACME, actId), false);
      assert.equal(await expunge(scene, message.id, UMBRA, actId), false);
      assert.deepEqual(await scene.ledger.message(message.id), message);
      assert.equal(await scene.ledger.act(actId), null);
    });

    it('lets an attempt under way deliver', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await expunge(scene, message.id);
      assert.equal(await scene.settle(claim, { state: 'delivered' }), 'settled');
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
      await scene.assertAuditClean();
    });

    /** Ways on which a delivery whose payload is gone is open once more. */
    const ways: Record<string, (scene: Scene) => Promise<unknown>> = {
      async 'a retry was scheduled'(scene) {
        const claim = await scene.claimOne(RED);
        await expunge(scene, claim.messageId);
        return scene.settle(claim, { state: 'scheduled', dueAt: scene.now() });
      },
      async 'it was given back'(scene) {
        const claim = await scene.claimOne(RED);
        await expunge(scene, claim.messageId);
        return scene.ledger.release([claim]);
      },
      async 'its lease ended'(scene) {
        const claim = await scene.claimOne(RED);
        await expunge(scene, claim.messageId);
        scene.move(LEASE_MS);
      },
      async 'the process that held it died'(scene) {
        const claim = await scene.claimOne(RED);
        await expunge(scene, claim.messageId);
        return scene.ledger.endLeases(scene.now());
      },
    };
    for (const [how, open_] of Object.entries(ways)) {
      it(`ends a delivery without a payload and serves the rest of its lane: ${how}`, async (t) => {
        const scene = await openScene(t, open);
        const message = await scene.accept({ to: [RED] });
        await open_(scene);
        const next = await scene.accept({ to: [RED] });
        const claimed = [];
        for (let turn = 0; turn < 3; turn += 1) {
          claimed.push(...(await scene.claim(RED)).claims.map((claim) => claim.messageId));
        }
        assert.deepEqual(claimed, [next.id]);
        const { state, reason, dueAt: due } = await scene.delivery(message.id, RED);
        assert.deepEqual([state, reason, due], ['cancelled', 'payload_expunged', null]);
        await scene.history(message.id, RED);
        await scene.assertAuditClean();
      });
    }

    it('cannot be replayed or redriven: there is nothing to send', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter([RED, BLUE]);
      const whole = await scene.deadLetter(GREEN);
      await expunge(scene, message.id);
      assert.deepEqual(await scene.replay(message.id, RED), { kind: 'missing' });
      assert.deepEqual(await scene.replay(message.id, GREEN), { kind: 'missing' });
      const act = await scene.finish(await scene.startAct(), 1);
      assert.equal(act.touched, 1);
      assert.equal((await scene.delivery(message.id, RED)).state, 'dead');
      assert.equal((await scene.delivery(whole.id, GREEN)).state, 'scheduled');
    });

    it('still knows the event id', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ eventId: 'order-1' });
      await expunge(scene, message.id);
      assert.deepEqual(await scene.ledger.accept(scene.compose({ eventId: 'order-1' })), {
        kind: 'repeated',
        messageId: message.id,
      });
    });

    it('removes what one attempt kept of the response, and no more', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter([RED, BLUE]);
      const { attemptId } = await scene.delivery(message.id, RED);
      const request = { messageId: message.id, attemptId: attemptId ?? 0 };
      assert.equal(await scene.ledger.expungeResponse(request), true);
      const kept = (await scene.ledger.attemptsOf(message.id))
        .toSorted((one, other) => one.endpointId - other.endpointId)
        .map((attempt) => [attempt.response, attempt.outcome]);
      assert.deepEqual(kept, [
        ['EXPUNGED', 'server_error'],
        ['try later', 'server_error'],
      ]);
      assert.equal(
        await scene.ledger.expungeResponse({ ...request, attemptId: scene.nextId() }),
        false,
      );
    });
  });
}
