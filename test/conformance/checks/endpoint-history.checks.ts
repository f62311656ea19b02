import assert from 'node:assert/strict';
import type { Checks } from '../checks.ts';
import { isRecord } from '../shape.ts';
import { payloadOf, endsAs } from '../delivered.ts';
import { answers, ATTEMPTS, refuses } from '../world.ts';
import { soon } from '../soon.ts';

const anHourAgo = () => new Date(Date.now() - 3_600_000);

/** What was sent to an endpoint, counted and sent again. */
export const endpointHistoryChecks = {
  'v1.endpoint.get-stats': {
    'counts what was delivered and what failed': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const app = await application();
      const { id, uid, path } = await endpoint(app.id);
      const send = () => svix.message.create(app.id, { eventType: 'any.type', payload: {} });
      await send();
      await receiver.at(path, 1);
      receiver.answerWith(path, 500);
      await send();
      const stats = await soon(async () => {
        const counted = await svix.endpoint.getStats(app.uid, uid);
        return counted.success === 1 && counted.fail === 1 && counted;
      }, 'one success and one fail to be counted');
      assert.deepEqual([stats.pending, stats.sending, stats.canceled], [0, 0, 0]);
      const since = new Date(Date.now() - 7_200_000);
      const before = await svix.endpoint.getStats(app.id, id, { since, until: anHourAgo() });
      assert.deepEqual([before.success, before.fail], [0, 0]);
    },
  },

  'v1.endpoint.recover': {
    'sends again what failed since, and nothing else': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      await receiver.at(path, 1);
      receiver.answerWith(path, 500);
      const failed = await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      await endsAs(world, appId, failed.id, 'fail');
      receiver.answerWith(path, 200);
      const task = await answers(
        world,
        202,
        svix.endpoint.recover(appId, id, { since: anHourAgo() }),
      );
      assert.deepEqual([task.status, task.task], ['running', 'endpoint.recover']);
      await endsAs(world, appId, failed.id, 'success');
      const got = await receiver.at(path, 1 + ATTEMPTS + 1);
      assert.equal(got.at(-1)?.headers['webhook-id'], failed.id);
      assert.equal(got.length, 1 + ATTEMPTS + 1);
    },
    'sends what was missed while the endpoint was disabled': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId, { disabled: true });
      const missed = await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      await svix.endpoint.patch(appId, id, { disabled: false });
      await svix.endpoint.recover(appId, id, { since: anHourAgo() });
      const [got] = await receiver.at(path, 1);
      assert.equal(got?.headers['webhook-id'], missed.id);
    },
    'leaves alone what lies outside its time': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId, { disabled: true });
      await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      await svix.endpoint.patch(appId, id, { disabled: false });
      const since = new Date(Date.now() - 7_200_000);
      await svix.endpoint.recover(appId, id, { since, until: anHourAgo() });
      const marker = await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      const [got] = await receiver.at(path, 1);
      assert.equal(got?.headers['webhook-id'], marker.id);
    },
  },

  'v1.endpoint.send-example': {
    'sends an example to this endpoint alone and answers with it': async (world) => {
      const { svix, application, endpoint, receiver, unique } = world;
      const app = await application();
      const [one, other] = [await endpoint(app.id), await endpoint(app.id)];
      const name = unique('type');
      const example = { id: 'in_7', amount: 10 };
      const schemas = { 1: { type: 'object', examples: [example] } };
      await svix.eventType.create({ name, description: '', schemas });
      const sent = svix.endpoint.sendExample(app.uid, one.uid, { eventType: name });
      const message = await answers(world, 200, sent);
      const [got] = await receiver.at(one.path, 1);
      assert.deepEqual(payloadOf(got), example);
      assert.deepEqual(message.payload, example);
      assert.equal(got?.headers['webhook-id'], message.id);
      assert.equal(receiver.countAt(other.path), 0);
      assert.equal((await svix.message.get(app.id, message.id)).eventType, name);
    },
    'knows svix.ping without a definition': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      await svix.endpoint.sendExample(appId, id, { eventType: 'svix.ping' });
      const [got] = await receiver.at(path, 1);
      assert.deepEqual(payloadOf(got), { success: true });
    },
    'makes an example where the schema has none': async (world) => {
      const { svix, application, endpoint, unique } = world;
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      const name = unique('type');
      const schemas = { 1: { type: 'object', properties: { amount: { type: 'integer' } } } };
      await svix.eventType.create({ name, description: '', schemas });
      const { payload } = await svix.endpoint.sendExample(appId, id, { eventType: name });
      assert.ok(isRecord(payload) && Number.isInteger(payload.amount), JSON.stringify(payload));
    },
    'does not know an event type that there is not': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      await refuses(404, svix.endpoint.sendExample(appId, id, { eventType: 'no.such.type' }));
    },
  },
} satisfies Checks;
