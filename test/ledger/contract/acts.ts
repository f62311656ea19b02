import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeliveryKey, Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  GREEN,
  openScene,
  RED,
  SECOND_MS,
  START,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

async function deadLetters(scene: Scene, count: number): Promise<readonly number[]> {
  const ids = [];
  for (let index = 0; index < count; index += 1) ids.push((await scene.deadLetter(RED)).id);
  return ids;
}

async function dueTimes(
  scene: Scene,
  messageIds: readonly number[],
): Promise<readonly (number | null)[]> {
  const deliveries = await Promise.all(messageIds.map((id) => scene.ledger.deliveriesOf(id)));
  return deliveries.flat().map((delivery) => delivery.dueAt);
}

export function describeActs(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: acts on many`, () => {
    it('redrives dead letters: each is due again, as a round of its own', async (t) => {
      const scene = await openScene(t, open);
      const messageIds = await deadLetters(scene, 3);
      scene.move(SECOND_MS);
      const actId = await scene.startAct();
      const act = await scene.finish(actId);
      assert.deepEqual([act.done, act.touched], [true, 3]);
      scene.move(10 * SECOND_MS);
      const { claims } = await scene.claim(RED);
      assert.deepEqual(
        claims.map((claim) => [claim.messageId, claim.nth, claim.attemptsInRound, claim.trigger]),
        messageIds.map((id) => [id, 2, 1, 'manual']),
      );
      for (const claim of claims) {
        // A round that starts later than now would end later than its policy allows.
        assert.ok(claim.roundStartedAt >= START + SECOND_MS && claim.roundStartedAt <= scene.now());
      }
      const delivery = await scene.delivery(messageIds[0] ?? 0, RED);
      assert.deepEqual([delivery.reason, delivery.actId], [null, actId]);
      await scene.assertAuditClean();
    });

    it('redrives nothing where nothing is dead', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.accept({ to: [cancelled(RED)] });
      const act = await scene.finish(await scene.startAct());
      assert.equal(act.touched, 0);
    });

    it('is running until its steps have ended, and is known then', async (t) => {
      const scene = await openScene(t, open);
      await deadLetters(scene, 3);
      const filter = { states: ['dead'], endpointId: RED } as const;
      const actId = await scene.startAct({ filter, perSecond: 50 });
      assert.deepEqual(await scene.ledger.runningActs({}), [actId]);
      const begun = await scene.ledger.act(actId);
      assert.deepEqual([begun?.done, begun?.touched], [false, 0]);
      await scene.step(actId, 1);
      assert.deepEqual(await scene.ledger.runningActs({}), [actId]);
      await scene.finish(actId);
      assert.deepEqual(await scene.ledger.runningActs({}), []);
      const act = await scene.ledger.act(actId);
      assert.deepEqual(act, {
        id: actId,
        kind: 'redrive',
        appId: ACME,
        actor: 'cid',
        reason: 'receiver is back',
        filter: { states: ['dead'], endpointId: RED },
        perSecond: 50,
        done: true,
        touched: 3,
        states: { scheduled: 3, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 },
      });
    });

    it('shows how the deliveries fared that it touched', async (t) => {
      const scene = await openScene(t, open);
      await deadLetters(scene, 4);
      const actId = await scene.startAct();
      await scene.finish(actId);
      scene.move(SECOND_MS);
      const { claims } = await scene.claim(RED, { limit: 3 });
      const [first, second] = claims;
      assert.ok(first !== undefined && second !== undefined);
      await scene.settle(first, { state: 'delivered' });
      await scene.settle(second, { state: 'dead' });
      assert.deepEqual((await scene.ledger.act(actId))?.states, {
        scheduled: 1,
        in_flight: 1,
        delivered: 1,
        dead: 1,
        cancelled: 0,
      });
    });

    it('stays as it is when it is stepped after its end', async (t) => {
      const scene = await openScene(t, open);
      await deadLetters(scene, 2);
      const actId = await scene.startAct();
      await scene.finish(actId);
      const late = await scene.deadLetter(RED);
      const act = await scene.step(actId);
      assert.deepEqual([act.done, act.touched], [true, 2]);
      assert.equal((await scene.delivery(late.id, RED)).state, 'dead');
    });

    it('takes only what its filter names', async (t) => {
      const scene = await openScene(t, open);
      const red = await scene.deadLetter(RED, {}, { reason: 'gone' });
      const blue = await scene.deadLetter(BLUE, {}, { reason: 'gone' });
      const refused = await scene.deadLetter(RED, {}, { reason: 'too_old' });
      const foreign = await scene.deadLetter(RED, { appId: UMBRA }, { reason: 'gone' });
      const silenced = await scene.accept({ to: [cancelled(RED, 'gone')] });
      const actId = await scene.startAct({ filter: { endpointId: RED, reason: 'gone' } });
      const act = await scene.finish(actId);
      assert.equal(act.touched, 1);
      const states = await Promise.all(
        [
          [red, RED],
          [blue, BLUE],
          [refused, RED],
          [foreign, RED],
          [silenced, RED],
        ].map(async ([message, endpointId]) => {
          assert.ok(typeof message === 'object' && typeof endpointId === 'number');
          return (await scene.delivery(message.id, endpointId)).state;
        }),
      );
      assert.deepEqual(states, ['scheduled', 'dead', 'dead', 'dead', 'cancelled']);
    });

    it('takes cancelled deliveries too where its filter says so', async (t) => {
      const scene = await openScene(t, open);
      await scene.deadLetter(RED);
      await scene.accept({ to: [cancelled(RED)] });
      await scene.accept({ to: [cancelled(BLUE)] });
      const both = await scene.startAct({ filter: { states: ['cancelled', 'dead'] } });
      assert.equal((await scene.finish(both, 1)).touched, 3);
    });

    it('takes messages from the first named, before the last named', async (t) => {
      const scene = await openScene(t, open);
      const ids = await deadLetters(scene, 5);
      const actId = await scene.startAct({ filter: { fromId: ids[1], beforeId: ids[3] } });
      assert.equal((await scene.finish(actId, 1)).touched, 2);
      assert.deepEqual(
        (await dueTimes(scene, ids)).map((due) => due !== null),
        [false, true, true, false, false],
      );
    });

    it('spaces what it makes due at its rate, over the borders of its steps', async (t) => {
      const scene = await openScene(t, open);
      const ids = await deadLetters(scene, 25);
      const dueFrom = START + 10 * SECOND_MS;
      const actId = await scene.startAct({ perSecond: 10, dueFrom });
      await scene.finish(actId, 7);
      const times = (await dueTimes(scene, ids)).map(Number).toSorted((a, b) => a - b);
      assert.ok((times[0] ?? 0) >= dueFrom);
      for (let index = 10; index < times.length; index += 1) {
        const span = (times[index] ?? 0) - (times[index - 10] ?? 0);
        assert.ok(span >= SECOND_MS, `no second has more than ten: ${times.join(' ')}`);
      }
      const last = times.at(-1) ?? 0;
      assert.ok(last <= dueFrom + 3 * SECOND_MS, `25 at 10/s take 2.5 s: ${times.join(' ')}`);
    });

    it('keeps its rate where its steps come late', async (t) => {
      const scene = await openScene(t, open);
      const ids = await deadLetters(scene, 20);
      const actId = await scene.startAct({ perSecond: 10 });
      await scene.step(actId, 10);
      scene.move(600 * SECOND_MS);
      await scene.finish(actId, 10);
      const times = (await dueTimes(scene, ids)).map(Number).toSorted((a, b) => a - b);
      const later = times.slice(10);
      // What comes late is not sent all at once to make up for the pause.
      const span = (later.at(-1) ?? 0) - (later[0] ?? 0);
      assert.ok(span >= 900, `ten at 10/s take 0.9 s: ${later.join(' ')}`);
      assert.ok((later[0] ?? 0) >= scene.now(), 'the rate counts from when the step was taken');
    });

    it('goes on where its last step ended', async (t) => {
      const scene = await openScene(t, open);
      const ids = await deadLetters(scene, 5);
      const actId = await scene.startAct();
      const first = await scene.step(actId, 2);
      assert.deepEqual([first.done, first.touched], [false, 2]);
      scene.move(SECOND_MS);
      const settled = await scene.claim(RED);
      for (const claim of settled.claims) await scene.settle(claim, { state: 'delivered' });
      const act = await scene.finish(actId, 2);
      assert.equal(act.touched, 5);
      assert.equal((await dueTimes(scene, ids)).filter((due) => due !== null).length, 3);
    });

    it('takes each delivery of a message once, however its steps cut them', async (t) => {
      for (const limit of [1, 2, 3, 4, 5, 7, 100]) {
        const scene = await openScene(t, open);
        const endpointIds = [RED, BLUE, GREEN, 14, 15];
        const messages = [];
        for (let count = 0; count < 3; count += 1) {
          messages.push(await scene.deadLetter(endpointIds));
        }
        const actId = await scene.startAct();
        assert.equal((await scene.finish(actId, limit)).touched, 15, `steps of ${limit}`);
        for (const message of messages) {
          for (const delivery of await scene.ledger.deliveriesOf(message.id)) {
            assert.deepEqual([delivery.state, delivery.actId], ['scheduled', actId]);
          }
        }
        await scene.assertAuditClean();
      }
    });

    it('does not take a delivery again that died once more while it ran', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 4; count += 1) await scene.deadLetter([RED, BLUE, GREEN]);
      const actId = await scene.startAct();
      const taken: DeliveryKey[] = [];
      for (let steps = 0; steps < 100; steps += 1) {
        const act = await scene.step(actId, 2);
        scene.move(SECOND_MS);
        for (const endpointId of [RED, BLUE, GREEN]) {
          for (const claim of (await scene.claim(endpointId)).claims) {
            taken.push(claim);
            await scene.settle(claim, { state: 'dead' });
          }
        }
        if (act.done) break;
      }
      assert.equal(taken.length, 12);
      const act = await scene.ledger.act(actId);
      assert.deepEqual([act?.done, act?.touched, act?.states.dead], [true, 12, 12]);
    });

    it('does not take messages that were accepted after it began', async (t) => {
      const scene = await openScene(t, open);
      await deadLetters(scene, 3);
      const actId = await scene.startAct();
      await scene.step(actId, 1);
      const later = await scene.deadLetter(RED);
      assert.equal((await scene.finish(actId, 1)).touched, 3);
      assert.equal((await scene.delivery(later.id, RED)).state, 'dead');
    });

    it('cancels dead letters by filter, with the reason of the act', async (t) => {
      const scene = await openScene(t, open);
      const wanted = await scene.deadLetter([RED, BLUE]);
      const actId = await scene.startAct({ kind: 'cancel', filter: { endpointId: RED } });
      const act = await scene.finish(actId, 1);
      assert.deepEqual([act.kind, act.touched, act.perSecond], ['cancel', 1, null]);
      const red = await scene.delivery(wanted.id, RED);
      assert.deepEqual(
        [red.state, red.reason, red.actId, red.dueAt],
        ['cancelled', 'receiver is back', actId, null],
      );
      assert.equal((await scene.delivery(wanted.id, BLUE)).state, 'dead');
      assert.equal((await scene.ledger.act(actId))?.states.cancelled, 1);
      await scene.assertAuditClean();
    });

    it('runs beside another act: each delivery belongs to one of them', async (t) => {
      const scene = await openScene(t, open);
      await deadLetters(scene, 10);
      const redrive = await scene.startAct();
      const cancel = await scene.startAct({ kind: 'cancel' });
      assert.deepEqual(
        [...(await scene.ledger.runningActs({}))].toSorted((a, b) => a - b),
        [redrive, cancel],
      );
      let touched = 0;
      for (const actId of [redrive, cancel]) await scene.step(actId, 3);
      for (const actId of [redrive, cancel]) touched += (await scene.finish(actId, 3)).touched;
      assert.equal(touched, 10);
      await scene.assertAuditClean();
    });

    it('lists the acts of an application, either way, by pages', async (t) => {
      const scene = await openScene(t, open);
      const ids = [];
      for (let count = 0; count < 5; count += 1) ids.push(await scene.startAct());
      await scene.startAct({ appId: UMBRA });
      const page = { appId: ACME, limit: 2 };
      const idsOf = async (request: Parameters<Ledger['acts']>[0]): Promise<readonly number[]> =>
        (await scene.ledger.acts(request)).map((act) => act.id);
      assert.deepEqual(await idsOf({ ...page, descending: true }), [ids[4], ids[3]]);
      assert.deepEqual(await idsOf({ ...page, descending: true, afterId: ids[3] }), [
        ids[2],
        ids[1],
      ]);
      assert.deepEqual(await idsOf({ ...page, descending: false, afterId: ids[3] }), [ids[4]]);
    });

    it('knows no act that was never begun', async (t) => {
      const scene = await openScene(t, open);
      assert.equal(await scene.ledger.act(scene.nextId()), null);
    });
  });
}
