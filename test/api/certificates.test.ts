import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthority, issue, selfSigned, trust } from '../support/certificates.ts';
import { createApplication, startTestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';

const DAY_MS = 86_400_000;

test('lists certificates of receivers, those that expire soon, and their changes', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const receiver = await startTlsReceiver(context, issue(root, { to: Date.now() + 20.5 * DAY_MS }));
  const service = await startTestService(context);
  await createApplication(service, 'acme', { hook: `https://127.0.0.1:${receiver.port}/` });
  const send = async (): Promise<void> => {
    receiver.disconnect();
    const message = { eventType: 'invoice.paid', payload: {} };
    const sent = await service.call('POST', '/api/v1/app/acme/msg', message);
    assert.equal(sent.status, 202);
  };
  const list = async (path: string): Promise<ReturnType<typeof JSON.parse>[]> => {
    const { status, json } = await service.call('GET', path);
    assert.equal(status, 200);
    return json.data;
  };
  await send();
  const peer = `127.0.0.1:${receiver.port}`;
  const [certificate] = await until(async () => {
    const data = await list('/api/v1/certificate');
    return data.length === 1 && data;
  }, 'the certificate');
  assert.equal(certificate.peer, peer);
  assert.equal(certificate.isExpiring, true);
  assert.equal(certificate.chain[0].issuer, 'CN=Root of the test');
  assert.match(certificate.chain[0].validTo, /^20.*Z$/);
  assert.equal((await list('/api/v1/certificate?expiring_within_days=21')).length, 1);
  assert.equal((await list('/api/v1/certificate?expiring_within_days=20')).length, 0);
  assert.deepEqual(await list('/api/v1/change?kind=certificate'), []);

  receiver.renew(issue(root));
  const [change] = await until(async () => {
    await send();
    const data = await list('/api/v1/change?kind=certificate');
    return data.length === 1 && data;
  }, 'the change');
  const [item] = change.items;
  assert.deepEqual([item.kind, item.verb, item.subject], ['certificate', 'observed', peer]);
  assert.equal(item.fields[0].before[0].fingerprint, certificate.chain[0].fingerprint);
  assert.notEqual(item.fields[0].after[0].fingerprint, certificate.chain[0].fingerprint);
  assert.equal(change.isRevertible, false);
});

test('an attempt tells where its time went, and which certificate it refused', async (context) => {
  const receiver = await startTlsReceiver(context, selfSigned());
  const service = await startTestService(context);
  await createApplication(service, 'acme', { hook: `https://127.0.0.1:${receiver.port}/` });
  const message = { eventType: 'invoice.paid', payload: {} };
  const { json } = await service.call('POST', '/api/v1/app/acme/msg', message);
  const attempt = await until(async () => {
    const listed = await service.call('GET', `/api/v1/app/acme/attempt/msg/${json.id}`);
    return listed.json.data[0];
  }, 'an attempt');
  const { timing, outcome, detail } = attempt;
  assert.equal(outcome, 'tls_failure');
  assert.match(detail, /CN=receiver\.test/);
  assert.equal(timing.failedPhase, 'tls');
  assert.ok(
    timing.connectMs > 0 && timing.tlsMs > 0 && timing.queuedMs >= 0,
    JSON.stringify(timing),
  );
  assert.deepEqual([timing.dnsMs, timing.sentMs, timing.firstByteMs], [null, null, null]);
});
