import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseMetrics, type Family } from '../support/prometheus.ts';
import { createAuthority, issue, trust } from '../support/certificates.ts';
import { createScene, DAY_MS, inFlight, LEASE_MS, RED, START } from '../support/ledger-scene.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { startReceiver } from '../support/service-receiver.ts';
import {
  createApplication,
  startTestService,
  temporaryFolder,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

type Families = ReadonlyMap<string, Family>;

async function scrape(service: TestService, token?: string | null): Promise<Families> {
  const options = token === undefined ? {} : { token };
  const { status, headers, text } = await service.call('GET', '/metrics', undefined, options);
  assert.equal(status, 200, text);
  assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  return parseMetrics(text);
}

/** The sum over all samples that have these labels, `_bucket` and its kin aside unless they are named. */
function sum(
  families: Families,
  family: string,
  labels: Readonly<Record<string, string>> = {},
  suffix = '',
): number {
  const samples = families.get(family)?.samples ?? [];
  return samples
    .filter((sample) => sample.name === family + suffix)
    .filter((sample) => Object.entries(labels).every(([key, text]) => sample.labels[key] === text))
    .reduce((total, { value }) => total + value, 0);
}

async function send(service: TestService, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    const body = { eventType: 'invoice.paid', payload: { sent } };
    const { status, text } = await service.call('POST', '/api/v1/app/acme/msg', body);
    assert.equal(status, 202, text);
  }
}

/** Waits until so many deliveries came to their end, and resolves to what /metrics says then. */
function ended(service: TestService, count: number): Promise<Families> {
  return until(async () => {
    const families = await scrape(service);
    const { delivered, dead } = states(families);
    return delivered + dead === count && families;
  }, `${count} deliveries to end`);
}

function states(families: Families) {
  const of = (state: string): number => sum(families, 'holdfast_deliveries_total', { state });
  return { delivered: of('delivered'), dead: of('dead'), scheduled: of('scheduled') };
}

test('what /metrics counts is what was sent, and the histograms add up', async (context) => {
  const good = await startReceiver(context);
  const bad = await startReceiver(context, (response) => void response.writeHead(500).end());
  const service = await startTestService(context);
  await createApplication(service, 'acme', { good: good.origin, bad: bad.origin });
  await send(service, 3);
  const families = await ended(service, 6);
  assert.equal(sum(families, 'holdfast_messages_accepted_total'), 3);
  // Three attempts each at the one that fails: two lead to another, the third is the last.
  assert.deepEqual(states(families), { delivered: 3, dead: 3, scheduled: 6 });
  const outcomes = (outcome: string): number =>
    sum(families, 'holdfast_attempts_total', { outcome });
  assert.deepEqual(
    [outcomes('delivered'), outcomes('server_error'), outcomes('timeout')],
    [3, 9, 0],
  );
  assert.equal(sum(families, 'holdfast_attempts_total'), 12);
  assert.equal(good.received.length + bad.received.length, 12);

  assert.equal(sum(families, 'holdfast_delivery_seconds', {}, '_count'), 3);
  const latency = sum(families, 'holdfast_delivery_seconds', {}, '_sum');
  assert.ok(latency > 0 && latency < 60, `${latency} s for three deliveries`);
  const phases = (host: string, phase: string): number =>
    sum(families, 'holdfast_attempt_phase_seconds', { host, phase }, '_count');
  const hosts = [good, bad].map(({ origin }) => new URL(origin).host);
  const [goodHost = '', badHost = ''] = hosts;
  for (const phase of ['total', 'queued', 'first_byte']) {
    assert.deepEqual([phases(goodHost, phase), phases(badHost, phase)], [3, 9], phase);
  }
  assert.equal(phases(goodHost, 'tls'), 0);
  assert.equal(phases(goodHost, 'connect'), good.connections());

  const commits = sum(families, 'holdfast_ledger_commits_total');
  assert.ok(commits > 0);
  assert.ok(sum(families, 'holdfast_ledger_operations_total') >= commits);
  assert.equal(sum(families, 'holdfast_ledger_commit_seconds', {}, '_count'), commits);
  for (const name of [
    'holdfast_unaccounted',
    'holdfast_audit_found_total',
    'holdfast_messages_waiting',
  ]) {
    assert.equal(sum(families, name), 0, name);
  }
  const quiet = await until(async () => {
    const now = await scrape(service);
    return sum(now, 'holdfast_in_flight') === 0 && sum(now, 'holdfast_held') === 0 && now;
  }, 'nothing to be held');
  assert.equal(sum(quiet, 'holdfast_held_bytes'), 0);
});

