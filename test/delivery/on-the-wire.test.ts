import assert from 'node:assert/strict';
import { createPublicKey, verify as verifyBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { startReceiver, type Received, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  createApplication,
  readLedger,
  startTestService,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;

before(async () => {
  receiver = await startReceiver(scope);
  service = await startTestService(scope);
});
after(() => scope.end());

/** Sends a payload's text as it stands and gives what the endpoint got. */
async function deliver(app: string, payload: string): Promise<Received> {
  const body = `{"eventType":"a", "payload":${payload}}`;
  const { status, text, json } = await service.call('POST', `/api/v1/app/${app}/msg`, body);
  assert.equal(status, 202, text);
  return until(
    () => receiver.received.find(({ headers }) => headers['webhook-id'] === json.id),
    'the request',
  );
}

async function secretOf(app: string, endpoint = 'main'): Promise<string> {
  const path = `/api/v1/app/${app}/endpoint/${endpoint}/secret`;
  return (await service.call('GET', path)).json.key;
}

/** By the library that receivers use, not by our own code. Throws where the signature does not fit. */
function verify(secret: string, { body, headers }: Received): void {
  new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  });
}

test('the endpoint gets the very bytes of the payload, and can verify them', async () => {
  await createApplication(service, 'bytes', { main: receiver.origin });
  const secret = await secretOf('bytes');
  for (const payload of [
    '{}',
    '{"n": 1.0, "big": 1e400, "tiny": -0.0, "exact": 12345678901234567890.10}',
    '{\t"spaces" :\r\n [ 1 ,2 ]\n}',
    '{"unicode":"äöü 漢字 𝒳 🎉","line":"\u2028","bom":"\ufeff"}',
    '{"escaped":"\\u00e4 \\ud83c\\udf89 \\u0000 \\ud800 \\/ \\""}',
    '{"same":1,"same":2,"__proto__":{"a":1},"constructor":null}',
    '{"payload":{"payload":"}"},"]":"\\\\\\""}',
    `{"long":"${'ä'.repeat(200_000)}"}`,
    `{"deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  ]) {
    const received = await deliver('bytes', payload);
    assert.equal(received.body.toString('utf8'), payload);
    verify(secret, received);
  }
});

test('whatever JSON a sender writes, its bytes arrive and verify', async () => {
  await createApplication(service, 'any', { main: receiver.origin });
  const secret = await secretOf('any');
  const space = fc.constantFrom('', ' ', '\n', '\t ', '\r\n');
  const text = fc.tuple(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), space, space);
  await fc.assert(
    fc.asyncProperty(text, async ([value, before_, behind]) => {
      const payload = JSON.stringify(value, null, before_).replace(/^\{/, `{${behind}`);
      const received = await deliver('any', payload);
      assert.equal(received.body.toString('utf8'), payload);
      verify(secret, received);
    }),
    { numRuns: 60 },
  );
});

test('a signature fits its own bytes and secret only', async () => {
  await createApplication(service, 'strict', { main: receiver.origin, other: receiver.origin });
  const received = await deliver('strict', '{"amount":1}');
  const secrets = await Promise.all([secretOf('strict'), secretOf('strict', 'other')]);
  const fitting = secrets.filter((secret) => {
    try {
      verify(secret, received);
      return true;
    } catch {
      return false;
    }
  });
  assert.equal(fitting.length, 1);
  const [secret = ''] = fitting;
  assert.throws(() => verify(secret, { ...received, body: Buffer.from('{"amount":2}') }));
  const headers = { ...received.headers, 'webhook-id': 'msg_other' };
  assert.throws(() => verify(secret, { ...received, headers }));
});

test('while a secret rotates, receivers with the old and with the new one can verify', async () => {
  await createApplication(service, 'rotating', { main: receiver.origin });
  const oldSecret = await secretOf('rotating');
  const path = '/api/v1/app/rotating/endpoint/main/secret/rotate';
  const rotated = await service.call('POST', path, {});
  assert.equal(rotated.status, 204, rotated.text);
  const newSecret = await secretOf('rotating');
  assert.notEqual(newSecret, oldSecret);
  const received = await deliver('rotating', '{"amount":1}');
  verify(oldSecret, received);
  verify(newSecret, received);
});

test('an Ed25519 secret signs so that its public key verifies', async () => {
  await createApplication(service, 'asymmetric');
  const keys =
    '6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
  const path = '/api/v1/app/asymmetric/endpoint';
  const made = await service.call('POST', path, { url: receiver.origin, secret: `whsk_${keys}` });
  assert.equal(made.status, 201, made.text);
  const { body, headers } = await deliver('asymmetric', '{"amount":1}');
  const [version, signature = ''] = String(headers['webhook-signature']).split(',');
  assert.equal(version, 'v1a');
  const x = Buffer.from(keys, 'base64').subarray(32).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${String(body)}`;
  assert.ok(verifyBytes(null, Buffer.from(content), key, Buffer.from(signature, 'base64')));
});

test('every attempt of a delivery carries the same id, and the time of its own', async () => {
  await createApplication(service, 'again', { main: `${receiver.origin}/again` });
  let failures = 0;
  const { answer } = receiver;
  receiver.answer = (response, received) => {
    failures += received.path === '/again' ? 1 : 0;
    response.writeHead(failures <= 2 ? 500 : 200).end();
  };
  try {
    const { headers } = await deliver('again', '{}');
    const ofMessage = (): readonly Received[] =>
      receiver.received.filter((each) => each.headers['webhook-id'] === headers['webhook-id']);
    const attempts = await until(() => ofMessage().length === 3 && ofMessage(), 'three attempts');
    const secret = await secretOf('again');
    for (const attempt of attempts) {
      verify(secret, attempt);
      const ageMs = Date.now() - 1000 * Number(attempt.headers['webhook-timestamp']);
      assert.ok(ageMs >= 0 && ageMs < 10_000);
    }
  } finally {
    receiver.answer = answer;
  }
});

test('an attempt is in the ledger as started before its bytes leave', async () => {
  const seen: unknown[] = [];
  const look = (): unknown =>
    readLedger(service.dataDir, (database) => {
      const row = database
        .prepare(
          `SELECT d.state, d.attempts, d.attempt_id IS NOT NULL AS has_attempt, d.due_at > ? AS is_leased, m.payload
           FROM delivery d JOIN message m ON m.id = d.message_id ORDER BY m.id DESC LIMIT 1`,
        )
        .get(Date.now());
      return { ...row };
    });
  const watching = await startReceiver(scope, (response) => {
    seen.push(look());
    response.writeHead(seen.length < 3 ? 503 : 200).end();
  });
  await createApplication(service, 'recorded', { main: watching.origin });
  const body = { eventType: 'a', payload: { on: 'record' } };
  await service.call('POST', '/api/v1/app/recorded/msg', body);
  await watching.until(3);
  assert.deepEqual(
    seen,
    [1, 2, 3].map((attempts) => ({
      state: 1,
      attempts,
      has_attempt: 1,
      is_leased: 1,
      payload: '{"on":"record"}',
    })),
  );
});
