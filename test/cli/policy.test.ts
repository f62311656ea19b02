import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEndpoint } from './endpoint-server.ts';
import { holdfast, startService, temporaryFolder, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;

before(async () => {
  service = await startService(file, temporaryFolder(file), {});
  const endpoint = await startEndpoint(file);
  await service.call('/app', { name: 'acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { url: endpoint.url, uid: 'main' });
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

const policy = (...args: string[]) => holdfast(['policy', ...args, ...service.flags]);

function assertNarrow(text: string): void {
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
}

test('a policy is set, shown, used, listed, and not deleted while it is in use', async () => {
  const set = await policy(
    'set',
    'patient',
    '--retry',
    '0s,10s,1m',
    '--jitter',
    '10',
    '--rate',
    '5',
  );
  assert.equal(set.code, 0, set.stderr);
  assert.match(set.stdout, /Policy patient, version 1/);
  assert.match(set.stdout, /retry\.delaysMs +0s,10s,1m/);
  assert.match(set.stdout, /retry\.jitter +± 10 %/);
  const changed = await policy(
    'set',
    'patient',
    '--rate',
    'default',
    '--breaker-open',
    '10s',
    '--json',
  );
  const json = JSON.parse(changed.stdout);
  assert.deepEqual(
    [json.version, json.throttleRate, json.lane, json.retry.jitter],
    [2, null, { breakerOpenMs: 10_000 }, 0.1],
  );
  const used = await policy('use', 'patient', '--app', 'acme', '--endpoint', 'main');
  assert.match(used.stdout, /Endpoint main of acme stands under patient/);
  const { inForce } = await service.call('/app/acme/endpoint/main/policy');
  assert.deepEqual(inForce.retry.delaysMs, [0, 10_000, 60_000]);
  const kept = await policy('delete', 'patient');
  assert.notEqual(kept.code, 0);
  assert.match(kept.stderr, /in use by endpoint "main"/);
  assert.match((await policy('list')).stdout, /^patient +2 +3/m);
  await policy('use', 'none', '--app', 'acme', '--endpoint', 'main');
  assert.equal((await policy('delete', 'patient')).code, 0);
  assert.match((await policy('list')).stdout, /There are no policies/);
});

test('validate warns of a policy that multiplies traffic, with a table and a plot', async () => {
  const schedule = ['0s', ...Array.from({ length: 20 }, () => '30s')].join(',');
  const { code, stdout, stderr } = await policy('validate', '--retry', schedule, '--app', 'acme');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /WARNING: In an outage of an hour it would make/);
  assert.match(stdout, /█+\++/);
  assert.match(stdout, /ATTEMPT/);
  assertNarrow(stdout);
  const calm = await policy('validate', '--rate', '5');
  assert.match(calm.stdout, /No warning/);
  const json = JSON.parse((await policy('validate', '--retry', schedule, '--json')).stdout);
  assert.equal(json.warnings[0].scene, 'outage');
  const wrong = await policy('validate', '--retry', 'soon');
  assert.notEqual(wrong.code, 0);
});
