import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertSlack } from '../support/published-formats.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { readLedger, startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope, {});
});
after(() => scope.end());

const call = (method: string, path: string, body?: unknown) =>
  service.call(method, `/api/v1${path}`, body);

test('a notifier is created, tested, replaced and deleted, and its secret is never shown', async (t) => {
  const receiver = await startReceiver(t, (response) => void response.end('ok'));
  const secret = `${receiver.origin}/services/T/B/hidden-part`;
  const made = await call('POST', '/notifier', { name: 'chat', kind: 'slack', secret });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.json.hasSecret, true);
  const tested = await call('POST', '/notifier/chat/test', {});
  assert.deepEqual(tested.json, { isSent: true, said: '200 ok' });
  const body = JSON.parse(receiver.received[0]?.body.toString() ?? '');
  assertSlack(body);
  assert.match(body.text, /^\[TEST\]/);
  const replaced = await call('PUT', '/notifier/chat', { kind: 'slack', description: 'ours' });
  assert.equal(replaced.json.hasSecret, true, 'a secret that is not given stays');
  receiver.answer = (response) => void response.writeHead(403).end('invalid_token');
  const refused = await call('POST', '/notifier/chat/test', {});
  assert.deepEqual(refused.json, { isSent: false, said: '403 invalid_token' });
  const texts = [made, replaced, await call('GET', '/notifier'), await call('GET', '/change')];
  for (const { text } of texts) assert.doesNotMatch(text, /hidden-part|v1\.[0-9a-f]+\./);
  const stored = readLedger(service.dataDir, (database) =>
    JSON.stringify(database.prepare('SELECT doc FROM resource').all()),
  );
  assert.doesNotMatch(stored, /hidden-part/);
  assert.equal((await call('DELETE', '/notifier/chat')).status, 204);
  assert.equal((await call('GET', '/notifier/chat')).status, 404);
});

test('a notifier or a route that could not work is refused by field', async () => {
  const field = async (path: string, body: object) => {
    const answer = await call('POST', path, body);
    assert.equal(answer.status, 422, answer.text);
    return answer.text;
  };
  const url = 'https://example.com';
  assert.match(await field('/notifier', { name: 'a', kind: 'slack' }), /"secret"/);
  assert.match(await field('/notifier', { name: 'a', kind: 'slack', secret: 'ftp://x' }), /secret/);
  const webhook = { name: 'a', kind: 'webhook', settings: { url } };
  assert.match(await field('/notifier', { ...webhook, secret: 'short' }), /secret/);
  const mail = { host: 'localhost', from: 'a@b.example', to: ['x@y.example\r\nBcc: z@y.example'] };
  assert.match(await field('/notifier', { name: 'a', kind: 'smtp', settings: mail }), /settings\.to/);
  assert.match(await field('/route', { name: 'r', notifiers: ['nobody'] }), /nobody/);
  const quietHours = { timeZone: 'Mars/Olympus', from: '22:00', until: '07:00' };
  assert.match(await field('/route', { name: 'r', notifiers: [], quietHours }), /Mars/);
});

test('an alert is listed, shown, acknowledged, silenced and resolved by those who may', async (t) => {
  const gone = await startReceiver(t, (response) => void response.writeHead(404).end());
  await call('POST', '/notifier', { name: 'gone', kind: 'slack', secret: gone.origin });
  const routed = await call('PUT', '/route/all', { notifiers: ['gone'] });
  assert.equal(routed.status, 201, routed.text);
  const window = { until: new Date(Date.now() + 60_000).toISOString(), keyPrefix: 'other' };
  assert.equal((await call('POST', '/maintenance', window)).status, 201);
  assert.equal((await call('GET', '/maintenance')).json.data.length, 1);
  const long = { until: new Date(Date.now() + 90 * 86_400_000).toISOString() };
  assert.equal((await call('POST', '/maintenance', long)).status, 422);
  const reader = await call('POST', '/token', { name: 'reader', scope: 'read' });
  const asReader = { token: reader.json.token };
  const alerts = await service.call('GET', '/api/v1/alert?open=true', undefined, asReader);
  assert.deepEqual(alerts.json.data, []);
  assert.equal((await service.call('GET', '/api/v1/notifier', undefined, asReader)).status, 403);
  assert.equal((await call('GET', '/alert/alert_nothing')).status, 404);
  const metrics = await service.call('GET', '/metrics');
  await until(() => metrics.text.includes('holdfast_alerts{state="firing"} 0'), 'the metric', 1);
});
