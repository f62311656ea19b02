import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLastDay, type Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  DAY_MS,
  MINUTE_MS,
  openScene,
  RED,
  SECOND_MS,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

export function describeOutcomes(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: outcomes by the minute`, () => {
    it('tells first attempts and retries apart, and those that failed, each in its minute', async (t) => {
      const scene = await openScene(t, open);
      const { ledger } = scene;
      const message = await scene.accept({ to: [RED, BLUE] });
      const first = await scene.claimOne(RED);
      const dueAt = START + 2 * MINUTE_MS;
      await scene.settle(first, { state: 'scheduled', outcome: 'timeout', dueAt });
      await scene.settle(await scene.claimOne(BLUE), { state: 'delivered', outcome: 'delivered' });
      scene.move(2 * MINUTE_MS);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered', outcome: 'delivered' });
      scene.move(MINUTE_MS);
      assert.deepEqual(await scene.replay(message.id, RED), { kind: 'done' });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered', outcome: 'delivered' });
      await scene.deadLetter(BLUE, { appId: UMBRA }, { outcome: 'gone' });
      const query = { fromAt: START, minutes: 5, perMinute: 10 };
      const none = { firsts: 0, firstsFailed: 0, retries: 0, retriesFailed: 0, isSampled: false };
      const failed = { ...none, minuteAt: START, firsts: 1, firstsFailed: 1 };
      const retry = { ...none, minuteAt: dueAt, retries: 1 };
      const lastAt = START + 3 * MINUTE_MS;
      const replayed = { ...none, minuteAt: lastAt };
      assert.deepEqual(await ledger.outcomes({ ...query, endpointId: RED }), [
        failed,
        retry,
        replayed,
      ]);
      assert.deepEqual(await ledger.outcomes({ ...query, appId: ACME }), [
        { ...failed, firsts: 2 },
        retry,
        replayed,
      ]);
      assert.deepEqual(await ledger.outcomes(query), [
        { ...failed, firsts: 2 },
        retry,
        { ...replayed, firsts: 1, firstsFailed: 1 },
      ]);
      const later = { ...query, fromAt: lastAt + MINUTE_MS };
      assert.deepEqual(await ledger.outcomes(later), []);
      assert.deepEqual(await ledger.outcomes({ ...later, endpointId: RED }), []);
    });

    it('estimates a busy minute from its beginning, and says so', async (t) => {
      const scene = await openScene(t, open);
      for (let nth = 0; nth < 20; nth += 1) {
        await scene.deadLetter(RED);
        scene.move(SECOND_MS);
      }
      for (const scope of [{ endpointId: RED }, { appId: ACME }, {}]) {
        const [minute, ...more] = await scene.ledger.outcomes({
          ...scope,
          fromAt: START,
          minutes: 1,
          perMinute: 10,
        });
        assert.deepEqual(more, []);
        assert.equal(minute?.isSampled, true);
        // Ten in nine seconds.
        assert.ok(Math.abs(minute.firsts - 66.6) < 1, String(minute.firsts));
        assert.equal(minute.firstsFailed, minute.firsts);
      }
    });

    it('puts a day together, with the minutes in which nothing was', async (t) => {
      const scene = await openScene(t, open);
      await scene.deadLetter(RED);
      scene.move(DAY_MS - 2 * MINUTE_MS);
      await scene.deadLetter(RED);
      scene.move(90 * SECOND_MS);
      const day = await readLastDay(scene.ledger, { endpointId: RED }, scene.now());
      assert.equal(day.fromAt, START);
      assert.equal(day.minutes.length, 1440);
      assert.deepEqual(
        day.minutes.flatMap(({ firsts }, minute) => (firsts > 0 ? [minute] : [])),
        [0, 1438],
      );
      assert.equal(day.sampledMinutes, 0);
    });
  });
}
