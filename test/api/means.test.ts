import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import {
  createApplication,
  deliveriesOf,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

type Scene = {
  readonly service: TestService;
  readonly receiver: Receiver;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered['json']>;
  /** Resolves to the message's id. */
  readonly send: (app?: string, eventType?: string) => Promise<string>;
  readonly stateOf: (message: string, app?: string) => Promise<string | undefined>;
};

const settings = {
  // A poll would hide a lane that nobody wakes.
  reconcileMs: 60_000,
  retrySchedule: '0s,20ms,20ms,20ms,20ms,20ms,20ms,20ms,20ms',
} as const;

async function createScene(t: TestContext, given: Parameters<typeof startTestService>[1] = {}) {
  const service = await startTestService(t, { ...settings, ...given });
  const receiver = await startReceiver(t);
  for (const app of ['acme', 'umbra']) {
    await createApplication(service, app, { main: `${receiver.origin}/${app}` });
  }
  return sceneOf(service, receiver);
}

function sceneOf(service: TestService, receiver: Receiver): Scene {
  return {
    service,
    receiver,
    async ask(method, path, body) {
      const { status, text, json } = await service.call(method, `/api/v1${path}`, body);
      assert.ok(status < 300, `${method} ${path}: ${text}`);
      return json;
    },
    async send(app = 'acme', eventType = 'a.b') {
      const body = { eventType, payload: { n: 1 } };
      const path = `/api/v1/app/${app}/msg`;
      const { status, json, text } = await service.call('POST', path, body);
      assert.equal(status, 202, text);
      return json.id;
    },
    async stateOf(message, app = 'acme') {
      const [delivery] = await deliveriesOf(service, app, message);
      return delivery?.state;
    },
  };
}

const pathsOf = ({ received }: Receiver): readonly string[] => received.map(({ path }) => path);

async function assertAccounted({ service }: Scene): Promise<void> {
  const figures = await until(async () => {
    const { json } = await service.call('GET', '/api/v1/audit');
    return json.passes > 1 && json;
  }, 'an audit');
  assert.equal(figures.found, 0);
}

test('a paused application holds all its lanes and no other, and goes on where it stopped', async (t) => {
  const scene = await createScene(t);
  const { ask, send, stateOf, receiver } = scene;
  const pause = await ask('POST', '/pause', { appId: 'acme', reason: 'they move house' });
  const held = await send();
  await send('umbra');
  await receiver.until(1);
  assert.deepEqual(pathsOf(receiver), ['/umbra']);
  assert.equal(await stateOf(held), 'scheduled');
  const lane = await ask('GET', '/app/acme/endpoint/main/lane');
  assert.deepEqual(
    [lane.restsFor, lane.pausedReason, lane.isPaused, lane.waiting],
    ['application_paused', 'they move house', false, 1],
  );
  const changes = await ask('GET', '/app/acme/change');
  const [last] = changes.data;
  assert.deepEqual([last.items[0].kind, last.reason], ['pause', 'they move house']);
  await ask('DELETE', `/pause/${pause.id}`);
  await until(async () => (await stateOf(held)) === 'delivered', 'what waited');
});

test('a revert of the change is as good as the end of a pause, and the same cannot be paused twice', async (t) => {
  const { ask, send, stateOf, service } = await createScene(t);
  await ask('POST', '/pause', { appId: 'acme', reason: 'one' });
  const twice = await service.call('POST', '/api/v1/pause', { appId: 'acme', reason: 'two' });
  assert.deepEqual([twice.status, twice.json.code], [409, 'conflict']);
  const held = await send();
  const { data } = await ask('GET', '/change?kind=pause');
  await ask('POST', '/change/revert', { changeIds: [data[0].id] });
  await until(async () => (await stateOf(held)) === 'delivered', 'what waited');
  assert.deepEqual((await ask('GET', '/pause')).data, []);
});

test('a pause of the service stops claiming, finishes what is under way and accepts all the same', async (t) => {
  const scene = await createScene(t);
  const { ask, send, stateOf, receiver } = scene;
  const answers: (() => void)[] = [];
  receiver.answer = (response) => void answers.push(() => response.end());
  const underWay = await send();
  await receiver.until(1);
  const pause = await ask('POST', '/pause', { reason: 'the disk is moved' });
  const held = await send('umbra');
  for (const answer of answers) answer();
  receiver.answer = (response) => void response.end();
  await until(async () => (await stateOf(underWay)) === 'delivered', 'what was under way');
  assert.equal(await stateOf(held, 'umbra'), 'scheduled');
  assert.equal((await ask('GET', '/app/umbra/endpoint/main/lane')).restsFor, 'service_paused');
  await ask('DELETE', `/pause/${pause.id}`);
  await until(async () => (await stateOf(held, 'umbra')) === 'delivered', 'what waited');
});

test('a paused event type waits, retries included, and the others of its lanes go on', async (t) => {
  const scene = await createScene(t, { auditMs: 50, reconcileMs: 100 });
  const { ask, send, stateOf, receiver } = scene;
  receiver.answer = (response) => {
    response.statusCode = 503;
    response.end();
  };
  const failing = await send('acme', 'invoice.sent');
  await receiver.until(1);
  const pause = await ask('POST', '/pause', {
    eventType: 'invoice.sent',
    reason: 'wrong amounts',
    resumePerSecond: 1000,
  });
  receiver.answer = (response) => void response.end();
  const held = await send('umbra', 'invoice.sent');
  const going = [await send('acme'), await send('umbra')];
  await until(async () => (await stateOf(going[0] ?? '')) === 'delivered', 'another type');
  await until(async () => (await stateOf(going[1] ?? '', 'umbra')) === 'delivered', 'the other');
  assert.equal(await stateOf(failing), 'scheduled');
  assert.equal(await stateOf(held, 'umbra'), 'scheduled');
  const lane = await ask('GET', '/app/umbra/endpoint/main/lane');
  assert.deepEqual([lane.pausedTypes, lane.restsFor, lane.waiting], [['invoice.sent'], null, 1]);
  await assertAccounted(scene);
  await ask('DELETE', `/pause/${pause.id}`);
  await until(async () => (await stateOf(failing)) === 'delivered', 'the retry');
  await until(async () => (await stateOf(held, 'umbra')) === 'delivered', 'what waited');
});

test('an event type is paused for one application alone', async (t) => {
  const { ask, send, stateOf } = await createScene(t);
  await ask('POST', '/pause', { appId: 'acme', eventType: 'a.b', reason: 'theirs' });
  const held = await send('acme');
  const going = await send('umbra');
  await until(async () => (await stateOf(going, 'umbra')) === 'delivered', 'the other application');
  assert.equal(await stateOf(held), 'scheduled');
});

test('what waited goes on at the rate of the pause', async (t) => {
  const { ask, send, receiver } = await createScene(t);
  const pause = await ask('POST', '/pause', { eventType: 'a.b', reason: 'x', resumePerSecond: 20 });
  for (let count = 0; count < 12; count += 1) await send();
  const beganAt = performance.now();
  await ask('DELETE', `/pause/${pause.id}`);
  await receiver.until(12);
  const tookMs = performance.now() - beganAt;
  assert.ok(tookMs > 500, `eleven intervals of 50 ms in ${tookMs} ms`);
});

test('pauses, what they hold, and a circuit opened by hand survive a restart', async (t) => {
  const first = await createScene(t);
  const { receiver } = first;
  const type = await first.ask('POST', '/pause', { eventType: 'a.b', reason: 'x' });
  const application = await first.ask('POST', '/pause', { appId: 'umbra', reason: 'y' });
  const held = await first.send('acme');
  const heldToo = await first.send('umbra', 'c.d');
  await first.ask('POST', '/app/acme/endpoint/main/lane/circuit/open', { reason: 'z' });
  const third = await first.send('acme', 'c.d');
  await first.service.stop();
  const service = await startTestService(t, { ...settings, dataDir: first.service.dataDir });
  const { ask, stateOf } = sceneOf(service, receiver);
  assert.equal((await ask('GET', '/app/acme/endpoint/main/lane')).restsFor, 'circuit_open');
  assert.equal((await ask('GET', '/app/umbra/endpoint/main/lane')).restsFor, 'application_paused');
  assert.equal(receiver.received.length, 0);
  await ask('POST', '/app/acme/endpoint/main/lane/circuit/close');
  await until(async () => (await stateOf(third)) === 'delivered', 'what the circuit held');
  assert.equal(await stateOf(held), 'scheduled');
  await ask('DELETE', `/pause/${type.id}`);
  await ask('DELETE', `/pause/${application.id}`);
  await until(async () => (await stateOf(held)) === 'delivered', 'what the type held');
  await until(async () => (await stateOf(heldToo, 'umbra')) === 'delivered', 'the application');
});

test('a pause that ended while the service stood still lets its deliveries go on', async (t) => {
  const first = await createScene(t);
  const { receiver } = first;
  const pause = await first.ask('POST', '/pause', { eventType: 'a.b', reason: 'x' });
  const held = await first.send();
  await until(
    async () => (await first.ask('GET', '/app/acme/endpoint/main/lane')).waiting === 1,
    'it waits',
  );
  await first.service.stop();
  // As if the process ended between the change and the first step that follows from it.
  const { DatabaseSync } = await import('node:sqlite');
  const { ledgerPath } = await import('../../src/ledger/index.ts');
  const database = new DatabaseSync(ledgerPath(first.service.dataDir));
  assert.equal(database.prepare(`DELETE FROM resource WHERE kind = 'pause'`).run().changes, 1);
  assert.equal(database.prepare('SELECT state FROM delivery').get()?.['state'], -2);
  database.close();
  const service = await startTestService(t, { ...settings, dataDir: first.service.dataDir });
  const { stateOf } = sceneOf(service, receiver);
  assert.ok(pause.id);
  await until(async () => (await stateOf(held)) === 'delivered', 'what waited');
});

test('an application that is deleted takes its pauses with it', async (t) => {
  const { ask } = await createScene(t);
  await ask('POST', '/pause', { appId: 'acme', reason: 'x' });
  await ask('DELETE', '/app/acme');
  assert.deepEqual((await ask('GET', '/pause')).data, []);
});

test('deliveries that failed already go to the alternate URL too, and attempts tell where they went', async (t) => {
  const scene = await createScene(t);
  const { ask, send, stateOf, receiver, service } = scene;
  const other = await startReceiver(t);
  receiver.answer = (response) => {
    response.statusCode = 500;
    response.end();
  };
  await ask('PATCH', '/app/acme/endpoint/main', { alternateUrl: `${other.origin}/there` });
  const message = await send();
  await receiver.until(1);
  const lane = '/app/acme/endpoint/main/lane';
  const switched = await ask('POST', `${lane}/alternate`, { isInUse: true, reason: 'they moved' });
  assert.deepEqual([switched.url, switched.isAlternateInUse], [`${other.origin}/there`, true]);
  await until(async () => (await stateOf(message)) === 'delivered', 'the retry');
  const { data } = await ask('GET', `/app/acme/attempt/msg/${message}`);
  const urls = (data as readonly { readonly url: string }[]).map(({ url }) => url);
  assert.equal(urls[0], `${other.origin}/there`);
  assert.equal(urls.at(-1), `${receiver.origin}/acme`);
  const endpoint = await ask('GET', '/app/acme/endpoint/main');
  assert.deepEqual([endpoint.url, endpoint.isAlternateInUse], [`${receiver.origin}/acme`, true]);
  receiver.answer = (response) => void response.end();
  await ask('POST', `${lane}/alternate`, { isInUse: false });
  const { length } = receiver.received;
  await send();
  await receiver.until(length + 1);
  const none = await service.call('POST', '/api/v1/app/umbra/endpoint/main/lane/alternate', {
    isInUse: true,
  });
  assert.deepEqual([none.status, none.json.code], [409, 'state_conflict']);
});

test('an alternate URL is held to the same rules as the usual one, and survives clients that know it not', async (t) => {
  const { ask, service, receiver } = await createScene(t);
  const path = '/api/v1/app/acme/endpoint/main';
  for (const alternateUrl of [
    'http://10.0.0.1/',
    'http://[::ffff:10.0.0.1]/',
    'ftp://a.example/',
  ]) {
    const { status, json } = await service.call('PATCH', path, { alternateUrl });
    assert.deepEqual([status, json.field], [422, 'alternateUrl'], alternateUrl);
  }
  const alternateUrl = `${receiver.origin}/other`;
  await ask('PATCH', '/app/acme/endpoint/main', { alternateUrl });
  await ask('PUT', '/app/acme/endpoint/main', { url: `${receiver.origin}/acme`, uid: 'main' });
  assert.equal((await ask('GET', '/app/acme/endpoint/main')).alternateUrl, alternateUrl);
});

test('a canary that tries a URL and the alternate URL exclude each other', async (t) => {
  const { ask, service, receiver } = await createScene(t);
  await ask('PATCH', '/app/acme/endpoint/main', { alternateUrl: `${receiver.origin}/other` });
  const lane = '/app/acme/endpoint/main/lane';
  const canary = '/app/acme/endpoint/main/canary';
  await ask('POST', canary, { url: `${receiver.origin}/candidate` });
  const switched = await service.call('POST', `/api/v1${lane}/alternate`, { isInUse: true });
  assert.deepEqual([switched.status, switched.json.code], [409, 'canary_running']);
  await ask('POST', `${canary}/stop`, { reason: 'enough' });
  await ask('POST', `${lane}/alternate`, { isInUse: true });
  const begun = await service.call('POST', `/api/v1${canary}`, {
    url: `${receiver.origin}/candidate`,
  });
  assert.deepEqual([begun.status, begun.json.code], [409, 'state_conflict']);
});

test('a circuit opened by hand lets nothing through until it is closed by hand', async (t) => {
  const { ask, send, stateOf, receiver } = await createScene(t);
  const lane = '/app/acme/endpoint/main/lane';
  const opened = await ask('POST', `${lane}/circuit/open`, { reason: 'they asked' });
  assert.deepEqual(
    [opened.restsFor, opened.restsUntil, opened.breaker.isByHand, opened.handCircuit.reason],
    ['circuit_open', null, true, 'they asked'],
  );
  const held = await send();
  await send('umbra');
  await receiver.until(1);
  assert.deepEqual(pathsOf(receiver), ['/umbra']);
  const { data } = await ask('GET', '/change?kind=endpoint');
  await ask('POST', '/change/revert', { changeIds: [data[0].id] });
  await until(async () => (await stateOf(held)) === 'delivered', 'what waited');
});

test('a circuit opened by hand until a moment goes on by a probe from then on', async (t) => {
  const { ask, send, receiver } = await createScene(t);
  const lane = '/app/acme/endpoint/main/lane';
  const until = new Date(Date.now() + 700).toISOString();
  const beganAt = performance.now();
  await ask('POST', `${lane}/circuit/open`, { reason: 'a short one', until });
  await send();
  await receiver.until(1);
  assert.ok(performance.now() - beganAt > 500);
  await send();
  await receiver.until(2);
  const now = await ask('GET', lane);
  assert.deepEqual([now.restsFor, now.breaker.state, now.handCircuit], [null, 'closed', null]);
});

test('probes of a circuit opened by hand go out one at a time, and close nothing', async (t) => {
  const { ask, send, receiver } = await createScene(t, {
    breakerOpenMs: 300,
    breakerLongestOpenMs: 300,
  });
  const lane = '/app/acme/endpoint/main/lane';
  await ask('POST', `${lane}/circuit/open`, { reason: 'let us see', withProbes: true });
  for (let count = 0; count < 3; count += 1) await send();
  const beganAt = performance.now();
  await receiver.until(2);
  assert.ok(performance.now() - beganAt > 200, 'a probe came before its time');
  assert.equal(receiver.received.length, 2);
  assert.equal((await ask('GET', lane)).breaker.isByHand, true);
  await ask('POST', `${lane}/circuit/close`);
  await receiver.until(3);
});
