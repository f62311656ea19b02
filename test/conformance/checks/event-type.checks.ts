import assert from 'node:assert/strict';
import { Ordering } from 'svix';
import type { Checks } from '../checks.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { answers, refuses } from '../world.ts';

const schemas = { 1: { type: 'object', properties: { id: { type: 'string' } } } };

export const eventTypeChecks = {
  'v1.event-type.create': {
    'answers 201 with what was given': async (world) => {
      const name = world.unique('type');
      const given = { name, description: 'Paid', deprecated: true, schemas };
      const created = await answers(world, 201, world.svix.eventType.create(given));
      assert.partialDeepStrictEqual(created, { ...given, archived: false, featureFlag: null });
    },
    'refuses a name that is taken with 409': async ({ svix, unique }) => {
      const name = unique('type');
      await svix.eventType.create({ name, description: '' });
      await refuses(409, svix.eventType.create({ name, description: '' }));
    },
    'brings back one that was archived': async (world) => {
      const { svix, unique } = world;
      const name = unique('type');
      const first = await svix.eventType.create({ name, description: 'Old', schemas });
      await svix.eventType.delete(name);
      const back = await answers(world, 201, svix.eventType.create({ name, description: 'New' }));
      assert.deepEqual([back.description, back.archived, back.schemas], ['New', false, null]);
      assert.deepEqual(back.createdAt, first.createdAt);
    },
    'answers a repeated idempotency key with the first answer': async ({ svix, unique }) => {
      const name = unique('type');
      const options = { idempotencyKey: unique('key') };
      const first = await svix.eventType.create({ name, description: '' }, options);
      assert.deepEqual(await svix.eventType.create({ name, description: '' }, options), first);
    },
  },

  'v1.event-type.list': {
    'goes page by page, by name': async ({ svix, unique }) => {
      const stem = `zz.${unique('page')}`;
      await svix.eventType.create({ name: stem, description: '' });
      const names = await inTurn(5, async (turn) => {
        const name = `${stem}.${turn}`;
        await svix.eventType.create({ name, description: '' });
        return name;
      });
      await walksPages(
        (ask) => svix.eventType.list(ask),
        ({ name }) => name,
        names,
        stem,
      );
      const downwards = await svix.eventType.list({
        limit: 2,
        order: Ordering.Descending,
        iterator: names[4] ?? null,
      });
      assert.deepEqual(
        downwards.data.map(({ name }) => name),
        [names[3], names[2]],
      );
    },
    'shows archived ones and schemas only on request': async ({ svix, unique }) => {
      const stem = `yy.${unique('page')}`;
      const [live, gone] = [`${stem}.live`, `${stem}.gone`];
      await svix.eventType.create({ name: live, description: '', schemas });
      await svix.eventType.create({ name: gone, description: '', archived: true });
      const ask = { iterator: stem, limit: 2 };
      const plain = (await svix.eventType.list(ask)).data.filter(({ name }) =>
        name.startsWith(stem),
      );
      assert.deepEqual(
        plain.map(({ name, schemas }) => ({ name, schemas })),
        [{ name: live, schemas: null }],
      );
      const full = await svix.eventType.list({ ...ask, includeArchived: true, withContent: true });
      const [first, second] = full.data;
      assert.deepEqual([first?.name, first?.archived], [gone, true]);
      assert.deepEqual([second?.name, second?.schemas], [live, schemas]);
    },
  },

  'v1.event-type.get': {
    'finds archived ones too, with their schemas': async ({ svix, unique }) => {
      const name = unique('type');
      await svix.eventType.create({ name, description: '', schemas });
      await svix.eventType.delete(name);
      const got = await svix.eventType.get(name);
      assert.deepEqual([got.archived, got.schemas], [true, schemas]);
      await refuses(404, svix.eventType.get('no.such.type'));
    },
  },

  'v1.event-type.update': {
    'makes what is not there, 201, by the name in the path': async (world) => {
      const name = world.unique('type');
      const put = world.svix.eventType.upsert(name, { description: 'Made' });
      assert.equal((await answers(world, 201, put)).name, name);
    },
    'replaces what is there, 200, brings it back and empties what is left out': async (world) => {
      const { svix, unique } = world;
      const name = unique('type');
      await svix.eventType.create({ name, description: 'Old', deprecated: true, schemas });
      await svix.eventType.delete(name);
      const put = await answers(world, 200, svix.eventType.upsert(name, { description: 'New' }));
      assert.deepEqual(
        [put.description, put.archived, put.deprecated, put.schemas],
        ['New', false, false, null],
      );
    },
  },

  patch_event_type: {
    'keeps what is absent and empties what is null': async (world) => {
      const { svix, unique, call } = world;
      const name = unique('type');
      const path = `/api/v1/event-type/${name}`;
      await svix.eventType.create({ name, description: 'Old', schemas });
      const flagged = await call({ method: 'PATCH', path, body: { featureFlag: 'beta' } });
      assert.equal(flagged.status, 200);
      const kept = await svix.eventType.patch(name, { deprecated: true });
      assert.deepEqual(
        [kept.description, kept.deprecated, kept.schemas, kept.featureFlag],
        ['Old', true, schemas, 'beta'],
      );
      await call({ method: 'PATCH', path, body: { featureFlag: null, schemas: null } });
      const emptied = await svix.eventType.get(name);
      assert.deepEqual([emptied.schemas, emptied.featureFlag], [null, null]);
      assert.equal((await svix.eventType.patch(name, { archived: true })).archived, true);
    },
  },

  'v1.event-type.delete': {
    'archives, as often as it is asked': async (world) => {
      const { svix, unique } = world;
      const name = unique('type');
      await svix.eventType.create({ name, description: '' });
      await answers(world, 204, svix.eventType.delete(name));
      await answers(world, 204, svix.eventType.delete(name));
      assert.equal((await svix.eventType.get(name)).archived, true);
    },
    'removes with expunge': async (world) => {
      const { svix, unique } = world;
      const name = unique('type');
      await svix.eventType.create({ name, description: '' });
      await answers(world, 204, svix.eventType.delete(name, { expunge: true }));
      await refuses(404, svix.eventType.get(name));
      await refuses(404, svix.eventType.delete(name));
    },
  },
} satisfies Checks;
