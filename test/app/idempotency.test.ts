import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import {
  createApplication,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';
import { TestScope } from '../support/service-scope.ts';

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;
let made = 0;

before(async () => {
  receiver = await startReceiver(scope);
  service = await startTestService(scope);
});
after(() => scope.end());

/** An application of the test's own, so that no test sees another's messages. */
async function application(): Promise<string> {
  made += 1;
  const uid = `application-${made}`;
  await createApplication(service, uid, { main: `${receiver.origin}/${uid}` });
  return uid;
}

function send(app: string, message: object, key?: string): Promise<Answered> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return service.call('POST', `/api/v1/app/${app}/msg`, message, { headers });
}

const paid = { eventType: 'invoice.paid', payload: { amount: 4200 } };

async function received(app: string): Promise<number> {
  // A marker is delivered after everything before it in its lane was at least sent.
  const marker = await send(app, { eventType: 'marker', payload: {} });
  const toApp = (): Receiver['received'] =>
    receiver.received.filter(({ path }) => path === `/${app}`);
  await until(
    () => toApp().some(({ headers }) => headers['webhook-id'] === marker.json.id),
    'the marker',
  );
  return toApp().length - 1;
}

test('the same event id is answered with the first message, and sent once', async () => {
  const app = await application();
  const first = await send(app, { ...paid, eventId: 'event-1' });
  const second = await send(app, { ...paid, eventId: 'event-1' });
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.deepEqual(second.json, first.json);
  assert.equal(await received(app), 1);
});

test('the same idempotency key is answered with the first message, and sent once', async () => {
  const app = await application();
  const first = await send(app, paid, 'key-1');
  const second = await send(app, paid, 'key-1');
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.deepEqual(second.json, first.json);
  assert.equal(await received(app), 1);
});

test('a repetition with another content is a conflict that names what was repeated', async () => {
  const app = await application();
  await send(app, { ...paid, eventId: 'event-1' });
  await send(app, paid, 'key-1');
  for (const different of [
    { ...paid, payload: { amount: 4201 } },
    { ...paid, eventType: 'invoice.failed' },
    { ...paid, channels: ['north'] },
    { ...paid, tags: ['blue'] },
  ]) {
    const byEvent = await send(app, { ...different, eventId: 'event-1' });
    assert.deepEqual(
      [byEvent.status, byEvent.json.code, byEvent.json.field],
      [409, 'event_id_conflict', 'eventId'],
    );
    const byKey = await send(app, different, 'key-1');
    assert.deepEqual(
      [byKey.status, byKey.json.code, byKey.json.field],
      [409, 'idempotency_conflict', 'idempotency-key'],
    );
  }
  assert.equal(await received(app), 2);
});

test('a payload that is spelled differently is another payload: bytes count, not values', async () => {
  const app = await application();
  const text = (payload: string): string => `{"eventType":"a","eventId":"e","payload":${payload}}`;
  const call = (payload: string): Promise<Answered> =>
    service.call('POST', `/api/v1/app/${app}/msg`, text(payload));
  assert.equal((await call('{"n":1.0}')).status, 202);
  assert.equal((await call('{"n":1}')).status, 409);
  assert.equal((await call('{"n":1.0}')).status, 202);
});

test('twenty repetitions at the same moment are one message and one delivery', async () => {
  const app = await application();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? send(app, { ...paid, eventId: 'event-1' }, 'key-1')
        : send(app, { ...paid, eventId: 'event-1' }),
    ),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
  const ids = new Set<string>(answers.map(({ json }) => json.id));
  assert.equal(ids.size, 1);
  assert.equal(await received(app), 1);
});

test('at the same moment one of several contents wins, and all others are conflicts', async () => {
  const app = await application();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, amount) => send(app, { ...paid, payload: { amount } }, 'key-1')),
  );
  const accepted = answers.filter(({ status }) => status === 202);
  assert.equal(accepted.length, 1);
  assert.ok(answers.every(({ status }) => status === 202 || status === 409));
  assert.equal(await received(app), 1);
});

test('event ids and keys of one application are nothing to another', async () => {
  const [one, other] = [await application(), await application()];
  const first = await send(one, { ...paid, eventId: 'event-1' }, 'key-1');
  const second = await send(other, { ...paid, eventId: 'event-1' }, 'key-1');
  assert.equal(second.status, 202);
  assert.notEqual(second.json.id, first.json.id);
});

test('a refused request does not use up its key', async () => {
  const app = await application();
  assert.equal((await send(app, { eventType: 'a' }, 'key-1')).status, 422);
  assert.equal((await send(app, paid, 'key-1')).status, 202);
});

test('configuration is created once for a key, too', async () => {
  const app = await application();
  const endpoint = { url: receiver.origin };
  const options = { headers: { 'idempotency-key': 'endpoint-key' } };
  const path = `/api/v1/app/${app}/endpoint`;
  const answers = await Promise.all(
    [1, 2, 3].map(() => service.call('POST', path, endpoint, options)),
  );
  const ids = new Set<string>(answers.map(({ json }) => json.id));
  assert.equal(ids.size, 1);
  const list = await service.call('GET', path);
  assert.equal(list.json.data.length, 2);
});

test('a restart forgets no key', async () => {
  const app = await application();
  const first = await send(app, { ...paid, eventId: 'event-1' }, 'key-1');
  await service.stop();
  service = await startTestService(scope, { dataDir: service.dataDir });
  assert.equal((await send(app, { ...paid, eventId: 'event-1' })).json.id, first.json.id);
  assert.equal((await send(app, { ...paid, eventId: 'event-1' }, 'key-1')).json.id, first.json.id);
  assert.equal(await received(app), 1);
});
