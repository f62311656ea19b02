import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createFolder } from '../../support/ledger-folder.ts';
import { sendBytes } from '../../support/hostile-request.ts';
import { until } from '../../support/service-until.ts';
import { start, type Running } from '../../cli/processes.ts';

/**
 * Words that stand in places of a request, of a response and of what is stored, by place. The whole service runs as
 * a process of its own and logs all it can; none of the words may be in what it wrote.
 */
const marks = {
  payload: 'hush-payload',
  eventId: 'hush-event-id',
  metadata: 'hush-metadata',
  secret: Buffer.from('hush-secret-of-an-endpoint......').toString('base64'),
  rotated: Buffer.from('hush-secret-that-comes-next.....').toString('base64'),
  invalidSecret: 'hush-invalid-secret',
  plainHeader: 'hush-plain-header',
  sensitiveHeader: 'hush-sensitive-header',
  refusedHeader: 'hush-refused-header',
  urlQuery: 'hush-url-query',
  urlPassword: 'hush-url-password',
  response: 'hush-response',
  brokenResponse: 'hush-broken-response',
  malformedBody: 'hush-malformed-body',
  unsupportedBody: 'hush-unsupported-body',
  garbageToken: 'hush-garbage-token',
  basicPassword: Buffer.from('hush:password').toString('base64'),
  idempotencyKey: 'hush-idempotency-key',
  query: 'hush-query',
  pathSegment: 'hush-path-segment',
  brokenPath: 'hush-broken-path',
  brokenHttp: 'hush-broken-http',
  reason: 'hush-reason',
  tokenName: 'hush-token-name',
} as const;

let running: Running;
let receiver: Server;
let broken: ReturnType<typeof createTcpServer>;
const ends: (() => unknown)[] = [];
/** Tokens that were given out meanwhile. */
const tokens: string[] = [];

async function portOf(server: {
  address(): unknown;
  listen(port: number, host: string): unknown;
}): Promise<number> {
  server.listen(0, '127.0.0.1');
  await until(() => server.address() !== null, 'the server to listen');
  return (server.address() as AddressInfo).port;
}

before(async () => {
  receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      response.statusCode = (request.url ?? '').startsWith('/gone') ? 410 : 500;
      response.end(marks.response);
    });
  });
  broken = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.end(`HTTP/1.1 200 OK\r\nX Y: ${marks.brokenResponse}\r\n\r\n`),
    );
  });
  const [port, brokenPort] = [await portOf(receiver), await portOf(broken)];
  const context = { after: (end: () => unknown) => void ends.push(end) };
  running = start(
    context,
    ['serve', '--json', '--port', '0', '--data', createFolder(), '--log-level', 'debug'],
    {
      HOLDFAST_ACCESS_LOG: 'all',
      HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8',
      HOLDFAST_RETRY_SCHEDULE: '0s,20ms',
      HOLDFAST_LEDGER_MAX_BYTES: String(2 * 1_048_576),
    },
  );
  await until(() => running.records().length > 0, 'the service to start');
  await makeTraffic(port, brokenPort);
});

after(async () => {
  for (const end of ends) await end();
  receiver.closeAllConnections();
  await once(receiver.close(), 'close');
  await once(broken.close(), 'close');
});

// oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers, they do not parse them
type Sent = { readonly status: number; readonly json: any };

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const [{ url, token } = {}] = running.records();
  const response = await fetch(`${String(url)}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${String(token)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text) };
}

/** Successes and failures of every kind, each with its mark. */
async function makeTraffic(port: number, brokenPort: number): Promise<void> {
  const origin = `http://127.0.0.1:${port}`;
  const endpoint = '/app/logs/endpoint';
  const { metadata, payload } = marks;
  await send('POST', '/app', { name: 'logs', uid: 'logs', metadata: { metadata } });
  for (const [uid, url] of [
    ['failing', `${origin}/fails?key=${marks.urlQuery}`],
    ['gone', `${origin}/gone?key=${marks.urlQuery}`],
    ['broken', `http://127.0.0.1:${brokenPort}/?key=${marks.urlQuery}`],
    ['closed', `http://127.0.0.1:9/?key=${marks.urlQuery}`],
  ]) {
    const secret = `whsec_${marks.secret}`;
    const headers = { 'X-Plain': marks.plainHeader, Authorization: marks.sensitiveHeader };
    const { status } = await send('POST', endpoint, { uid, url, secret, headers });
    assert.equal(status, 201);
  }
  const message = { eventType: 'a', eventId: marks.eventId, payload: { payload } };
  const key = { 'idempotency-key': marks.idempotencyKey };
  assert.equal((await send('POST', '/app/logs/msg', message, key)).status, 202);
  await until(async () => {
    const { json } = await send('GET', `/app/logs/msg/${marks.eventId}/delivery`);
    const deliveries: readonly { readonly state: string }[] = json.data;
    return deliveries.every(({ state }) => state === 'dead');
  }, 'the deliveries to be dead');

  // What succeeds.
  const { reason } = marks;
  await send('POST', `${endpoint}/failing/secret/rotate`, { key: `whsec_${marks.rotated}` });
  await send('POST', '/app/logs/dead-letter/cancel', { reason });
  const made = await send('POST', '/token', { name: marks.tokenName, scope: 'admin' });
  const portal = await send('POST', '/auth/app-portal-access/logs', {});
  tokens.push(made.json.token, portal.json.token);
  for (const token of tokens) {
    await send('GET', '/app/logs', undefined, { authorization: `Bearer ${token}` });
  }
  await send('POST', '/auth/logout', undefined, { authorization: `Bearer ${portal.json.token}` });

  // What is refused.
  await send('POST', endpoint, { url: origin, secret: marks.invalidSecret });
  await send('POST', endpoint, { url: `http://user:${marks.urlPassword}@127.0.0.1/` });
  await send('PUT', `${endpoint}/failing/headers`, {
    headers: { 'x-a': `${marks.refusedHeader}\r\nb: c` },
  });
  await send('POST', '/app/logs/msg', `{"eventType":"a","payload":{"a":"${marks.malformedBody}"`);
  await send('POST', '/app/logs/msg', marks.unsupportedBody, { 'content-type': 'text/plain' });
  await send('POST', '/app/logs/msg', { ...message, payload: { another: payload } }, key);
  await send('GET', '/app', undefined, { authorization: `Bearer ${marks.garbageToken}` });
  await send('GET', '/app', undefined, { authorization: `Basic ${marks.basicPassword}` });
  await send('GET', `/app?limit=${marks.query}&iterator=${marks.query}`);
  await send('GET', `/app/${marks.pathSegment}?${marks.query}`);
  await send('GET', `/nowhere/${marks.pathSegment}`);
  await send('GET', `/app/%zz${marks.brokenPath}`);
  const [{ url } = {}] = running.records();
  await sendBytes(
    String(url),
    `POST /api/v1/app HTTP/1.1\r\nHost: a\r\nX Y: ${marks.brokenHttp}\r\n\r\n`,
  );
  await sendBytes(String(url), `${marks.brokenHttp}\r\n\r\n`);

  // What the service cannot do: its ledger is full.
  const large = { eventType: 'a', payload: { payload, filling: 'x'.repeat(200_000) } };
  await until(
    async () => (await send('POST', '/app/logs/msg', large)).status === 503,
    'a full ledger',
  );
  const failing = { name: 'full', metadata: { metadata: metadata.repeat(200) } };
  await until(async () => (await send('POST', '/app', failing)).status === 503, 'no room at all');
}

test('the traffic is in the log, with its failures', () => {
  const log = running.stderr();
  assert.ok(log.split('\n').length > 30, log);
  for (const word of [
    '/api/v1/app/:app_id/msg',
    '"status":202',
    '"status":401',
    '"status":422',
    '"status":503',
    'ledger',
  ]) {
    assert.ok(log.includes(word), `${word} is not in the log`);
  }
});

describe('the log holds nothing of', () => {
  for (const [place, mark] of Object.entries(marks)) {
    test(place, () => {
      const line = running
        .stderr()
        .split('\n')
        .find((each) => each.includes(mark));
      assert.equal(line, undefined);
    });
  }
});

test('the log holds no token that was given out, nor the first one', () => {
  const all = [...tokens, String(running.records()[0]?.['token'])];
  assert.equal(all.length, 3);
  for (const token of all) {
    assert.ok(token.length > 20);
    assert.ok(!running.stderr().includes(token));
  }
});
