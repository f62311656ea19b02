import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { after, before, describe, test } from 'node:test';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';
import { runs } from '../../support/ledger-property.ts';
import { until } from '../../support/service-until.ts';

let service: HostileService;
let ledger: LedgerWatch;
let caller: Caller;
let receiver: Server;
/** Names and values by turns, as they stood on the wire. */
const received: (readonly string[])[] = [];

const ENDPOINT = '/app/headers/endpoint/target';

before(async () => {
  receiver = createServer((request, response) => {
    received.push(request.rawHeaders);
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  service = await startHostileService();
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  const { port } = receiver.address() as AddressInfo;
  await send('POST', '/app', { name: 'headers', uid: 'headers' });
  await send('POST', '/app/headers/endpoint', { url: `http://127.0.0.1:${port}/`, uid: 'target' });
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
  receiver.closeAllConnections();
  await once(receiver.close(), 'close');
});

function send(method: string, path: string, body: unknown): Promise<HostileAnswer> {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
  return caller.send({ method, path: `/api/v1${path}`, headers, body: JSON.stringify(body) });
}

/** An object with one member, whatever its name. */
const only = (name: string, value: unknown): object => Object.fromEntries([[name, value]]);

/** Every way to give an endpoint headers. */
const ways: Readonly<Record<string, (headers: object) => Promise<HostileAnswer>>> = {
  'POST of an endpoint': (headers) =>
    send('POST', '/app/headers/endpoint', { url: 'http://127.0.0.1:9/', headers }),
  'PUT of headers': (headers) => send('PUT', `${ENDPOINT}/headers`, { headers }),
  'PATCH of headers': (headers) => send('PATCH', `${ENDPOINT}/headers`, { headers }),
};

async function assertRefused(headers: object, blamed: string): Promise<void> {
  for (const [way, give] of Object.entries(ways)) {
    const before = ledger.dump();
    const { status, text } = await give(headers);
    assert.equal(status, 422, `${way}: ${status} ${text}`);
    const { code, field } = JSON.parse(text);
    assert.equal(code, 'validation');
    assert.ok(field === 'headers' || field === `headers.${blamed}`, `${way}: ${field}`);
    assert.deepEqual(differences(before, ledger.dump()), [], way);
  }
}

describe('a header that Holdfast or the connection decides is refused, in any spelling', () => {
  const reserved = [
    'connection',
    'content-encoding',
    'content-length',
    'content-type',
    'expect',
    'host',
    'keep-alive',
    'proxy-authorization',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'user-agent',
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
    'webhook-anything',
    'svix-id',
    'svix-timestamp',
    'svix-signature',
    'holdfast-anything',
  ];
  const capitalized = (name: string): string =>
    name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
  for (const name of reserved) {
    test(name, async () => {
      for (const spelling of [name, name.toUpperCase(), capitalized(name)]) {
        await assertRefused(only(spelling, 'x'), spelling);
      }
    });
  }
});

describe('what is no header name is refused', () => {
  for (const name of [
    '',
    ' ',
    'a b',
    ' a',
    'a ',
    'a:',
    ':a',
    'a:b',
    'a\r\nb',
    'a\nhost',
    'a\u0000',
    'a\t',
    'é',
    'a(b)',
    '"a"',
    'a/b',
    'a@b',
    'a{b}',
    '\u2028',
    '\ufeffa',
    'x'.repeat(129),
  ]) {
    test(JSON.stringify(name.slice(0, 20)), () =>
      assertRefused(only(name, 'x'), name.slice(0, 128)),
    );
  }
});

describe('what is no header value is refused', () => {
  const values = [
    'a\r\nx-injected: 1',
    'a\nb',
    'a\rb',
    '\r\n\r\n{"a":1}',
    'a\u0000b',
    'a\u007fb',
    '\u0008',
    'é',
    '\u{1f4a9}',
    '\ud800',
    '\u2028',
    'x'.repeat(4097),
  ];
  for (const value of values) {
    test(JSON.stringify(value.slice(0, 30)), () =>
      assertRefused(only('x-value', value), 'x-value'),
    );
  }
});

test('the same header in two spellings is refused', () =>
  assertRefused({ 'X-Twice': 'a', 'x-twice': 'b' }, 'x-twice'));

test('more headers than fifty are refused, together with those that are there', async () => {
  const many = (count: number, from = 0): object =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-h${from + index}`, 'v']));
  await assertRefused(many(51), '');
  assert.equal((await send('PUT', `${ENDPOINT}/headers`, { headers: many(50) })).status, 204);
  const { status } = await send('PATCH', `${ENDPOINT}/headers`, { headers: many(1, 50) });
  assert.equal(status, 422);
  const spelled = Object.fromEntries(
    Object.keys(many(50)).map((name) => [name.toUpperCase(), 'w']),
  );
  assert.equal((await send('PATCH', `${ENDPOINT}/headers`, { headers: spelled })).status, 204);
});

test('a header is replaced and removed by any spelling of its name', async () => {
  const headers = async (): Promise<unknown> => {
    const { text } = await caller.send({
      method: 'GET',
      path: `/api/v1${ENDPOINT}/headers`,
      headers: { authorization: `Bearer ${service.token}` },
    });
    return JSON.parse(text);
  };
  await send('PUT', `${ENDPOINT}/headers`, {
    headers: { 'X-Kept': 'a', 'X-Changed': 'a', 'X-Gone': 'a', Authorization: 'a' },
  });
  await send('PATCH', `${ENDPOINT}/headers`, { headers: { 'x-changed': 'b', 'X-GONE': null } });
  assert.deepEqual(await headers(), {
    headers: { 'X-Kept': 'a', 'x-changed': 'b' },
    sensitive: ['Authorization'],
  });
});

const nameLetters = Array.from("!#$%&'*+-.^_`|~0123456789abcxyzABCXYZ");
const valueLetters = Array.from('\t !"#$%&()*+,-./:;<=>?@[]^_`{|}~\\\'0123456789azAZ');

test('headers that are accepted arrive as they were given, and no others with them', async () => {
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(...nameLetters), minLength: 1, maxLength: 20 }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'Cookie',
      'Authorization',
      'Accept',
      'Date',
      'Origin',
      'X-Forwarded-For',
      'If-Match',
      'http2-settings',
      'x'.repeat(128),
    ),
  );
  const value = fc.string({ unit: fc.constantFrom(...valueLetters), maxLength: 40 });
  const headers = fc.uniqueArray(fc.tuple(name, value), {
    maxLength: 5,
    selector: ([own]) => own.toLowerCase(),
  });
  const baseline = await deliverWith([]);
  await fc.assert(
    fc.asyncProperty(headers, async (given) => {
      const arrived = await deliverWith(given);
      const own = arrived.filter(([lower]) => !baseline.some(([known]) => known === lower));
      // A reader of HTTP leaves out spaces around a value (RFC 9110 section 5.5).
      const expected = given.map(([each, text]) => [
        each.toLowerCase(),
        text.replaceAll(/^[\t ]+|[\t ]+$/g, ''),
      ]);
      const sorted = (pairs: readonly (readonly string[])[]): unknown =>
        pairs.map(String).toSorted();
      assert.deepEqual(sorted(own), sorted(expected));
    }),
    runs(60),
  );
});

/** Gives the endpoint these headers, sends a message, and resolves to the names and values that arrived. */
async function deliverWith(
  given: readonly (readonly [string, string])[],
): Promise<readonly (readonly [string, string])[]> {
  const put = await send('PUT', `${ENDPOINT}/headers`, { headers: Object.fromEntries(given) });
  assert.equal(put.status, 204, put.text);
  const count = received.length;
  const sent = await send('POST', '/app/headers/msg', { eventType: 'a', payload: {} });
  assert.equal(sent.status, 202, sent.text);
  const raw = await until(() => received[count], 'the request to arrive');
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : [],
  );
}
