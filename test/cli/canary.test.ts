import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEndpoint, type EndpointServer } from './endpoint-server.ts';
import { holdfast, startService, temporaryFolder, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;
let endpoint: EndpointServer;

before(async () => {
  service = await startService(file, temporaryFolder(file), {});
  endpoint = await startEndpoint(file);
  await service.call('/app', { name: 'acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { url: endpoint.url, uid: 'main' });
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

const canary = (command: string, ...args: string[]) =>
  holdfast(['canary', command, 'main', '--app', 'acme', ...args, ...service.flags]);

test('a canary is started, shown, paused, resumed and stopped', async () => {
  const started = await canary(
    'start',
    '--header',
    'x-version: 2',
    '--step',
    '5%/30m/100',
    '--step',
    '50%/1m/10',
    '--why',
    'version 2',
  );
  assert.equal(started.code, 0, started.stderr);
  const text = started.stdout.replaceAll('\n', ' ');
  assert.match(text, /tries another headers/);
  assert.match(text, /at step 1 of 2: 5 % of the messages go to the candidate/);
  assert.match(text, /as it is +0 +0 +0 +0 +-/);
  assert.match(text, /It waits for \d+ more minutes of this step; for 100 more first attempts/);
  for (const line of started.stdout.split('\n')) assert.ok(line.length <= 80, line);
  assert.match((await canary('pause', '--why', 'lunch')).stdout, /It is PAUSED\. lunch/);
  const { stdout } = await canary('resume', '--json');
  assert.equal(JSON.parse(stdout).state, 'running');
  assert.match((await canary('stop')).stdout, /It is STOPPED since/);
  assert.match((await canary('show')).stdout, /It is STOPPED since/);
});

test('a step or a header in no form is refused with an example', async () => {
  const step = await canary('start', '--header', 'x-version: 2', '--step', '5');
  assert.equal(step.code, 1);
  assert.match(step.stderr, /5%\/30m\/100/);
  assert.match((await canary('start', '--header', 'x-version')).stderr, /"x-version: 2"/);
});
