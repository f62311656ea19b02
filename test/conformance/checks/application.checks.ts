import assert from 'node:assert/strict';
import { Ordering } from 'svix';
import type { Checks } from '../checks.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { answers, refuses } from '../world.ts';

/** The types of the npm client forbid it, and its users send it all the same. */
const withNoMetadata: object = { metadata: null };

export const applicationChecks = {
  'v1.application.create': {
    'answers 201 with what was given': async (world) => {
      const { svix, unique } = world;
      const given = {
        name: 'Acme',
        uid: unique('app'),
        metadata: { plan: 'pro' },
        throttleRate: 7,
      };
      const created = await answers(world, 201, svix.application.create(given));
      assert.partialDeepStrictEqual(created, given);
      assert.deepEqual(created.createdAt, created.updatedAt);
    },
    'leaves out a uid that there is not': async (world) => {
      const answer = await world.call({ method: 'POST', path: '/api/v1/app', body: { name: 'A' } });
      assert.equal(answer.status, 201);
      assert.ok(!answer.text.includes('"uid"'), answer.text);
    },
    'refuses a uid that is taken with 409': async ({ svix, application }) => {
      const { uid } = await application();
      await refuses(409, svix.application.create({ name: 'Other', uid }));
    },
    'with get_if_exists answers 200 and changes nothing': async (world) => {
      const { svix, application } = world;
      const { id, uid } = await application({ name: 'First' });
      const got = await answers(world, 200, svix.application.getOrCreate({ name: 'Second', uid }));
      assert.deepEqual([got.id, got.name], [id, 'First']);
    },
    'with get_if_exists creates what is not there': async (world) => {
      const { svix, unique } = world;
      await answers(world, 201, svix.application.getOrCreate({ name: 'A', uid: unique('app') }));
      await answers(world, 201, svix.application.getOrCreate({ name: 'A' }));
    },
    'answers a repeated idempotency key with the first answer': async (world) => {
      const { svix, unique } = world;
      const options = { idempotencyKey: unique('key') };
      const first = await svix.application.create({ name: 'A' }, options);
      const again = await answers(world, 201, svix.application.create({ name: 'A' }, options));
      assert.deepEqual(again, first);
    },
    'refuses a used idempotency key for another content with 409': async ({ svix, unique }) => {
      const options = { idempotencyKey: unique('key') };
      await svix.application.create({ name: 'A' }, options);
      await refuses(409, svix.application.create({ name: 'B' }, options));
    },
    'keeps no key of a request that failed': async ({ svix, application, unique }) => {
      const { id, uid } = await application();
      const options = { idempotencyKey: unique('key') };
      await refuses(409, svix.application.create({ name: 'A', uid }, options));
      await svix.application.delete(id);
      await svix.application.create({ name: 'A', uid }, options);
    },
    'takes one idempotency key at two places': async ({ svix, application, unique }) => {
      const options = { idempotencyKey: unique('key') };
      const { id } = await application();
      await svix.application.create({ name: 'A' }, options);
      await svix.endpoint.create(id, { url: 'https://example.com/' }, options);
    },
    'is sent a key of its own by the npm client each time': async ({ svix, exchanges }) => {
      await svix.application.create({ name: 'A' });
      await svix.application.create({ name: 'A' });
      const [first, second] = exchanges
        .slice(-2)
        .map(({ requestHeaders }) => requestHeaders.get('idempotency-key'));
      assert.match(first ?? '', /^auto_/);
      assert.notEqual(first, second);
    },
  },

  'v1.application.list': {
    'goes page by page, the oldest first': async ({ svix, application }) => {
      const { id: start } = await application();
      const ids = await inTurn(5, async () => (await application()).id);
      await walksPages(
        (ask) => svix.application.list(ask),
        ({ id }) => id,
        ids,
        start,
      );
    },
    'goes from the newest where that is asked': async ({ svix, application }) => {
      const ids = await inTurn(3, async () => (await application()).id);
      const newest = await svix.application.list({ limit: 3, order: Ordering.Descending });
      assert.deepEqual(
        newest.data.map(({ id }) => id),
        ids.toReversed(),
      );
      const last = await svix.application.list({
        limit: 1,
        order: Ordering.Descending,
        iterator: ids.at(-1) ?? null,
      });
      assert.deepEqual(
        last.data.map(({ id }) => id),
        [ids.at(-2)],
      );
    },
  },

  'v1.application.get': {
    'finds by id and by uid': async ({ svix, application }) => {
      const { id, uid } = await application();
      assert.equal((await svix.application.get(id)).uid, uid);
      assert.equal((await svix.application.get(uid)).id, id);
      await refuses(404, svix.application.get('nobody'));
    },
  },

  'v1.application.update': {
    'makes what is not there, 201, and drops the uid of the path': async (world) => {
      const { svix, unique } = world;
      const uid = unique('app');
      const made = await answers(world, 201, svix.application.upsert(uid, { name: 'Made' }));
      assert.equal(made.uid, undefined);
      await refuses(404, svix.application.get(uid));
      const named = await answers(world, 201, svix.application.upsert(uid, { name: 'Made', uid }));
      assert.equal((await svix.application.get(uid)).id, named.id);
    },
    'makes nothing for an id that there is not': async ({ svix, application }) => {
      const { id } = await application();
      await svix.application.delete(id);
      await refuses(404, svix.application.upsert(id, { name: 'Again' }));
    },
    'replaces what is there, 200, and empties what is left out': async (world) => {
      const { svix, application } = world;
      const { id, uid } = await application({ metadata: { a: '1' }, throttleRate: 5 });
      const replaced = await answers(world, 200, svix.application.upsert(uid, { name: 'New' }));
      assert.deepEqual(
        [replaced.id, replaced.name, replaced.uid, replaced.metadata, replaced.throttleRate],
        [id, 'New', undefined, {}, undefined],
      );
    },
    "refuses another application's uid with 409": async ({ svix, application }) => {
      const taken = await application();
      const { id } = await application();
      await refuses(409, svix.application.upsert(id, { name: 'A', uid: taken.uid }));
      await refuses(409, svix.application.upsert('nobody', { name: 'A', uid: taken.uid }));
    },
  },

  patch_application: {
    'keeps what is absent and empties what is null': async ({ svix, application }) => {
      const { id, uid } = await application({ metadata: { a: '1' }, throttleRate: 5 });
      const renamed = await svix.application.patch(id, { name: 'New' });
      assert.deepEqual(
        [renamed.name, renamed.uid, renamed.metadata, renamed.throttleRate],
        ['New', uid, { a: '1' }, 5],
      );
      const emptied = await svix.application.patch(id, { uid: null, throttleRate: null });
      assert.deepEqual([emptied.uid, emptied.throttleRate], [undefined, undefined]);
      const other = await svix.application.patch(id, { metadata: { b: '2' } });
      assert.deepEqual(other.metadata, { b: '2' });
      const none = await svix.application.patch(id, withNoMetadata);
      assert.deepEqual(none.metadata, {});
    },
    "refuses another application's uid with 409": async ({ svix, application }) => {
      const taken = await application();
      const { id } = await application();
      await refuses(409, svix.application.patch(id, { uid: taken.uid }));
    },
  },

  'v1.application.delete': {
    'takes everything below with it and frees the uid': async (world) => {
      const { svix, application, endpoint } = world;
      const { id, uid } = await application();
      const below = await endpoint(id);
      await answers(world, 204, svix.application.delete(uid));
      await refuses(404, svix.application.get(id));
      await refuses(404, svix.endpoint.get(id, below.id));
      await refuses(404, svix.application.delete(id));
      await answers(world, 201, svix.application.create({ name: 'Again', uid }));
    },
  },
} satisfies Checks;
