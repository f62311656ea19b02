import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createIdSource, systemClock } from '../../src/core/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { moveAlert } from '../../src/slo/alerts/state.ts';
import { storedAlertOf } from '../../src/slo/alerts/stored.ts';
import { findingOf, plainRules } from '../support/alert-scene.ts';
import { assertSlack } from '../support/published-formats.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  readLedger,
  startTestService,
  temporaryFolder,
  type TestService,
} from '../support/service.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  const dataDir = temporaryFolder(scope);
  await storeAlert(dataDir);
  service = await startTestService(scope, { dataDir, publicUrl: 'https://holdfast.example' });
});
after(() => scope.end());

/** As an earlier life of the service left it: nothing raises alerts over the API. */
async function storeAlert(dataDir: string): Promise<void> {
  const ledger = await openSqliteLedger({ dataDir, maxBytes: 0 });
  const id = createIdSource(systemClock).next();
  const moved = moveAlert(
    null,
    { kind: 'raise', finding: findingOf(), id },
    Date.now(),
    plainRules,
  );
  const alert = moved?.alert ?? assert.fail();
  const fired = { id: id + 32, alertId: id, kind: 'fired', actor: 'holdfast', detail: '' };
  await ledger.storeAlerts({ alerts: [storedAlertOf(alert)], events: [fired], notifications: [] });
  await ledger.close();
}

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
  assert.match(
    await field('/notifier', { name: 'a', kind: 'smtp', settings: mail }),
    /settings\.to/,
  );
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
  const [alert] = alerts.json.data;
  assert.equal(alert.title, 'Invoices are late');
  const metrics = await service.call('GET', '/metrics');
  assert.match(metrics.text, /holdfast_alerts\{state="firing"\} 1/);
  const move = (what: string, body: object, options = {}) =>
    service.call('POST', `/api/v1/alert/${alert.id}/${what}`, body, options);
  assert.equal((await move('acknowledge', {}, asReader)).status, 403);
  assert.equal((await move('acknowledge', {})).json.acknowledgedBy, 'admin');
  const until = new Date(Date.now() + 60_000).toISOString();
  assert.equal((await move('silence', { until })).json.silencedUntil, until);
  assert.equal((await move('resolve', {})).json.state, 'resolved');
  assert.equal((await move('acknowledge', {})).status, 409);
  const shown = await call('GET', `/alert/${alert.id}`);
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => shown.json.history[index].event),
    ['resolved', 'silenced', 'acknowledged', 'fired'],
  );
  assert.deepEqual((await call('GET', '/alert?open=true')).json.data, []);
  assert.equal((await call('GET', '/alert?open=false')).json.data.length, 1);
  assert.equal((await service.call('GET', '/api/v1/notifier', undefined, asReader)).status, 403);
  assert.equal((await call('GET', '/alert/alert_nothing')).status, 404);
});
