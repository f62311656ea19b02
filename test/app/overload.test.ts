import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../src/core/index.ts';
import { readLedgerFile } from '../../src/ledger/index.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { createApplication, readLedger, startTestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';
import { Simulation } from '../support/simulation.ts';

const kilobyte = { eventType: 'a', payload: { text: 'x'.repeat(1000) } };

test('more requests than may wait are answered 503 with Retry-After, and every 202 is kept', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startTestService(context, { intakeQueueMessages: 4 });
  await createApplication(service, 'acme', { main: receiver.origin });
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => service.call('POST', '/api/v1/app/acme/msg', kilobyte)),
  );
  const accepted = answers.filter(({ status }) => status === 202);
  const refused = answers.filter(({ status }) => status === 503);
  assert.equal(accepted.length + refused.length, 200);
  assert.ok(accepted.length >= 4, `${accepted.length} accepted`);
  assert.ok(refused.length > 0, 'some had to wait');
  for (const { json, headers } of refused) {
    assert.equal(json.code, 'overloaded');
    assert.ok(Number(headers.get('retry-after')) >= 1);
  }
  await receiver.until(accepted.length);
  const sent = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  assert.deepEqual(sent, new Set(accepted.map(({ json }) => json.id)));
  // What was refused can be sent again, and is taken.
  assert.equal((await service.call('POST', '/api/v1/app/acme/msg', kilobyte)).status, 202);
});

/** A sender that does not wait for answers, before a ledger that gives none. */
async function flood(
  settings: { readonly intakeQueueMessages?: number; readonly intakeQueueBytes?: number },
  payloadBytes: number,
): Promise<{ waiting: number; refusals: readonly unknown[]; simulation: Simulation }> {
  const simulation = new Simulation({
    seed: 1,
    settings,
    wrapLedger: (ledger) => ({ ...ledger, accept: () => new Promise(() => {}) }),
  });
  const { intake } = await simulation.start();
  const appId = await simulation.createApplication('Acme');
  await simulation.clock.complete(simulation.createEndpoint(appId, 'one'));
  const refusals: unknown[] = [];
  for (let count = 0; count < 1000; count += 1) {
    const draft = simulation.draft(appId, { payload: 'x'.repeat(payloadBytes) });
    intake.accept(draft).catch((thrown: unknown) => refusals.push(thrown));
  }
  await simulation.clock.advance(1000);
  return { waiting: intake.figures().waiting, refusals, simulation };
}

test('a ledger that stands still makes no more messages wait than may', async () => {
  const { waiting, refusals } = await flood({ intakeQueueMessages: 50 }, 2);
  assert.equal(waiting, 50);
  assert.equal(refusals.length, 950);
  for (const thrown of refusals) {
    assert.ok(thrown instanceof HoldfastError);
    assert.equal(thrown.code, 'overloaded');
    assert.equal(thrown.retryAfterSeconds, 1);
  }
});

test('large payloads fill the queue by their bytes', async () => {
  const { waiting, refusals } = await flood({ intakeQueueBytes: 1_000_000 }, 30_000);
  assert.equal(waiting, 33);
  assert.equal(refusals.length, 967);
});

test('what waits for the ledger holds no more of delivery than its bounds', async () => {
  const { simulation } = await flood({}, 2);
  const { held } = simulation.life.engine.figures();
  assert.ok(held <= simulation.settings.maxInFlight);
});

test('a full ledger refuses, keeps what it acknowledged, and goes on when there is room again', async (context) => {
  const receiver = await startReceiver(context);
  const settings = { ledgerMaxBytes: 600_000, drainMs: 1000 };
  const service = await startTestService(context, settings);
  await createApplication(service, 'acme', { main: receiver.origin });
  const acknowledged = new Set<string>();
  const send = () => service.call('POST', '/api/v1/app/acme/msg', kilobyte);
  const full = await until(async () => {
    const answer = await send();
    if (answer.status === 202) acknowledged.add(answer.json.id);
    return answer.status !== 202 && answer;
  }, 'the ledger to be full');
  assert.equal(full.status, 503);
  assert.equal(full.json.code, 'ledger_full');
  assert.match(full.json.detail, /Free space/);
  assert.ok(Number(full.headers.get('retry-after')) >= 1);
  assert.ok(acknowledged.size > 50, `${acknowledged.size} fitted in`);
  // It still answers what it knows.
  const list = await service.call('GET', '/api/v1/app/acme/msg?limit=1');
  assert.equal(list.status, 200);
  assert.ok(acknowledged.has(list.json.data[0].id), 'nothing is stored that was not acknowledged');
  await service.stop();

  const roomy = await startTestService(context, { dataDir: service.dataDir });
  assert.equal((await roomy.call('POST', '/api/v1/app/acme/msg', kilobyte)).status, 202);
  const stored = readLedger(service.dataDir, (database) =>
    Number(database.prepare('SELECT count(*) AS n FROM message').get()?.['n']),
  );
  assert.equal(stored, acknowledged.size + 1);
  await until(
    () =>
      readLedger(service.dataDir, (database) => {
        const open = database.prepare('SELECT count(*) AS n FROM delivery WHERE state < 2').get();
        return Number(open?.['n']) === 0;
      }),
    'every delivery to come to its end',
  );
  const got = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  for (const id of acknowledged) assert.ok(got.has(id), `${id} was acknowledged`);
  const reading = readLedgerFile(service.dataDir);
  const { unaccounted } = reading.audit({ now: Date.now(), nameAtMost: 10 });
  reading.close();
  assert.equal(unaccounted, 0);
});
