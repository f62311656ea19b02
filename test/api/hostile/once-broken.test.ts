import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { createApi, createScene, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';
import { until } from '../../support/service-until.ts';

let service: HostileService;
let receiver: HostileReceiver;
let ledger: LedgerWatch;
let caller: Caller;
let scene: Scene;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  scene = await createScene(service, receiver, 'once');
  await until(() => !ledger.isBusy(), 'the deliveries to end');
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
  await receiver.close();
});

function send(method: string, path: string, body?: unknown): Promise<HostileAnswer> {
  return caller.send({
    method,
    path: `/api/v1${path}`,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function assertRefused(
  answer: Promise<HostileAnswer>,
  status: number,
  field: string,
): Promise<void> {
  const before = ledger.dump();
  const { status: found, text } = await answer;
  assert.equal(found, status, text);
  assert.equal(JSON.parse(text).field, field);
  assert.deepEqual(differences(before, ledger.dump()), []);
}

test('a message that is too large leaves no application behind', async () => {
  const application = { name: 'brought along', uid: 'brought-along' };
  const payload = { text: 'x'.repeat(1_060_000) };
  const message = { eventType: 'a', application, payload };
  await assertRefused(send('POST', '/app/brought-along/msg', message), 413, 'payload');
  const small = await send('POST', '/app/brought-along/msg', { ...message, payload: {} });
  assert.equal(small.status, 202, small.text);
});

/** Each is read as no moment at all, and a bound that is none would take everything in. */
for (const moment of [
  '2016-12-31T23:59:60Z',
  '2026-01-31T12:00:00Z[Europe/Paris]',
  '2026-01-31T12:00:00Z[u-ca=hebrew]',
]) {
  test(`no act takes "${moment}" as its bound`, async () => {
    const { applicationId, endpointId } = scene;
    const app = `/app/${applicationId}`;
    for (const field of ['since', 'until']) {
      const body = { reason: 'test', [field]: moment };
      await assertRefused(send('POST', `${app}/dead-letter/cancel`, body), 422, field);
      await assertRefused(send('POST', `${app}/redrive`, body), 422, field);
      const recover = { since: '2025-01-01T00:00:00Z', [field]: moment };
      await assertRefused(
        send('POST', `${app}/endpoint/${endpointId}/recover`, recover),
        422,
        field,
      );
    }
  });

  test(`no list takes "${moment}" as its bound`, async () => {
    const { applicationId, endpointId, messageId } = scene;
    const app = `/app/${applicationId}`;
    const bound = encodeURIComponent(moment);
    const lists = [
      '/msg',
      `/endpoint/${endpointId}/msg`,
      `/attempt/msg/${messageId}`,
      `/attempt/endpoint/${endpointId}`,
    ];
    for (const list of lists) {
      await assertRefused(send('GET', `${app}${list}?before=${bound}`), 422, 'before');
      await assertRefused(send('GET', `${app}${list}?after=${bound}`), 422, 'after');
    }
    await assertRefused(send('GET', `${app}/dead-letter?until=${bound}`), 422, 'until');
    await assertRefused(
      send('GET', `${app}/endpoint/${endpointId}/stats?since=${bound}`),
      422,
      'since',
    );
  });
}

test('moments outside of our time bound a list, and break nothing', async () => {
  const list = `/app/${scene.applicationId}/msg`;
  const [early, late] = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'];
  const count = async (query: string): Promise<number> => {
    const { status, text } = await send('GET', `${list}?${query}`);
    assert.equal(status, 200, text);
    return JSON.parse(text).data.length;
  };
  assert.equal(await count(`after=${early}&before=${late}`), 1);
  assert.equal(await count(`before=${early}`), 0);
  assert.equal(await count(`after=${late}`), 0);
});

test('members of metadata are texts, whatever their names', async () => {
  for (const name of ['a\nb', '__proto__', 'constructor', '', '\u2028']) {
    const body = `{"name":"metadata","metadata":{${JSON.stringify(name)}:5}}`;
    const before = ledger.dump();
    const { status, text } = await send('POST', '/app', body);
    assert.equal(status, 422, `${JSON.stringify(name)}: ${text}`);
    assert.deepEqual(differences(before, ledger.dump()), []);
  }
});

test('names of metadata have at most 256 characters', async () => {
  const made = await send('POST', '/app', { name: 'names', metadata: { ['k'.repeat(256)]: 'v' } });
  assert.equal(made.status, 201, made.text);
  const refused = send('POST', '/app', { name: 'names', metadata: { ['k'.repeat(257)]: 'v' } });
  assert.equal((await refused).status, 422);
});

test('odd names of metadata come back as they were given', async () => {
  const metadata = '{"__proto__":"a","constructor":"b","a\\nb":"c","":"d"}';
  const { status, text } = await send('POST', '/app', `{"name":"odd","metadata":${metadata}}`);
  assert.equal(status, 201, text);
  assert.ok(text.includes(`"metadata":${metadata}`), text);
  const { text: read } = await send('GET', `/app/${JSON.parse(text).id}`);
  assert.ok(read.includes(`"metadata":${metadata}`), read);
});

const nested = (levels: number): string => `${'{"items":'.repeat(levels)}true${'}'.repeat(levels)}`;

test('schemas of an event type are nested within bounds', async () => {
  const body = (name: string, levels: number): string =>
    `{"name":"${name}","description":"","schemas":{"1":${nested(levels)}}}`;
  for (const levels of [101, 1000, 10_000, 100_000]) {
    await assertRefused(send('POST', '/event-type', body('deep', levels)), 422, 'schemas');
    const patch = `{"schemas":{"1":${nested(levels)}}}`;
    await assertRefused(send('PATCH', `/event-type/${scene.eventType}`, patch), 422, 'schemas');
    const put = body('deep', levels);
    await assertRefused(send('PUT', '/event-type/deep', put), 422, 'schemas');
  }
  const made = await send('POST', '/event-type', body('shallow', 90));
  assert.equal(made.status, 201, made.text);
  const example = await send(
    'POST',
    `/app/${scene.applicationId}/endpoint/${scene.endpointId}/send-example`,
    { eventType: 'shallow' },
  );
  assert.equal(example.status, 200, example.text);
});

test('a payload is nested as deeply as its sender likes', async () => {
  const payload = nested(500);
  const { status, text } = await send(
    'POST',
    `/app/${scene.applicationId}/msg`,
    `{"eventType":"a","payload":${payload}}`,
  );
  assert.equal(status, 202, text);
  assert.ok(text.includes(payload));
});

test('PUT on an id that is not there makes nothing', async () => {
  const { applicationId, endpointId, messageId } = scene;
  const gone = await createScene(service, receiver, 'gone');
  await createApi(service)('DELETE', `/app/${gone.applicationId}`);
  await until(() => !ledger.isBusy(), 'the deliveries to end');
  const url = 'http://127.0.0.1:9/';
  await assertRefusedAsGone(send('PUT', `/app/${gone.applicationId}`, { name: 'again' }));
  await assertRefusedAsGone(
    send('PUT', `/app/${applicationId}/endpoint/${gone.endpointId}`, { url }),
  );
  assert.equal(
    (await send('PUT', `/app/${applicationId}/endpoint/${endpointId}`, { url })).status,
    200,
  );
  assert.notEqual(messageId, gone.messageId);
});

async function assertRefusedAsGone(answer: Promise<HostileAnswer>): Promise<void> {
  const before = ledger.dump();
  const { status, text } = await answer;
  assert.equal(status, 404, text);
  assert.deepEqual(differences(before, ledger.dump()), []);
}

test('a type without a body is no fault of a request that needs none', async () => {
  const own = await createScene(service, receiver, 'empty');
  const path = `/app/${own.applicationId}/endpoint/${own.endpointId}`;
  assert.equal((await send('GET', path)).status, 200);
  assert.equal((await send('DELETE', path)).status, 204);
  const { status, text } = await send('POST', '/app');
  assert.equal(status, 422, text);
  assert.equal(JSON.parse(text).field, 'body');
});

test('a reason keeps every character that was given', async () => {
  const { applicationId } = scene;
  const reason = 'a\u0000b\u001b[31m\u2028\u{1f4a9}\r\n"\\';
  const { status, text } = await send('POST', `/app/${applicationId}/dead-letter/cancel`, {
    reason,
    until: '2025-01-02T00:00:00Z',
  });
  assert.equal(status, 202, text);
  assert.equal(JSON.parse(text).reason, reason);
  const { text: read } = await send('GET', `/app/${applicationId}/act/${JSON.parse(text).id}`);
  assert.equal(JSON.parse(read).reason, reason);
});
