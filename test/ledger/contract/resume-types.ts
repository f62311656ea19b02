import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, ResumeCursor } from '../../../src/ledger/index.ts';
import {
  BLUE,
  dueAt,
  inFlight,
  openScene,
  RED,
  START,
  type Scene,
} from '../../support/ledger-scene.ts';

const PAID = 'invoice.paid';
const SENT = 'invoice.sent';
const aside = { pausedTypes: [SENT] };

export function describeResumeTypes(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: paused event types`, () => {
    it('sets their deliveries aside, and claims what lies behind them', async (t) => {
      const scene = await openScene(t, open);
      const held = await scene.accept({ eventType: SENT, to: [RED] });
      const going = await scene.accept({ eventType: PAID, to: [RED] });
      const window = await scene.claim(RED, { ...aside, limit: 1 });
      assert.deepEqual(
        window.claims.map(({ messageId }) => messageId),
        [going.id],
      );
      assert.equal(window.setAside, 1);
      const { state, attempts } = await scene.delivery(held.id, RED);
      assert.deepEqual([state, attempts], ['scheduled', 0]);
      const { scheduled, oldestDueAt } = await scene.ledger.laneBacklog({
        endpointId: RED,
        atMost: 10,
      });
      assert.deepEqual([scheduled, oldestDueAt], [1, START]);
      await scene.assertAuditClean();
    });

    it('lets no claim meet what was set aside again, and lists its lane without a moment', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ eventType: SENT, to: [RED] });
      await scene.claim(RED, aside);
      const nothing = { claims: [], nextDueAt: Infinity, nextRetryAt: Infinity, setAside: 0 };
      assert.deepEqual(await scene.claim(RED), nothing);
      const [head] = await scene.ledger.lanes({});
      assert.deepEqual(head, {
        endpointId: RED,
        dueAt: Infinity,
        scheduledAt: Infinity,
        retryAt: Infinity,
        hasPaused: true,
      });
    });

    it('sets retries aside as retries, and attempts whose lease ended as interrupted', async (t) => {
      const scene = await openScene(t, open);
      const retried = await scene.accept({ eventType: SENT, to: [RED] });
      await scene.settle(await scene.claimOne(RED), { state: 'scheduled', dueAt: START });
      const lost = await scene.accept({
        eventType: SENT,
        to: [inFlight(RED, scene.nextId(), START + 1)],
      });
      scene.move(10);
      assert.equal((await scene.claim(RED, aside)).setAside, 2);
      const [attempt] = await scene.ledger.attemptsOf(lost.id);
      assert.equal(attempt?.outcome, 'interrupted');
      await resumeAll(scene, { everyMs: 0 });
      const { claims } = await scene.claim(RED, { retries: 2 });
      assert.deepEqual(
        claims.map(({ messageId, nth, attemptsInRound }) => [messageId, nth, attemptsInRound]),
        [
          [retried.id, 2, 2],
          [lost.id, 2, 2],
        ],
      );
      await scene.assertAuditClean();
    });

    it('goes on in the order of due times, so many milliseconds apart, and leaves other types', async (t) => {
      const scene = await openScene(t, open);
      const later = await scene.accept({ eventType: SENT, to: [dueAt(RED, START + 20)] });
      const sooner = await scene.accept({ eventType: SENT, to: [dueAt(RED, START + 10)] });
      const other = await scene.accept({ eventType: PAID, to: [dueAt(RED, START + 5)] });
      const elsewhere = await scene.accept({ eventType: SENT, to: [BLUE] });
      scene.move(1000);
      const both = { pausedTypes: [SENT, PAID] };
      for (const lane of [RED, BLUE]) await scene.claim(lane, both);
      const resumed = await resumeAll(scene, { pausedTypes: [PAID], everyMs: 250, limit: 1 });
      assert.equal(resumed, 2);
      const dueOf = async (message: { readonly id: number }, lane = RED) =>
        (await scene.delivery(message.id, lane)).dueAt;
      assert.deepEqual(
        [await dueOf(sooner), await dueOf(later), await dueOf(other), await dueOf(elsewhere, BLUE)],
        [START + 1000, START + 1250, START + 5, START],
      );
      assert.deepEqual(
        (await scene.claim(RED)).claims.map(({ messageId }) => messageId),
        [sooner.id],
      );
      await scene.assertAuditClean();
    });

    it('sets aside no more than some hundreds at once, and says that more is due', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 700; count += 1) {
        await scene.accept({ eventType: SENT, to: [RED] });
      }
      const going = await scene.accept({ eventType: PAID, to: [RED] });
      const first = await scene.claim(RED, { ...aside, limit: 8 });
      assert.ok(first.setAside >= 500 && first.setAside < 600, String(first.setAside));
      assert.deepEqual([first.claims, first.nextDueAt <= scene.now()], [[], true]);
      const second = await scene.claim(RED, { ...aside, limit: 8 });
      assert.deepEqual(
        second.claims.map(({ messageId }) => messageId),
        [going.id],
      );
      await scene.assertAuditClean();
    });

    it('cancels, closes and replays what was set aside like all that is scheduled', async (t) => {
      const scene = await openScene(t, open);
      const asked = await scene.accept({ eventType: SENT, to: [RED] });
      const closed = await scene.accept({ eventType: SENT, to: [BLUE] });
      for (const lane of [RED, BLUE]) await scene.claim(lane, aside);
      const act = { id: scene.nextId(), kind: 'replay', actor: 'me', reason: 'now' } as const;
      const on = { messageId: asked.id, endpointId: RED, appId: asked.appId };
      assert.deepEqual(await scene.ledger.replay({ ...on, act, dueAt: START }), { kind: 'done' });
      assert.equal((await scene.claimOne(RED)).messageId, asked.id);
      const close = { endpointId: BLUE, state: 'cancelled', reason: 'gone', limit: 9 } as const;
      assert.equal(await scene.ledger.closeLane(close), 1);
      assert.equal((await scene.delivery(closed.id, BLUE)).state, 'cancelled');
      await scene.assertAuditClean();
    });
  });
}

async function resumeAll(
  scene: Scene,
  {
    pausedTypes = [],
    everyMs,
    limit = 100,
  }: {
    readonly pausedTypes?: readonly string[];
    readonly everyMs: number;
    readonly limit?: number;
  },
): Promise<number> {
  let after: ResumeCursor | null = null;
  let resumed = 0;
  do {
    const dueFrom = scene.now() + resumed * everyMs;
    const request = { endpointId: RED, pausedTypes, after, limit, dueFrom, everyMs };
    const step = await scene.ledger.resumeTypes(request);
    resumed += step.resumed;
    after = step.next;
  } while (after !== null);
  return resumed;
}
