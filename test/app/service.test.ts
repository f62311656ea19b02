import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { startService, type Service } from '../../src/app/index.ts';
import { HoldfastError, silentLog, type Log } from '../../src/core/index.ts';
import { ledgerPath, readLedgerFile } from '../../src/ledger/index.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';
import {
  createApplication,
  deliveriesOf,
  readLedger,
  startTestService,
  temporaryFolder,
  testSettings,
} from '../support/service.ts';

test('takes a message, delivers it, and tells what became of it', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: `${receiver.origin}/hook` });
  const payload = { id: 'in_1', amount: 4200 };
  const sent = await service.call('POST', '/api/v1/app/acme/msg', {
    eventType: 'invoice.paid',
    payload,
  });
  assert.equal(sent.status, 202);
  const [received] = await receiver.until(1);
  assert.deepEqual(JSON.parse(String(received?.body)), payload);
  assert.equal(received?.headers['webhook-id'], sent.json.id);
  await until(
    async () => (await deliveriesOf(service, 'acme', sent.json.id))[0]?.state === 'delivered',
    'the outcome',
  );
  const attempts = await service.call('GET', '/api/v1/app/acme/attempt/endpoint/main');
  assert.equal(attempts.json.data.length, 1);
  assert.equal(attempts.json.data[0].msgId, sent.json.id);
  assert.equal(attempts.json.data[0].responseStatusCode, 200);
  assert.equal(attempts.json.data[0].response, 'thanks');
});

test('a second start finds everything again, and goes on with what was left', async (context) => {
  const receiver = await startReceiver(context, (response) => void response.writeHead(500).end());
  const dataDir = temporaryFolder(context);
  const retrySchedule = '0s,1s';
  const first = await startTestService(context, { dataDir, retrySchedule });
  await createApplication(first, 'acme', { main: `${receiver.origin}/hook` });
  const sent = await first.call('POST', '/api/v1/app/acme/msg', { eventType: 'a', payload: {} });
  await until(
    async () => (await deliveriesOf(first, 'acme', sent.json.id))[0]?.state === 'scheduled',
    'the first attempt to fail',
  );
  await first.stop();
  receiver.answer = (response) => void response.end();
  const second = await startTestService(context, { dataDir, retrySchedule });
  assert.equal(second.token, first.token);
  const found = await second.call('GET', `/api/v1/app/acme/msg/${sent.json.id}`);
  assert.equal(found.json.id, sent.json.id);
  await until(
    async () => (await deliveriesOf(second, 'acme', sent.json.id))[0]?.state === 'delivered',
    'the second attempt',
  );
  assert.equal(receiver.received.length, 2);
});

test('a stop waits for attempts under way and stores their outcomes', async (context) => {
  const release = Promise.withResolvers<void>();
  const receiver = await startReceiver(context, async (response) => {
    await release.promise;
    response.end('at last');
  });
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: receiver.origin });
  for (let count = 0; count < 5; count += 1) {
    await service.call('POST', '/api/v1/app/acme/msg', { eventType: 'a', payload: {} });
  }
  await receiver.until(5);
  const stopped = service.stop();
  release.resolve();
  await stopped;
  const states = readLedger(service.dataDir, (database) =>
    database.prepare('SELECT state, count(*) AS n FROM delivery GROUP BY state').all(),
  );
  assert.deepEqual(
    states.map((row) => ({ ...row })),
    [{ state: 2, n: 5 }],
  );
});

