import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import {
  createApplication,
  deliveriesOf,
  readLedger,
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
    // Long enough that a test that waits for it would fail.
    retrySchedule: '0s,1h,1h',
    breakerFailures: 0,
    breakerFailurePercent: 0,
    reconcileMs: 60_000,
  });
});
after(() => scope.end());

let scenes = 0;

async function createScene(context: TestContext) {
  scenes += 1;
  const app = `app-${scenes}`;
  const receiver: Receiver = await startReceiver(context);
  await createApplication(service, app, { main: `${receiver.origin}/hook` });
  return { app, name: `policy-${scenes}`, receiver };
}

async function ask(method: string, path: string, body?: unknown): Promise<Answered['json']> {
  const { status, json, text } = await service.call(method, `/api/v1${path}`, body);
  assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

async function refusal(method: string, path: string, body?: unknown): Promise<Answered> {
  const answer = await service.call(method, `/api/v1${path}`, body);
  assert.ok(answer.status >= 400, answer.text);
  return answer;
}

function rowsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  assert.ok(Array.isArray(value));
  return value;
}

async function send(app: string, more: object = {}): Promise<string> {
  const body = { eventType: 'a.b', payload: { n: 1 }, ...more };
  return (await ask('POST', `/app/${app}/msg`, body)).id;
}

