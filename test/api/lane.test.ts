import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import {
  createApplication,
  deliveriesOf,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  // A poll would hide a lane that nobody wakes: the longest there is.
  service = await startTestService(scope, {
    breakerFailures: 3,
    // Over a second: what a lane holds in memory goes back to the ledger, where it is counted.
    breakerOpenMs: 1500,
    breakerLongestOpenMs: 3000,
    retrySchedule: '0s,20ms,20ms,20ms,20ms,20ms,20ms,20ms,20ms',
    reconcileMs: 60_000,
  });
});
after(() => scope.end());

let scenes = 0;

type Scene = {
  readonly app: string;
  readonly receiver: Receiver;
  readonly lane: string;
  readonly get: () => Promise<Answered['json']>;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered>;
  /** Resolves to the message's id. */
  readonly send: () => Promise<string>;
};

async function createScene(context: TestContext): Promise<Scene> {
  scenes += 1;
  const app = `app-${scenes}`;
  const receiver = await startReceiver(context);
  await createApplication(service, app, { main: `${receiver.origin}/hook` });
  const lane = `/api/v1/app/${app}/endpoint/main/lane`;
  return {
    app,
    receiver,
    lane,
    async get() {
      const { status, json, text } = await service.call('GET', lane);
      assert.equal(status, 200, text);
      return json;
    },
    ask: (method, path, body) => service.call(method, `${lane}${path}`, body),
    async send() {
      const body = { eventType: 'a.b', payload: { n: 1 } };
      const { status, json, text } = await service.call('POST', `/api/v1/app/${app}/msg`, body);
      assert.equal(status, 202, text);
      return json.id;
    },
  };
}

/** An application's lane among those that rest. */
async function listedLane(app: string): Promise<Answered['json']> {
  const { json } = await service.call('GET', '/api/v1/lane');
  const lanes: readonly { readonly appUid: string }[] = json.data;
  return lanes.find(({ appUid }) => appUid === app);
}

async function isDelivered(app: string, message: string): Promise<boolean> {
  const [delivery] = await deliveriesOf(service, app, message);
  return delivery?.state === 'delivered';
}

test('a lane at rest from nothing shows the policy of the service and no trouble', async (t) => {
  const { get } = await createScene(t);
  const lane = await get();
  assert.equal(lane.policy.breakerFailures, 3);
  assert.deepEqual(
    [lane.overrides, lane.isPaused, lane.pausedAt, lane.restsFor, lane.restsUntil],
    [{}, false, null, null, null],
  );
  assert.deepEqual([lane.breaker.state, lane.breaker.failuresInARow], ['closed', 0]);
  assert.deepEqual([lane.waiting, lane.isMoreWaiting, lane.oldestDueAt], [0, false, null]);
  assert.equal(lane.endpointUid, 'main');
});

test('failures open the circuit, which shows what waits, and closes once the receiver is well', async (t) => {
  const { app, receiver, get, send } = await createScene(t);
  receiver.answer = (response) => void response.writeHead(500).end();
  const messages = [await send(), await send(), await send(), await send()];
  const open = await until(async () => {
    const lane = await get();
    return lane.restsFor === 'circuit_open' && lane.waiting === 4 && lane;
  }, 'an open circuit');
  assert.equal(open.breaker.state, 'open');
  assert.ok(Date.parse(open.restsUntil) > Date.parse(open.breaker.since));
  assert.ok(Date.parse(open.failingSince) <= Date.parse(open.breaker.since));
  assert.ok(Date.parse(open.oldestDueAt) > 0);
  assert.equal(open.concurrency, 0);
  const listed = await listedLane(app);
  assert.notEqual(listed.breaker.state, 'closed');
  assert.ok(!('waiting' in listed), 'a list counts no backlog');

  receiver.answer = (response) => void response.end();
  for (const message of messages) await until(() => isDelivered(app, message), 'the delivery');
  const closed = await get();
  assert.deepEqual(
    [closed.breaker.state, closed.restsFor, closed.failingSince, closed.waiting],
    ['closed', null, null, 0],
  );
});

