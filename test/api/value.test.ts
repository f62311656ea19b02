import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  createApplication,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;

before(async () => {
  service = await startTestService(scope, { retrySchedule: '0s', deliveryDeadlineMs: 1000 });
  receiver = await startReceiver(scope);
  await createApplication(service, 'acme', { main: receiver.origin });
});
after(() => scope.end());

const call = (method: string, path: string, body?: object): Promise<Answered> =>
  service.call(method, `/api/v1${path}`, body);

async function ask(method: string, path: string, body?: object): Promise<Answered['json']> {
  const { status, json, text } = await call(method, path, body);
  assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

const cents = { path: '/data/amount', currency: 'EUR', unit: 'minor' };
const stored = { ...cents, currencyPath: null };

let types = 0;
async function eventType(value: object | null): Promise<string> {
  types += 1;
  const name = `paid.${types}`;
  await ask('POST', '/event-type', { name, description: '', value });
  return name;
}

async function valueOf(type: string, payload: object, more: object = {}): Promise<unknown> {
  const { id } = await ask('POST', '/app/acme/msg', { eventType: type, payload, ...more });
  return (await ask('GET', `/app/acme/msg/${id}`)).value;
}

async function figure(result: string): Promise<number> {
  const { text } = await service.call('GET', '/metrics');
  const line = text
    .split('\n')
    .find((each) => each.startsWith(`holdfast_message_values_total{result="${result}"}`));
  return Number(line?.split(' ')[1]);
}

describe('the value of an event type', () => {
  test('is stored, told, changed and reverted with it', async () => {
    const name = await eventType(cents);
    assert.deepEqual((await ask('GET', `/event-type/${name}`)).value, stored);
    const major = { path: '/total', currencyPath: '/currency', unit: 'major' };
    const put = await ask('PUT', `/event-type/${name}`, { description: 'x', value: major });
    assert.deepEqual(put.value, { ...major, currency: null });
    const changes = await ask('GET', '/change?kind=event_type&limit=1');
    await ask('POST', '/change/revert', { changeIds: [changes.data[0].id], reason: 'wrong' });
    assert.deepEqual((await ask('GET', `/event-type/${name}`)).value, stored);
    assert.deepEqual(await valueOf(name, { data: { amount: 12 } }), {
      amount: 12,
      currency: 'EUR',
    });
  });

  test('stays where a body says nothing of it, and goes with null', async () => {
    const name = await eventType(cents);
    await ask('PUT', `/event-type/${name}`, { description: 'by one who knows nothing of it' });
    await ask('PATCH', `/event-type/${name}`, { description: 'nor this one' });
    assert.deepEqual((await ask('GET', `/event-type/${name}`)).value, stored);
    await ask('PATCH', `/event-type/${name}`, { value: null });
    assert.equal((await ask('GET', `/event-type/${name}`)).value, null);
    assert.equal(await valueOf(name, { data: { amount: 12 } }), undefined);
  });

  test('is refused with the field where it cannot be read', async () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ ...cents, path: 'data.amount' }, 'value.path'],
      [{ ...cents, path: '/a~2' }, 'value.path'],
      [{ ...cents, path: '/a'.repeat(17) }, 'value.path'],
      [{ ...cents, path: '' }, 'value.path'],
      [{ ...cents, currency: 'ZZQ' }, 'value.currency'],
      [{ ...cents, currency: 'eur' }, 'value.currency'],
      [{ ...cents, currencyPath: '/c' }, 'value.currency'],
      [{ path: '/a', unit: 'minor' }, 'value.currency'],
      [{ path: '/a', currencyPath: 'c', unit: 'minor' }, 'value.currencyPath'],
      [{ ...cents, unit: 'cents' }, 'value.unit'],
    ];
    for (const [value, field] of wrong) {
      const { status, json } = await call('POST', '/event-type', {
        name: 'never',
        description: '',
        value,
      });
      assert.equal(status, 422, JSON.stringify(value));
      assert.ok(String(json.field).startsWith('value'), `${json.field} for ${field}`);
    }
  });
});

