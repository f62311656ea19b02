import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { HoldfastError, systemClock } from '../../src/core/index.ts';
import { createAddressGuard, createReachability } from '../../src/delivery/index.ts';
import { createAuthority, issue, trust } from '../support/certificates.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';

const local = ['127.0.0.0/8'];
const resolve = async (hostname: string) => {
  if (hostname.endsWith('.invalid')) {
    throw Object.assign(new Error(`queryA ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
  }
  return [{ address: hostname.startsWith('inside') ? '10.0.0.7' : '127.0.0.1', family: 4 }];
};

function reachability(timeoutMs = 2000) {
  const guard = createAddressGuard({ allowedSubnets: local, resolve });
  return createReachability({ guard, clock: systemClock, timeoutMs });
}

test('a receiver is reached, each phase with its time, and nothing is posted', async (context) => {
  const receiver = await startReceiver(context);
  const url = new URL(receiver.origin.replace('127.0.0.1', 'receiver.test'));
  const reached = await reachability()(url, 1);
  assert.equal(reached.isReachable, true, reached.detail ?? '');
  assert.ok(reached.dnsMs !== null && reached.connectMs !== null);
  assert.deepEqual([reached.tlsMs, reached.certificate, reached.detail], [null, null, null]);
  assert.equal(receiver.connections(), 1);
  assert.deepEqual(receiver.received, []);
});

test('a certificate that nobody vouches for is told, with whose it is', async (context) => {
  const issued = issue(createAuthority('Unknown Root'));
  const receiver = await startTlsReceiver(context, issued);
  const url = new URL(`https://receiver.test:${receiver.port}/hook`);
  const { isReachable, failedPhase, outcome, detail, connectMs } = await reachability()(url, 1);
  assert.deepEqual([isReachable, failedPhase, outcome], [false, 'tls', 'tls_failure']);
  assert.ok(connectMs !== null);
  assert.match(detail ?? '', /certificate presented is of .*receiver\.test.*Unknown Root/);
});

test('a certificate that is trusted is told with when it expires', async (context) => {
  const authority = createAuthority('Known Root');
  trust(context, authority);
  const to = Date.now() - (Date.now() % 1000) + 5 * 86_400_000;
  const receiver = await startTlsReceiver(context, issue(authority, { to }));
  const url = new URL(`https://receiver.test:${receiver.port}/hook`);
  const { isReachable, tlsMs, certificate, detail } = await reachability()(url, 1);
  assert.equal(isReachable, true, detail ?? '');
  assert.ok(tlsMs !== null);
  assert.match(certificate?.subject ?? '', /receiver\.test/);
  assert.match(certificate?.issuer ?? '', /Known Root/);
  assert.equal(certificate?.expiresAt, to);
});

test('a name without an address, a closed port and a silent one are told apart', async (context) => {
  const check = reachability(300);
  const unknown = await check(new URL('https://nobody.invalid/'), 1);
  assert.deepEqual([unknown.failedPhase, unknown.outcome], ['dns', 'dns_failure']);
  assert.match(unknown.detail ?? '', /could not be resolved/);
  const closed = createServer();
  closed.listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  const refused = await check(new URL(`http://127.0.0.1:${port}/`), 1);
  assert.deepEqual([refused.failedPhase, refused.outcome], ['connect', 'connect_failure']);
  const silent = createServer(() => {});
  context.after(() => silent.close());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const tls = await check(
    new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}/`),
    1,
  );
  assert.deepEqual([tls.failedPhase, tls.outcome], ['tls', 'timeout']);
});

test('an address that is not public is refused as for an attempt, and not named', async () => {
  const { isReachable, outcome, detail } = await reachability()(new URL('https://inside.test/'), 1);
  assert.deepEqual([isReachable, outcome], [false, 'address_refused']);
  assert.doesNotMatch(detail ?? '', /10\.0\.0\.7/);
});

test('an application may look ten times, and then has to wait: others may go on', async () => {
  const check = reachability();
  const url = new URL('https://nobody.invalid/');
  for (let times = 0; times < 10; times += 1) await check(url, 1);
  await assert.rejects(
    check(url, 1),
    (thrown) => thrown instanceof HoldfastError && thrown.code === 'rate_limited',
  );
  assert.equal((await check(url, 2)).outcome, 'dns_failure');
});