test('incidents that are open are counted by severity, and medians say of how many they are', async (context) => {
  const service = await startTestService(context);
  const open = async (body: object): Promise<void> => {
    const { status, text } = await service.call('POST', '/api/v1/incident', body);
    assert.equal(status, 201, text);
  };
  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  await open({ title: 'A', severity: 1 });
  await open({ title: 'old', severity: 3, detectedAt: ago(100), isRetrospective: true });
  await open({ title: 'waits', severity: 2, detectedAt: ago(5) });
  await open({ title: 'B', severity: 2, isDrill: true });
  const markers = [{ marker: 'mitigated', at: ago(10), note: 'seen' }];
  await open({ title: 'C', severity: 2, impactStartAt: ago(22), detectedAt: ago(20), markers });
  const families = await scrape(service);
  const count = (severity: string): number =>
    sum(families, 'holdfast_incidents_open', { severity });
  assert.deepEqual(['1', '2', '3', '4'].map(count), [1, 2, 1, 0]);
  const lasting = (severity: string): number =>
    sum(families, 'holdfast_incidents_lasting', { severity });
  assert.deepEqual(['1', '2', '3', '4'].map(lasting), [1, 1, 0, 0]);
  const waits = (severity: string): number =>
    sum(families, 'holdfast_incident_unacknowledged_seconds', { severity });
  assert.ok(waits('1') < 10 && waits('2') >= 300 && waits('2') < 310 && waits('3') === 0);
  assert.equal(sum(families, 'holdfast_incident_update_overdue_seconds'), 0);
  // Of 120 seconds, and three times none.
  assert.ok(Math.abs(sum(families, 'holdfast_incident_detect_seconds')) < 1);
  assert.ok(Math.abs(sum(families, 'holdfast_incident_mitigate_seconds') - 600) < 1);
  const spells = (median: string): number => sum(families, 'holdfast_incident_spells', { median });
  assert.deepEqual(['detect', 'acknowledge', 'mitigate'].map(spells), [4, 0, 1]);
});

test('the documented families are those that /metrics gives, with their types and labels', async (context) => {
  const page = readFileSync(new URL('../../docs/reference/metrics.md', import.meta.url), 'utf8');
  const rows = page.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, name = '', type = '', labels = '', help = ''] = cells;
    return name.startsWith('`') ? [{ name: name.slice(1, -1), type, labels, help }] : [];
  });
  const receiver = await startReceiver(context);
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: receiver.origin });
  await send(service, 1);
  const families = await ended(service, 1);
  const ours = [...families.keys()].filter((name) => name.startsWith('holdfast_'));
  assert.deepEqual(
    ours,
    rows.map(({ name }) => name),
  );
  for (const { name, type, labels, help } of rows) {
    const family = families.get(name);
    assert.deepEqual([family?.type, family?.help], [type, help], name);
    assert.ok(family !== undefined && family.samples.length > 0, `${name} has samples`);
    for (const sample of family.samples) {
      const own = Object.keys(sample.labels).filter((label) => label !== 'le');
      const names = own.map((label) => `\`${label}\``);
      assert.equal(names.join(', '), labels, name);
    }
  }
  for (const [name, { type }] of families) {
    if (type === 'counter') assert.match(name, /_total$/);
  }
});

