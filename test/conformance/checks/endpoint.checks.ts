import assert from 'node:assert/strict';
import { Ordering } from 'svix';
import type { Checks } from '../checks.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { soon } from '../soon.ts';
import { answers, refuses } from '../world.ts';

/** The types of the npm client forbid it, and its users send it all the same. */
const withNoMetadata: object = { metadata: null };
const url = 'https://example.com/webhook';

export const endpointChecks = {
  'v1.endpoint.create': {
    'answers 201 with what was given': async (world) => {
      const { svix, application, unique } = world;
      const { uid: appUid } = await application();
      const eventType = unique('type');
      await svix.eventType.create({ name: eventType, description: '' });
      const given = {
        url,
        uid: unique('endpoint'),
        description: 'Main',
        disabled: true,
        eventTypes: [eventType],
        channels: ['gold', 'silver'],
        metadata: { team: 'payments' },
        throttleRate: 9,
      };
      const created = await answers(world, 201, svix.endpoint.create(appUid, given));
      assert.partialDeepStrictEqual(created, given);
    },
    'fills in what is left out': async ({ svix, application }) => {
      const { id } = await application();
      const created = await svix.endpoint.create(id, { url: 'https://example.com' });
      assert.partialDeepStrictEqual(created, {
        url: 'https://example.com/',
        uid: null,
        description: '',
        disabled: false,
        eventTypes: null,
        channels: null,
        metadata: {},
        throttleRate: null,
      });
    },
    'takes null where a field may be empty': async (world) => {
      const { svix, application } = world;
      const { id } = await application();
      const nothing = { uid: null, eventTypes: null, channels: null, throttleRate: null };
      await answers(world, 201, svix.endpoint.create(id, { url, secret: null, ...nothing }));
    },
    'refuses a uid that is taken in the application, and only there': async (world) => {
      const { svix, application, endpoint } = world;
      const [one, other] = [await application(), await application()];
      const { uid } = await endpoint(one.id);
      await refuses(409, svix.endpoint.create(one.id, { url, uid }));
      await answers(world, 201, svix.endpoint.create(other.id, { url, uid }));
    },
    'takes a secret, with which the receiver verifies': async ({ svix, application }) => {
      const { id } = await application();
      const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
      const created = await svix.endpoint.create(id, { url, secret });
      assert.equal((await svix.endpoint.getSecret(id, created.id)).key, secret);
    },
    'refuses an archived event type in the filter': async ({ svix, application, unique }) => {
      const { id } = await application();
      const name = unique('type');
      await svix.eventType.create({ name, description: '', archived: true });
      await refuses(422, svix.endpoint.create(id, { url, eventTypes: [name] }));
    },
    'answers a repeated idempotency key with the first answer': async (world) => {
      const { svix, application, unique } = world;
      const { id } = await application();
      const options = { idempotencyKey: unique('key') };
      const first = await svix.endpoint.create(id, { url }, options);
      assert.deepEqual(await svix.endpoint.create(id, { url }, options), first);
      await refuses(409, svix.endpoint.create(id, { url, description: 'other' }, options));
      assert.equal((await svix.endpoint.list(id)).data.length, 1);
    },
  },

  'v1.endpoint.list': {
    'goes page by page, the newest first': async ({ svix, application }) => {
      const { id: appId, uid } = await application();
      const ids = await inTurn(5, async () => (await svix.endpoint.create(appId, { url })).id);
      const list = (ask: object) => svix.endpoint.list(uid, ask);
      await walksPages(list, ({ id }) => id, ids.toReversed());
      const ascending = (ask: object) =>
        svix.endpoint.list(appId, { ...ask, order: Ordering.Ascending });
      await walksPages(ascending, ({ id }) => id, ids);
    },
    'is empty and done where there are none': async ({ svix, application }) => {
      const { data, done, iterator } = await svix.endpoint.list((await application()).id);
      assert.deepEqual({ data, done, iterator }, { data: [], done: true, iterator: null });
    },
  },

  'v1.endpoint.get': {
    'finds by id and by uid': async ({ svix, application, endpoint }) => {
      const app = await application();
      const { id, uid } = await endpoint(app.id);
      assert.equal((await svix.endpoint.get(app.id, id)).uid, uid);
      assert.equal((await svix.endpoint.get(app.uid, uid)).id, id);
      await refuses(404, svix.endpoint.get(app.id, 'nobody'));
    },
    'shows one that answered 410 as disabled': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      receiver.answerWith(path, 410);
      await svix.message.create(appId, { eventType: 'any.type', payload: {} });
      await soon(async () => (await svix.endpoint.get(appId, id)).disabled, 'it to be disabled');
    },
    "does not find another application's": async ({ svix, application, endpoint }) => {
      const { id } = await endpoint((await application()).id);
      await refuses(404, svix.endpoint.get((await application()).id, id));
    },
  },

  'v1.endpoint.update': {
    'makes what is not there, 201, and drops the uid of the path': async (world) => {
      const { svix, application, unique } = world;
      const { id } = await application();
      const uid = unique('endpoint');
      const made = await answers(world, 201, svix.endpoint.upsert(id, uid, { url }));
      assert.equal(made.uid, null);
      await refuses(404, svix.endpoint.get(id, uid));
      assert.match((await svix.endpoint.getSecret(id, made.id)).key, /^whsec_/);
    },
    "makes nothing for another application's id": async ({ svix, application, endpoint }) => {
      const { id } = await endpoint((await application()).id);
      await refuses(404, svix.endpoint.upsert((await application()).id, id, { url }));
    },
    'replaces what is there, 200: enabled, its fields emptied, its secret and headers kept': async (
      world,
    ) => {
      const { svix, application, endpoint } = world;
      const app = await application();
      const { id, uid } = await endpoint(app.id, {
        description: 'Old',
        disabled: true,
        channels: ['gold'],
        metadata: { a: '1' },
        throttleRate: 3,
      });
      const headers = { 'X-Team': 'payments' };
      await svix.endpoint.setHeaders(app.id, id, { headers });
      const { key } = await svix.endpoint.getSecret(app.id, id);
      const put = await answers(world, 200, svix.endpoint.upsert(app.uid, uid, { url }));
      assert.deepEqual(
        [put.id, put.uid, put.url, put.description, put.disabled, put.channels, put.metadata],
        [id, null, url, '', false, null, {}],
      );
      assert.equal(put.throttleRate, null);
      assert.equal((await svix.endpoint.getSecret(app.id, id)).key, key);
      assert.deepEqual((await svix.endpoint.getHeaders(app.id, id)).headers, headers);
    },
    'refuses a uid that is taken with 409': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const [{ uid }, { id }] = [await endpoint(appId), await endpoint(appId)];
      await refuses(409, svix.endpoint.upsert(appId, id, { url, uid }));
      await refuses(409, svix.endpoint.upsert(appId, 'nobody', { url, uid }));
    },
  },

  patch_endpoint: {
    'keeps what is absent and empties what is null': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const given = { channels: ['gold'], metadata: { a: '1' }, throttleRate: 3, disabled: true };
      const { id, uid, url } = await endpoint(appId, given);
      const patched = await svix.endpoint.patch(appId, uid, { description: 'New' });
      assert.deepEqual(
        [patched.description, patched.uid, patched.url, patched.throttleRate, patched.disabled],
        ['New', uid, url, 3, true],
      );
      assert.deepEqual([patched.channels, patched.metadata], [['gold'], { a: '1' }]);
      const nothing = { uid: null, channels: null, eventTypes: null, throttleRate: null };
      const emptied = await svix.endpoint.patch(appId, id, nothing);
      const { channels, eventTypes, throttleRate } = emptied;
      assert.deepEqual({ uid: emptied.uid, channels, eventTypes, throttleRate }, nothing);
      const bare = await svix.endpoint.patch(appId, id, withNoMetadata);
      assert.deepEqual(bare.metadata, {});
      assert.equal((await svix.endpoint.patch(appId, id, { disabled: false })).disabled, false);
    },
    'refuses a uid that is taken with 409': async ({ svix, application, endpoint }) => {
      const { id: appId } = await application();
      const [{ uid }, { id }] = [await endpoint(appId), await endpoint(appId)];
      await refuses(409, svix.endpoint.patch(appId, id, { uid }));
    },
  },

  'v1.endpoint.delete': {
    'deletes once and frees the uid': async (world) => {
      const { svix, application, endpoint } = world;
      const app = await application();
      const { id, uid } = await endpoint(app.id);
      await answers(world, 204, svix.endpoint.delete(app.uid, uid));
      await refuses(404, svix.endpoint.get(app.id, id));
      await refuses(404, svix.endpoint.delete(app.id, id));
      await answers(world, 201, svix.endpoint.create(app.id, { url, uid }));
    },
  },
} satisfies Checks;
