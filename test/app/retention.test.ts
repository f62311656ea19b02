import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdText } from '../../src/core/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { createScene, inFlight, LEASE_MS } from '../support/ledger-scene.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';
import {
  createApplication,
  readLedger,
  startTestService,
  temporaryFolder,
} from '../support/service.ts';

test('the service purges what is old and finished, shows that, and refuses to replay it', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const first = await startTestService(context, { dataDir });
  await createApplication(first, 'acme', { main: receiver.origin });
  await first.stop();
  const idOf = (kind: string): number =>
    readLedger(dataDir, (database) =>
      Number(database.prepare('SELECT id FROM resource WHERE kind = ?').get(kind)?.['id']),
    );
  const appId = idOf('application');
  const endpointId = idOf('endpoint');

  // Long ago, one message was delivered and another died.
  const ledger = await openSqliteLedger({ dataDir });
  const idText = createIdText(ledger.mark);
  const scene = createScene(ledger);
  const lease = inFlight(endpointId, scene.nextId(), scene.now() + LEASE_MS);
  const old = await scene.accept({ appId, retentionDays: 5, eventId: 'order-1', to: [lease] });
  const attempt = { messageId: old.id, ...lease, nth: 1, trigger: 'scheduled' } as const;
  await scene.settle(attempt, { state: 'delivered' });
  const dead = await scene.deadLetter(endpointId, { appId, retentionDays: 5 });
  await ledger.close();

  const service = await startTestService(context, { dataDir, retentionMs: 100 });
  const path = `/api/v1/app/acme/msg/${idText.format('message', old.id)}`;
  await until(
    async () => (await service.call('GET', path)).json.payload.expired === true,
    'the payload to be purged',
  );
  const { json } = await service.call('GET', path);
  assert.deepEqual([json.eventType, json.eventId], ['invoice.paid', 'order-1']);
  const attempts = await service.call('GET', path.replace('/msg/', '/attempt/msg/'));
  assert.deepEqual(attempts.json.data, []);
  const deliveries = await service.call('GET', `${path}/delivery`);
  assert.equal(deliveries.json.data[0].state, 'delivered');

  const refused = await service.call('POST', `${path}/endpoint/main/resend`);
  assert.deepEqual([refused.status, refused.json.code], [409, 'state_conflict']);
  assert.match(refused.json.detail, /purged 5 days after it was accepted/);

  const deadPath = `/api/v1/app/acme/msg/${idText.format('message', dead.id)}`;
  assert.deepEqual((await service.call('GET', deadPath)).json.payload, { amount: 100 });
  const replayed = await service.call('POST', `${deadPath}/endpoint/main/resend`);
  assert.equal(replayed.status, 202);
  await receiver.until(1);
  await until(
    async () => (await service.call('GET', deadPath)).json.payload.expired === true,
    'the dead letter to be purged once it is delivered',
  );
  const audit = await service.call('GET', '/api/v1/audit');
  assert.equal(audit.json.found, 0);
});

test('messages are kept for as long as they say, otherwise for as long as the setting says', async (context) => {
  const service = await startTestService(context, { payloadRetentionDays: 400 });
  await createApplication(service, 'acme');
  const message = { eventType: 'a', payload: {} };
  await service.call('POST', '/api/v1/app/acme/msg', message);
  await service.call('POST', '/api/v1/app/acme/msg', { ...message, payloadRetentionPeriod: 7 });
  const days = readLedger(service.dataDir, (database) =>
    database
      .prepare('SELECT retention_days FROM message ORDER BY id')
      .all()
      .map((row) => row['retention_days']),
  );
  assert.deepEqual(days, [400, 7]);
});
