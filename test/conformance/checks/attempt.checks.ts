import assert from 'node:assert/strict';
import type { Checks } from '../checks.ts';
import { endsAs } from '../delivered.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { ended } from '../scenes.ts';
import { soon } from '../soon.ts';
import { answers, ATTEMPTS, refuses } from '../world.ts';

const eventType = 'invoice.paid';

export const attemptChecks = {
  'v1.message-attempt.list-by-msg': {
    'lists each attempt, the newest first, with the response': async (world) => {
      const { svix } = world;
      const { app, to, failed } = await ended(world);
      const { data } = await svix.messageAttempt.listByMsg(app.uid, failed, { withContent: true });
      assert.equal(data.length, ATTEMPTS);
      const [last] = data;
      assert.deepEqual(
        [last?.status, last?.statusText, last?.responseStatusCode, last?.response],
        [2, 'fail', 500, 'answer 500'],
      );
      assert.deepEqual(
        [last?.msgId, last?.endpointId, last?.url, last?.triggerType],
        [failed, to.id, to.url, 0],
      );
      const ids = data.map(({ id }) => id);
      assert.deepEqual(ids, ids.toSorted().toReversed());
      const [bare] = (await svix.messageAttempt.listByMsg(app.id, failed)).data;
      assert.equal(bare?.response, '{}');
    },
    'goes page by page': async (world) => {
      const { svix, application, endpoint } = world;
      const { id: appId } = await application();
      await inTurn(5, () => endpoint(appId));
      const message = await svix.message.create(appId, { eventType, payload: {} });
      const ids = await soon(async () => {
        const { data } = await svix.messageAttempt.listByMsg(appId, message.id);
        return data.length === 5 && data.map(({ id }) => id);
      }, 'five attempts');
      const list = (ask: object) => svix.messageAttempt.listByMsg(appId, message.id, ask);
      await walksPages(list, ({ id }) => id, ids);
    },
    'filters by endpoint, status, class, event type, channel, tag and time': async (world) => {
      const { svix, endpoint } = world;
      const { app, to, failed, delivered } = await ended(world);
      const other = await endpoint(app.id);
      const count = async (filter: object, message = failed) =>
        (await svix.messageAttempt.listByMsg(app.id, message, filter)).data.length;
      assert.equal(await count({ endpointId: to.uid }), ATTEMPTS);
      assert.equal(await count({ endpointId: other.id }), 0);
      await refuses(404, svix.messageAttempt.listByMsg(app.id, failed, { endpointId: 'nobody' }));
      assert.deepEqual(
        [await count({ status: 2 }), await count({ status: 0 }), await count({ status: 3 })],
        [ATTEMPTS, 0, 0],
      );
      assert.deepEqual(
        [await count({ statusCodeClass: 500 }), await count({ statusCodeClass: 200 })],
        [ATTEMPTS, 0],
      );
      assert.deepEqual(
        [await count({ eventTypes: [eventType] }), await count({ eventTypes: ['other.type'] })],
        [ATTEMPTS, 0],
      );
      assert.deepEqual([await count({ tag: 'bad' }), await count({ tag: 'good' })], [ATTEMPTS, 0]);
      assert.equal(await count({ channel: 'gold' }), 0);
      assert.equal(await count({ channel: 'gold' }, delivered), 1);
      const soon = new Date(Date.now() + 60_000);
      assert.deepEqual(
        [await count({ before: soon }), await count({ after: soon })],
        [ATTEMPTS, 0],
      );
    },
    'shows an attempt without an answer as code 0': async (world) => {
      const { svix, application } = world;
      const { id: appId } = await application();
      await svix.endpoint.create(appId, { url: 'http://127.0.0.1:1/' });
      const { id } = await svix.message.create(appId, { eventType, payload: {} });
      const [attempt] = await soon(async () => {
        const { data } = await svix.messageAttempt.listByMsg(appId, id, { statusCodeClass: 0 });
        return data.length > 0 && data;
      }, 'an attempt without an answer');
      assert.deepEqual([attempt?.responseStatusCode, attempt?.status], [0, 2]);
    },
  },

  'v1.message-attempt.list-by-endpoint': {
    'goes page by page, the newest first': async (world) => {
      const { svix, application, endpoint } = world;
      const app = await application();
      const to = await endpoint(app.id);
      await inTurn(5, () => svix.message.create(app.id, { eventType, payload: {} }));
      const list = (ask: object) => svix.messageAttempt.listByEndpoint(app.uid, to.uid, ask);
      const ids = await soon(async () => {
        const { data } = await list({});
        return data.length === 5 && data.map(({ id }) => id);
      }, 'five attempts');
      assert.deepEqual(ids, ids.toSorted().toReversed());
      await walksPages(list, ({ id }) => id, ids);
    },
    'filters by status, class, event type, channel, tag and time': async (world) => {
      const { svix } = world;
      const { app, to } = await ended(world);
      const count = async (filter: object) =>
        (await svix.messageAttempt.listByEndpoint(app.id, to.id, filter)).data.length;
      assert.equal(await count({}), ATTEMPTS + 1);
      assert.deepEqual(await inTurn(4, (status) => count({ status })), [1, 0, ATTEMPTS, 0]);
      assert.deepEqual(
        [await count({ statusCodeClass: 500 }), await count({ statusCodeClass: 200 })],
        [ATTEMPTS, 1],
      );
      assert.equal(await count({ statusCodeClass: 0 }), 0);
      assert.equal(await count({ eventTypes: ['invoice.refunded'] }), 1);
      assert.equal(await count({ eventTypes: ['invoice.refunded', eventType] }), ATTEMPTS + 1);
      assert.equal(await count({ channel: 'gold' }), 1);
      assert.equal(await count({ tag: 'bad' }), ATTEMPTS);
      assert.equal(await count({ status: 0, tag: 'bad' }), 0, 'filters add up');
      const soon = new Date(Date.now() + 60_000);
      assert.equal(await count({ before: soon }), ATTEMPTS + 1);
      assert.equal(await count({ after: soon }), 0);
    },
    'shows responses unless with_content is false': async (world) => {
      const { svix } = world;
      const { app, to } = await ended(world);
      const first = async (withContent: boolean) =>
        (await svix.messageAttempt.listByEndpoint(app.id, to.id, { withContent })).data[0];
      assert.equal((await first(true))?.response, 'answer 200');
      assert.equal((await first(false))?.response, '{}');
    },
  },

  'v1.message-attempt.get': {
    'finds an attempt of the message, and of no other': async (world) => {
      const { svix } = world;
      const { app, failed, delivered } = await ended(world);
      const [attempt] = (await svix.messageAttempt.listByMsg(app.id, delivered)).data;
      const id = attempt?.id ?? '';
      const got = await svix.messageAttempt.get(app.uid, delivered, id);
      assert.deepEqual([got.id, got.response, got.responseStatusCode], [id, 'answer 200', 200]);
      await refuses(404, svix.messageAttempt.get(app.id, failed, id));
    },
  },

  'v1.message-attempt.expunge-content': {
    'removes the response for good, as often as it is asked': async (world) => {
      const { svix } = world;
      const { app, delivered } = await ended(world);
      const [attempt] = (await svix.messageAttempt.listByMsg(app.id, delivered)).data;
      const id = attempt?.id ?? '';
      await answers(world, 204, svix.messageAttempt.expungeContent(app.uid, delivered, id));
      await answers(world, 204, svix.messageAttempt.expungeContent(app.id, delivered, id));
      assert.equal((await svix.messageAttempt.get(app.id, delivered, id)).response, 'EXPUNGED');
    },
  },

  'v1.message-attempt.resend': {
    'sends again what failed, by hand': async (world) => {
      const { svix, receiver } = world;
      const { app, to, failed } = await ended(world);
      const before = receiver.countAt(to.path);
      await answers(world, 202, svix.messageAttempt.resend(app.uid, failed, to.uid));
      const got = await receiver.at(to.path, before + 1);
      assert.equal(got.at(-1)?.headers['webhook-id'], failed);
      await endsAs(world, app.id, failed, 'success');
      const [attempt] = (await svix.messageAttempt.listByMsg(app.id, failed)).data;
      assert.deepEqual([attempt?.triggerType, attempt?.status], [1, 0]);
    },
    'sends again what was delivered': async (world) => {
      const { svix, receiver } = world;
      const { app, to, delivered } = await ended(world);
      const before = receiver.countAt(to.path);
      await svix.messageAttempt.resend(app.id, delivered, to.id);
      await receiver.at(to.path, before + 1);
    },
    'sends to an endpoint that the message was not for': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id } = await svix.message.create(appId, { eventType, payload: { n: 1 } });
      const later = await endpoint(appId, { channels: ['other'] });
      await svix.messageAttempt.resend(appId, id, later.id);
      const [got] = await receiver.at(later.path, 1);
      assert.equal(got?.headers['webhook-id'], id);
    },
    'refuses a disabled endpoint with a sentence': async (world) => {
      const { svix } = world;
      const { app, to, failed } = await ended(world);
      await svix.endpoint.patch(app.id, to.id, { disabled: true });
      const { detail } = await refuses(409, svix.messageAttempt.resend(app.id, failed, to.id));
      assert.match(String(detail), /disabled/);
    },
    'is done once for one idempotency key': async (world) => {
      const { svix, receiver, unique } = world;
      const { app, to, failed } = await ended(world);
      const before = receiver.countAt(to.path);
      const options = { idempotencyKey: unique('key') };
      await svix.messageAttempt.resend(app.id, failed, to.id, options);
      await svix.messageAttempt.resend(app.id, failed, to.id, options);
      await endsAs(world, app.id, failed, 'success');
      assert.equal(receiver.countAt(to.path), before + 1);
    },
  },
} satisfies Checks;