test('/metrics tells what retention purged, what it waits for, and which certificates expire', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const soon = await startTlsReceiver(context, issue(root, { to: Date.now() + 20 * DAY_MS }));
  const later = await startTlsReceiver(context, issue(root, { to: Date.now() + 22 * DAY_MS }));
  const dataDir = temporaryFolder(context);
  const first = await startTestService(context, { dataDir });
  const [one, other] = [soon, later].map(({ port }) => `https://127.0.0.1:${port}/`);
  assert.ok(one !== undefined && other !== undefined);
  await createApplication(first, 'acme', { one, other });
  await send(first, 1);
  await ended(first, 2);
  await first.stop();

  // Long ago, one message was delivered and another died.
  const ledger = await openSqliteLedger({ dataDir });
  const scene = createScene(ledger);
  const lease = inFlight(RED, scene.nextId(), scene.now() + LEASE_MS);
  const old = await scene.accept({ retentionDays: 5, payload: '{"a":1}', to: [lease] });
  const attempt = { messageId: old.id, ...lease, nth: 1, trigger: 'scheduled' } as const;
  await scene.settle(attempt, { state: 'delivered' });
  await scene.deadLetter(RED, { retentionDays: 5 });
  await ledger.close();

  const service = await startTestService(context, { dataDir, retentionMs: 100 });
  const families = await until(async () => {
    const now = await scrape(service);
    return sum(now, 'holdfast_retention_steps_total') > 1 && now;
  }, 'two steps of retention');
  assert.equal(sum(families, 'holdfast_purged_messages_total'), 1);
  assert.equal(sum(families, 'holdfast_purged_attempts_total'), 1);
  assert.equal(sum(families, 'holdfast_purged_payload_bytes_total'), '{"a":1}'.length);
  const oldest = (message: string): number =>
    sum(families, 'holdfast_retention_oldest_seconds', { message });
  assert.equal(oldest('due'), 0);
  const age = (Date.now() - START) / 1000;
  assert.ok(Math.abs(oldest('unfinished') - age) < 600, `${oldest('unfinished')} is not ${age}`);
  assert.equal(sum(families, 'holdfast_certificates_expiring'), 1);
});

test('a token that sees all applications reads /metrics, one of a single application does not', async (context) => {
  const service = await startTestService(context);
  await createApplication(service, 'acme');
  const made = async (body: object): Promise<string> =>
    (await service.call('POST', '/api/v1/token', body)).json.token;
  const reading = await made({ name: 'prometheus', scope: 'read' });
  await scrape(service, reading);
  const portal = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
  assert.equal(portal.status, 200, portal.text);
  const refused = async (token: string | null): Promise<readonly unknown[]> => {
    const { status, json } = await service.call('GET', '/metrics', undefined, { token });
    return [status, json.code];
  };
  assert.deepEqual(await refused(portal.json.token), [403, 'insufficient_access']);
  assert.deepEqual(await refused(null), [401, 'authentication_failed']);
  assert.deepEqual(await refused('wrong'), [401, 'authentication_failed']);
});

test('/metrics is open to anyone where the setting says so', async (context) => {
  const service = await startTestService(context, { metricsAccess: 'public' });
  await scrape(service, null);
});

test('endpoints beyond the bound are counted together', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startTestService(context, { metricsEndpoints: 2 });
  const names = ['one', 'two', 'three', 'four'];
  const endpoints = Object.fromEntries(names.map((name) => [name, `${receiver.origin}/${name}`]));
  await createApplication(service, 'acme', endpoints);
  await send(service, 5);
  const families = await ended(service, 20);
  const name = 'holdfast_attempt_phase_seconds';
  const total = families
    .get(name)
    ?.samples.filter(
      ({ name: sample, labels }) => sample === `${name}_count` && labels['phase'] === 'total',
    )
    .map(({ labels, value }) => [labels['endpoint']?.slice(0, 3), labels['host'], value]);
  const { host } = new URL(receiver.origin);
  assert.deepEqual(total, [
    ['ep_', host, 5],
    ['ep_', host, 5],
    ['oth', 'other', 10],
  ]);
});
