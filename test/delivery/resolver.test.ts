import assert from 'node:assert/strict';
import { pbkdf2 } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createAddressGuard, createUndiciTransport } from '../../src/delivery/index.ts';
import { createResolver } from '../../src/delivery/resolver.ts';
import { parseHosts } from '../../src/delivery/hosts-file.ts';
import { classifyError } from '../../src/retry/index.ts';
import { startNameServer } from '../support/name-server.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { temporaryFolder } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const NO_HOSTS = '/nonexistent/hosts';
const V4 = { address: '127.0.0.1', family: 4 };
const V6 = { address: '2001:db8::1', family: 6 };

test('names whose servers never answer delay no other name, and no other user of the thread pool', async (context) => {
  const receiver = await startReceiver(context);
  const server = await startNameServer(context, (name, type) =>
    name.endsWith('.hangs.test') ? 'silence' : type === 'A' ? ['127.0.0.1'] : [],
  );
  const resolve = createResolver({ servers: [server.address], hostsFile: NO_HOSTS, search: [] });
  const guard = createAddressGuard({ allowedSubnets: ['127.0.0.0/8'], resolve });
  const transport = createUndiciTransport(guard, {
    attemptTimeoutMs: 1500,
    responseLimitBytes: 65_536,
    responseSnippetBytes: 1024,
  });
  context.after(() => transport.close());
  const { port } = new URL(receiver.origin);
  const post = (host: string): ReturnType<typeof transport.send> =>
    transport.send({ origin: `http://${host}:${port}`, path: '/', headers: [], body: '{}' });

  const hanging = Array.from({ length: 200 }, (_, nth) => post(`${nth}.hangs.test`));
  await until(() => server.questions.length >= 400, 'all hanging names to be asked for');
  for (let nth = 0; nth < 20; nth += 1) {
    const { outcome, timing, detail } = await post(`${nth}.healthy.test`);
    assert.equal(outcome, 'delivered', detail ?? '');
    assert.ok((timing.dnsMs ?? Infinity) < 500, `looked up in ${timing.dnsMs} ms`);
  }
  await promisify(pbkdf2)('word', 'salt', 1, 16, 'sha256');
  const late = await Promise.race([Promise.any(hanging), Promise.resolve('none yet')]);
  assert.equal(late, 'none yet');
  for (const { outcome, phase } of await Promise.all(hanging)) {
    assert.deepEqual([outcome, phase], ['timeout', 'dns']);
  }
});

test('gives IPv4 before IPv6, and what there is where one family has none', async (context) => {
  const { address } = await startNameServer(context, (name, type) => {
    if (type === 'A') return name === 'six.test' ? [] : ['127.0.0.1'];
    return name === 'four.test' ? [] : ['2001:db8:0:0:0:0:0:1'];
  });
  const resolve = createResolver({ servers: [address], hostsFile: NO_HOSTS, search: [] });
  assert.deepEqual(await resolve('both.test'), [V4, V6]);
  assert.deepEqual(await resolve('four.test'), [V4]);
  assert.deepEqual(await resolve('SIX.test'), [V6]);
});

test('does not wait for a family that is never answered where the other has an address', async (context) => {
  const { address } = await startNameServer(context, (_name, type) =>
    type === 'A' ? ['127.0.0.1'] : 'silence',
  );
  const resolve = createResolver({ servers: [address], hostsFile: NO_HOSTS, search: [] });
  const startedAt = performance.now();
  assert.deepEqual(await resolve('half.test'), [V4]);
  assert.ok(performance.now() - startedAt < 1500);
});

test('connections to one host that begin together share one lookup, and later ones ask anew', async (context) => {
  const server = await startNameServer(context, (_name, type) =>
    type === 'A' ? ['127.0.0.1'] : [],
  );
  const resolve = createResolver({ servers: [server.address], hostsFile: NO_HOSTS, search: [] });
  await Promise.all(Array.from({ length: 32 }, () => resolve('busy.test')));
  assert.deepEqual(server.questions.toSorted(), ['A busy.test', 'AAAA busy.test']);
  await resolve('busy.test');
  assert.equal(server.questions.length, 4);
});

test('tells a name that is not there, and a server that fails, as failures of DNS', async (context) => {
  const { address } = await startNameServer(context, (name) =>
    name === 'fails.test' ? 'SERVFAIL' : name === 'empty.test' ? [] : 'NXDOMAIN',
  );
  const resolve = createResolver({ servers: [address], hostsFile: NO_HOSTS, search: [] });
  for (const [name, code] of [
    ['nowhere.test', 'ENOTFOUND'],
    ['empty.test', 'ENODATA'],
    ['fails.test', 'ESERVFAIL'],
  ] as const) {
    await assert.rejects(resolve(name), (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      return classifyError(error) === 'dns_failure';
    });
  }
});

test('looks in the search domains for a name that is not there as it is, not for one that ends in a dot', async (context) => {
  const server = await startNameServer(context, (name, type) =>
    name === 'receiver.two.internal' ? (type === 'A' ? ['127.0.0.1'] : []) : 'NXDOMAIN',
  );
  const search = ['one.internal', 'two.internal'];
  const resolve = createResolver({ servers: [server.address], hostsFile: NO_HOSTS, search });
  assert.deepEqual(await resolve('receiver'), [V4]);
  await assert.rejects(resolve('receiver.'));
});

test('believes the hosts file before the name servers, and reads it again once it changed', async (context) => {
  const server = await startNameServer(context, () => 'NXDOMAIN');
  const hostsFile = join(temporaryFolder(context), 'hosts');
  writeFileSync(hostsFile, '127.0.0.1 receiver.test\n');
  const resolve = createResolver({ servers: [server.address], hostsFile, search: [] });
  assert.deepEqual(await resolve('Receiver.test.'), [V4]);
  assert.deepEqual(server.questions, []);
  appendFileSync(hostsFile, '2001:db8::1 receiver.test\n');
  const both = await until(async () => {
    const found = await resolve('receiver.test');
    return found.length === 2 && found;
  }, 'the file to be read again');
  assert.deepEqual(both, [V4, V6]);
});

test('reads a hosts file with comments, tabs and lines that are none', () => {
  const text = '# a\n127.0.0.1\tone Two # three\r\n\n::1 one\nnot-an-address four\n127.0.0.1 one\n';
  assert.deepEqual(Object.fromEntries(parseHosts(text)), {
    one: ['127.0.0.1', '::1'],
    two: ['127.0.0.1'],
  });
});

test('localhost is this machine, whatever a name server says', async (context) => {
  const server = await startNameServer(context, () => ['10.0.0.1']);
  const resolve = createResolver({ servers: [server.address], hostsFile: NO_HOSTS, search: [] });
  assert.deepEqual(await resolve('localhost'), [V4, { address: '::1', family: 6 }]);
  assert.deepEqual(server.questions, []);
});
