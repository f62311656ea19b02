import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';
import {
  createApplication,
  deliveriesOf,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';

const scope = new TestScope();
let shared: TestService;
const settings = { retrySchedule: '0s,1s,1s,1s,1s', retryJitterPercent: 0 } as const;

before(async () => {
  shared = await startTestService(scope, settings);
});
after(() => scope.end());

const schemas = {
  1: {
    type: 'object',
    required: ['id', 'amount'],
    properties: { id: { type: 'string' }, amount: { type: 'integer', 'x-unit': 'cents' } },
    additionalProperties: false,
  },
  2: {
    type: 'object',
    required: ['id', 'total'],
    properties: {
      id: { type: 'string' },
      total: { type: 'number', 'x-unit': 'euros' },
      note: { type: 'string' },
    },
    examples: [
      { id: 'in_1', total: 12.5 },
      { id: 'in_2', total: 3 },
    ],
  },
};
const move = {
  where: [{ path: '/total', op: 'exists' }],
  operations: [{ op: 'move', from: '/total', path: '/amount' }],
};
const toOne = { corrections: [move] };
const whole = { ...schemas[2], examples: [{ id: 'in_2', total: 3 }] };

let scenes = 0;

type Scene = {
  readonly app: string;
  readonly type: string;
  readonly receiver: Receiver;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered['json']>;
  readonly send: (payload: string) => Promise<string>;
};

async function open(context: TestContext, service: TestService = shared): Promise<Scene> {
  scenes += 1;
  const app = `app-${scenes}`;
  const type = `invoice.paid.${scenes}`;
  const receiver = await startReceiver(context);
  const ask: Scene['ask'] = async (method, path, body) => {
    const { status, json, text } = await service.call(method, path, body);
    assert.ok(status < 300, `${method} ${path}: ${text}`);
    return json;
  };
  await createApplication(service, app, { main: `${receiver.origin}/hook` });
  const described = { name: type, description: 'Paid.', schemas: { ...schemas, 2: whole } };
  await ask('POST', '/api/v1/event-type', described);
  await ask('PUT', `/api/v1/event-type/${type}/conversion/1`, toOne);
  return {
    app,
    type,
    receiver,
    ask,
    async send(payload) {
      const body = `{"eventType":"${type}","payload":${payload}}`;
      const { status, json, text } = await service.call('POST', `/api/v1/app/${app}/msg`, body);
      assert.equal(status, 202, text);
      return json.id;
    },
  };
}

const pin = ({ app, ask }: Scene, payloadVersions: object): Promise<Answered['json']> =>
  ask('PUT', `/api/v1/app/${app}/endpoint/main/payload-version`, { payloadVersions });

/** Once a message has ended. */
async function ended(service: TestService, app: string, id: string) {
  return until(async () => {
    const [delivery] = await deliveriesOf(service, app, id);
    return delivery !== undefined && ['delivered', 'dead'].includes(delivery.state) && delivery;
  }, 'a delivery to end');
}

test('a pinned endpoint gets the old shape with a valid signature, and what is stored stays as accepted', async (context) => {
  const scene = await open(context);
  const { app, receiver, ask, send } = scene;
  const pins = await pin(scene, { [scene.type]: '1' });
  assert.deepEqual(pins.pins, [
    { eventType: scene.type, version: '1', versionInForce: '2', isConverted: true },
  ]);
  const payload = '{ "id":"in_\\u0031",  "total" : 700 }';
  const id = await send(payload);
  const [got] = await receiver.until(1);
  assert.ok(got);
  const text = got.body.toString('utf8');
  assert.equal(got.headers['holdfast-payload-version'], '1');
  assert.deepEqual(JSON.parse(text), { id: 'in_1', amount: 700 });
  assert.match(text, /"id":"in_\\u0031"/);
  const { key } = await ask('GET', `/api/v1/app/${app}/endpoint/main/secret`);
  new Webhook(key).verify(text, got.headers as Record<string, string>);
  const stored = await shared.call('GET', `/api/v1/app/${app}/msg/${id}`);
  assert.ok(stored.text.includes(`"payload":${payload}`), stored.text);
  // Unpinned again: as accepted, byte for byte, and no header.
  await pin(scene, {});
  await send(payload);
  const [, plain] = await receiver.until(2);
  assert.equal(plain?.body.toString('utf8'), payload);
  assert.equal(plain?.headers['holdfast-payload-version'], undefined);
});

test('pins are a change that can be taken back, and keep over a restart', async (context) => {
  const dataDir = temporaryFolder(context);
  const first = await startTestService(context, { ...settings, dataDir });
  const scene = await open(context, first);
  await pin(scene, { [scene.type]: '1' });
  await first.stop();
  const second = await startTestService(context, { ...settings, dataDir });
  const message = { eventType: scene.type, payload: { id: 'a', total: 7 } };
  await second.call('POST', `/api/v1/app/${scene.app}/msg`, message);
  const [got] = await scene.receiver.until(1);
  assert.equal(got?.body.toString('utf8'), '{"id":"a","amount":7}');
  const { json } = await second.call('GET', '/api/v1/change?limit=1');
  const [change] = json.data;
  const fields: readonly { readonly field: string }[] = change.items[0].fields;
  assert.ok(fields.some(({ field }) => field.startsWith('payloadVersions')));
  const reverted = await second.call('POST', '/api/v1/change/revert', { changeIds: [change.id] });
  assert.equal(reverted.status, 200, reverted.text);
  await second.call('POST', `/api/v1/app/${scene.app}/msg`, message);
  const [, plain] = await scene.receiver.until(2);
  assert.equal(plain?.body.toString('utf8'), '{"id":"a","total":7}');
});

test('a payload that cannot be made is dead at once, says why, and goes out once the conversion is mended', async (context) => {
  const scene = await open(context);
  const { app, type, receiver, ask, send } = scene;
  await pin(scene, { [type]: '1' });
  const id = await send('{"id":"a","total":7,"note":"n"}');
  const delivery = await ended(shared, app, id);
  assert.deepEqual([delivery.state, delivery.reason], ['dead', 'conversion_failed']);
  assert.equal(receiver.received.length, 0);
  const { data } = await ask('GET', `/api/v1/app/${app}/attempt/msg/${id}`);
  assert.equal(data.length, 1);
  assert.equal(data[0].outcome, 'conversion_failed');
  assert.equal(data[0].detail, 'What was made for version 1 does not follow it at payload.note.');
  // The lane goes on: what can be made is delivered.
  await send('{"id":"b","total":8}');
  await receiver.until(1);
  const named = { ...whole, examples: [{ id: 'in_2', total: 3, note: 'n' }] };
  await ask('PATCH', `/api/v1/event-type/${type}`, { schemas: { ...schemas, 2: named } });
  const without = {
    where: [{ path: '/note', op: 'exists' }],
    operations: [{ op: 'remove', path: '/note' }],
  };
  const mended = { corrections: [move, without] };
  await ask('PUT', `/api/v1/event-type/${type}/conversion/1`, mended);
  await ask('POST', `/api/v1/app/${app}/redrive`, { deadReason: 'conversion_failed' });
  const [, redriven] = await receiver.until(2);
  assert.deepEqual(JSON.parse(String(redriven?.body)), { id: 'a', amount: 7 });
});

test('a correction applies first, then the conversion', async (context) => {
  const scene = await open(context);
  const { app, type, receiver, ask, send } = scene;
  await pin(scene, { [type]: '1' });
  await ask('POST', `/api/v1/app/${app}/endpoint/main/lane/pause`, { reason: 'wrong amounts' });
  await send('{"id":"a","total":7}');
  const { id } = await ask('POST', `/api/v1/app/${app}/correction`, {
    reason: 'dollars',
    correction: { operations: [{ path: 'total', multiply: '100' }] },
  });
  await until(
    async () => (await ask('GET', `/api/v1/app/${app}/correction/${id}`)).done,
    'the correction',
  );
  await ask('POST', `/api/v1/app/${app}/endpoint/main/lane/resume`);
  const [got] = await receiver.until(1);
  assert.equal(got?.body.toString('utf8'), '{"id":"a","amount":700}');
});

async function sendUntil(scene: Scene, isSo: () => Promise<boolean>): Promise<number> {
  let sent = 0;
  while (!(await isSo())) {
    assert.ok(sent < 5000, 'it did not come to that');
    await Promise.all(
      Array.from({ length: 5 }, (_, at) => scene.send(`{"id":"m${sent + at}","total":1}`)),
    );
    sent += 5;
  }
  return sent;
}

const steps = [{ percent: 20, minutes: 1000, atLeast: 0 }];
const state = async ({ app, ask }: Scene): Promise<string> =>
  (await ask('GET', `/api/v1/app/${app}/endpoint/main/canary`)).state;

test('a canary of a payload version that breaks the receiver is rolled back, and no message is lost', async (context) => {
  const scene = await open(context);
  const { app, type, receiver, ask } = scene;
  receiver.answer = (response, { headers }) => {
    response.statusCode = headers['holdfast-payload-version'] === '1' ? 422 : 200;
    response.end();
  };
  const started = await ask('POST', `/api/v1/app/${app}/endpoint/main/canary`, {
    payloadVersions: { [type]: '1' },
    steps,
  });
  assert.deepEqual(started.fields, ['payloadVersions']);
  assert.deepEqual(started.payloadVersions, { [type]: '1' });
  const refused = await shared.call('PUT', `/api/v1/app/${app}/endpoint/main/payload-version`, {
    payloadVersions: { [type]: '2' },
  });
  assert.equal(refused.json.code, 'canary_running');
  const sent = await sendUntil(scene, async () => (await state(scene)) === 'rolled_back');
  await until(
    () =>
      new Set(
        receiver.received
          .filter(({ headers }) => headers['holdfast-payload-version'] === undefined)
          .map(({ headers }) => headers['webhook-id']),
      ).size === sent,
    'every message to arrive as the endpoint is',
  );
  assert.deepEqual(
    (await ask('GET', `/api/v1/app/${app}/endpoint/main/payload-version`)).payloadVersions,
    {},
  );
});

test('a canary whose payloads cannot be made is rolled back, and its messages go out as the endpoint is', async (context) => {
  const scene = await open(context);
  const { app, type, receiver, ask } = scene;
  const broken = { corrections: [{ operations: [{ op: 'remove', path: '/gone' }] }] };
  const named = { ...whole, examples: [{ id: 'in_2', total: 3, gone: 1 }] };
  const first = { ...schemas[1], additionalProperties: true, required: ['id'] };
  await ask('PATCH', `/api/v1/event-type/${type}`, { schemas: { 1: first, 2: named } });
  await ask('PUT', `/api/v1/event-type/${type}/conversion/1`, broken);
  await ask('POST', `/api/v1/app/${app}/endpoint/main/canary`, {
    payloadVersions: { [type]: '1' },
    steps,
  });
  const sent = await sendUntil(scene, async () => (await state(scene)) === 'rolled_back');
  await until(() => receiver.received.length >= sent, 'every message to arrive');
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  assert.equal(ids.size, sent);
});

test('a canary of a policy gives its arm the retries of that policy, and promotes the reference', async (context) => {
  const scene = await open(context);
  const { app, receiver, ask, send } = scene;
  const name = `eager-${app}`;
  await ask('POST', '/api/v1/policy', {
    name,
    retry: { delaysMs: [0, 50, 50] },
    lane: { concurrency: 3 },
  });
  const started = await ask('POST', `/api/v1/app/${app}/endpoint/main/canary`, {
    policy: name,
    steps: [{ percent: 99, minutes: 1000, atLeast: 0 }],
  });
  assert.deepEqual(started.fields, ['policy']);
  assert.equal(started.policy, name);
  assert.deepEqual(started.atPromotion, ['lane.concurrency']);
  const inUse = await shared.call('DELETE', `/api/v1/policy/${name}`);
  assert.equal(inUse.json.code, 'policy_in_use');
  // The share begins within two seconds.
  receiver.answer = (response) => {
    response.statusCode = 500;
    response.end();
  };
  const dead = await until(async () => {
    const id = await send('{"id":"a","total":1}');
    const delivery = await ended(shared, app, id);
    const { data } = await ask('GET', `/api/v1/app/${app}/attempt/msg/${id}`);
    return data[0].canaryId !== null && { delivery, attempts: data.length };
  }, 'a message of the candidate');
  assert.deepEqual([dead.delivery.state, dead.attempts], ['dead', 3]);
  await ask('POST', `/api/v1/app/${app}/endpoint/main/canary/promote`, {});
  assert.equal((await ask('GET', `/api/v1/app/${app}/endpoint/main/policy`)).policy, name);
});

test('a policy that changes nothing for a single attempt is refused as a canary, naming what it changes', async (context) => {
  const { app, ask } = await open(context);
  const name = `wide-${app}`;
  await ask('POST', '/api/v1/policy', { name, lane: { concurrency: 3 }, throttleRate: 9 });
  const path = `/api/v1/app/${app}/endpoint/main/canary`;
  const { status, json } = await shared.call('POST', path, { policy: name });
  assert.deepEqual([status, json.field], [422, 'policy']);
  assert.match(json.detail[0].msg, /\(it changes throttleRate, lane\.concurrency\)/);
  const missing = await shared.call('POST', path, { policy: 'none' });
  assert.deepEqual([missing.status, missing.json.field], [422, 'policy']);
});

test('a conversion must refer to an older version, and do for an example of the version in force', async (context) => {
  const { app, type, ask } = await open(context);
  const path = `/api/v1/event-type/${type}`;
  const put = (version: string, body: object): Promise<Answered> =>
    shared.call('PUT', `${path}/conversion/${version}`, body);
  assert.equal((await put('3', toOne)).status, 404);
  assert.equal((await put('2', toOne)).json.field, 'version');
  const nowhere = { corrections: [{ operations: [{ op: 'remove', path: '/nowhere' }] }] };
  const { status, json } = await put('1', nowhere);
  assert.deepEqual([status, json.field], [422, 'corrections']);
  assert.match(json.detail[0].msg, /path_missing at \/nowhere/);
  const shown = await ask('GET', `${path}/conversion/1`);
  assert.deepEqual(
    [shown.from, shown.isStale, shown.examples, shown.failures, shown.corrections],
    ['2', false, 1, [], [move]],
  );
  const { conversions } = await ask('GET', `${path}/contract`);
  assert.deepEqual(conversions, [{ version: '1', from: '2', isStale: false }]);
  const lost = await shared.call('PATCH', path, { schemas: { 2: whole } });
  assert.deepEqual([lost.status, lost.json.field], [422, 'schemas.1']);
  const wrong = await shared.call('PUT', `/api/v1/app/${app}/endpoint/main/payload-version`, {
    payloadVersions: { [type]: '9' },
  });
  assert.deepEqual([wrong.status, wrong.json.field], [422, `payloadVersions.${type}`]);
  assert.equal((await shared.call('DELETE', `${path}/conversion/1`)).status, 204);
  assert.equal((await shared.call('DELETE', `${path}/conversion/1`)).status, 404);
});

test('a check tells what a coming version would do to the conversions, and stores nothing', async (context) => {
  const { type, ask } = await open(context);
  const path = `/api/v1/event-type/${type}/contract`;
  const coming = {
    type: 'object',
    required: ['id', 'sum'],
    properties: { id: { type: 'string' }, sum: { type: 'integer' } },
  };
  const asIs = await ask('POST', `${path}/check`, {
    schema: coming,
    conversion: { version: '1' },
  });
  assert.deepEqual(asIs.conversion.failures, [
    'What was made for version 1 does not follow it at payload.amount, payload.sum.',
  ]);
  const given = await ask('POST', `${path}/check`, {
    schema: coming,
    payload: { id: 'a', sum: 5 },
    conversion: {
      version: '1',
      corrections: [{ operations: [{ op: 'move', from: '/sum', path: '/amount' }] }],
    },
  });
  assert.deepEqual(given.conversion, {
    version: '1',
    examples: 1,
    failures: [],
    payload: { id: 'a', amount: 5 },
    failure: null,
  });
  assert.deepEqual((await ask('GET', path)).versions, ['1', '2']);
});