describe('the value of a message', () => {
  test('comes from its payload, and is none where that cannot be told; nothing is refused', async () => {
    const name = await eventType({ ...cents, unit: 'major' });
    const before = [await figure('carried'), await figure('missing'), await figure('too_large')];
    assert.deepEqual(await valueOf(name, { data: { amount: 19.99 } }), {
      amount: 1999,
      currency: 'EUR',
    });
    assert.equal(await valueOf(name, { data: {} }), undefined);
    assert.equal(await valueOf(name, { data: { amount: 1e300 } }), undefined);
    const after = [await figure('carried'), await figure('missing'), await figure('too_large')];
    assert.deepEqual(
      after.map((count, nth) => count - (before[nth] ?? 0)),
      [1, 1, 1],
    );
  });

  test('of its own goes before, with any event type or none', async () => {
    const name = await eventType(cents);
    const value = { amount: 5, currency: 'JPY' };
    assert.deepEqual(await valueOf(name, { data: { amount: 12 } }, { value }), value);
    assert.deepEqual(await valueOf('undeclared', {}, { value }), value);
    assert.equal(await valueOf('undeclared', {}, { value: null }), undefined);
    for (const wrong of [
      { amount: -1, currency: 'EUR' },
      { amount: 1.5, currency: 'EUR' },
      { amount: 2 ** 53, currency: 'EUR' },
      { amount: 1, currency: 'ZZQ' },
      { amount: 1 },
    ]) {
      const body = { eventType: name, payload: {}, value: wrong };
      assert.equal((await call('POST', '/app/acme/msg', body)).status, 422, JSON.stringify(wrong));
    }
  });

  test('is read from a raw payload, and of each message of a batch', async () => {
    const name = await eventType(cents);
    const raw = { rawPayload: '{"data":{"amount":77}}' };
    assert.deepEqual(await valueOf(name, {}, { transformationsParams: raw }), {
      amount: 77,
      currency: 'EUR',
    });
    const { data } = await ask('POST', '/app/acme/msg/batch', [
      { eventType: name, payload: { data: { amount: 1 } } },
      { eventType: name, payload: {}, value: { amount: 2, currency: 'USD' } },
    ]);
    const values = [];
    for (const { id } of data) values.push((await ask('GET', `/app/acme/msg/${id}`)).value);
    assert.deepEqual(values, [
      { amount: 1, currency: 'EUR' },
      { amount: 2, currency: 'USD' },
    ]);
  });

  test('of its own is part of what a repetition must repeat; one from the event type is not', async () => {
    const name = await eventType(cents);
    const message = { eventType: name, eventId: 'once', payload: { data: { amount: 1 } } };
    const first = await ask('POST', '/app/acme/msg', message);
    await ask('PATCH', `/event-type/${name}`, { value: null });
    assert.equal((await ask('POST', '/app/acme/msg', message)).id, first.id);
    const value = { amount: 9, currency: 'EUR' };
    assert.equal((await call('POST', '/app/acme/msg', { ...message, value })).status, 409);
  });
});

describe('people behind an application', () => {
  test('are told, and stay where a body says nothing of them', async () => {
    await ask('POST', '/app', { name: 'Umbra', uid: 'umbra', people: 8000 });
    assert.equal((await ask('PUT', '/app/umbra', { name: 'Umbra', uid: 'umbra' })).people, 8000);
    assert.equal((await ask('PATCH', '/app/umbra', { people: 12 })).people, 12);
    assert.equal((await ask('PATCH', '/app/umbra', { people: null })).people, undefined);
    assert.equal((await call('PATCH', '/app/umbra', { people: -1 })).status, 422);
  });
});

describe('money at risk', () => {
  test('is what late deliveries carry, in each currency, and the objective’s own value is not asked', async (t) => {
    const ill = await startReceiver(t, (response) => {
      response.writeHead(500).end();
    });
    await createApplication(service, 'ill', { main: ill.origin });
    await ask('POST', '/objective', {
      name: 'ill-on-time',
      indicator: 'on_time',
      target: 0.9,
      deadlineMs: 1000,
      periodDays: 7,
      owner: 'payments',
      slice: { appIds: ['ill'] },
      value: { valuePerDelivery: 1, currency: 'USD' },
    });
    for (const value of [
      { amount: 700, currency: 'EUR' },
      { amount: 300, currency: 'EUR' },
      { amount: 40_000, currency: 'JPY' },
    ]) {
      await ask('POST', '/app/ill/msg', { eventType: 'undeclared', payload: {}, value });
    }
    const status = await until(async () => {
      const answer = await ask('GET', '/objective/ill-on-time/status');
      return answer.status.bad === 3 && answer.status;
    }, 'three late deliveries');
    const [euros, yen, ...others] = status.atRisk;
    assert.deepEqual(others, []);
    assert.deepEqual([euros.currency, yen.currency], ['EUR', 'JPY']);
    assert.deepEqual([euros.source, yen.source], ['messages', 'messages']);
    // All of it is late, so that a week at this traffic is so many times what was carried.
    assert.ok(Math.abs(yen.perWeek / euros.perWeek - 40) < 0.01);
    const board = await service.call('GET', '/api/v1/board');
    assert.equal(board.status, 200);
  });
});
