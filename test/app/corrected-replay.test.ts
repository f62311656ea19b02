import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';
import {
  createApplication,
  deliveriesOf,
  readLedger,
  startTestService,
  type TestService,
} from '../support/service.ts';
import { readLedgerFile } from '../../src/ledger/index.ts';

type Scene = {
  readonly service: TestService;
  readonly receiver: Receiver;
  readonly secret: string;
};

const HUNDRED = { operations: [{ path: 'data.amount', multiply: '100' }] };
const FEW = { where: [{ path: 'data.amount', op: 'lt', value: 1000 }], ...HUNDRED };

async function openScene(context: TestContext): Promise<Scene> {
  const receiver = await startReceiver(context);
  const service = await startTestService(context, { reconcileMs: 100 });
  await createApplication(service, 'acme', { main: `${receiver.origin}/hook` });
  const { json } = await service.call('GET', '/api/v1/app/acme/endpoint/main/secret');
  return { service, receiver, secret: json.key };
}

/** The payload goes out as it is written here. Resolves to the message's id. */
async function send(service: TestService, payload: string, eventType = 'paid'): Promise<string> {
  const body = `{"eventType":"${eventType}","payload":${payload}}`;
  const { status, json, text } = await service.call('POST', '/api/v1/app/acme/msg', body);
  assert.equal(status, 202, text);
  return json.id;
}

async function lane(service: TestService, verb: 'pause' | 'resume'): Promise<void> {
  const path = `/api/v1/app/acme/endpoint/main/lane/${verb}`;
  const body = verb === 'pause' ? { reason: 'amounts are wrong' } : undefined;
  const { status, text } = await service.call('POST', path, body);
  assert.equal(status, 200, text);
}

/** Corrects and waits for the act, not for its deliveries. */
async function correct(service: TestService, body: object) {
  const path = '/api/v1/app/acme/correction';
  const begun = await service.call('POST', path, { reason: 'cents and dollars', ...body });
  assert.equal(begun.status, 202, begun.text);
  return until(async () => {
    const { json } = await service.call('GET', `${path}/${begun.json.id}`);
    return json.done === true && json;
  }, 'the act to be done');
}

async function records(service: TestService, actId: string) {
  const path = `/api/v1/app/acme/correction/${actId}/record`;
  const { status, json, text } = await service.call('GET', path);
  assert.equal(status, 200, text);
  return json.data;
}

function assertAuditClean({ dataDir }: TestService): void {
  const ledger = readLedgerFile(dataDir);
  try {
    const audit = ledger.audit({ now: Date.now(), nameAtMost: 10 });
    assert.deepEqual([audit.unaccounted, audit.findings], [0, []]);
  } finally {
    ledger.close();
  }
}

/** What the receiver verified: id and bytes. */
function verified({ receiver, secret }: Scene): readonly { id: string; body: string }[] {
  return receiver.received.map(({ headers, body }) => {
    const text = body.toString('utf8');
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return { id: String(headers['webhook-id']), body: text };
  });
}

