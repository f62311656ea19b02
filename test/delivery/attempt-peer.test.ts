import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createIdSource, seededRandom, silentLog, systemClock } from '../../src/core/index.ts';
import {
  chainFingerprint,
  createAddressGuard,
  createCertificateWatch,
  createUndiciTransport,
  type Transport,
  type TransportAnswer,
} from '../../src/delivery/index.ts';
import { openMemoryLedger } from '../../src/ledger/index.ts';
import { createAuthority, issue, trust } from '../support/certificates.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';

const limits = { attemptTimeoutMs: 5000, responseLimitBytes: 65_536, responseSnippetBytes: 1024 };

function transportTo(
  context: TestContext,
  addresses: readonly string[],
  attemptTimeoutMs = limits.attemptTimeoutMs,
): Transport {
  const transport = createUndiciTransport(
    createAddressGuard({
      allowedSubnets: ['127.0.0.0/8'],
      resolve: async () => addresses.map((address) => ({ address, family: 4 as const })),
    }),
    { ...limits, attemptTimeoutMs },
  );
  context.after(() => transport.close());
  return transport;
}

function post(transport: Transport, origin: string): Promise<TransportAnswer> {
  return transport.send({ origin, path: '/', headers: [], body: '{}' });
}

async function listen(context: TestContext, server: Server, host: string): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  context.after(() => server.close());
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === 'object');
  return bound.port;
}

function answering(): Server {
  return createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  });
}

test('an answer tells the address it came from, also over a connection that is used again', async (context) => {
  const port = await listen(context, answering(), '127.0.0.7');
  const transport = transportTo(context, ['127.0.0.7']);
  for (let nth = 0; nth < 2; nth += 1) {
    const { outcome, address, certificate } = await post(transport, `http://shard.test:${port}`);
    assert.deepEqual([outcome, address, certificate], ['delivered', '127.0.0.7', null]);
  }
});

test('of several addresses it is the one that took the connection, or the last that refused it', async (context) => {
  const port = await listen(context, answering(), '127.0.0.8');
  const some = await post(
    transportTo(context, ['127.0.0.9', '127.0.0.8']),
    `http://a.test:${port}`,
  );
  assert.deepEqual([some.outcome, some.address], ['delivered', '127.0.0.8']);
  const none = await post(
    transportTo(context, ['127.0.0.9', '127.0.0.10']),
    `http://a.test:${port}`,
  );
  assert.deepEqual([none.outcome, none.address], ['connect_failure', '127.0.0.10']);
});

test('one that takes the connection and never answers is named', async (context) => {
  const mute = createServer((socket) => socket.on('error', () => {}).resume());
  const port = await listen(context, mute, '127.0.0.11');
  const transport = transportTo(context, ['127.0.0.11'], 200);
  const { outcome, address, phase } = await post(transport, `http://shard.test:${port}`);
  assert.deepEqual([outcome, address, phase], ['timeout', '127.0.0.11', 'first_byte']);
});

test('no address where none was tried', async (context) => {
  const transport = createUndiciTransport(createAddressGuard({ allowedSubnets: [] }), limits);
  context.after(() => transport.close());
  const { outcome, address } = await post(transport, 'http://127.0.0.1:9');
  assert.deepEqual([outcome, address], ['address_refused', null]);
});

test('a chain is the same text before and after it is trusted, when resumed, and as it is kept', async (context) => {
  const root = createAuthority('Root of the test');
  const middle = createAuthority('Middle', root);
  const issued = issue(middle, {}, [middle]);
  const receiver = await startTlsReceiver(context, issued);
  const ledger = openMemoryLedger({ clock: systemClock, random: seededRandom(1) });
  const ids = createIdSource(systemClock);
  const transport = createUndiciTransport(
    createAddressGuard({
      allowedSubnets: ['127.0.0.0/8'],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    }),
    limits,
    { certificates: createCertificateWatch({ ledger, clock: systemClock, ids, log: silentLog }) },
  );
  context.after(async () => {
    await transport.close();
    await ledger.close();
  });
  const origin = `https://receiver.test:${receiver.port}`;
  const refused = await post(transport, origin);
  assert.deepEqual([refused.outcome, refused.phase], ['tls_failure', 'tls']);
  assert.match(refused.certificate ?? '', /^[0-9a-f]{16}$/);

  trust(context, root);
  const chains = new Set<string | null>([refused.certificate]);
  while (receiver.handshakes.resumed === 0) {
    const answer = await post(transport, origin);
    if (answer.outcome === 'delivered') chains.add(answer.certificate);
    receiver.disconnect();
  }
  assert.deepEqual([...chains], [refused.certificate]);
  const [kept] = await ledger.certificates({ limit: 1, descending: false });
  assert.equal(chainFingerprint(kept?.chain ?? []), refused.certificate);
});
