import assert from 'node:assert/strict';
import { messageInRaw } from 'svix';
import type { Checks } from '../checks.ts';
import { payloadOf, verified } from '../delivered.ts';
import { inTurn } from '../in-turn.ts';
import { walksPages } from '../pages.ts';
import { answers, refuses, type World } from '../world.ts';

const eventType = 'invoice.paid';
const payload = { id: 'in_1', amount: 4200 };

export const messageChecks = {
  'v1.message.create': {
    'answers 202 with what was given': async (world) => {
      const { svix, application, unique } = world;
      const { uid } = await application();
      const given = { eventType, eventId: unique('event'), channels: ['gold'], payload };
      const sent = svix.message.create(uid, given, { withContent: true });
      const message = await answers(world, 202, sent);
      assert.partialDeepStrictEqual(message, given);
    },
    'shows the payload unless with_content is false': async ({ svix, application, call }) => {
      const { id } = await application();
      const path = `/api/v1/app/${id}/msg`;
      const body = { eventType, payload };
      const shown = await call({ method: 'POST', path, body });
      assert.ok(shown.text.includes('"payload":{"id":"in_1","amount":4200}'), shown.text);
      const hidden = await svix.message.create(id, body);
      assert.deepEqual(hidden.payload, {});
    },
    'accepts event types that nobody defined, and archived ones': async (world) => {
      const { svix, application, endpoint, receiver, unique } = world;
      const { id } = await application();
      const { path } = await endpoint(id);
      const archived = unique('type');
      await svix.eventType.create({ name: archived, description: '', archived: true });
      await answers(world, 202, svix.message.create(id, { eventType: archived, payload }));
      await answers(world, 202, svix.message.create(id, { eventType: 'not.defined', payload }));
      await receiver.at(path, 2);
    },
    'goes to the endpoints whose event types and channels match': async (world) => {
      const { svix, application, endpoint, receiver, unique } = world;
      const { id } = await application();
      const wanted = unique('type');
      await svix.eventType.create({ name: wanted, description: '' });
      const all = await endpoint(id);
      const typed = await endpoint(id, { eventTypes: [wanted] });
      const gold = await endpoint(id, { channels: ['gold', 'silver'] });
      await svix.message.create(id, { eventType: wanted, payload });
      await svix.message.create(id, { eventType, channels: ['gold', 'iron'], payload });
      await svix.message.create(id, { eventType, channels: ['iron'], payload });
      await receiver.at(all.path, 3);
      await receiver.at(typed.path, 1);
      await receiver.at(gold.path, 1);
      const types = (path: string) => receiver.at(path, 1).then((got) => got.length);
      assert.deepEqual([await types(typed.path), await types(gold.path)], [1, 1]);
    },
    "is verified by svix's and by standardwebhooks' library": async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id: appId } = await application();
      const { id, path } = await endpoint(appId);
      const { key } = await svix.endpoint.getSecret(appId, id);
      const message = await svix.message.create(appId, { eventType, payload });
      const [got] = await receiver.at(path, 1);
      assert.equal(verified(got, key)['webhook-id'], message.id);
      assert.deepEqual(payloadOf(got), payload);
    },
    'is signed under the svix- names where an application asks for them': async (world) => {
      const headers = await headersFor(world, 'svix');
      assert.ok(headers['svix-id'] !== undefined && headers['webhook-id'] === undefined);
    },
    'is signed under both names where an application asks for both': async (world) => {
      const headers = await headersFor(world, 'both');
      assert.equal(headers['svix-id'], headers['webhook-id']);
      assert.equal(headers['svix-signature'], headers['webhook-signature']);
    },
    'sends a raw payload letter by letter': async (world) => {
      const { svix, application, endpoint, receiver } = world;
      const { id } = await application();
      const { path } = await endpoint(id);
      const raw = '{ "amount": 1.0,  "note": "\\u00e9" }';
      await svix.message.create(id, messageInRaw(eventType, raw));
      const [got] = await receiver.at(path, 1);
      assert.equal(String(got?.body), raw);
      await refuses(422, svix.message.create(id, messageInRaw(eventType, 'no JSON')));
      await refuses(422, svix.message.create(id, messageInRaw(eventType, '{}', 'text/plain')));
    },
    'brings its application along, once': async (world) => {
      const { svix, unique } = world;
      const uid = unique('app');
      const application = { name: 'Brought', uid };
      await answers(world, 202, svix.message.create(uid, { eventType, payload, application }));
      const renamed = { name: 'Other', uid };
      await svix.message.create(uid, { eventType, payload, application: renamed });
      assert.equal((await svix.application.get(uid)).name, 'Brought');
    },
    'refuses an application with another uid than the path': async ({ svix, unique }) => {
      const application = { name: 'Brought', uid: unique('app') };
      const path = unique('app');
      await refuses(422, svix.message.create(path, { eventType, payload, application }));
      const nameless = { name: 'Brought' };
      await refuses(422, svix.message.create(path, { eventType, payload, application: nameless }));
    },
    'answers a repeated event id with the first message, and 409 for another content': async (
      world,
    ) => {
      const { svix, application, unique } = world;
      const { id } = await application();
      const given = { eventType, eventId: unique('event'), payload };
      const first = await svix.message.create(id, given);
      const again = await answers(world, 202, svix.message.create(id, given));
      assert.equal(again.id, first.id);
      await refuses(409, svix.message.create(id, { ...given, payload: { id: 'in_2' } }));
      assert.equal((await svix.message.list(id)).data.length, 1);
      const other = await application();
      assert.notEqual((await svix.message.create(other.id, given)).id, first.id);
    },
    'answers a repeated idempotency key with the first message, and 409 for another content':
      async (world) => {
        const { svix, application, unique } = world;
        const { id } = await application();
        const options = { idempotencyKey: unique('key') };
        const first = await svix.message.create(id, { eventType, payload }, options);
        const again = svix.message.create(id, { eventType, payload }, options);
        assert.equal((await answers(world, 202, again)).id, first.id);
        await refuses(409, svix.message.create(id, { eventType, payload: {} }, options));
        const other = await application();
        await answers(world, 202, svix.message.create(other.id, { eventType, payload }, options));
      },
  },

  'v1.message.list': {
    'goes page by page, the newest first': async ({ svix, application }) => {
      const { id, uid } = await application();
      const send = async () => (await svix.message.create(id, { eventType, payload })).id;
      const ids = await inTurn(5, send);
      await walksPages(
        (ask) => svix.message.list(uid, ask),
        ({ id }) => id,
        ids.toReversed(),
      );
    },
    'filters by event type, channel and tag': async ({ svix, application }) => {
      const { id } = await application();
      const create = async (given: object) =>
        (await svix.message.create(id, { eventType, payload, ...given })).id;
      const plain = await create({});
      const gold = await create({ channels: ['gold', 'iron'] });
      const refund = await create({ eventType: 'invoice.refunded', tags: ['urgent'] });
      const find = async (filter: object) =>
        (await svix.message.list(id, filter)).data.map(({ id }) => id);
      assert.deepEqual(await find({ eventTypes: [eventType] }), [gold, plain]);
      const both = await find({ eventTypes: [eventType, 'invoice.refunded'] });
      assert.deepEqual(both, [refund, gold, plain]);
      assert.deepEqual(await find({ channel: 'iron' }), [gold]);
      assert.deepEqual(await find({ tag: 'urgent' }), [refund]);
      assert.deepEqual(await find({ eventTypes: ['never.sent'] }), []);
    },
    'takes event types by repetition too': async ({ svix, application, call }) => {
      const { id } = await application();
      await svix.message.create(id, { eventType: 'a.type', payload });
      await svix.message.create(id, { eventType: 'b.type', payload });
      const path = `/api/v1/app/${id}/msg?event_types=a.type&event_types=b.type`;
      const { text } = await call({ method: 'GET', path });
      assert.ok(text.includes('a.type') && text.includes('b.type'), text);
    },
    'filters by time; after alone begins at that moment': async ({ svix, application }) => {
      const { id } = await application();
      const sent = await inTurn(4, async () => {
        const message = await svix.message.create(id, { eventType, payload });
        await nextMillisecond();
        return message;
      });
      const ids = sent.map(({ id }) => id);
      const at = sent.map(({ timestamp }) => timestamp);
      const find = async (filter: object) =>
        (await svix.message.list(id, filter)).data.map(({ id }) => id);
      assert.deepEqual(await find({ before: at[2] }), [ids[1], ids[0]], 'before is exclusive');
      assert.deepEqual(await find({ after: at[2] }), [ids[3], ids[2]], 'after is inclusive');
      assert.deepEqual(await find({ after: at[1], before: at[3] }), [ids[2], ids[1]]);
      assert.deepEqual(await find({ after: at[1], limit: 2 }), [ids[2], ids[1]]);
    },
    'shows payloads unless with_content is false': async ({ svix, application }) => {
      const { id } = await application();
      await svix.message.create(id, { eventType, payload });
      const [shown] = (await svix.message.list(id, { withContent: true })).data;
      const [hidden] = (await svix.message.list(id)).data;
      assert.deepEqual([shown?.payload, hidden?.payload], [payload, {}]);
    },
  },

  'v1.message.get': {
    'finds by id and by event id, with the payload or without': async (world) => {
      const { svix, application, unique } = world;
      const app = await application();
      const eventId = unique('event');
      const { id } = await svix.message.create(app.id, { eventType, eventId, payload });
      const got = await svix.message.get(app.uid, eventId, { withContent: true });
      assert.deepEqual([got.id, got.payload], [id, payload]);
      const bare = await svix.message.get(app.id, id);
      assert.deepEqual([bare.eventId, bare.payload], [eventId, {}]);
    },
    "does not find another application's": async ({ svix, application }) => {
      const { id } = await svix.message.create((await application()).id, { eventType, payload });
      await refuses(404, svix.message.get((await application()).id, id));
    },
  },

  'v1.message.expunge-content': {
    'removes the payload for good, as often as it is asked': async (world) => {
      const { svix, application, endpoint } = world;
      const { id } = await application();
      const to = await endpoint(id, { disabled: true });
      const message = await svix.message.create(id, { eventType, payload });
      await answers(world, 204, svix.message.expungeContent(id, message.id));
      await answers(world, 204, svix.message.expungeContent(id, message.id));
      const got = await svix.message.get(id, message.id, { withContent: true });
      assert.deepEqual(got.payload, { expired: true });
      await svix.endpoint.patch(id, to.id, { disabled: false });
      await refuses(409, svix.messageAttempt.resend(id, message.id, to.id));
    },
  },
} satisfies Checks;

/** The headers of what an application gets that asks for these names, verified. */
async function headersFor(
  { svix, call, endpoint, receiver, unique }: World,
  signatureHeaders: string,
): Promise<Readonly<Record<string, string>>> {
  const uid = unique('app');
  const body = { name: 'Acme', uid, signatureHeaders };
  const { status } = await call({ method: 'POST', path: '/api/v1/app', body });
  assert.equal(status, 201);
  const { id, path } = await endpoint(uid);
  const { key } = await svix.endpoint.getSecret(uid, id);
  await svix.message.create(uid, { eventType, payload });
  const [got] = await receiver.at(path, 1);
  return verified(got, key);
}

/** Timestamps are shown to the millisecond. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() <= now + 1) await new Promise(setImmediate);
}
