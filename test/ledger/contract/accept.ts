import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  byEndpoint,
  cancelled,
  dueAt,
  GREEN,
  HOUR_MS,
  inFlight,
  LEASE_MS,
  openScene,
  RED,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

const KEY_LIFE_MS = 12 * HOUR_MS;

export function describeAccept(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: accept`, () => {
    it('keeps a message exactly as it was given', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({
        eventType: 'faktura.betald.åäö',
        eventId: 'evt 1',
        channels: ['eu', 'project:1'],
        tags: ['a', ''],
        payload: '{ "n": 1.0e+2,\n "text": "\\u0000 \\ud83d\\ude00 😀 \\"}" }',
        to: [RED],
      });
      assert.deepEqual(await scene.ledger.message(message.id), message);
    });

    it('keeps a payload of a mebibyte', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ payload: `"${'é'.repeat(524_286)}"`, to: [RED] });
      assert.deepEqual(await scene.ledger.message(message.id), message);
    });

    it('keeps an absent channel list apart from an empty one', async (t) => {
      const scene = await openScene(t, open);
      const absent = await scene.accept({});
      const empty = await scene.accept({ channels: [], tags: [] });
      assert.deepEqual(await scene.ledger.message(absent.id), absent);
      assert.deepEqual(await scene.ledger.message(empty.id), empty);
    });

    it('stores each planned delivery in its planned state', async (t) => {
      const scene = await openScene(t, open);
      const attemptId = scene.nextId();
      const message = await scene.accept({
        to: [
          dueAt(RED, START + 5000),
          inFlight(BLUE, attemptId, START + LEASE_MS),
          cancelled(GREEN),
        ],
      });
      const common = { messageId: message.id, appId: ACME, reason: null, actId: null };
      assert.deepEqual((await scene.ledger.deliveriesOf(message.id)).toSorted(byEndpoint), [
        {
          ...common,
          endpointId: RED,
          state: 'scheduled',
          attempts: 0,
          dueAt: START + 5000,
          attemptId: null,
        },
        {
          ...common,
          endpointId: BLUE,
          state: 'in_flight',
          attempts: 1,
          dueAt: START + LEASE_MS,
          attemptId,
        },
        {
          ...common,
          endpointId: GREEN,
          state: 'cancelled',
          attempts: 0,
          dueAt: null,
          attemptId: null,
          reason: 'endpoint_disabled',
        },
      ]);
    });

    it('records a message that no endpoint matched', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [] });
      assert.deepEqual((await scene.ledger.message(message.id))?.matched, []);
      assert.deepEqual(await scene.ledger.deliveriesOf(message.id), []);
      await scene.assertAuditClean();
    });

    it('knows no message that was never accepted', async (t) => {
      const scene = await openScene(t, open);
      assert.equal(await scene.ledger.message(scene.nextId()), null);
    });

    for (const [what, identity, field] of [
      ['event id', { eventId: 'order-1' }, 'eventId'],
      ['idempotency key', { idempotencyKey: 'key-1' }, 'idempotency-key'],
    ] as const) {
      it(`answers a repeated ${what} with the first message and stores nothing`, async (t) => {
        const scene = await openScene(t, open);
        const first = await scene.accept({ ...identity, to: [RED] });
        const second = scene.compose({ ...identity, to: [RED, BLUE] });
        assert.deepEqual(await scene.ledger.accept(second), {
          kind: 'repeated',
          messageId: first.id,
        });
        assert.equal(await scene.ledger.message(second.message.id), null);
        assert.deepEqual(await scene.ledger.deliveriesOf(second.message.id), []);
        assert.equal((await scene.claim(BLUE)).claims.length, 0);
        await scene.assertAuditClean();
      });

      it(`refuses a repeated ${what} with another content and stores nothing`, async (t) => {
        const scene = await openScene(t, open);
        await scene.accept({ ...identity, to: [RED] });
        const second = scene.compose({ ...identity, contentHash: 'another content', to: [RED] });
        assert.deepEqual(await scene.ledger.accept(second), { kind: 'conflict', field });
        assert.equal(await scene.ledger.message(second.message.id), null);
        assert.equal((await scene.claim(RED)).claims.length, 1);
      });

      it(`accepts one of many messages with the same ${what} that arrive together`, async (t) => {
        const scene = await openScene(t, open);
        const rivals = Array.from({ length: 20 }, () => scene.compose({ ...identity, to: [RED] }));
        const results = await Promise.all(rivals.map((rival) => scene.ledger.accept(rival)));
        const accepted = rivals.filter((_, index) => results[index]?.kind === 'accepted');
        assert.equal(accepted.length, 1);
        const [winner] = accepted;
        assert.equal(
          results.filter(
            (result) => result.kind === 'repeated' && result.messageId === winner?.message.id,
          ).length,
          rivals.length - 1,
        );
        assert.equal((await scene.claim(RED)).claims.length, 1);
      });

      it(`refuses a conflict of ${what} among messages that arrive together`, async (t) => {
        const scene = await openScene(t, open);
        const first = scene.compose({ ...identity, to: [RED] });
        const second = scene.compose({ ...identity, contentHash: 'another content', to: [RED] });
        assert.deepEqual(
          await Promise.all([scene.ledger.accept(first), scene.ledger.accept(second)]),
          [{ kind: 'accepted' }, { kind: 'conflict', field }],
        );
      });
    }

    it('lets two applications use the same event id', async (t) => {
      const scene = await openScene(t, open);
      const one = await scene.accept({ appId: ACME, eventId: 'order-1' });
      const other = await scene.accept({ appId: UMBRA, eventId: 'order-1' });
      const repeated = await scene.ledger.accept(
        scene.compose({ appId: UMBRA, eventId: 'order-1' }),
      );
      assert.notEqual(one.id, other.id);
      assert.deepEqual(repeated, { kind: 'repeated', messageId: other.id });
    });

    it('finds a message by its event id, within its application', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ eventId: 'order-1', to: [RED] });
      const request = { appId: ACME, eventId: 'order-1' };
      assert.deepEqual(await scene.ledger.messageByEventId(request), message);
      assert.equal(await scene.ledger.messageByEventId({ ...request, appId: UMBRA }), null);
      assert.equal(await scene.ledger.messageByEventId({ ...request, eventId: 'order-2' }), null);
    });

    it('forgets an idempotency key after twelve hours, not before', async (t) => {
      const scene = await openScene(t, open);
      const first = await scene.accept({ idempotencyKey: 'key-1' });
      scene.move(KEY_LIFE_MS - 1);
      assert.deepEqual(await scene.ledger.accept(scene.compose({ idempotencyKey: 'key-1' })), {
        kind: 'repeated',
        messageId: first.id,
      });
      scene.move(2);
      const second = await scene.accept({ idempotencyKey: 'key-1', contentHash: 'new content' });
      scene.move(KEY_LIFE_MS - 1);
      assert.deepEqual(
        await scene.ledger.accept(
          scene.compose({ idempotencyKey: 'key-1', contentHash: 'new content' }),
        ),
        { kind: 'repeated', messageId: second.id },
      );
    });

    it('keeps an idempotency key while others come and expire', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 10; count += 1) {
        await scene.accept({ idempotencyKey: `old-${count}` });
      }
      scene.move(KEY_LIFE_MS - 1000);
      const message = await scene.accept({ idempotencyKey: 'key-1' });
      for (let count = 0; count < 10; count += 1) {
        scene.move(200);
        await scene.accept({ idempotencyKey: `new-${count}` });
      }
      assert.deepEqual(await scene.ledger.accept(scene.compose({ idempotencyKey: 'key-1' })), {
        kind: 'repeated',
        messageId: message.id,
      });
    });

    it('remembers an event id for as long as the message is there', async (t) => {
      const scene = await openScene(t, open);
      const first = await scene.accept({ eventId: 'order-1' });
      scene.move(90 * 24 * HOUR_MS);
      assert.deepEqual(await scene.ledger.accept(scene.compose({ eventId: 'order-1' })), {
        kind: 'repeated',
        messageId: first.id,
      });
    });

    it('does not take a key for seen when the message that bore it was refused', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ eventId: 'order-1' });
      const refused = scene.compose({
        eventId: 'order-1',
        idempotencyKey: 'key-1',
        contentHash: 'another content',
      });
      assert.equal((await scene.ledger.accept(refused)).kind, 'conflict');
      await scene.accept({ idempotencyKey: 'key-1', contentHash: 'a third content' });
    });

    it('refuses a message id that is taken and leaves the first message alone', async (t) => {
      const scene = await openScene(t, open);
      const first = await scene.accept({ payload: '"first"', to: [RED] });
      await assert.rejects(
        scene.ledger.accept(scene.compose({ id: first.id, payload: '"second"', to: [BLUE] })),
      );
      assert.deepEqual(await scene.ledger.message(first.id), first);
      assert.equal((await scene.ledger.deliveriesOf(first.id)).length, 1);
      await scene.assertAuditClean();
    });

    it('stores nothing of a message whose deliveries cannot be stored', async (t) => {
      const scene = await openScene(t, open);
      const twice = scene.compose({ eventId: 'order-1', idempotencyKey: 'key-1', to: [RED, RED] });
      await assert.rejects(scene.ledger.accept(twice));
      assert.equal(await scene.ledger.message(twice.message.id), null);
      assert.deepEqual(await scene.ledger.deliveriesOf(twice.message.id), []);
      await scene.accept({ eventId: 'order-1', contentHash: 'another content' });
      await scene.accept({ idempotencyKey: 'key-1', contentHash: 'another content' });
    });

    it('accepts several at once, each with its own result', async (t) => {
      const scene = await openScene(t, open);
      const first = await scene.accept({ eventId: 'order-1' });
      const batch = [
        scene.compose({ eventId: 'order-1', to: [RED] }),
        scene.compose({ eventId: 'order-2', to: [RED] }),
        scene.compose({ eventId: 'order-2', to: [RED] }),
        scene.compose({ eventId: 'order-2', contentHash: 'another content', to: [RED] }),
        scene.compose({ to: [RED] }),
      ];
      assert.deepEqual(await scene.ledger.acceptAll(batch), [
        { kind: 'repeated', messageId: first.id },
        { kind: 'accepted' },
        { kind: 'repeated', messageId: batch[1]?.message.id },
        { kind: 'conflict', field: 'eventId' },
        { kind: 'accepted' },
      ]);
      assert.equal((await scene.claim(RED)).claims.length, 2);
      assert.deepEqual(await scene.ledger.acceptAll([]), []);
      await scene.assertAuditClean();
    });

    it('stores none of several where one cannot be stored', async (t) => {
      const scene = await openScene(t, open);
      const batch = [scene.compose({ to: [RED] }), scene.compose({ to: [BLUE, BLUE] })];
      await assert.rejects(scene.ledger.acceptAll(batch));
      for (const { message } of batch) assert.equal(await scene.ledger.message(message.id), null);
      assert.deepEqual(await scene.ledger.lanes({}), []);
    });
  });
}
