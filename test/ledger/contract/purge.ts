import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  DAY_MS,
  GREEN,
  HOUR_MS,
  inFlight,
  LEASE_MS,
  openScene,
  RED,
  type Plan,
  type Scene,
  type StoredMessage,
} from '../../support/ledger-scene.ts';

const PERIOD_MS = 30 * DAY_MS;

/** Accepts a message and delivers it at the first attempt. */
async function deliver(scene: Scene, plan: Plan = {}): Promise<StoredMessage> {
  const lease = inFlight(RED, scene.nextId(), scene.now() + LEASE_MS);
  const message = await scene.accept({ ...plan, to: [lease] });
  const attempt = { nth: 1, trigger: 'scheduled' } as const;
  await scene.settle({ messageId: message.id, ...lease, ...attempt }, { state: 'delivered' });
  return message;
}

async function payloadOf(scene: Scene, { id }: StoredMessage): Promise<string | null> {
  const message = await scene.ledger.message(id);
  assert.ok(message !== null, 'the message itself stays');
  return message.payload;
}

export function describePurge(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: purge`, () => {
    it('removes payload and attempts of what is finished once its period has passed, not before', async (t) => {
      const scene = await openScene(t, open);
      const message = await deliver(scene);
      const deliveries = await scene.ledger.deliveriesOf(message.id);
      scene.move(PERIOD_MS);
      assert.equal(await scene.purgeAll(), 0);
      assert.equal(await payloadOf(scene, message), message.payload);
      scene.move(1);
      const step = await scene.ledger.purge({ now: scene.now(), limit: 100 });
      const { messages, attempts, payloadBytes, isMore } = step;
      assert.deepEqual(
        { messages, attempts, payloadBytes, isMore },
        { messages: 1, attempts: 1, payloadBytes: message.payload.length, isMore: false },
      );
      assert.deepEqual(await scene.ledger.message(message.id), {
        ...message,
        payload: null,
        purgedAt: scene.now(),
      });
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), []);
      assert.deepEqual(await scene.ledger.deliveriesOf(message.id), deliveries);
      await scene.assertAuditClean();
      assert.equal(await scene.purgeAll(), 0);
    });

    it('keeps every field of a purged message, and still knows its event id', async (t) => {
      const scene = await openScene(t, open);
      const plan = { eventId: 'order-1', channels: ['a', 'b'], tags: ['c'] };
      const message = await deliver(scene, plan);
      scene.move(PERIOD_MS + 1);
      await scene.purgeAll();
      assert.deepEqual(await scene.ledger.messageByEventId({ appId: ACME, eventId: 'order-1' }), {
        ...message,
        payload: null,
        purgedAt: scene.now(),
      });
      assert.deepEqual(await scene.ledger.accept(scene.compose(plan)), {
        kind: 'repeated',
        messageId: message.id,
      });
      const page = { limit: 10, descending: true };
      const listed = await scene.ledger.messages({ appId: ACME, filter: { tag: 'c' }, ...page });
      assert.equal(listed[0]?.id, message.id);
    });

    it('purges what matched no endpoint, and what was cancelled', async (t) => {
      const scene = await openScene(t, open);
      const unmatched = await scene.accept({ to: [] });
      const disabled = await scene.accept({ to: [cancelled(RED)] });
      scene.move(PERIOD_MS + 1);
      assert.equal(await scene.purgeAll(), 2);
      assert.equal(await payloadOf(scene, unmatched), null);
      assert.equal(await payloadOf(scene, disabled), null);
    });

    /** Messages that are not finished, and what finishes each of them. */
    const unfinished: Record<
      string,
      readonly [
        make: (scene: Scene) => Promise<StoredMessage>,
        finish: (scene: Scene, message: StoredMessage) => Promise<unknown>,
      ]
    > = {
      'a scheduled delivery': [
        (scene) => scene.accept({ to: [RED, cancelled(BLUE)] }),
        async (scene) => scene.settle(await scene.claimOne(RED), { state: 'delivered' }),
      ],
      'a delivery in flight': [
        (scene) => scene.accept({ to: [inFlight(RED, scene.nextId(), scene.now())] }),
        async (scene) => scene.settle(await scene.claimOne(RED), { state: 'delivered' }),
      ],
      'a dead letter, until it is redriven and delivered': [
        (scene) => scene.deadLetter([RED, BLUE]),
        async (scene) => {
          await scene.finish(await scene.startAct());
          scene.move(HOUR_MS);
          await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
          assert.equal(await scene.purgeAll(), 0, 'the other one is still under way');
          await scene.settle(await scene.claimOne(BLUE), { state: 'delivered' });
        },
      ],
      'a dead letter, until somebody cancels it': [
        (scene) => scene.deadLetter(RED),
        (scene, { id }) => scene.cancel(id, RED),
      ],
      'a promise that is missing, until it is healed and delivered': [
        async (scene) => scene.accept({ to: [cancelled(RED)], matched: [RED, BLUE] }),
        async (scene, { id }) => {
          await scene.heal([{ messageId: id, endpointId: BLUE }]);
          await scene.settle(await scene.claimOne(BLUE), { state: 'delivered' });
        },
      ],
      'a delivered one that is replayed': [
        async (scene) => {
          const message = await deliver(scene);
          await scene.replay(message.id, RED);
          return message;
        },
        async (scene) => scene.settle(await scene.claimOne(RED), { state: 'delivered' }),
      ],
    };
    for (const [what, [make, finish]] of Object.entries(unfinished)) {
      it(`never purges ${what}`, async (t) => {
        const scene = await openScene(t, open);
        const message = await make(scene);
        const attempts = await scene.ledger.attemptsOf(message.id);
        scene.move(400 * DAY_MS);
        assert.equal(await scene.purgeAll(), 0);
        assert.deepEqual(await scene.ledger.message(message.id), message);
        assert.deepEqual(await scene.ledger.attemptsOf(message.id), attempts);
        await finish(scene, message);
        assert.equal(await scene.purgeAll(), 1);
        assert.equal(await payloadOf(scene, message), null);
        await scene.assertAuditClean();
      });
    }

    it('cannot be replayed or redriven: there is nothing to send', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [cancelled(RED)] });
      scene.move(PERIOD_MS + 1);
      await scene.purgeAll();
      assert.deepEqual(await scene.replay(message.id, RED), { kind: 'missing' });
      assert.deepEqual(await scene.replay(message.id, GREEN), { kind: 'missing' });
      const act = await scene.finish(await scene.startAct({ filter: { states: ['cancelled'] } }));
      assert.equal(act.touched, 0);
      await scene.assertAuditClean();
    });

    it('removes the attempts of a message whose payload was removed on request', async (t) => {
      const scene = await openScene(t, open);
      const message = await deliver(scene);
      const act = { id: scene.nextId(), actor: 'dpo', reason: 'asked to be forgotten' };
      await scene.ledger.expungePayload({ messageId: message.id, appId: ACME, act });
      assert.equal((await scene.ledger.attemptsOf(message.id)).length, 1);
      scene.move(PERIOD_MS + 1);
      assert.equal(await scene.purgeAll(), 1);
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), []);
      await scene.assertAuditClean();
    });

    it('keeps each message for its own period', async (t) => {
      const scene = await openScene(t, open);
      const kept = new Map<number, StoredMessage>();
      for (const retentionDays of [90, 5, 30]) {
        kept.set(retentionDays, await deliver(scene, { retentionDays }));
      }
      const purgedAfter = new Map<number, number>();
      for (let day = 1; day <= 91; day += 1) {
        scene.move(DAY_MS);
        await scene.purgeAll();
        for (const [days, message] of kept) {
          if ((await payloadOf(scene, message)) === null && !purgedAfter.has(days)) {
            purgedAfter.set(days, day);
          }
        }
      }
      const days = [...purgedAfter].toSorted(([one], [other]) => one - other);
      assert.deepEqual(days, [
        [5, 6],
        [30, 31],
        [90, 91],
      ]);
    });

    it('finds messages with ids from before the first of their period', async (t) => {
      const scene = await openScene(t, open);
      const id = scene.nextId();
      scene.move(HOUR_MS);
      await scene.accept({});
      const late = await scene.accept({ id, to: [] });
      scene.move(PERIOD_MS);
      await scene.purgeAll();
      assert.equal(await payloadOf(scene, late), null);
    });

    it('purges messages of a period whose first commit was undone', async (t) => {
      const scene = await openScene(t, open);
      const there = await scene.accept({});
      const first = scene.compose({ retentionDays: 7 });
      await assert.rejects(
        scene.ledger.acceptAll([first, scene.compose({ id: there.id, retentionDays: 7 })]),
      );
      const message = await deliver(scene, { retentionDays: 7 });
      scene.move(8 * DAY_MS);
      assert.equal(await scene.purgeAll(), 1);
      assert.equal(await payloadOf(scene, message), null);
    });

    it('takes steps of a bounded number of rows, and says when there is more', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 10; count += 1) await scene.deadLetter(BLUE);
      const first = await deliver(scene);
      for (let count = 1; count < 40; count += 1) await deliver(scene);
      scene.move(PERIOD_MS + HOUR_MS);
      let purged = 0;
      let steps = 0;
      for (let isMore = true; isMore; steps += 1) {
        const step = await scene.ledger.purge({ now: scene.now(), limit: 12 });
        assert.ok(step.messages <= 12 / 3 + 1, `${step.messages} in one step`);
        if (purged === 0 && step.messages > 0) assert.ok((step.oldestDueAt ?? 0) > 0);
        assert.equal(step.isMore, step.oldestDueAt !== null);
        purged += step.messages;
        isMore = step.isMore;
      }
      assert.equal(purged, 40);
      assert.ok(steps >= 10, `${steps} steps`);
      assert.equal(await payloadOf(scene, first), null);
    });

    it('looks again at all that wait, however many they are and however small the step', async (t) => {
      const scene = await openScene(t, open);
      const dead: StoredMessage[] = [];
      for (let count = 0; count < 100; count += 1) dead.push(await scene.deadLetter(RED));
      scene.move(PERIOD_MS + HOUR_MS);
      assert.equal(await scene.purgeAll(), 0);
      const { oldestUnfinishedAt } = await scene.ledger.purge({ now: scene.now(), limit: 10 });
      assert.equal(oldestUnfinishedAt, scene.now() - PERIOD_MS - HOUR_MS);
      for (const index of [99, 0, 64]) {
        const id = dead[index]?.id ?? 0;
        await scene.cancel(id, RED);
        let messages = 0;
        for (let steps = 0; steps < 60; steps += 1) {
          messages += (await scene.ledger.purge({ now: scene.now(), limit: 10 })).messages;
        }
        assert.equal(messages, 1);
        assert.equal((await scene.ledger.message(id))?.payload, null);
      }
    });

    it('forgets idempotency keys that have expired, and no others', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 20; count += 1) {
        await scene.accept({ idempotencyKey: `old-${count}` });
      }
      scene.move(12 * HOUR_MS);
      await scene.accept({ idempotencyKey: 'new', contentHash: 'one' });
      let forgotten = 0;
      for (let steps = 0; steps < 5; steps += 1) {
        const step = await scene.ledger.purge({ now: scene.now(), limit: 5 });
        forgotten += step.idempotencyKeys;
      }
      // The accept that carried a key has forgotten four by itself.
      assert.equal(forgotten, 16);
      assert.deepEqual(
        await scene.ledger.accept(scene.compose({ idempotencyKey: 'new', contentHash: 'another' })),
        { kind: 'conflict', field: 'idempotency-key' },
      );
    });
  });
}