describe('pause and resume', () => {
  test('a paused lane sends nothing and loses nothing, and starts at once when it is resumed', async (t) => {
    const { app, receiver, get, ask, send } = await createScene(t);
    const paused = await ask('POST', '/pause', { reason: 'we deploy' });
    assert.equal(paused.status, 200, paused.text);
    assert.deepEqual(
      [paused.json.isPaused, paused.json.pausedReason, paused.json.restsFor],
      [true, 'we deploy', 'paused'],
    );
    assert.equal(paused.json.restsUntil, null);
    const messages = [await send(), await send()];
    await until(async () => (await get()).waiting === 2, 'both to wait');
    assert.equal((await listedLane(app)).restsFor, 'paused');
    assert.deepEqual(receiver.received, []);

    const resumed = await ask('POST', '/resume');
    assert.deepEqual(
      [resumed.json.isPaused, resumed.json.pausedAt, resumed.json.pausedReason],
      [false, null, null],
    );
    // Nothing polls here for a minute: only the change itself can wake the lane.
    await until(async () => receiver.received.length === 2, 'what waited', 5000);
    for (const message of messages) await until(() => isDelivered(app, message), 'the delivery');
  });

  test('pausing again keeps since when, and resuming what runs changes nothing', async (t) => {
    const { ask, app } = await createScene(t);
    const updatedAt = async (): Promise<string> =>
      (await service.call('GET', `/api/v1/app/${app}/endpoint/main`)).json.updatedAt;
    const before = await updatedAt();
    assert.equal((await ask('POST', '/resume')).status, 200);
    assert.equal(await updatedAt(), before);
    const first = await ask('POST', '/pause', { reason: 'one' });
    const second = await ask('POST', '/pause', { reason: 'two' });
    assert.equal(second.json.pausedAt, first.json.pausedAt);
    assert.equal(second.json.pausedReason, 'two');
  });

  test("the owner's token may pause and resume, and not change the policy", async (t) => {
    const { app, lane } = await createScene(t);
    const access = await service.call('POST', `/api/v1/auth/app-portal-access/${app}`, {});
    const options = { token: access.json.token };
    const call = (method: string, path: string, body?: object): Promise<Answered> =>
      service.call(method, lane + path, body, options);
    assert.equal((await call('GET', '')).status, 200);
    assert.equal((await call('POST', '/pause', { reason: 'ours' })).json.isPaused, true);
    assert.equal((await call('POST', '/resume')).json.isPaused, false);
    assert.equal((await call('PATCH', '', { concurrency: 1 })).status, 403);
    assert.equal((await service.call('GET', '/api/v1/lane', undefined, options)).status, 403);
  });

  test('a pause needs a reason', async (t) => {
    const { ask } = await createScene(t);
    for (const body of [{}, { reason: '' }, { reason: 'x'.repeat(1025) }, { reason: 5 }]) {
      const { status, json } = await ask('POST', '/pause', body);
      assert.deepEqual([status, json.field], [422, 'reason']);
    }
  });
});

