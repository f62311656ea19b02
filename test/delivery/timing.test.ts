import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import {
  createAddressGuard,
  createUndiciTransport,
  type Transport,
  type TransportAnswer,
} from '../../src/delivery/index.ts';
import type { Resolve } from '../../src/delivery/resolver.ts';
import { createAuthority, issue, trust } from '../support/certificates.ts';
import { startReceiver, startTcpReceiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';

const loopback = { address: '127.0.0.1', family: 4 };
/** How early Node’s timers may fire. */
const EARLY_MS = 1.5;

function createTransport(
  context: TestContext,
  {
    attemptTimeoutMs = 10_000,
    resolve = async () => [loopback],
  }: Partial<{ attemptTimeoutMs: number; resolve: Resolve }> = {},
): Transport {
  const transport = createUndiciTransport(
    createAddressGuard({ allowedSubnets: ['127.0.0.0/8'], resolve }),
    { attemptTimeoutMs, responseLimitBytes: 65_536, responseSnippetBytes: 1024 },
  );
  context.after(() => transport.close());
  return transport;
}

type Timed = TransportAnswer & { readonly wholeMs: number };

async function post(transport: Transport, origin: string, body = '{}'): Promise<Timed> {
  const startedAt = performance.now();
  const answer = await transport.send({ origin, path: '/', headers: [], body });
  return { ...answer, wholeMs: performance.now() - startedAt };
}

function sumOf({ timing }: TransportAnswer): number {
  return Object.values(timing).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
}

/** Names of the phases that took place; none may be negative. */
function phasesOf({ timing }: TransportAnswer): readonly string[] {
  const taken = Object.entries(timing).filter(([, ms]) => ms !== null);
  for (const [name, ms] of taken) assert.ok((ms ?? -1) >= 0, `${name}: ${ms}`);
  return taken.map(([name]) => name);
}

/** Runs after the given time, as a slow network or receiver would. */
function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A server that takes connections and never says anything. */
async function startSilent(context: TestContext): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('counts each phase of a request on a new connection, and they add up to the whole', async (context) => {
  const receiver = await startReceiver(context, async (response) => {
    await later(40);
    response.writeHead(200).write('first');
    await later(60);
    response.end('last');
  });
  const { port } = new URL(receiver.origin);
  const transport = createTransport(context, {
    resolve: async () => {
      await later(50);
      return [loopback];
    },
  });
  const answer = await post(transport, `http://slow.test:${port}`);
  const { dnsMs, firstByteMs, lastByteMs } = answer.timing;
  assert.equal(answer.phase, null);
  assert.deepEqual(phasesOf(answer), ['dnsMs', 'connectMs', 'sentMs', 'firstByteMs', 'lastByteMs']);
  assert.ok((dnsMs ?? 0) >= 50 - EARLY_MS, `dns ${dnsMs}`);
  assert.ok((firstByteMs ?? 0) >= 20, `first byte ${firstByteMs}`);
  assert.ok((lastByteMs ?? 0) >= 30, `last byte ${lastByteMs}`);
  assert.ok(sumOf(answer) <= answer.wholeMs, `${sumOf(answer)} of ${answer.wholeMs}`);
  assert.ok(sumOf(answer) >= 150 - 3 * EARLY_MS);
});

test('counts no DNS, connect and TLS where a connection is used again', async (context) => {
  const authority = createAuthority('Timing Root');
  trust(context, authority);
  const receiver = await startTlsReceiver(context, issue(authority));
  const transport = createTransport(context);
  const origin = `https://receiver.test:${receiver.port}`;
  const first = await post(transport, origin);
  assert.equal(first.outcome, 'delivered', first.detail ?? '');
  assert.deepEqual(phasesOf(first), [
    'dnsMs',
    'connectMs',
    'tlsMs',
    'sentMs',
    'firstByteMs',
    'lastByteMs',
  ]);
  assert.ok((first.timing.tlsMs ?? 0) > 0);
  const again = await until(async () => {
    const answer = await post(transport, origin);
    return answer.timing.tlsMs === null && answer;
  }, 'a connection used again');
  assert.deepEqual(phasesOf(again), ['sentMs', 'firstByteMs', 'lastByteMs']);
});

test('counts no lookup for an address', async (context) => {
  const receiver = await startReceiver(context);
  const answer = await post(createTransport(context), receiver.origin);
  assert.deepEqual(phasesOf(answer), ['connectMs', 'sentMs', 'firstByteMs', 'lastByteMs']);
});

test('counts again where the connection was lost in between', async (context) => {
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(200, { connection: 'close' }).end();
  });
  const transport = createTransport(context);
  for (let count = 0; count < 3; count += 1) {
    const answer = await post(transport, receiver.origin);
    assert.notEqual(answer.timing.connectMs, null);
    assert.ok(sumOf(answer) <= answer.wholeMs);
  }
});

