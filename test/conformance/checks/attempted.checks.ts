import assert from 'node:assert/strict';
import type { Checks } from '../checks.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { ended, waiting } from '../scenes.ts';
import { soon } from '../soon.ts';

const eventType = 'invoice.paid';

/** Which messages went to an endpoint, and to which endpoints a message went. */
export const attemptedChecks = {
  'v1.message-attempt.list-attempted-messages': {
    'goes page by page, the newest first': async (world) => {
      const { svix, application, endpoint } = world;
      const app = await application();
      const to = await endpoint(app.id);
      const sent = await inTurn(5, () => svix.message.create(app.id, { eventType, payload: {} }));
      const list = (ask: object) => svix.messageAttempt.listAttemptedMessages(app.uid, to.uid, ask);
      await soon(async () => (await list({ status: 0 })).data.length === 5, 'five deliveries');
      await walksPages(list, ({ id }) => id, sent.map(({ id }) => id).toReversed());
    },
    'filters by status, event type, channel, tag and time': async (world) => {
      const { svix } = world;
      const { app, to, failed, delivered } = await ended(world);
      const find = async (filter: object) =>
        (await svix.messageAttempt.listAttemptedMessages(app.id, to.id, filter)).data.map(
          ({ id }) => id,
        );
      const byStatus = await inTurn(4, (status) => find({ status }));
      assert.deepEqual(byStatus, [[delivered], [], [failed], []]);
      assert.deepEqual(await find({ eventTypes: [eventType] }), [failed]);
      assert.deepEqual(await find({ channel: 'gold' }), [delivered]);
      assert.deepEqual(await find({ tag: 'bad' }), [failed]);
      const soon = new Date(Date.now() + 60_000);
      assert.deepEqual(await find({ before: soon }), [delivered, failed]);
      assert.deepEqual(await find({ after: soon }), []);
    },
    'shows when the next attempt is due': async (world) => {
      const { svix } = world;
      const { appId, to, messageId } = await waiting(world);
      const list = svix.messageAttempt.listAttemptedMessages(appId, to.id, { status: 3 });
      const [message] = (await list).data;
      assert.deepEqual([message?.id, message?.statusText], [messageId, 'sending']);
      assert.ok(Number(message?.nextAttempt) > Date.now() + 30_000, 'the next attempt is far off');
    },
    'shows payloads unless with_content is false': async (world) => {
      const { svix } = world;
      const { app, to } = await ended(world);
      const first = async (withContent: boolean) =>
        (await svix.messageAttempt.listAttemptedMessages(app.id, to.id, { withContent })).data[0];
      assert.deepEqual((await first(true))?.payload, { n: 1 });
      assert.deepEqual((await first(false))?.payload, {});
    },
  },

  'v1.message-attempt.list-attempted-destinations': {
    'goes page by page, the oldest endpoint first': async (world) => {
      const { svix, application, endpoint, unique } = world;
      const app = await application();
      const ids = await inTurn(5, async () => (await endpoint(app.id)).id);
      const eventId = unique('event');
      await svix.message.create(app.id, { eventType, eventId, payload: {} });
      const list = (ask: object) =>
        svix.messageAttempt.listAttemptedDestinations(app.uid, eventId, ask);
      await walksPages(list, ({ id }) => id, ids);
    },
    'shows the status at each endpoint': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const [good, bad] = [await endpoint(appId), await endpoint(appId)];
      receiver.answerWith(bad.path, 400);
      const { id } = await svix.message.create(appId, { eventType, payload: {} });
      const seen = await soon(async () => {
        const { data } = await svix.messageAttempt.listAttemptedDestinations(appId, id);
        return data.every(({ statusText }) => ['success', 'fail'].includes(statusText)) && data;
      }, 'both to end');
      assert.deepEqual(
        seen.map(({ id, uid, url, status, statusText }) => ({ id, uid, url, status, statusText })),
        [
          { id: good.id, uid: good.uid, url: good.url, status: 0, statusText: 'success' },
          { id: bad.id, uid: bad.uid, url: bad.url, status: 2, statusText: 'fail' },
        ],
      );
    },
    'shows when the next attempt is due': async (world) => {
      const { appId, messageId } = await waiting(world);
      const { data } = await world.svix.messageAttempt.listAttemptedDestinations(appId, messageId);
      assert.ok(Number(data[0]?.nextAttempt) > Date.now() + 30_000, 'the next attempt is far off');
    },
    'shows one that was never attempted': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const to = await endpoint(appId, { disabled: true });
      const { id } = await svix.message.create(appId, { eventType, payload: {} });
      const { data } = await svix.messageAttempt.listAttemptedDestinations(appId, id);
      assert.deepEqual(
        data.map(({ id, status, nextAttempt }) => [id, status, nextAttempt]),
        [[to.id, 2, null]],
      );
    },
    'keeps an endpoint that was deleted': async (world) => {
      const { svix } = world;
      const { app, to, delivered } = await ended(world);
      await svix.endpoint.delete(app.id, to.id);
      const { data } = await svix.messageAttempt.listAttemptedDestinations(app.id, delivered);
      assert.deepEqual(
        data.map(({ id, url, status }) => [id, url, status]),
        [[to.id, to.url, 0]],
      );
    },
  },
} satisfies Checks;
