import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttemptFilter, MessageFilter } from '../../../src/ledger/contract/messages.ts';
import type { DeliveryState, Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  dueAt,
  HOUR_MS,
  openScene,
  RED,
  START,
  type Plan,
  type Scene,
  type StoredMessage,
} from '../../support/ledger-scene.ts';

const page = { limit: 100, descending: false } as const;

/** Four messages that differ in all a filter can ask for; the last is delivered. */
async function tell(scene: Scene): Promise<readonly StoredMessage[]> {
  const plans: readonly (Plan & { readonly status: number | null })[] = [
    { eventType: 'a', channels: ['eu', 'x'], tags: ['t'], status: 503 },
    { eventType: 'b', channels: ['eu'], status: 404 },
    { eventType: 'a.b', tags: ['t', 'u'], status: null },
    { eventType: 'a', channels: [], status: 200 },
  ];
  const messages = [];
  for (const { status, ...plan } of plans) {
    const message = await scene.accept({ ...plan, to: [RED] });
    const claim = await scene.claimOne(RED);
    await scene.settle(claim, {
      state: status === 200 ? 'delivered' : 'dead',
      statusCode: status,
      outcome: status === 200 ? 'delivered' : status === null ? 'timeout' : 'server_error',
    });
    messages.push(message);
    scene.move(1000);
  }
  return messages;
}

export function describeHistory(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: history`, () => {
    it('selects messages by type, channel, tag and span', async (t) => {
      const scene = await openScene(t, open);
      const messages = await tell(scene);
      const [first, second, third, fourth] = messages;
      const cases: readonly (readonly [MessageFilter, readonly (StoredMessage | undefined)[]])[] = [
        [{}, messages],
        [{ eventTypes: ['a'] }, [first, fourth]],
        [{ eventTypes: ['a.b', 'b'] }, [second, third]],
        [{ eventTypes: [] }, []],
        [{ channel: 'eu' }, [first, second]],
        [{ channel: 'e' }, []],
        [{ tag: 't' }, [first, third]],
        [{ tag: 't', channel: 'x', eventTypes: ['a'] }, [first]],
        [{ fromId: second?.id }, [second, third, fourth]],
        [{ beforeId: second?.id }, [first]],
        [{ fromId: second?.id, beforeId: fourth?.id, tag: 'u' }, [third]],
      ];
      for (const [filter, expected] of cases) {
        const found = await scene.ledger.messages({ appId: ACME, filter, ...page });
        assert.deepEqual(found, expected, JSON.stringify(filter));
      }
    });

    it('selects attempts to an endpoint by outcome, status, span and message', async (t) => {
      const scene = await openScene(t, open);
      await tell(scene);
      const attempts = await scene.ledger.attemptsTo({ endpointId: RED, ...page });
      const [first, second, third, fourth] = attempts;
      assert.equal(attempts.length, 4);
      const cases: readonly (readonly [AttemptFilter, readonly unknown[]])[] = [
        [{ isDelivered: true }, [fourth]],
        [{ isDelivered: false }, [first, second, third]],
        [{ codeClass: 400 }, [second]],
        [{ codeClass: 500 }, [first]],
        [{ codeClass: 100 }, []],
        [{ codeClass: 0 }, [third]],
        [{ eventTypes: ['a'], isDelivered: false }, [first]],
        [{ channel: 'eu' }, [first, second]],
        [{ tag: 'u', codeClass: 0 }, [third]],
        [{ fromId: second?.id, beforeId: fourth?.id }, [second, third]],
      ];
      for (const [filter, expected] of cases) {
        const found = await scene.ledger.attemptsTo({ endpointId: RED, filter, ...page });
        assert.deepEqual(found, expected, JSON.stringify(filter));
      }
    });

    it('lists the messages attempted at an endpoint once, by their first attempt', async (t) => {
      const scene = await openScene(t, open);
      // The first message accepted is the second one attempted.
      const late = await scene.accept({ to: [dueAt(RED, START + HOUR_MS)] });
      const early = await scene.accept({ eventType: 'order.lost', to: [RED] });
      await scene.accept({ to: [dueAt(RED, START + 9 * HOUR_MS)] });
      await scene.deadLetter(BLUE);
      await scene.settle(await scene.claimOne(RED), { state: 'scheduled', dueAt: START });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      scene.move(HOUR_MS);
      await scene.settle(await scene.claimOne(RED), { state: 'dead' });
      const list = async (
        parts: Partial<Parameters<Ledger['attemptedMessages']>[0]>,
      ): Promise<readonly number[]> =>
        (
          await scene.ledger.attemptedMessages({ endpointId: RED, filter: {}, ...page, ...parts })
        ).map(({ message }) => message.id);
      assert.deepEqual(await list({}), [early.id, late.id]);
      assert.deepEqual(await list({ descending: true }), [late.id, early.id]);
      assert.deepEqual(await list({ descending: true, limit: 1 }), [late.id]);
      assert.deepEqual(await list({ descending: true, afterId: late.id }), [early.id]);
      assert.deepEqual(await list({ afterId: early.id }), [late.id]);
      assert.deepEqual(await list({ filter: { states: ['dead'] } }), [late.id]);
      assert.deepEqual(await list({ filter: { eventTypes: ['order.lost'] } }), [early.id]);
      assert.deepEqual(await list({ filter: { beforeId: early.id } }), [late.id]);
      const [first] = await scene.ledger.attemptedMessages({
        endpointId: RED,
        filter: {},
        ...page,
      });
      assert.deepEqual(first, { message: early, delivery: await scene.delivery(early.id, RED) });
    });

    it('counts the deliveries of an endpoint in every state, within a span', async (t) => {
      const scene = await openScene(t, open);
      const before = await scene.accept({ to: [dueAt(RED, START + HOUR_MS)] });
      const first = await scene.accept({ to: [RED, BLUE] });
      await scene.settle(await scene.claimOne(RED), { state: 'scheduled', dueAt: START + HOUR_MS });
      await scene.deadLetter([RED, BLUE]);
      await scene.accept({ to: [RED] });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      await scene.accept({ to: [RED] });
      await scene.claimOne(RED);
      await scene.accept({ to: [cancelled(RED)] });
      await scene.accept({ to: [dueAt(RED, START + HOUR_MS)] });
      const count = (
        fromId: number,
        beforeId: number,
      ): Promise<Readonly<Record<DeliveryState, number>>> =>
        scene.ledger.endpointStats({ endpointId: RED, fromId, beforeId });
      assert.deepEqual(await count(first.id, Number.MAX_SAFE_INTEGER), {
        scheduled: 2,
        in_flight: 1,
        delivered: 1,
        dead: 1,
        cancelled: 1,
      });
      const none = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
      assert.deepEqual(await count(0, first.id), { ...none, scheduled: 1 });
      assert.deepEqual(await count(0, before.id), none);
    });
  });
}
