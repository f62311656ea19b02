import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '../../src/core/index.ts';
import { seededRandom } from '../../src/core/index.ts';
import { payment } from '../support/payment.ts';
import { parseMetrics } from '../support/prometheus.ts';
import {
  createApplication,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const DRIFT = '/api/v1/event-type/payment.made/drift';
const AT_ONCE = 50;

/** Sends payments numbered from..to, a batch at a time, and waits until each was looked at. */
async function pay(
  service: TestService,
  from: number,
  to: number,
  harm: (made: ReturnType<typeof payment>, nth: number) => void = () => {},
): Promise<void> {
  const random = seededRandom(from);
  for (let first = from; first <= to; first += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, to - first + 1) }, (_, index) => {
      const made = payment(first + index, random);
      harm(made, first + index);
      return { eventType: 'payment.made', payload: made };
    });
    const sent = await Promise.all(
      messages.map((message) => service.call('POST', '/api/v1/app/shop/msg', message)),
    );
    for (const { status, text } of sent) assert.equal(status, 202, text);
    await until(async () => (await looked(service)) === first + messages.length - 1, 'a look');
  }
}

async function looked(service: TestService): Promise<number> {
  const { status, json, text } = await service.call('GET', DRIFT);
  assert.equal(status, 200, text);
  return json.looked;
}

test('a change of units is found, told, kept over a restart, and accepted', async (t) => {
  const dataDir = temporaryFolder(t);
  const warnings: { fields: object; sentence: string }[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (fields, sentence) => void warnings.push({ fields, sentence }),
    error: (fields, sentence) => assert.fail(`${sentence} ${JSON.stringify(fields)}`),
  };
  const settings = { dataDir, log, driftPercent: 50 };
  const first = await startTestService(t, settings);
  await createApplication(first, 'shop');
  await pay(first, 1, 700);
  await first.stop();

  const second = await startTestService(t, settings);
  assert.equal(await looked(second), 700);
  await pay(second, 701, 900, (made, nth) => {
    if (nth % 10 === 0) made.created *= 1000;
  });
  const { json } = await second.call('GET', DRIFT);
  const [finding] = json.findings;
  assert.equal(json.findings.length, 1, JSON.stringify(json.findings));
  assert.equal(finding.kind, 'shift');
  assert.equal(finding.field, 'created');
  assert.equal(finding.factor, 1000);
  assert.equal(finding.state, 'open');
  const [example] = finding.examples;
  const message = await second.call('GET', `/api/v1/app/shop/msg/${example.messageId}`);
  assert.equal(message.json.payload.created, example.value);
  assert.deepEqual(
    warnings.filter(({ sentence }) => sentence === 'the payloads of an event type changed').length,
    1,
  );
  const metrics = parseMetrics((await second.call('GET', '/metrics')).text);
  const sample = (name: string, kind?: string): number | undefined =>
    metrics.get(name)?.samples.find(({ labels }) => labels['kind'] === kind)?.value;
  assert.equal(sample('holdfast_drift_findings_total', 'shift'), 1);
  assert.equal(sample('holdfast_drift_looked_total'), 200);

  const changes = await second.call('GET', '/api/v1/change');
  assert.ok(changes.text.includes('"drift"'), changes.text);

  const accepted = await second.call('POST', `${DRIFT}/${finding.id}/accept`);
  assert.equal(accepted.json.state, 'accepted', accepted.text);
  assert.equal((await second.call('POST', `${DRIFT}/77/accept`)).status, 404);
  const ignored = await second.call('PUT', DRIFT, { ignoredFields: ['customer'] });
  assert.deepEqual(ignored.json.ignoredFields, ['customer']);
  // What is as it was already is no change.
  await second.call('PUT', DRIFT, { ignoredFields: ['customer'] });
  await second.call('POST', `${DRIFT}/${finding.id}/accept`);
  const { data } = (await second.call('GET', '/api/v1/change?kind=drift')).json;
  const made: readonly { readonly actor: string; readonly items: Answered['json'] }[] = data;
  assert.deepEqual(
    made.map(({ actor, items: [{ verb, subject, fields }] }) => [actor, verb, subject, fields[0]]),
    [
      [
        'admin',
        'updated',
        'payment.made',
        { field: 'ignoredFields', before: [], after: ['customer'], isHidden: false },
      ],
      [
        'admin',
        'updated',
        'payment.made',
        { field: 'state', before: 'open', after: 'accepted', isHidden: false },
      ],
      ['holdfast', 'observed', 'payment.made', made.at(-1)?.items[0].fields[0]],
    ],
  );
  await second.stop();

  const third = await startTestService(t, settings);
  const kept = await third.call('GET', DRIFT);
  assert.deepEqual(kept.json.ignoredFields, ['customer']);
  assert.equal(kept.json.findings[0].state, 'accepted');
});

test('nothing is looked at where it is switched off', async (t) => {
  const service = await startTestService(t, { driftPercent: 0 });
  await createApplication(service, 'shop');
  const body = { eventType: 'payment.made', payload: { amount: 1 } };
  assert.equal((await service.call('POST', '/api/v1/app/shop/msg', body)).status, 202);
  assert.equal(await looked(service), 0);
});

test('a busy time is sampled: the budget bounds what looking costs, and what was passed over is counted', async (t) => {
  const service = await startTestService(t, { driftPercent: 1 });
  await createApplication(service, 'shop');
  const startedAt = performance.now();
  const members = Object.fromEntries(
    Array.from({ length: 60 }, (_, nth) => [`name${nth}`, Array.from({ length: 100 }, () => nth)]),
  );
  for (let round = 0; round < 40; round += 1) {
    const sent = await Promise.all(
      Array.from({ length: 50 }, () =>
        service.call('POST', '/api/v1/app/shop/msg', { eventType: 'large', payload: members }),
      ),
    );
    for (const { status } of sent) assert.equal(status, 202);
  }
  const tookMs = performance.now() - startedAt;
  const metrics = parseMetrics((await service.call('GET', '/metrics')).text);
  const total = (name: string): number =>
    (metrics.get(name)?.samples ?? []).reduce((sum, { value }) => sum + value, 0);
  const seen = total('holdfast_drift_looked_total');
  assert.ok(seen > 0);
  assert.ok(seen + total('holdfast_drift_skipped_total') <= 2000);
  // Its hundredth, what may be saved up and lent (0.55 s), and slices that something else interrupted.
  assert.ok(
    total('holdfast_drift_seconds_total') <= (tookMs / 100 + 1500) / 1000,
    `${total('holdfast_drift_seconds_total')} s of ${tookMs} ms`,
  );
});
