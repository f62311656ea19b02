import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createIdSource, systemClock } from '../../src/core/index.ts';
import { describeExplanation } from '../../src/cli/describe-explanation.ts';
import { readExplanation } from '../../src/cli/explanation-answers.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { moveAlert } from '../../src/slo/alerts/state.ts';
import { storedAlertOf } from '../../src/slo/alerts/stored.ts';
import { findingOf, plainRules } from '../support/alert-scene.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  createApplication,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;
let illOrigin = '';

before(async () => {
  const dataDir = temporaryFolder(scope);
  await storeAlerts(dataDir);
  service = await startTestService(scope, {
    dataDir,
    retrySchedule: '0s',
    breakerFailures: 0,
    breakerFailurePercent: 0,
  });
  const well = await startReceiver(scope);
  const ill = await startReceiver(scope, (response) => void response.writeHead(500).end());
  illOrigin = ill.origin;
  await createApplication(service, 'acme', { well: well.origin, ill: ill.origin });
  for (let nth = 0; nth < 20; nth += 1) {
    const message = { eventType: 'invoice.paid', payload: { nth } };
    assert.equal((await service.call('POST', '/api/v1/app/acme/msg', message)).status, 202);
  }
  await until(async () => (await explained()).exact.total === 40, 'all first attempts');
});
after(() => scope.end());

/** Under keys that no detector of the service clears. */
async function storeAlerts(dataDir: string): Promise<void> {
  const ledger = await openSqliteLedger({ dataDir, maxBytes: 0 });
  const ids = createIdSource(systemClock);
  const findings = [
    findingOf({ key: 'staged objective first-attempt', title: '<b>First attempts fail</b>' }),
    findingOf({ key: 'staged certificate', title: 'A certificate expires' }),
  ];
  for (const finding of findings) {
    const id = ids.next();
    const raised = moveAlert(null, { kind: 'raise', finding, id }, Date.now(), plainRules);
    const alert = raised?.alert ?? assert.fail();
    await ledger.storeAlerts({ alerts: [storedAlertOf(alert)], events: [], notifications: [] });
  }
  await ledger.close();
}

const call = (method: string, path: string, body?: unknown): Promise<Answered> =>
  service.call(method, `/api/v1${path}`, body);

/** The row of a list whose field has a value. */
function rowOf(rows: unknown, field: string, value: string): Answered['json'] {
  assert.ok(Array.isArray(rows));
  const found = rows.find((row: Readonly<Record<string, unknown>>) => row[field] === value);
  return found ?? assert.fail(`no row whose ${field} is ${value}`);
}

async function explained(query = ''): Promise<Answered['json']> {
  const { status, json, text } = await call('GET', `/objective/first-attempt/explanation${query}`);
  assert.equal(status, 200, text);
  return json;
}

test('an attempt tells its address to tokens that see all applications, and to no other', async () => {
  const path = '/api/v1/app/acme/attempt/endpoint/ill?limit=1';
  const [attempt] = (await service.call('GET', path)).json.data;
  assert.deepEqual([attempt.address, attempt.certificate], ['127.0.0.1', null]);
  const { token } = (await call('POST', '/auth/app-portal-access/acme', {})).json;
  const [seen] = (await service.call('GET', path, undefined, { token })).json.data;
  assert.deepEqual([seen.id, seen.address], [attempt.id, null]);
});

test('an explanation names where and how, counted over all outcomes', async () => {
  const { exact, sample, explanations, symptoms } = await explained();
  assert.deepEqual(exact, { total: 40, bad: 20 });
  assert.deepEqual([sample.total, sample.bad, sample.isWhole], [40, 20, true]);
  const [first] = explanations;
  const { host } = new URL(illOrigin);
  assert.deepEqual(
    [first.dimension, first.about, first.bad, first.total, first.lift, first.isExact],
    ['endpoint', host, 20, 20, null, true],
  );
  const how = rowOf(symptoms, 'dimension', 'status class');
  assert.deepEqual([how.value, how.bad, how.mostlyAt], ['5xx', 20, { host, bad: 20 }]);
});

test('a span without outcomes explains nothing, and one that ends before it begins is refused', async () => {
  const empty = await explained('?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z');
  assert.deepEqual([empty.exact.total, empty.explanations, empty.symptoms], [0, [], []]);
  assert.equal(empty.from, '2026-01-01T00:00:00.000Z');
  const wrong = '?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z';
  const refused = await call('GET', `/objective/first-attempt/explanation${wrong}`);
  assert.deepEqual([refused.json.code, refused.json.field], ['validation', 'from']);
  assert.equal((await call('GET', '/objective/nothing/explanation')).status, 404);
});

test('an alert of an objective is explained, and one that is about no outcomes says so', async () => {
  const alerts = (await call('GET', '/alert')).json.data;
  const idOf = (key: string): string => rowOf(alerts, 'key', key).id;
  const { json } = await call(
    'GET',
    `/alert/${idOf('staged objective first-attempt')}/explanation`,
  );
  assert.deepEqual(json.exact, { total: 40, bad: 20 });
  const other = await call('GET', `/alert/${idOf('staged certificate')}/explanation`);
  assert.equal(other.status, 404);
  assert.match(other.text, /not about outcomes of deliveries/);
});

test('the table for a terminal is 80 columns wide at most', async () => {
  const text = describeExplanation('Objective first-attempt', readExplanation(await explained()));
  assert.match(text, /^endpoint +ep_\S+ +20\/20 +0\/20 +\S+×$/m);
  assert.match(text, /^status class +5xx +~20\/20 +127\.0\.0\.1:\d+ 20$/m);
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
});

test('the board shows the open alerts of an objective, and by a link nothing but that', async () => {
  const { url } = (await call('POST', '/board/link', { name: 'for all' })).json;
  const { pathname } = new URL(url);
  const nobody = { token: null };
  const { json } = await service.call('GET', `${pathname}/board.json`, undefined, nobody);
  const [alert] = rowOf(json.objectives, 'name', 'first-attempt').alerts;
  assert.deepEqual(Object.keys(alert).toSorted(), [
    'firedAt',
    'kind',
    'severity',
    'state',
    'title',
  ]);
  assert.deepEqual([alert.state, alert.title], ['firing', '<b>First attempts fail</b>']);
  assert.deepEqual(rowOf(json.objectives, 'name', 'on-time').alerts, []);
  const page = await service.call('GET', pathname, undefined, nobody);
  assert.match(page.text, /page, firing<\/span> &lt;b&gt;First attempts fail/);
  assert.ok(!page.text.includes('0.02 % before'), 'the text of an alert is not for the board');
});