describe('policies', () => {
  test('are made, shown, listed, replaced, patched and deleted, and each change is a version', async () => {
    const name = 'life';
    const made = await ask('POST', '/policy', { name, retry: { delaysMs: [0, 1000] } });
    assert.deepEqual([made.version, made.retry, made.lane], [1, { delaysMs: [0, 1000] }, null]);
    const patched = await ask('PATCH', `/policy/${name}`, { lane: { concurrency: 4 } });
    assert.deepEqual([patched.version, patched.retry], [2, { delaysMs: [0, 1000] }]);
    const same = await ask('PATCH', `/policy/${name}`, { lane: { concurrency: 4 } });
    assert.equal(same.version, 2);
    const put = await ask('PUT', `/policy/${name}`, { description: 'slow', throttleRate: 5 });
    assert.deepEqual(
      [put.version, put.retry, put.lane, put.throttleRate, put.description],
      [3, null, null, 5, 'slow'],
    );
    assert.deepEqual(await ask('GET', `/policy/${name}`), put);
    const { data: versions } = await ask('GET', `/policy/${name}/version`);
    assert.deepEqual(
      rowsOf(versions).map(({ version, throttleRate }) => [version, throttleRate]),
      [
        [3, 5],
        [2, null],
        [1, null],
      ],
    );
    const changes = rowsOf((await ask('GET', `/change?kind=policy&subject=${name}`)).data);
    assert.equal(changes.length, 3);
    assert.ok(changes.every((change) => JSON.stringify(change).includes(`"subject":"${name}"`)));
    assert.equal((await refusal('GET', `/change?subject=${name}`)).json.field, 'kind');
    const created = await service.call('PUT', '/api/v1/policy/life-2', {});
    assert.equal(created.status, 201);
    const { data } = await ask('GET', '/policy?limit=1&iterator=life');
    assert.deepEqual(
      rowsOf(data).map((policy) => policy['name']),
      ['life-2'],
    );
    await ask('DELETE', '/policy/life-2');
    assert.equal((await refusal('GET', '/policy/life-2')).status, 404);
    await ask('DELETE', `/policy/${name}`);
  });

  test('are refused where a field is misspelt, out of bounds or at odds with another', async () => {
    const wrong = [
      { retry: { delayMs: [0] } },
      { retry: { delaysMs: [] } },
      { retry: { jitter: 0.6 } },
      { lane: { concurency: 1 } },
      { lane: { concurrency: 0 } },
      { lane: { breakerOpenMs: 86_400_000, breakerLongestOpenMs: 1000 } },
      { throttleRate: 0 },
      { retentionDays: 1_000_000 },
      { rertry: {} },
    ];
    for (const body of wrong) {
      const answer = await refusal('POST', '/policy', { name: 'wrong', ...body });
      assert.equal(answer.status, 422, JSON.stringify(body));
      assert.equal((await refusal('POST', '/policy/validate', body)).status, 422);
    }
    assert.equal((await refusal('POST', '/policy', { name: 'two words' })).status, 422);
    await ask('POST', '/policy', { name: 'taken' });
    assert.equal((await refusal('POST', '/policy', { name: 'taken' })).json.code, 'conflict');
  });

  test('are resolved field by field, and the endpoint tells where each comes from', async (context) => {
    const { app, name } = await createScene(context);
    const endpoint = `/app/${app}/endpoint/main`;
    await ask('POST', '/policy', {
      name: `${name}-app`,
      retry: { delaysMs: [0, 5000], jitter: 0.1 },
      lane: { concurrency: 8, longestHoldMs: 1000 },
      throttleRate: 7,
      retentionDays: 60,
    });
    await ask('POST', '/policy', { name, retry: { delaysMs: [0] }, lane: { concurrency: 6 } });
    await ask('PUT', `/app/${app}/policy`, { policy: `${name}-app` });
    await ask('PUT', `${endpoint}/policy`, { policy: name });
    await ask('PATCH', `${endpoint}/lane`, { longestHoldMs: 2000 });
    const { policy, applicationPolicy, inForce, sources } = await ask('GET', `${endpoint}/policy`);
    assert.deepEqual([policy, applicationPolicy], [name, `${name}-app`]);
    assert.deepEqual(inForce.retry.delaysMs, [0]);
    assert.equal(inForce.retry.jitter, 0.1);
    assert.deepEqual([inForce.lane.concurrency, inForce.lane.longestHoldMs], [6, 2000]);
    assert.deepEqual([inForce.throttleRate, inForce.retentionDays], [7, 60]);
    assert.deepEqual(
      [
        'retry.delaysMs',
        'retry.jitter',
        'retry.maxAgeMs',
        'lane.concurrency',
        'lane.longestHoldMs',
        'throttleRate',
      ].map((field) => sources[field]),
      [
        'endpoint_policy',
        'application_policy',
        'service',
        'endpoint_policy',
        'endpoint',
        'application_policy',
      ],
    );
    // Replacing the application or the endpoint does not take it out from under its policy.
    const url = (await ask('GET', endpoint)).url;
    await ask('PUT', endpoint, { url, uid: 'main' });
    await ask('PUT', `/app/${app}`, { name: app, uid: app });
    assert.equal((await ask('GET', `${endpoint}/policy`)).policy, name);
    assert.equal((await ask('GET', `/app/${app}/policy`)).policy, `${name}-app`);
    assert.equal(
      (await refusal('PUT', `${endpoint}/policy`, { policy: 'nobody' })).json.code,
      'validation',
    );
    await ask('PUT', `${endpoint}/policy`, { policy: null });
    assert.deepEqual((await ask('GET', `${endpoint}/policy`)).inForce.retry.delaysMs, [0, 5000]);
  });

  test('go back with a revert, which makes the next version and is in force at once', async (context) => {
    const { app, name } = await createScene(context);
    await ask('POST', '/policy', { name, retry: { delaysMs: [0, 1000] } });
    await ask('PUT', `/app/${app}/policy`, { policy: name });
    await ask('PATCH', `/policy/${name}`, { retry: { delaysMs: [0] } });
    await ask('PATCH', `/policy/${name}`, { throttleRate: 9 });
    const { data } = await ask('GET', `/policy/${name}/version`);
    const [, second] = rowsOf(data);
    assert.equal(second?.['version'], 2);
    await ask('POST', '/change/revert', { changeIds: [second['changeId']] });
    const policy = await ask('GET', `/policy/${name}`);
    assert.deepEqual(
      [policy.version, policy.retry, policy.throttleRate],
      [4, { delaysMs: [0, 1000] }, 9],
    );
    const { inForce } = await ask('GET', `/app/${app}/endpoint/main/policy`);
    assert.deepEqual(inForce.retry.delaysMs, [0, 1000]);
  });

  test('in use are not deleted, and the refusal names who uses them', async (context) => {
    const { app, name } = await createScene(context);
    await ask('POST', '/policy', { name });
    await ask('PUT', `/app/${app}/policy`, { policy: name });
    await ask('PUT', `/app/${app}/endpoint/main/policy`, { policy: name });
    const { status, json } = await refusal('DELETE', `/policy/${name}`);
    assert.deepEqual([status, json.code], [409, 'policy_in_use']);
    assert.match(json.detail, new RegExp(`application "${app}", endpoint "main"`));
    const { data, isWhole } = await ask('GET', `/policy/${name}/user`);
    const [application, endpoint, ...others] = rowsOf(data);
    const { id: appId } = await ask('GET', `/app/${app}`);
    const { id: endpointId, url } = await ask('GET', `/app/${app}/endpoint/main`);
    const shared = { appId, appName: app };
    assert.deepEqual(application, { kind: 'application', ...shared, endpointId: null, name: app });
    assert.deepEqual(endpoint, { kind: 'endpoint', ...shared, endpointId, name: url });
    assert.deepEqual([others, isWhole], [[], true]);
    await ask('PUT', `/app/${app}/policy`, { policy: null });
    await ask('PUT', `/app/${app}/endpoint/main/policy`, { policy: null });
    await ask('DELETE', `/policy/${name}`);
  });

  test('change what running lanes do at once: retries follow the new schedule', async (context) => {
    const { app, name, receiver } = await createScene(context);
    receiver.answer = (response) => void response.writeHead(500).end();
    await ask('POST', '/policy', { name, retry: { delaysMs: [0] } });
    await ask('PUT', `/app/${app}/policy`, { policy: name });
    const first = await send(app);
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, first);
      return delivery?.state === 'dead' && delivery.attempts === 1;
    }, 'a dead letter after one attempt');
    await ask('PUT', `/policy/${name}`, { retry: { delaysMs: [0, 20, 20], jitter: 0 } });
    const second = await send(app);
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, second);
      return delivery?.state === 'dead' && delivery.attempts === 3;
    }, 'a dead letter after three attempts');
    assert.equal(receiver.received.length, 4);
    await ask('PUT', `/app/${app}/policy`, { policy: null });
    const third = await send(app);
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, third);
      return delivery?.state === 'scheduled' && delivery.attempts === 1;
    }, 'a retry in an hour, as the service has it');
  });

  test('pass the trace on, keep order and hold to a rate where they say so', async (context) => {
    const { app, name } = await createScene(context);
    await ask('POST', '/policy', { name, lane: { ordered: true, concurrency: 3 } });
    await ask('PUT', `/app/${app}/endpoint/main/policy`, { policy: name });
    const lane = await ask('GET', `/app/${app}/endpoint/main/lane`);
    assert.deepEqual([lane.policy.ordered, lane.policy.concurrency, lane.overrides], [true, 3, {}]);
    await ask('PATCH', `/policy/${name}`, { lane: { concurrency: 5 } });
    const after = await ask('GET', `/app/${app}/endpoint/main/lane`);
    assert.deepEqual([after.policy.ordered, after.policy.concurrency], [false, 5]);
  });

  test('say how long messages are kept, where the message does not', async (context) => {
    const { app, name } = await createScene(context);
    await ask('POST', '/policy', { name, retentionDays: 45 });
    const days = (id: string): number =>
      readLedger(service.dataDir, (database) => {
        const rows = database.prepare('SELECT retention_days AS days FROM message').all();
        assert.ok(rows.length > 0, id);
        return Number(rows.at(-1)?.['days']);
      });
    const before = days(await send(app));
    await ask('PUT', `/app/${app}/policy`, { policy: name });
    assert.equal(days(await send(app)), 45);
    assert.equal(days(await send(app, { payloadRetentionPeriod: 7 })), 7);
    // Another endpoint that says nothing of it, under no policy of its own, asks for as much as the application.
    await ask('PUT', `/app/${app}/policy`, { policy: null });
    assert.equal(days(await send(app)), before);
  });

  test('are known again after a restart', async (context) => {
    const dataDir = temporaryFolder(context);
    const receiver = await startReceiver(context);
    const first = await startTestService(context, { dataDir });
    await createApplication(first, 'acme', { main: `${receiver.origin}/hook` });
    await first.call('POST', '/api/v1/policy', { name: 'kept', retry: { delaysMs: [0] } });
    await first.call('PUT', '/api/v1/app/acme/policy', { policy: 'kept' });
    await first.stop();
    const second = await startTestService(context, { dataDir });
    const path = '/api/v1/app/acme/endpoint/main/policy';
    const { json } = await second.call('GET', path);
    assert.deepEqual([json.applicationPolicy, json.inForce.retry.delaysMs], ['kept', [0]]);
  });
});

