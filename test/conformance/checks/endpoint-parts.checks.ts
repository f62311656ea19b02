import assert from 'node:assert/strict';
import type { EndpointHeadersPatchIn } from 'svix';
import type { Checks } from '../checks.ts';
import { inTurn } from '../in-turn.ts';
import { answers, refuses } from '../world.ts';
import { verified } from '../delivered.ts';

const asPatch = (headers: object): EndpointHeadersPatchIn =>
  ({ headers }) as EndpointHeadersPatchIn;

/** An endpoint's headers and secret. */
export const endpointPartsChecks = {
  'v1.endpoint.get-headers': {
    'is empty where there are none': async ({ svix, application, endpoint }) => {
      const app = await application();
      const { uid } = await endpoint(app.id);
      const got = await svix.endpoint.getHeaders(app.uid, uid);
      assert.deepEqual(got, { headers: {}, sensitive: [] });
    },
    'names the sensitive ones and keeps their values': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      const headers = { 'X-Team': 'payments', Authorization: 'Bearer x', 'x-auth-token': 'y' };
      await svix.endpoint.setHeaders(appId, id, { headers });
      const got = await svix.endpoint.getHeaders(appId, id);
      assert.deepEqual(got.headers, { 'X-Team': 'payments' });
      assert.deepEqual(got.sensitive.toSorted(), ['Authorization', 'x-auth-token']);
    },
  },

  'v1.endpoint.update-headers': {
    'replaces all of them, and requests carry them': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      await svix.endpoint.setHeaders(appId, id, { headers: { 'X-Old': '1' } });
      const headers = { 'X-Team': 'payments', Authorization: 'Bearer x' };
      await answers(world, 204, svix.endpoint.setHeaders(appId, id, { headers }));
      await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      const [got] = await receiver.at(path, 1);
      assert.equal(got?.headers['x-team'], 'payments');
      assert.equal(got?.headers.authorization, 'Bearer x');
      assert.equal(got?.headers['x-old'], undefined);
    },
  },

  'v1.endpoint.patch-headers': {
    'keeps what is absent and removes what is null': async (world) => {
      const { svix, application, endpoint } = world;
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      await svix.endpoint.setHeaders(appId, id, { headers: { 'X-A': '1', 'X-B': '2' } });
      const change = asPatch({ 'X-B': null, 'X-C': '3', 'X-Unknown': null });
      await answers(world, 204, svix.endpoint.patchHeaders(appId, id, change));
      const { headers } = await svix.endpoint.getHeaders(appId, id);
      assert.deepEqual(headers, { 'X-A': '1', 'X-C': '3' });
    },
    'removes what deleteHeaders names, as newer clients do': async (world) => {
      const { svix, application, endpoint } = world;
      const { id: appId } = await application();
      const { id } = await endpoint(appId, { headers: { 'X-A': '1', 'X-B': '2' } });
      const change = { headers: { 'X-C': '3' }, deleteHeaders: ['x-b'] };
      await answers(world, 204, svix.endpoint.patchHeaders(appId, id, change));
      const { headers } = await svix.endpoint.getHeaders(appId, id);
      assert.deepEqual(headers, { 'X-A': '1', 'X-C': '3' });
    },
  },

  'v1.endpoint.get-secret': {
    'gives each endpoint its own': async ({ svix, application, endpoint }) => {
      const app = await application();
      const [one, other] = [await endpoint(app.id), await endpoint(app.id)];
      const { key } = await svix.endpoint.getSecret(app.uid, one.uid);
      assert.notEqual(key, (await svix.endpoint.getSecret(app.id, other.id)).key);
    },
  },

  'v1.endpoint.rotate-secret': {
    'makes a new secret and signs with both for a while': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      const before = await svix.endpoint.getSecret(appId, id);
      await answers(world, 204, svix.endpoint.rotateSecret(appId, id, {}));
      const after = await svix.endpoint.getSecret(appId, id);
      assert.notEqual(after.key, before.key);
      await svix.message.create(appId, { eventType: 'any.type', payload: { n: 1 } });
      const [got] = await receiver.at(path, 1);
      verified(got, before.key);
      verified(got, after.key);
    },
    'without grace ends the old secret at once': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      const { key } = await svix.endpoint.getSecret(appId, id);
      await svix.endpoint.rotateSecret(appId, id, { gracePeriodSeconds: 0 });
      await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      const [got] = await receiver.at(path, 1);
      assert.throws(() => verified(got, key), /No matching signature/);
      verified(got, (await svix.endpoint.getSecret(appId, id)).key);
    },
    'takes the secret that is given': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      const key = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
      await svix.endpoint.rotateSecret(appId, id, { key });
      assert.equal((await svix.endpoint.getSecret(appId, id)).key, key);
    },
    'keeps ten old secrets and refuses an eleventh': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const { id } = await endpoint(appId);
      await inTurn(10, () => svix.endpoint.rotateSecret(appId, id));
      await refuses(409, svix.endpoint.rotateSecret(appId, id));
    },
  },
} satisfies Checks;