test('names the phase in which it failed, and counts up to the failure', async (context) => {
  const silent = await startSilent(context);
  const refused = await startReceiver(context);
  await refused.close();
  const half = await startTcpReceiver(context, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
  });
  const transport = createTransport(context, {
    attemptTimeoutMs: 200,
    resolve: (name) =>
      name === 'hangs.test' ? new Promise(() => {}) : Promise.resolve([loopback]),
  });
  const large = `{"long":"${'x'.repeat(32 * 1_048_576)}"}`;
  for (const [origin, phase, names, body] of [
    [`http://hangs.test:${silent}`, 'dns', ['dnsMs'], '{}'],
    [refused.origin, 'connect', ['connectMs'], '{}'],
    [`https://named.test:${silent}`, 'tls', ['dnsMs', 'connectMs', 'tlsMs'], '{}'],
    [`http://127.0.0.1:${silent}`, 'send', ['connectMs', 'sentMs'], large],
    [
      `http://localhost:${silent}`,
      'first_byte',
      ['dnsMs', 'connectMs', 'sentMs', 'firstByteMs'],
      '{}',
    ],
    [half.origin, 'last_byte', ['connectMs', 'sentMs', 'firstByteMs', 'lastByteMs'], '{}'],
  ] as const) {
    const answer = await post(transport, origin, body);
    assert.equal(answer.phase, phase, `${origin}: ${answer.detail}`);
    assert.deepEqual(phasesOf(answer), names, phase);
    assert.ok(sumOf(answer) <= answer.wholeMs, `${phase}: ${sumOf(answer)} of ${answer.wholeMs}`);
    if (answer.outcome === 'timeout') assert.ok(sumOf(answer) >= 150, `${phase}: ${sumOf(answer)}`);
  }
});

test('names the phase of a name and of an address that are refused', async (context) => {
  const transport = createTransport(context, {
    resolve: async () => [{ address: '10.0.0.1', family: 4 }],
  });
  const name = await post(transport, 'http://inside.test');
  assert.deepEqual([name.outcome, name.phase], ['address_refused', 'dns']);
  const address = await post(transport, 'http://10.0.0.1');
  assert.deepEqual([address.outcome, address.phase], ['address_refused', 'connect']);
});

test('a request that begins on a connection made for another counts none of its phases', async (context) => {
  const receiver = await startReceiver(context);
  const lookup = Promise.withResolvers<void>();
  const transport = createTransport(context, {
    attemptTimeoutMs: 100,
    resolve: async () => {
      await lookup.promise;
      return [loopback];
    },
  });
  const origin = `http://slow.test:${new URL(receiver.origin).port}`;
  const given = await post(transport, origin);
  assert.deepEqual([given.outcome, given.phase], ['timeout', 'dns']);
  lookup.resolve();
  await until(() => receiver.connections() === 1, 'the connection nobody waits for');
  const answer = await until(async () => {
    const next = await post(transport, origin);
    return next.timing.connectMs === null && next;
  }, 'a request on it');
  assert.deepEqual(phasesOf(answer), ['sentMs', 'firstByteMs', 'lastByteMs']);
});

test('requests to an https origin do not wait for each other’s handshake', async (context) => {
  const silent = await startSilent(context);
  const transport = createTransport(context, { attemptTimeoutMs: 200 });
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => post(transport, `https://receiver.test:${silent}`)),
  );
  assert.deepEqual(
    answers.map(({ phase }) => phase),
    ['tls', 'tls', 'tls', 'tls'],
  );
});

test('many requests at once are each given up in their own time', async (context) => {
  const silent = await startSilent(context);
  const transport = createTransport(context, { attemptTimeoutMs: 120 });
  const waves: Promise<Timed>[] = [];
  for (let wave = 0; wave < 4; wave += 1) {
    for (let count = 0; count < 5; count += 1) {
      waves.push(post(transport, `http://127.0.0.1:${silent}`));
    }
    await later(25);
  }
  for (const { outcome, wholeMs } of await Promise.all(waves)) {
    assert.equal(outcome, 'timeout');
    assert.ok(wholeMs >= 120 && wholeMs < 1000, `${wholeMs}`);
  }
});