test('a stop gives attempts that hang no more than drainMs', async (context) => {
  const receiver = await startReceiver(context, () => {});
  const dataDir = temporaryFolder(context);
  const service = await startTestService(context, { dataDir, drainMs: 100 });
  await createApplication(service, 'acme', { main: receiver.origin });
  const sent = await service.call('POST', '/api/v1/app/acme/msg', { eventType: 'a', payload: {} });
  await receiver.until(1);
  const startedAt = performance.now();
  await service.stop();
  assert.ok(performance.now() - startedAt < 5_000);
  receiver.answer = (response) => void response.end();
  const next = await startTestService(context, { dataDir });
  await until(
    async () => (await deliveriesOf(next, 'acme', sent.json.id))[0]?.state === 'delivered',
    'what was interrupted to be sent again',
  );
  assert.equal(receiver.received.length, 2);
  assert.equal(
    receiver.received[0]?.headers['webhook-id'],
    receiver.received[1]?.headers['webhook-id'],
  );
});

test('a stop under load answers every request that it takes, and keeps what it acknowledged', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: receiver.origin });
  const acknowledged: string[] = [];
  const refused = new Set<string>();
  const load = { isOver: false };
  const send = async (): Promise<void> => {
    while (!load.isOver) {
      try {
        const message = { eventType: 'a', payload: {} };
        const answer = await service.call('POST', '/api/v1/app/acme/msg', message);
        if (answer.status === 202) acknowledged.push(answer.json.id);
        else {
          assert.equal(answer.status, 503, answer.text);
          assert.equal(answer.json?.code, 'stopping', answer.text);
          assert.ok(Number(answer.headers.get('retry-after')) > 0);
        }
      } catch (thrown) {
        // A connection that was not taken any more: nobody answered, so nothing was promised.
        if (!(thrown instanceof TypeError)) throw thrown;
        refused.add(String(thrown.cause));
        if (acknowledged.length > 0) return;
      }
    }
  };
  const senders = Array.from({ length: 16 }, send);
  await until(() => acknowledged.length > 100, 'some load');
  const stopAt = performance.now();
  await service.stop();
  // Connections that the senders keep open do not hold it up.
  assert.ok(performance.now() - stopAt < 10_000);
  load.isOver = true;
  await Promise.all(senders);
  const reading = readLedgerFile(service.dataDir);
  const { unaccounted } = reading.audit({ now: Date.now(), nameAtMost: 10 });
  reading.close();
  assert.equal(unaccounted, 0);
  const stored = readLedger(service.dataDir, (database) => ({
    messages: Number(database.prepare('SELECT count(*) AS n FROM message').get()?.['n']),
    inFlight: Number(
      database.prepare('SELECT count(*) AS n FROM delivery WHERE state = 1').get()?.['n'],
    ),
  }));
  assert.ok(stored.messages >= acknowledged.length, `${stored.messages} stored`);
  assert.equal(stored.inFlight, 0);
});

/** A connection of its own, written to by hand. */
function openSocket(context: TestContext, { url }: Service) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  context.after(() => socket.destroy());
  socket.on('error', () => {}); // the service may cut it off
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  return { socket, heard: () => heard, closed: once(socket, 'close') };
}

test('a stop does not wait for a client that stalls in the middle of its request', async (context) => {
  const service = await startTestService(context, { drainMs: 200 });
  const { socket, heard } = openSocket(context, service);
  socket.write(
    `POST /api/v1/app HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${service.token}\r\n` +
      'content-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n',
  );
  await until(() => heard().includes('100 Continue'), 'the service to want the body');
  socket.write('{"name":');
  const startedAt = performance.now();
  await service.stop();
  assert.ok(performance.now() - startedAt < 5_000);
});

test('a stop does not wait for connections that are kept open without a request', async (context) => {
  const service = await startTestService(context);
  const { socket, heard } = openSocket(context, service);
  socket.write('GET /api/v1/health HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n');
  await until(() => heard().includes('204'), 'an answer');
  const startedAt = performance.now();
  await service.stop();
  assert.ok(performance.now() - startedAt < 5_000);
});