describe('validating a policy', () => {
  test('warns of one that multiplies traffic, against recorded outcomes and an outage', async (context) => {
    const { app, receiver } = await createScene(context);
    receiver.answer = (response) => void response.writeHead(500).end();
    for (let nth = 0; nth < 5; nth += 1) await send(app);
    await receiver.until(5);
    const retry = { delaysMs: [0, ...Array.from({ length: 30 }, () => 1000)] };
    const made = await ask('POST', '/policy/validate', { retry, appId: app, endpointId: 'main' });
    assert.equal(made.basis, 'recorded');
    assert.ok(made.day.candidate.messages >= 5);
    assert.deepEqual(made.candidate.inForce.retry.delaysMs, retry.delaysMs);
    assert.equal(made.candidate.plan.attempts.length, 31);
    assert.equal(made.present.plan.attempts.length, 3);
    const codes = rowsOf(made.warnings).map(({ scene, code }) => [scene, code]);
    assert.ok(JSON.stringify(codes).includes('["outage","attempts"]'), JSON.stringify(codes));
    assert.ok(made.outage.candidate.attempts > 2 * made.outage.present.attempts);
    const calm = await ask('POST', '/policy/validate', { lane: { concurrency: 2 }, appId: app });
    assert.deepEqual(calm.warnings, []);
    assert.equal(calm.stepMinutes, 15);
  });

  test('assumes a message a minute where nothing was delivered, and says so', async (context) => {
    const { app } = await createScene(context);
    const { basis, day } = await ask('POST', '/policy/validate', { appId: app });
    assert.equal(basis, 'assumed');
    assert.equal(day.candidate.messages, 1440);
    assert.equal(day.candidate.attempts, 1440);
  });

  test('tells the load of an outage that is asked about, beside what is in force', async (context) => {
    const { app } = await createScene(context);
    const lane = { retryBudgetPercent: 0, retryBudgetPerSecond: 2 };
    const retry = { delaysMs: [0, 60_000, 60_000], jitter: 0 };
    const load = { messagesPerSecond: 10, minutes: 30 };
    const body = { retry, lane, appId: app, load };
    const { present, candidate } = (await ask('POST', '/policy/validate', body)).load;
    assert.deepEqual([candidate.perSecond[15], candidate.withinBudget[15]], [30, 12]);
    assert.equal(candidate.budgetPerSecond, 2);
    assert.ok(candidate.heldBack > 0);
    // The service tries again after an hour.
    assert.equal(present.peakPerSecond, 20);
    assert.equal((await ask('POST', '/policy/validate', { appId: app })).load, null);
    const wrong = { load: { messagesPerSecond: 10, minutes: 0 } };
    assert.equal((await refusal('POST', '/policy/validate', wrong)).status, 422);
  });

  test('draws both policies as a picture on request', async () => {
    const path = '/api/v1/policy/validate?plot=svg';
    const { status, text, headers } = await service.call('POST', path, {
      retry: { delaysMs: [0, 60_000, 60_000] },
    });
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^image\/svg\+xml/);
    assert.match(text, /^<svg /);
    assert.match(text, /this policy/);
  });

  test('refuses what it cannot find', async () => {
    assert.equal((await refusal('POST', '/policy/validate', { name: 'nobody' })).status, 404);
    assert.equal((await refusal('POST', '/policy/validate', { appId: 'nobody' })).status, 404);
    const alone = await refusal('POST', '/policy/validate', { endpointId: 'main' });
    assert.equal(alone.status, 422);
  });
});

