import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { routes } from '../../src/api/index.ts';
import { TestScope } from '../support/service-scope.ts';
import { startReceiver } from '../support/service-receiver.ts';
import {
  countRows,
  createApplication,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope, {
    retrySchedule: '0s,20ms,20ms',
    breakerFailures: 0,
    breakerFailurePercent: 0,
  });
});
after(() => scope.end());

async function ask(method: string, path: string, body?: unknown): Promise<Answered['json']> {
  const { status, json, text } = await service.call(method, `/api/v1${path}`, body);
  assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

const plain = { indicator: 'first_attempt', target: 0.99, owner: 'payments' };

/** One field of each row of a list. */
function column(rows: unknown, field: string): readonly unknown[] {
  assert.ok(Array.isArray(rows));
  return rows.map((row: Readonly<Record<string, unknown>>) => row[field]);
}

let scenes = 0;
/** Deliveries of which every second fails at first; one endpoint is well, the other is not. */
async function createTraffic(context: TestContext): Promise<string> {
  scenes += 1;
  const app = `slo-${scenes}`;
  const well = await startReceiver(context);
  let attempts = 0;
  const ill = await startReceiver(context, (response) => {
    attempts += 1;
    response.writeHead(attempts <= 3 ? 500 : 200).end();
  });
  await createApplication(service, app, { well: `${well.origin}/a`, ill: `${ill.origin}/b` });
  for (let nth = 0; nth < 4; nth += 1) {
    await ask('POST', `/app/${app}/msg`, { eventType: nth < 2 ? 'a.b' : 'a.c', payload: { nth } });
  }
  await well.until(4);
  await ill.until(7);
  return app;
}

async function statusWith(name: string, total: number): Promise<Answered['json']> {
  return until(async () => {
    const answer = await ask('GET', `/objective/${name}/status`);
    const { good, bad } = answer.status;
    return good + bad === total && answer;
  }, `${total} outcomes of ${name}`);
}

describe('objectives', () => {
  test('are there at the first start, made by holdfast, and deleted ones are not made again', async (context) => {
    const dataDir = temporaryFolder(context);
    const first = await startTestService(context, { dataDir });
    const names = async (of: TestService): Promise<readonly unknown[]> => {
      const { json } = await of.call('GET', '/api/v1/objective');
      return column(json.data, 'name');
    };
    assert.deepEqual(await names(first), ['accounted', 'first-attempt', 'on-time']);
    const { json } = await first.call('GET', '/api/v1/change?kind=objective');
    for (const field of ['actor', 'via']) {
      assert.deepEqual(column(json.data, field), ['holdfast', 'holdfast', 'holdfast']);
    }
    await first.call('DELETE', '/api/v1/objective/on-time');
    await first.stop();
    const second = await startTestService(context, { dataDir });
    assert.deepEqual(await names(second), ['accounted', 'first-attempt']);
  });

  test('are made, replaced, patched, listed, deleted and taken back', async () => {
    const made = await ask('POST', '/objective', { name: 'life', ...plain });
    assert.deepEqual([made.periodDays, made.deadlineMs, made.consumers], [30, null, []]);
    const put = await ask('PUT', '/objective/life', {
      ...plain,
      indicator: 'on_time',
      target: 0.9,
    });
    assert.deepEqual([put.indicator, put.deadlineMs, put.target], ['on_time', 60_000, 0.9]);
    const patched = await ask('PATCH', '/objective/life', {
      indicator: 'first_attempt',
      consumers: ['shop'],
    });
    assert.deepEqual(
      [patched.deadlineMs, patched.consumers, patched.target],
      [null, ['shop'], 0.9],
    );
    const { data } = await ask('GET', '/change?kind=objective&limit=1');
    await ask('POST', '/change/revert', { changeIds: [data[0].id] });
    const back = await ask('GET', '/objective/life');
    assert.deepEqual([back.indicator, back.deadlineMs, back.consumers], ['on_time', 60_000, []]);
    assert.equal(
      (await service.call('POST', '/api/v1/objective', { name: 'life', ...plain })).status,
      409,
    );
    await ask('DELETE', '/objective/life');
    assert.equal((await service.call('GET', '/api/v1/objective/life')).status, 404);
  });

  test('are refused with the deadlines that can be answered, and for a misspelt field', async () => {
    const late = await service.call('POST', '/api/v1/objective', {
      name: 'x',
      ...plain,
      indicator: 'on_time',
      deadlineMs: 7,
    });
    assert.equal(late.status, 422);
    assert.match(late.text, /10, 25, 50/);
    for (const wrong of [
      { targt: 1 },
      { target: 1 },
      { slice: { apps: [] } },
      { indicator: 'confirmed' },
    ]) {
      const { status } = await service.call('POST', '/api/v1/objective', {
        name: 'x',
        ...plain,
        ...wrong,
      });
      assert.equal(status, 422, JSON.stringify(wrong));
    }
  });

  test('count real deliveries of their slice, and name the worst endpoint first', async (context) => {
    const app = await createTraffic(context);
    const make = (name: string, slice: object, more: object = {}): Promise<unknown> =>
      ask('POST', '/objective', { name, ...plain, slice, ...more });
    await make(`${app}-all`, { appIds: [app] });
    await make(`${app}-ill`, { endpointIds: [`${app}/ill`] });
    await make(`${app}-type`, { appIds: [app], eventTypes: ['a.b', 'a.c'] });
    await make(`${app}-none`, { appIds: ['nobody'] });
    await make(`${app}-time`, { appIds: [app] }, { indicator: 'on_time', deadlineMs: 10_000 });
    const all = await statusWith(`${app}-all`, 8);
    assert.deepEqual([all.status.good, all.status.isMet], [8 - all.status.bad, false]);
    assert.ok(all.status.bad > 0 && all.status.budget.left < 0);
    assert.ok(all.status.forecast.exhaustedAt !== null);
    const ill = await statusWith(`${app}-ill`, 4);
    assert.equal(ill.status.bad, all.status.bad);
    assert.equal((await statusWith(`${app}-type`, 8)).status.bad, all.status.bad);
    assert.equal((await ask('GET', `/objective/${app}-none/status`)).status.ratio, 1);
    const time = await statusWith(`${app}-time`, 8);
    assert.deepEqual([time.status.good, time.status.bad], [8, 0]);
    const { id } = await ask('GET', `/app/${app}/endpoint/ill`);
    assert.deepEqual([all.endpoints[0].endpointId, all.endpoints[0].share], [id, 1]);
    const rows = countRows(service.dataDir);
    const preview = await ask('POST', '/objective/preview', {
      name: 'preview',
      ...plain,
      slice: { appIds: [app] },
    });
    assert.deepEqual([preview.status.good, preview.status.bad], [all.status.good, all.status.bad]);
    assert.deepEqual(countRows(service.dataDir), rows);
  });

  test('tell their outcomes by hour and by day, and when their burn rates would have fired', async (context) => {
    const app = 'slo-told';
    const well = await startReceiver(context);
    const ill = await startReceiver(context, (response) => void response.writeHead(500).end());
    await createApplication(service, app, { well: `${well.origin}/a`, ill: `${ill.origin}/b` });
    for (let nth = 0; nth < 4; nth += 1) {
      await ask('POST', `/app/${app}/msg`, { eventType: 'a.b', payload: { nth } });
    }
    const body = { name: `${app}-told`, ...plain, slice: { appIds: [app] } };
    await ask('POST', '/objective', body);
    const { status } = await statusWith(`${app}-told`, 8);
    assert.equal(status.bad, 4);
    for (const unit of ['hour', 'day']) {
      const { slots } = await ask('GET', `/objective/${app}-told/history?unit=${unit}`);
      const sum = (field: string): number =>
        column(slots, field).reduce((all: number, each) => all + Number(each), 0);
      assert.deepEqual([sum('good'), sum('bad')], [status.good, status.bad], unit);
    }
    const replay = await ask('POST', '/objective/replay', body);
    assert.deepEqual([replay.isExact, column(replay.firings, 'severity')], [true, ['page']]);
    assert.deepEqual([replay.firings[0].endedAt, replay.firings[0].burnRate], [null, 14.4]);
    const easy = await ask('POST', '/objective/replay', { ...body, target: 0.4 });
    assert.deepEqual(easy.firings, []);
    assert.ok(easy.recordedFrom !== null);
  });

  test('are written as OpenSLO and read from it, and what it cannot say is refused by its field', async () => {
    await ask('POST', '/objective', { name: 'told', ...plain, slice: { eventTypes: ['a.b'] } });
    const answer = await ask('GET', '/objective/told/openslo');
    const yaml = String(answer.yaml);
    assert.match(yaml, /^apiVersion: openslo\/v1\nkind: SLO\n/);
    const { objective: told } = await ask('POST', '/objective/preview', {
      name: 'told',
      ...plain,
      slice: { eventTypes: ['a.b'] },
    });
    const { objectives } = await ask('POST', '/objective/openslo', {
      yaml: `${yaml}---\n${yaml.replace('target: 0.99', 'target: 0.5')}`,
    });
    assert.deepEqual(objectives, [told, { ...told, target: 0.5 }]);
    for (const [wrong, field] of [
      ['a: [', 'document 1'],
      ['*told', 'document 1'],
      [yaml.replace('Occurrences', 'Timeslices'), 'spec.budgetingMethod'],
      [yaml.replace('["a.b"]', 'null'), 'slice.eventTypes'],
      [yaml.replace('first_attempt', 'confirmed'), 'indicator'],
    ]) {
      const refused = await service.call('POST', '/api/v1/objective/openslo', { yaml: wrong });
      assert.deepEqual([refused.status, refused.json.field], [422, field], refused.text);
    }
  });

  test('follow the metadata of applications and endpoints', async (context) => {
    const app = await createTraffic(context);
    await ask('PATCH', `/app/${app}`, { metadata: { tier: app } });
    await ask('PATCH', `/app/${app}/endpoint/well`, { metadata: { region: app } });
    await ask('POST', '/objective', {
      name: `${app}-tier`,
      ...plain,
      slice: { applicationMetadata: { tier: app } },
    });
    await ask('POST', '/objective', {
      name: `${app}-region`,
      ...plain,
      slice: { endpointMetadata: { region: app } },
    });
    await statusWith(`${app}-tier`, 8);
    const { status } = await statusWith(`${app}-region`, 4);
    assert.equal(status.bad, 0);
  });
});

describe('the board', () => {
  test('groups objectives by owner and by consumer', async () => {
    await ask('PUT', '/objective/board-one', { ...plain, owner: 'alpha', consumers: ['beta'] });
    await ask('PUT', '/objective/board-two', { ...plain, owner: 'beta' });
    const all = await ask('GET', '/board');
    const teams = (of: unknown): readonly unknown[] => column(of, 'team');
    assert.ok(teams(all.owners).includes('alpha') && teams(all.owners).includes('beta'));
    const nth = teams(all.consumers).indexOf('beta');
    assert.deepEqual(column(all.consumers, 'objectives')[nth], ['board-one']);
    const beta = await ask('GET', '/board?team=beta');
    assert.deepEqual(new Set(column(beta.objectives, 'name')), new Set(['board-one', 'board-two']));
    assert.deepEqual([teams(beta.owners), teams(beta.consumers)], [['beta'], ['beta']]);
  });

  test('is a page that runs and loads nothing, with what was written escaped', async () => {
    await ask('PUT', '/objective/hostile', {
      ...plain,
      description: '<script>alert(1)</script>"\'&',
    });
    const { status, text, headers } = await service.call('GET', '/board');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.ok(!/<script|style=|https?:|\son\w+=/i.test(text), text);
    assert.ok(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'));
  });

  test('asks for a token that sees all applications', async () => {
    await createApplication(service, 'portal-app', {});
    const { token } = await ask('POST', '/auth/app-portal-access/portal-app', {});
    for (const path of ['/board', '/api/v1/board', '/api/v1/objective']) {
      assert.equal((await service.call('GET', path, undefined, { token })).status, 403, path);
      assert.equal((await service.call('GET', path, undefined, { token: null })).status, 401, path);
    }
  });

  test('is shown by a link, of its team alone, until it is revoked', async () => {
    await ask('PUT', '/objective/link-one', { ...plain, owner: 'gamma', consumers: ['delta'] });
    await ask('PUT', '/objective/link-two', { ...plain, owner: 'epsilon' });
    const link = await ask('POST', '/board/link', { name: 'for delta', team: 'delta' });
    const { pathname } = new URL(link.url);
    const page = await service.call('GET', pathname, undefined, { token: null });
    assert.equal(page.status, 200);
    assert.ok(page.text.includes('link-one') && !page.text.includes('link-two'));
    const { json } = await service.call('GET', `${pathname}/board.json`, undefined, {
      token: null,
    });
    assert.deepEqual(column(json.objectives, 'name'), ['link-one']);
    const token = pathname.split('/').at(-1) ?? '';
    assert.ok(token.length > 40);
    assert.equal(
      (
        await service.call('GET', `${pathname}?team=epsilon`, undefined, { token: null })
      ).text.includes('link-two'),
      false,
    );
    await ask('DELETE', `/token/${link.id}`);
    const { status, json: refused } = await service.call('GET', pathname, undefined, {
      token: null,
    });
    assert.deepEqual([status, refused.code], [404, 'not_found']);
  });

  test('by link opens no route of the API, and no other page', async () => {
    const { url } = await ask('POST', '/board/link', { name: 'for all' });
    const token = new URL(url).pathname.replace('/board/', '');
    for (const { method, path, access } of routes) {
      if (access === 'public') continue;
      const place = path.replaceAll(/\{\w+\}/g, 'life');
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const { status } = await service.call(method, place, body, { token });
      assert.equal(status, 401, `${method} ${path}`);
    }
    for (const path of ['/metrics', '/board']) {
      assert.equal((await service.call('GET', path, undefined, { token })).status, 401, path);
    }
    // Nor is any other token a link.
    for (const other of [service.token, 'hfb_guess', '%00', 'x'.repeat(290)]) {
      const { status } = await service.call('GET', `/board/${other}`, undefined, { token: null });
      assert.equal(status, 404);
    }
  });
});