test('a request that arrives during the stop is answered that it must be sent elsewhere', async (context) => {
  const service = await startTestService(context);
  const { socket, heard, closed } = openSocket(context, service);
  // The answer to the first request shows that the beginning of the second was read.
  const get = 'GET /api/v1/health HTTP/1.1\r\nhost: x\r\n';
  socket.write(`${get}\r\n${get}x-rest: `);
  await until(() => heard().includes('204'), 'the first answer');
  const stopped = service.stop();
  socket.write('comes late\r\n\r\n');
  await closed;
  await stopped;
  const second = heard().slice(heard().indexOf('HTTP/1.1 503'));
  assert.match(second, /^HTTP\/1\.1 503/);
  assert.match(second, /retry-after: 5/i);
  assert.match(second, /"code":"stopping"/);
});

test('stopping twice is stopping once', async (context) => {
  const service = await startTestService(context);
  await Promise.all([service.stop(), service.stop()]);
  await service.stop();
});

test('a port in use is said so, and nothing is left running', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const port = Number(new URL(receiver.origin).port);
  const settings = testSettings({ dataDir, port });
  await assert.rejects(startService(settings, silentLog), (thrown) => {
    assert.ok(thrown instanceof HoldfastError);
    assert.equal(thrown.code, 'config_invalid');
    assert.equal(thrown.field, 'HOLDFAST_PORT');
    assert.match(thrown.message, new RegExp(`Port ${port} .* in use`));
    return true;
  });
  // The folder is free again at once.
  const service = await startTestService(context, { dataDir });
  assert.equal((await service.call('GET', '/api/v1/health')).status, 204);
});

test('a start that cannot listen sends nothing', async (context) => {
  const receiver = await startReceiver(context, (response) => void response.writeHead(500).end());
  const dataDir = temporaryFolder(context);
  const retrySchedule = '0s,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms,1ms';
  const first = await startTestService(context, { dataDir, retrySchedule: '0s,1s,1s' });
  await createApplication(first, 'acme', { main: receiver.origin });
  await first.call('POST', '/api/v1/app/acme/msg', { eventType: 'a', payload: {} });
  await receiver.until(1);
  await first.stop();
  // By then the second attempt is due.
  await until(
    () =>
      readLedger(dataDir, (database) =>
        Number(database.prepare('SELECT due_at FROM delivery').get()?.['due_at']),
      ) < Date.now(),
    'the second attempt to be due',
  );
  const port = Number(new URL(receiver.origin).port);
  await assert.rejects(startService(testSettings({ dataDir, port, retrySchedule }), silentLog), {
    code: 'config_invalid',
  });
  assert.equal(receiver.received.length, 1);
});

test('a host that is not ours is said so', async (context) => {
  const settings = testSettings({ dataDir: temporaryFolder(context), host: '192.0.2.1' });
  await assert.rejects(startService(settings, silentLog), {
    code: 'config_invalid',
    field: 'HOLDFAST_HOST',
  });
});

test('a second service on the same folder is refused, and the first goes on', async (context) => {
  const first = await startTestService(context);
  await assert.rejects(
    startService(testSettings({ dataDir: first.dataDir }), silentLog),
    (thrown) => {
      assert.ok(thrown instanceof HoldfastError);
      assert.equal(thrown.code, 'ledger_in_use');
      assert.match(thrown.message, /Stop it, or start with another dataDir/);
      return true;
    },
  );
  assert.equal((await first.call('GET', '/api/v1/app')).status, 200);
});

test('what is ready says so, and what is not', async (context) => {
  const service = await startTestService(context);
  assert.equal(
    (await service.call('GET', '/api/v1/health/ready', undefined, { token: null })).status,
    204,
  );
});

test('a stop that cannot write stops everything all the same', async (context) => {
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (fields) => void errors.push(JSON.stringify(fields)) };
  const service = await startTestService(context, { log });
  const database = new DatabaseSync(ledgerPath(service.dataDir), { timeout: 5000 });
  database.exec('DROP TABLE detector_state');
  database.close();
  await service.stop();
  assert.match(errors.join(), /"store"/);
  assert.ok(!existsSync(`${ledgerPath(service.dataDir)}-wal`), 'the ledger is closed');
});
