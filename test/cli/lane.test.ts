import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startEndpoint, type EndpointServer } from './endpoint-server.ts';
import { holdfast, startService, temporaryFolder, until, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;
let endpoint: EndpointServer;

before(async () => {
  service = await startService(file, temporaryFolder(file), {
    HOLDFAST_BREAKER_FAILURES: '2',
    HOLDFAST_BREAKER_OPEN_MS: '60000',
    HOLDFAST_RETRY_SCHEDULE: '0s,20ms,20ms,20ms',
  });
  endpoint = await startEndpoint(file);
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

let app = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  app = `app-${count}`;
  await service.call('/app', { name: app, uid: app });
  await service.call(`/app/${app}/endpoint`, { url: endpoint.url, uid: 'main' });
  endpoint.status = 200;
});

const send = (): Promise<unknown> =>
  service.call(`/app/${app}/msg`, { eventType: 'a.b', payload: { n: 1 } });
const lane = (command: string, ...args: string[]) =>
  holdfast(['lane', command, 'main', '--app', app, ...args, ...service.flags]);

function assertNarrow(text: string): void {
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
}

test('show tells in words that nothing is wrong, and --json the same for programs', async () => {
  const { code, stdout, stderr } = await lane('show');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /nothing holds its deliveries back/);
  assert.match(stdout, /Nothing waits\./);
  assertNarrow(stdout);
  const json = JSON.parse((await lane('show', '--json')).stdout);
  assert.deepEqual([json.restsFor, json.waiting, json.policy.breakerFailures], [null, 0, 2]);
});

test('an open circuit is told with its cause, its end, what waits and what to do', async () => {
  endpoint.status = 500;
  await send();
  const path = `/app/${app}/endpoint/main/lane`;
  await until(async () => {
    const { restsFor, waiting } = await service.call(path);
    return restsFor === 'circuit_open' && waiting === 1;
  }, 'an open circuit');
  const { stdout } = await lane('show');
  const text = stdout.replaceAll('\n', ' ');
  assert.match(text, /CIRCUIT IS OPEN since [\d:]+ UTC \(\d+ s ago\), after 2 failures in a row/);
  assert.match(text, /as a probe at [\d:]+ UTC \(in \d+ s\)/);
  assert.match(text, /1 delivery waits/);
  assert.match(text, /Nothing but failures since/);
  assert.match(text, new RegExp(`holdfast dead-letter list --app ${app} --endpoint main`));
  assertNarrow(stdout);

  const list = await holdfast(['lane', 'list', ...service.flags]);
  assert.match(list.stdout, new RegExp(`^${app} +main +circuit open +in \\d+ s`, 'm'));
  assertNarrow(list.stdout);
});

test('pause holds back and resume lets go', async () => {
  const why = 'they deploy\u001b[2J until two';
  const paused = await lane('pause', '--why', why);
  assert.equal(paused.code, 0, paused.stderr);
  const before = endpoint.ids.length;
  await send();
  const { stdout } = await lane('show');
  assert.match(stdout, /PAUSED since/);
  assert.ok(!stdout.includes('\u001b'), 'a reason moves no cursor');
  assert.match(stdout, /1 delivery waits/);
  assertNarrow(stdout);
  const listed = await holdfast(['lane', 'list', '--json', ...service.flags]);
  const lanes: readonly { readonly appUid: string }[] = JSON.parse(listed.stdout).data;
  assert.ok(lanes.some(({ appUid }) => appUid === app));
  assert.equal(endpoint.ids.length, before);
  const resumed = await lane('resume');
  assert.match(resumed.stdout, /^Resumed\. What waited is being sent\.\n$/);
  await until(() => endpoint.ids.length === before + 1, 'what waited');
});