test('harmed messages are held back, corrected where they are wrong, and delivered', async (context) => {
  const scene = await openScene(context);
  const { service, receiver } = scene;
  await lane(service, 'pause');
  const whole = await send(service, '{"data":{"amount":1999.0,"n":12345678901234567890}}');
  const harmed = await send(service, '{ "data" : {"amount": 19.99 , "n":12345678901234567890} }');
  const other = await send(service, '{"data":{"amount":19.99}}', 'refunded');
  const none = await send(service, '{"data":{"total":19.99}}');

  const wish = { eventTypes: ['paid'], correction: HUNDRED };
  const preview = await service.call('POST', '/api/v1/app/acme/correction', {
    ...wish,
    reason: 'a look',
    preview: true,
  });
  assert.equal(preview.status, 200, preview.text);
  assert.deepEqual(preview.json.counts, {
    messages: 4,
    deliveries: 3,
    matched: 3,
    corrected: 2,
    skipped: { path_missing: 1 },
  });
  assert.equal(preview.json.isWhole, true);
  assert.deepEqual(
    (preview.json.examples as readonly { msgId: string; changes: unknown }[]).map((each) => [
      each.msgId,
      each.changes,
    ]),
    [
      [whole, [{ path: '/data/amount', before: '1999.0', after: '199900' }]],
      [harmed, [{ path: '/data/amount', before: '19.99', after: '1999' }]],
    ],
  );
  assert.equal(
    readLedger(service.dataDir, (ledger) => ledger.prepare('SELECT * FROM correction').all())
      .length,
    0,
  );

  const act = await correct(service, { ...wish, correction: FEW });
  assert.equal(act.touched, 1);
  assert.deepEqual(act.correction, FEW);
  assert.deepEqual(act.counts, {
    messages: 4,
    deliveries: 3,
    matched: 1,
    corrected: 1,
    skipped: {},
  });
  assert.equal(receiver.received.length, 0);
  await lane(service, 'resume');
  await receiver.until(4);
  const corrected = '{ "data" : {"amount": 1999 , "n":12345678901234567890} }';
  const got = new Map(verified(scene).map(({ id, body }) => [id, body]));
  assert.deepEqual(
    [whole, harmed, other, none].map((id) => got.get(id)),
    [
      '{"data":{"amount":1999.0,"n":12345678901234567890}}',
      corrected,
      '{"data":{"amount":19.99}}',
      '{"data":{"total":19.99}}',
    ],
  );
  const about = receiver.received.map(({ headers }) => headers['holdfast-corrects']);
  assert.deepEqual(
    about.filter((id) => id !== undefined),
    [harmed],
  );

  await until(
    async () => (await deliveriesOf(service, 'acme', harmed))[0]?.state === 'delivered',
    'its delivery',
  );
  const [row, ...more] = await records(service, act.id);
  assert.deepEqual(more, []);
  const { at, endpointId, ...rest } = row;
  assert.match(endpointId, /^ep_/);
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000);
  assert.deepEqual(rest, {
    msgId: harmed,
    nth: 1,
    webhookId: harmed,
    changes: [{ path: '/data/amount', before: '19.99', after: '1999' }],
    beforeHash: hash('sha256', '{ "data" : {"amount": 19.99 , "n":12345678901234567890} }'),
    afterHash: hash('sha256', corrected),
    actor: 'admin',
    reason: 'cents and dollars',
    state: 'delivered',
  });
  // What was accepted stays what was accepted.
  const kept = await service.call('GET', `/api/v1/app/acme/msg/${harmed}`);
  assert.equal(kept.json.payload.data.amount, 19.99);
  assertAuditClean(service);
});

test('what was delivered goes out under a new id, and a replay keeps both', async (context) => {
  const scene = await openScene(context);
  const { service, receiver } = scene;
  const id = await send(service, '{"data":{"amount":5}}');
  await receiver.until(1);
  await until(
    async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'delivered',
    'it',
  );

  assert.equal((await correct(service, { correction: HUNDRED })).touched, 0);
  const act = await correct(service, { correction: HUNDRED, states: ['delivered'] });
  assert.equal(act.touched, 1);
  await receiver.until(2);
  await until(
    async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'delivered',
    'it',
  );
  const resend = await service.call('POST', `/api/v1/app/acme/msg/${id}/endpoint/main/resend`);
  assert.equal(resend.status, 202, resend.text);
  await receiver.until(3);
  await until(
    async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'delivered',
    'it',
  );

  // A second correction begins with what the first one made of it.
  await correct(service, {
    states: ['delivered'],
    correction: { operations: [{ op: 'add', path: '/note', value: 'corrected' }] },
  });
  await receiver.until(4);
  assert.deepEqual(verified(scene), [
    { id, body: '{"data":{"amount":5}}' },
    { id: `${id}_c1`, body: '{"data":{"amount":500}}' },
    { id: `${id}_c1`, body: '{"data":{"amount":500}}' },
    { id: `${id}_c2`, body: '{"data":{"amount":500},"note":"corrected"}' },
  ]);
  await until(
    async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'delivered',
    'it',
  );

  // Whoever asks for the same id gets it.
  await correct(service, {
    states: ['delivered'],
    webhookId: 'same',
    correction: { operations: [{ op: 'remove', path: '/note' }] },
  });
  await receiver.until(5);
  assert.deepEqual(verified(scene).at(-1), { id: `${id}_c2`, body: '{"data":{"amount":500}}' });
  await until(
    async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'delivered',
    'it',
  );
  assertAuditClean(service);
});

