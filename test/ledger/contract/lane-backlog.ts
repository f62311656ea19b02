import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import { BLUE, dueAt, inFlight, openScene, RED, START } from '../../support/ledger-scene.ts';

export function describeLaneBacklog(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: the backlog of all lanes`, () => {
    it('is what is scheduled, retries included, the longest lanes first', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'scheduled', dueAt: START + 40 });
      for (let count = 0; count < 3; count += 1) {
        await scene.accept({
          to: [dueAt(BLUE, START + 9000), inFlight(RED, scene.nextId(), START + 500)],
        });
      }
      const [red, blue] = [
        { endpointId: RED, waiting: 1 },
        { endpointId: BLUE, waiting: 3 },
      ];
      const backlog = (atMost: number, lanes: number): ReturnType<Ledger['backlog']> =>
        scene.ledger.backlog({ atMost, lanes });
      assert.deepEqual(await backlog(100, 10), { waiting: 4, lanes: [blue, red] });
      assert.deepEqual(await backlog(100, 1), { waiting: 4, lanes: [blue] });
      assert.equal((await backlog(2, 10)).waiting, 2);
    });
  });

  describe(`${name}: the backlog of a lane`, () => {
    it('counts what is scheduled, due or not, and names the earliest moment', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [dueAt(RED, START + 9000), dueAt(BLUE, START + 10)] });
      await scene.accept({ to: [dueAt(RED, START + 50)] });
      assert.deepEqual(await scene.ledger.laneBacklog({ endpointId: RED, atMost: 100 }), {
        scheduled: 2,
        oldestDueAt: START + 50,
      });
    });

    it('counts retries too, and knows the earlier of retry and first attempt', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'scheduled', dueAt: START + 40 });
      await scene.accept({ to: [dueAt(RED, START + 50)] });
      const backlog = (): ReturnType<Ledger['laneBacklog']> =>
        scene.ledger.laneBacklog({ endpointId: RED, atMost: 100 });
      assert.deepEqual(await backlog(), { scheduled: 2, oldestDueAt: START + 40 });
      await scene.accept({ to: [dueAt(RED, START + 30)] });
      assert.deepEqual(await backlog(), { scheduled: 3, oldestDueAt: START + 30 });
    });

    it('counts no further than asked, and still knows the earliest of all', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 5; count += 1) {
        await scene.accept({ to: [dueAt(RED, START + 100 - count)] });
      }
      assert.deepEqual(await scene.ledger.laneBacklog({ endpointId: RED, atMost: 3 }), {
        scheduled: 3,
        oldestDueAt: START + 96,
      });
    });

    it('leaves out what is in flight or finished, and is empty without the rest', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [inFlight(RED, scene.nextId(), START + 500)] });
      const message = await scene.accept({ to: [RED] });
      await scene.cancel(message.id, RED);
      await scene.deadLetter(RED);
      const none = { scheduled: 0, oldestDueAt: null };
      assert.deepEqual(await scene.ledger.laneBacklog({ endpointId: RED, atMost: 10 }), none);
      assert.deepEqual(await scene.ledger.laneBacklog({ endpointId: 404, atMost: 10 }), none);
    });
  });
}