test('set changes fields, with units, and default takes them back', async () => {
  const set = ['--concurrency', '4', '--breaker-open', '10s', '--adaptive', 'off', '--json'];
  const { code, stdout, stderr } = await lane('set', ...set);
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout).overrides, {
    concurrency: 4,
    adaptive: false,
    breakerOpenMs: 10_000,
  });
  const back = await lane('set', '--adaptive', 'default', '--breaker-open', 'default');
  assert.match(back.stdout, /^concurrency +4 +endpoint$/m);
  assert.match(back.stdout, /^adaptive +on +service$/m);
  assertNarrow(back.stdout);
});

test('a mistake is named with its flag, and nothing is changed', async () => {
  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [['--concurrency', '0'], '--concurrency'],
    [['--concurrency', '4097'], '--concurrency'],
    [['--adaptive', 'maybe'], '--adaptive'],
    [['--breaker-open', '10'], '--breaker-open'],
    [['--breaker-open', '2h'], '--breaker-open'],
    [['--breaker-open', '10m'], 'breakerOpenMs'],
    [[], 'lane set'],
  ];
  for (const [args, field] of mistakes) {
    const { code, stderr } = await lane('set', ...args, '--json');
    assert.equal(code, 1);
    const error = JSON.parse(stderr);
    assert.deepEqual([error.code, error.field], ['validation', field]);
  }
  const { overrides } = JSON.parse((await lane('show', '--json')).stdout);
  assert.deepEqual(overrides, {});
  assert.equal((await lane('pause')).code, 1, 'a pause needs a reason');
});

test('a circuit is opened by hand and closed again, in words', async () => {
  const opened = await lane('open-circuit', '--why', 'their database is down');
  assert.equal(opened.code, 0, opened.stderr);
  assert.match(opened.stdout.replaceAll('\n', ' '), /holdfast lane close-circuit main --app/);
  const shown = (await lane('show')).stdout.replaceAll('\n', ' ');
  assert.match(shown, /CIRCUIT WAS OPENED BY HAND .*: "their database is down"\./);
  const closed = await lane('close-circuit');
  assert.match(closed.stdout, /follows what attempts end in/);
});

test('an alternate URL is switched to and back, and a lane without one says what is missing', async () => {
  const none = await lane('alternate', '--why', 'x', '--json');
  assert.equal(JSON.parse(none.stderr).code, 'state_conflict');
  await service.call(`/app/${app}/endpoint`, {
    url: endpoint.url,
    alternateUrl: `${endpoint.url}?other`,
    uid: 'two',
  });
  const two = (...args: string[]) =>
    holdfast(['lane', 'alternate', 'two', '--app', app, '--why', 'x', ...args, ...service.flags]);
  assert.match((await two()).stdout, /\?other now, retries of what failed included/);
  assert.ok(!(await two('--back')).stdout.includes('?other'));
});

test('an application, an event type and the service are paused, listed and let go on', async () => {
  const pause = (...args: string[]) => holdfast(['pause', ...args, ...service.flags]);
  const mistake = await pause('begin', '--why', 'x', '--json');
  assert.equal(JSON.parse(mistake.stderr).field, 'pause begin');
  const begun = await pause('begin', '--app', app, '--why', 'they\u001b[2J move', '--json');
  assert.equal(begun.code, 0, begun.stderr);
  const { id } = JSON.parse(begun.stdout);
  const shown = (await lane('show')).stdout.replaceAll('\n', ' ');
  assert.match(shown, /Its APPLICATION is PAUSED since/);
  assert.match(shown, /holdfast pause list/);
  const listed = await pause('list');
  assert.match(listed.stdout, new RegExp(id));
  assert.ok(!listed.stdout.includes('\u001b'));
  assert.match((await pause('end', id)).stdout, /What waited goes on/);
  assert.match((await pause('list')).stdout, /^Nothing is paused/);
  const typed = await pause('begin', '--event-type', 'a.b', '--rate', '50', '--why', 'x');
  assert.match(typed.stdout.replaceAll('\n', ' '), /deliveries of a\.b of all applications/);
  assert.match((await lane('show')).stdout, /PAUSED event types: a\.b/);
});