describe('the policy', () => {
  test('fields are set one by one, and null takes each back to the setting', async (t) => {
    const { ask, get } = await createScene(t);
    await ask('PATCH', '', { concurrency: 2, ordered: true });
    const { json } = await ask('PATCH', '', { breakerFailures: 7 });
    assert.deepEqual(json.overrides, { concurrency: 2, ordered: true, breakerFailures: 7 });
    assert.deepEqual(
      [json.policy.concurrency, json.policy.breakerFailures, json.policy.breakerOpenMs],
      [2, 7, 1500],
    );
    await ask('PATCH', '', { concurrency: null, ordered: null });
    assert.deepEqual((await get()).overrides, { breakerFailures: 7 });
    await ask('PATCH', '', { breakerFailures: null });
    const last = await get();
    assert.deepEqual([last.overrides, last.policy.breakerFailures], [{}, 3]);
  });

  test('what is out of bounds, unknown or at odds is refused, and nothing is changed', async (t) => {
    const { ask, get } = await createScene(t);
    const refused: readonly (readonly [unknown, string])[] = [
      [{ concurrency: 0 }, 'concurrency'],
      [{ concurrency: 4097 }, 'concurrency'],
      [{ concurrency: 1.5 }, 'concurrency'],
      [{ concurrency: '4' }, 'concurrency'],
      [{ adaptive: 1 }, 'adaptive'],
      [{ breakerOpenMs: 99 }, 'breakerOpenMs'],
      [{ breakerFailurePercent: 101 }, 'breakerFailurePercent'],
      [{ disableAfterMs: -1 }, 'disableAfterMs'],
      [{ concurency: 4 }, 'concurency'],
      [{ __proto__: null, concurrency: 3, constructor: 1 }, 'constructor'],
      [[], 'body'],
      // The longest time that the circuit stays open is 3000 ms here.
      [{ breakerOpenMs: 3001 }, 'breakerOpenMs'],
      [{ breakerLongestOpenMs: 1499 }, 'breakerLongestOpenMs'],
      [{ breakerOpenMs: 5000, breakerLongestOpenMs: 4999 }, 'breakerOpenMs'],
    ];
    for (const [body, field] of refused) {
      const { status, json, text } = await ask('PATCH', '', body);
      assert.deepEqual([status, json.code, json.field], [422, 'validation', field], text);
    }
    assert.deepEqual((await get()).overrides, {});
    const both = await ask('PATCH', '', { breakerOpenMs: 5000, breakerLongestOpenMs: 5000 });
    assert.equal(both.status, 200, both.text);
  });

  test('an update of the endpoint or of its application keeps overrides and pause', async (t) => {
    const { app, receiver, ask, get } = await createScene(t);
    await ask('PATCH', '', { concurrency: 2 });
    await ask('POST', '/pause', { reason: 'kept' });
    const { pausedAt } = await get();
    const endpoint = `/api/v1/app/${app}/endpoint/main`;
    const url = `${receiver.origin}/hook`;
    const updates: readonly (readonly [string, string, unknown])[] = [
      ['PUT', endpoint, { url, uid: 'main', description: 'another' }],
      ['PATCH', endpoint, { description: 'yet another' }],
      ['PATCH', `${endpoint}/headers`, { headers: { 'x-a': 'b' } }],
      ['POST', `${endpoint}/secret/rotate`, {}],
      ['PATCH', `/api/v1/app/${app}`, { throttleRate: 5 }],
    ];
    for (const [method, path, body] of updates) {
      const { status, text } = await service.call(method, path, body);
      assert.ok(status < 300, `${method} ${path}: ${text}`);
      const lane = await get();
      assert.deepEqual(
        [lane.overrides, lane.isPaused, lane.pausedAt, lane.pausedReason],
        [{ concurrency: 2 }, true, pausedAt, 'kept'],
        `${method} ${path}`,
      );
    }
  });
});

test('429 with Retry-After holds the lane for as long, and no other delivery is tried', async (t) => {
  const { app, receiver, get, send } = await createScene(t);
  receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '1' }).end();
  const first = await send();
  await receiver.until(1);
  const held = await until(async () => {
    const lane = await get();
    return lane.restsFor === 'held' && lane;
  }, 'the hold');
  assert.ok(Date.parse(held.restsUntil) <= Date.now() + 1000);
  assert.equal(held.breaker.state, 'closed');
  receiver.answer = (response) => void response.end();
  const heldUntil = Date.parse(held.restsUntil);
  const second = await send();
  await receiver.until(3);
  assert.ok(Date.now() >= heldUntil - 50, 'nothing was sent before its end');
  for (const message of [first, second]) await until(() => isDelivered(app, message), 'delivery');
});

describe('a rate is kept', () => {
  const RATE = 20;
  const MESSAGES = 60;

  /** The most arrivals within any window of a second. */
  function busiestSecond(arrivals: readonly number[]): number {
    return Math.max(
      ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length),
    );
  }

  for (const [whose, path] of [
    ['of the endpoint', '/endpoint/main'],
    ['of the application', ''],
  ] as const) {
    test(whose, async (t) => {
      const { app, receiver, send } = await createScene(t);
      const arrivals: number[] = [];
      receiver.answer = (response) => {
        arrivals.push(performance.now());
        response.end();
      };
      const set = await service.call('PATCH', `/api/v1/app/${app}${path}`, { throttleRate: RATE });
      assert.equal(set.status, 200, set.text);
      await Promise.all(Array.from({ length: MESSAGES }, send));
      await receiver.until(MESSAGES);
      const tookMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
      t.diagnostic(
        `${MESSAGES} in ${Math.round(tookMs)} ms, ${busiestSecond(arrivals)} in the busiest second`,
      );
      // A full bucket first, then its inflow: (60 - 20) / 20 s.
      assert.ok(tookMs > 1700 && tookMs < 6000, `${tookMs} ms`);
      // The bucket's capacity and a second's inflow; a few more, as arrivals jitter on their way.
      assert.ok(busiestSecond(arrivals) <= 2 * RATE + 4);
    });
  }
});
