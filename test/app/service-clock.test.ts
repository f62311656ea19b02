import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from '../../src/app/index.ts';
import { silentLog } from '../../src/core/index.ts';
import { createDrillClock } from '../../src/drill/drill-clock.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { temporaryFolder, testSettings } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const FACTOR = 100;

test('timeouts, retries and timings of a whole service follow the clock that it was given', async (t) => {
  const clock = createDrillClock(FACTOR, Date.now());
  const settings = testSettings({
    dataDir: temporaryFolder(t),
    attemptTimeoutMs: 20_000,
    retrySchedule: '0s,1m',
    retryJitterPercent: 0,
  });
  const service = await startService(settings, silentLog, { clock });
  t.after(async () => {
    await service.stop();
    clock.stop();
  });
  const { url, token } = service;
  const receiver = await startReceiver(t, () => {}); // never answers
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: ReturnType<typeof JSON.parse> = await response.json();
    assert.ok(response.status < 300, JSON.stringify(json));
    return json;
  };
  await ask('POST', '/app', { name: 'acme', uid: 'acme' });
  await ask('POST', '/app/acme/endpoint', { uid: 'main', url: `${receiver.origin}/` });
  const realFrom = performance.now();
  const { id } = await ask('POST', '/app/acme/msg', { eventType: 'a.b', payload: { n: 1 } });
  await receiver.until(1);
  receiver.answer = (response) => void response.end();
  const attempts = await until(async () => {
    const { data } = await ask('GET', `/app/acme/attempt/msg/${id}`);
    return data.length === 2 && data[0].outcome === 'delivered' && data;
  }, 'the retry');
  const realMs = performance.now() - realFrom;
  const [retry, first] = attempts;
  assert.equal(first.outcome, 'timeout');
  assert.ok(first.responseDurationMs >= 20_000, String(first.responseDurationMs));
  // On a busy machine connecting takes seconds of this clock too.
  const { connectMs, sentMs, firstByteMs } = first.timing;
  const phasesMs = connectMs + sentMs + firstByteMs;
  assert.ok(phasesMs > 15_000, `phases are measured on the same clock: ${phasesMs} ms of them`);
  assert.ok(Date.parse(retry.timestamp) - Date.parse(first.timestamp) >= 80_000);
  assert.ok(realMs < 10_000, `eighty seconds took ${realMs} ms`);
});