test('dead letters are corrected and redriven at the rate, and the id stays as nobody took it', async (context) => {
  const scene = await openScene(context);
  const { service, receiver } = scene;
  receiver.answer = (response) => void response.writeHead(400).end('what a strange amount');
  const ids = [];
  for (let nth = 1; nth <= 4; nth += 1) ids.push(await send(service, `{"data":{"amount":${nth}}}`));
  for (const id of ids) {
    await until(
      async () => (await deliveriesOf(service, 'acme', id))[0]?.state === 'dead',
      'death',
    );
  }
  const before = receiver.received.length;
  receiver.answer = (response) => void response.end();
  const startedAt = performance.now();
  const act = await correct(service, { correction: HUNDRED, perSecond: 10 });
  assert.equal(act.touched, 4);
  await receiver.until(before + 4);
  assert.ok(performance.now() - startedAt > 250, 'four at ten a second');
  assert.deepEqual(
    verified(scene).slice(before),
    ids.map((id, at) => ({ id, body: `{"data":{"amount":${(at + 1) * 100}}}` })),
  );
});

test('content that is removed on request takes what was made of it along', async (context) => {
  const { service } = await openScene(context);
  await lane(service, 'pause');
  const id = await send(service, '{"data":{"amount":5}}');
  const act = await correct(service, { correction: HUNDRED });
  const removed = await service.call('DELETE', `/api/v1/app/acme/msg/${id}/content`);
  assert.equal(removed.status, 204, removed.text);
  const [row] = await records(service, act.id);
  assert.deepEqual([row.changes, row.state], [null, 'cancelled']);
  assert.equal(row.afterHash, hash('sha256', '{"data":{"amount":500}}'));
  const texts = readLedger(service.dataDir, (ledger) =>
    ledger.prepare('SELECT * FROM corrected_payload').all(),
  );
  assert.deepEqual(texts, []);
  const again = await correct(service, { correction: HUNDRED, states: ['cancelled'] });
  assert.deepEqual([again.touched, again.counts.skipped], [0, { payload_gone: 1 }]);
});

test('a correction is refused by the field that is wrong, and to a token of one application', async (context) => {
  const { service } = await openScene(context);
  const path = '/api/v1/app/acme/correction';
  const body = { reason: 'x', correction: HUNDRED };
  const fieldOf = async (given: object): Promise<unknown> =>
    (await service.call('POST', path, { ...body, ...given })).json.field;
  assert.equal(
    await fieldOf({ correction: { operations: [{ path: 'a', multiply: '0' }] } }),
    'correction.operations.0.multiply',
  );
  assert.equal(await fieldOf({ evenType: 'paid' }), 'evenType');
  assert.equal(await fieldOf({ states: ['in_flight'] }), 'states.0');
  assert.equal(await fieldOf({ endpointId: 'nobody' }), 'endpoint_id');
  const access = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
  const { token } = access.json;
  assert.equal((await service.call('POST', path, body, { token })).status, 403);
  const unknown = await service.call('GET', `${path}/act_000000000000000`);
  assert.equal(unknown.status, 404);
});