describe('validating an endpoint', () => {
  test('checks its fields and reaches its URL, and makes nothing', async (context) => {
    const { app, receiver } = await createScene(context);
    const path = `/app/${app}/endpoint/validate`;
    const made = await ask('POST', path, { url: `${receiver.origin}/hook`, uid: 'other' });
    assert.equal(made.isReachable, true);
    assert.ok(made.phases.connectMs >= 0);
    assert.match(made.warnings[0], /in the clear/);
    assert.equal(receiver.received.length, 0);
    assert.equal((await refusal('GET', `/app/${app}/endpoint/other`)).status, 404);
    const privately = await refusal('POST', path, { url: 'http://10.0.0.1/' });
    assert.equal(privately.json.detail[0].type, 'address_refused');
    const wrong = { url: `${receiver.origin}/hook`, eventTypes: ['no.such'] };
    assert.equal((await refusal('POST', path, wrong)).status, 422);
  });

  test("is for a portal's own application alone, and not as often as it likes", async (context) => {
    const { app, receiver } = await createScene(context);
    const access = await ask('POST', `/auth/app-portal-access/${app}`, {});
    const body = { url: `${receiver.origin}/hook` };
    const asPortal = (of: string): Promise<Answered> =>
      service.call('POST', `/api/v1/app/${of}/endpoint/validate`, body, { token: access.token });
    assert.equal((await asPortal('app-1')).status, 404);
    assert.equal((await asPortal(app)).status, 200);
    const answers = await Promise.all(Array.from({ length: 12 }, () => asPortal(app)));
    assert.ok(answers.some(({ status }) => status === 429));
    const policies = await service.call('GET', '/api/v1/policy', undefined, {
      token: access.token,
    });
    assert.equal(policies.status, 403);
  });
});
