import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { Agent, request } from 'undici';
import { HoldfastError } from '../../src/core/index.ts';
import { createAddressGuard, createGuardedConnect } from '../../src/delivery/address-guard.ts';
import type { Resolve } from '../../src/delivery/resolver.ts';
import { classifyError } from '../../src/retry/index.ts';

type Receiver = { readonly port: number; readonly hosts: (string | undefined)[] };

/** A real server on 127.0.0.1 that remembers the Host header of each request. */
async function startReceiver(context: TestContext): Promise<Receiver> {
  const hosts: (string | undefined)[] = [];
  const server = createHttpServer((incoming, outgoing) => {
    hosts.push(incoming.headers.host);
    outgoing.end('reached');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, hosts };
}

type AgentParts = {
  readonly allowedSubnets?: readonly string[];
  readonly resolve?: Resolve;
  readonly connectTimeoutMs?: number;
  readonly localAddress?: string;
};

function guardedAgent(context: TestContext, parts: AgentParts): Agent {
  const {
    allowedSubnets = [],
    resolve = answering(['127.0.0.1']),
    connectTimeoutMs = 5000,
    localAddress,
  } = parts;
  const connect = createGuardedConnect(createAddressGuard({ allowedSubnets, resolve }), {
    connectTimeoutMs,
  });
  const agent = new Agent({ connect, ...(localAddress === undefined ? {} : { localAddress }) });
  context.after(() => agent.destroy());
  return agent;
}

/** A resolver that gives one answer after the other, and the last one again from then on. */
function answering(
  ...answers: readonly (readonly string[])[]
): Resolve & { readonly count: () => number } {
  let asked = 0;
  const resolve: Resolve = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    return answer.map((address) => ({ address, family: 4 }));
  };
  return Object.assign(resolve, { count: () => asked });
}

async function fetchText(url: string, dispatcher: Agent): Promise<string> {
  const { body } = await request(url, { dispatcher });
  return body.text();
}

const isRefused = (error: unknown): boolean =>
  error instanceof HoldfastError &&
  error.code === 'address_refused' &&
  classifyError(error) === 'address_refused';

test('reaches an allowed subnet under the name of the host', async (context) => {
  const { port, hosts } = await startReceiver(context);
  const agent = guardedAgent(context, { allowedSubnets: ['127.0.0.1/32'] });
  assert.equal(await fetchText(`http://receiver.test:${port}/`, agent), 'reached');
  assert.equal(await fetchText(`http://127.0.0.1:${port}/`, agent), 'reached');
  assert.deepEqual(hosts, [`receiver.test:${port}`, `127.0.0.1:${port}`]);
});

test('reaches it also from a chosen local address', async (context) => {
  const { port } = await startReceiver(context);
  const agent = guardedAgent(context, {
    allowedSubnets: ['127.0.0.0/8'],
    localAddress: '127.0.0.1',
  });
  assert.equal(await fetchText(`http://receiver.test:${port}/`, agent), 'reached');
});

test('never reaches loopback, by name or by any spelling of its address', async (context) => {
  const { port, hosts } = await startReceiver(context);
  const spellings = [
    'receiver.test',
    'localhost',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
  ];
  for (const host of [
    ...spellings,
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
  ]) {
    await assert.rejects(
      fetchText(`http://${host}:${port}/`, guardedAgent(context, {})),
      isRefused,
      host,
    );
  }
  assert.deepEqual(hosts, []);
});

test('checks spellings that another caller than undici could pass', () => {
  const connect = createGuardedConnect(createAddressGuard({ allowedSubnets: [] }), {
    connectTimeoutMs: 1000,
  });
  for (const hostname of ['127.0.0.1', '::1', '127.1', '2130706433', '[::1]', '']) {
    const options = { hostname, protocol: 'http:', port: '80' };
    assert.throws(() => connect(options, () => assert.fail('connected')), isRefused, hostname);
  }
});

test('refuses a name that was public at the check and leads to loopback at the connection', async (context) => {
  const { port, hosts } = await startReceiver(context);
  const resolve = answering(['93.184.216.34'], ['127.0.0.1']);
  const guard = createAddressGuard({ allowedSubnets: [], resolve });
  assert.equal((await guard.vet('rebinding.test')).length, 1);
  const agent = guardedAgent(context, { resolve });
  await assert.rejects(fetchText(`http://rebinding.test:${port}/`, agent), isRefused);
  assert.deepEqual(hosts, []);
});

test('connects to the very address it vetted, whatever the name leads to a moment later', async (context) => {
  const { port, hosts } = await startReceiver(context);
  // 127.0.0.2 stands in for a public address: allowed, and nobody listens there.
  const resolve = answering(['127.0.0.2'], ['127.0.0.1']);
  const agent = guardedAgent(context, { allowedSubnets: ['127.0.0.2/32'], resolve });
  await assert.rejects(
    fetchText(`http://rebinding.test:${port}/`, agent),
    (error) => !isRefused(error),
  );
  assert.equal(resolve.count(), 1);
  await assert.rejects(fetchText(`http://rebinding.test:${port}/`, agent), isRefused);
  assert.equal(resolve.count(), 2);
  assert.deepEqual(hosts, []);
});

test('goes on to the next vetted address where the first one does not answer', async (context) => {
  const { port } = await startReceiver(context);
  const resolve = answering(['127.0.0.2', '127.0.0.1']);
  const agent = guardedAgent(context, { allowedSubnets: ['127.0.0.0/8'], resolve });
  assert.equal(await fetchText(`http://receiver.test:${port}/`, agent), 'reached');
});

test('asks for the certificate of the name, not of the address', async (context) => {
  const names: string[] = [];
  const server = createTlsServer({
    SNICallback(name, done) {
      names.push(name);
      done(new Error('no certificate here'));
    },
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => {});
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const agent = guardedAgent(context, { allowedSubnets: ['127.0.0.1/32'] });
  await assert.rejects(fetchText(`https://receiver.test:${port}/`, agent), (error) =>
    ['tls_failure', 'connection_reset'].includes(classifyError(error)),
  );
  assert.deepEqual(names, ['receiver.test']);
});

test('offers HTTP/1.1 alone', async (context) => {
  const offered: (readonly string[])[] = [];
  const server = createTlsServer({
    ALPNCallback({ protocols }) {
      offered.push(protocols);
      return undefined;
    },
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => {});
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const agent = guardedAgent(context, { allowedSubnets: ['127.0.0.1/32'] });
  await assert.rejects(fetchText(`https://receiver.test:${port}/`, agent));
  assert.deepEqual(offered, [['http/1.1']]);
});

test(
  'holds the timeout also while the name is being resolved',
  { timeout: 10_000 },
  async (context) => {
    const agent = guardedAgent(context, {
      resolve: () => new Promise(() => {}),
      connectTimeoutMs: 50,
    });
    await assert.rejects(
      fetchText('http://receiver.test/', agent),
      (error) => classifyError(error) === 'timeout',
    );
  },
);

test('tells a name that cannot be resolved from an address that is refused', async (context) => {
  const failure = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const failing = guardedAgent(context, { resolve: () => Promise.reject(failure) });
  await assert.rejects(
    fetchText('http://receiver.test/', failing),
    (error) => classifyError(error) === 'dns_failure',
  );
  const empty = guardedAgent(context, { resolve: answering([]) });
  await assert.rejects(
    fetchText('http://receiver.test/', empty),
    (error) => classifyError(error) === 'dns_failure',
  );
});
