import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdSource, silentLog } from '../../src/core/index.ts';
import { createTimings, noTiming } from '../../src/delivery/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { MINUTE_MS, START } from '../support/ledger-scene.ts';
import { startReceiver } from '../support/service-receiver.ts';
import {
  createApplication,
  readLedger,
  startTestService,
  temporaryFolder,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';
import { SimulationClock } from '../support/simulation-clock.ts';

const PATH = '/api/v1/app/acme/endpoint/main/timing';

async function timingOf(service: TestService, query = ''): Promise<ReturnType<typeof JSON.parse>> {
  const { status, json, text } = await service.call('GET', `${PATH}?${query}`);
  assert.equal(status, 200, text);
  return json;
}

function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) <= expected / 16, `${value} is not near ${expected}`);
}

test('the timing of an endpoint is merged over the range, and by the minute on request', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const first = await startTestService(context, { dataDir });
  await createApplication(first, 'acme', { main: receiver.origin });
  await first.stop();
  const endpointId = readLedger(dataDir, (database) =>
    Number(database.prepare(`SELECT id FROM resource WHERE kind = 'endpoint'`).get()?.['id']),
  );

  // Attempts of 1 to 100 ms in the first minute, of 101 to 200 ms twenty minutes later, with a restart between.
  const ledger = await openSqliteLedger({ dataDir });
  const clock = new SimulationClock(START);
  const ids = createIdSource(clock, 0, ledger.newestId);
  const record = async (from: number, to: number): Promise<void> => {
    const timings = createTimings({ ledger, clock, ids, log: silentLog });
    for (let ms = from; ms <= to; ms += 1) {
      const timing = { ...noTiming, queuedMs: ms > 100 ? 5 : null, failedPhase: null };
      timings.record(endpointId, timing, ms);
    }
    await timings.stop();
  };
  await record(1, 50);
  await record(51, 100);
  await clock.advance(20 * MINUTE_MS);
  await record(101, 200);
  await ledger.close();

  const service = await startTestService(context, { dataDir });
  const at = (minutes: number): string => new Date(START + minutes * MINUTE_MS).toISOString();
  const whole = await timingOf(service, `since=${at(0)}&until=${at(60)}`);
  assert.deepEqual([whole.since, whole.until, whole.minutes], [at(0), at(60), undefined]);
  const { total, queued, dns } = whole.phases;
  assert.deepEqual([total.count, queued.count, dns], [200, 100, null]);
  near(total.p50Ms, 100);
  near(total.p90Ms, 180);
  near(total.p99Ms, 198);
  near(total.maxMs, 200);
  assert.ok(total.p99Ms <= total.maxMs);

  const { minutes } = await timingOf(service, `since=${at(0)}&until=${at(60)}&by=minute`);
  assert.equal(minutes.length, 2);
  assert.deepEqual([minutes[0].at, minutes[0].phases.total.count], [at(0), 100]);
  assert.deepEqual([minutes[1].at, minutes[1].phases.total.count], [at(20), 100]);
  near(minutes[0].phases.total.p50Ms, 50);
  near(minutes[1].phases.total.p50Ms, 150);
  assert.equal(minutes[0].phases.queued, null);

  // Half minutes are rounded to the whole ones that they lie in.
  const part = await timingOf(service, `since=${at(20.5)}&until=${at(20.75)}`);
  assert.deepEqual([part.since, part.until, part.phases.total.count], [at(20), at(21), 100]);
  assert.equal((await timingOf(service, `since=${at(1)}&until=${at(20)}`)).phases.total, null);
  const day = await timingOf(service, `since=${at(-1420)}&until=${at(20)}`);
  assert.equal(day.phases.total.count, 100);
});

test('attempts are in the timing of the last hour once their minute is stored', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const first = await startTestService(context, { dataDir });
  await createApplication(first, 'acme', { main: receiver.origin });
  const body = { eventType: 'invoice.paid', payload: {} };
  const { json } = await first.call('POST', '/api/v1/app/acme/msg', body);
  await until(async () => {
    const listed = await first.call('GET', `/api/v1/app/acme/attempt/msg/${json.id}`);
    return listed.json.data.length === 1;
  }, 'the attempt');
  await first.stop();
  const service = await startTestService(context, { dataDir });
  const { phases } = await timingOf(service);
  assert.deepEqual(
    [phases.total.count, phases.queued.count, phases.first_byte.count, phases.tls],
    [1, 1, 1, null],
  );
});

test('the timing refuses a range that ends before it begins, or is longer than a day', async (context) => {
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: 'https://example.com/' });
  const refused = [
    'since=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z',
    'since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z',
    'since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:01Z',
    'since=2999-01-01T00:00:00Z',
    'since=yesterday',
    'by=hour',
  ];
  for (const query of refused) {
    const { status, json } = await service.call('GET', `${PATH}?${query}`);
    assert.deepEqual([status, json.code], [422, 'validation'], query);
  }
  await createApplication(service, 'other');
  const portal = await service.call('POST', '/api/v1/auth/app-portal-access/other', {});
  const options = { token: portal.json.token };
  assert.equal((await service.call('GET', PATH, undefined, options)).status, 404);
  const own = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
  const owner = { token: own.json.token };
  assert.equal((await service.call('GET', PATH, undefined, owner)).status, 200);
});
