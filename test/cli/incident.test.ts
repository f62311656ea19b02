import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { matchId, shortId } from '../../src/cli/short-id.ts';
import { TestScope } from '../support/service-scope.ts';
import { holdfast, startService, temporaryFolder, type Ended, type Service } from './processes.ts';

const scope = new TestScope();
let service: Service;

before(async () => {
  service = await startService(scope, temporaryFolder(scope));
});
after(() => scope.end());

async function run(...args: readonly string[]): Promise<Ended> {
  const ended = await holdfast(['incident', ...args, ...service.flags]);
  for (const line of ended.stdout.split('\n')) {
    assert.ok(args.includes('--json') || Array.from(line).length <= 80, `over 80: ${line}`);
  }
  return ended;
}

async function ok(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}

async function open(title: string): Promise<string> {
  return (await service.call('/incident', { title })).id;
}

const LONG = `Deliveries to ${'very-long-endpoint-name-'.repeat(6)} fail \u001b[31m\nfor all`;

test('an incident is led from open to closed at the terminal', async () => {
  await service.call('/app', { name: 'Acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { url: 'http://127.0.0.1:9/', uid: 'orders' });
  const opened = await ok(
    'open',
    LONG,
    '--app',
    'acme',
    '--since',
    '12m',
    '--detected',
    '10m',
    '--owner',
    'billing',
  );
  assert.ok(!opened.includes('\u001b'));
  assert.match(opened, /NEXT +Say that you look after it\./);
  const [, short = ''] = /holdfast incident ack (\w+)/.exec(opened) ?? [];
  assert.match(await ok('ack', short), /NEXT +Stop the impact first/);
  await ok('role', short, 'lead', 'ada');
  await ok('severity', short, '1', 'All of it.');
  const cause = 'The new timeout is too short.';
  await ok(
    'hypothesis',
    short,
    cause,
    '--metric',
    'on-time',
    '--refuted-by',
    'It fails with 15 s.',
  );
  await ok(
    'update',
    short,
    'A timeout is suspected.',
    '--owners',
    'Deliveries are late.',
    '--next',
    '15m',
  );
  await ok('note', short, 'The queue grew', '--at', '11m', '--link', 'https://graphs.example/d/1');
  const shown = await ok('show');
  const labels = Array.from(shown.matchAll(/^([A-Z][A-Z ]+[A-Z]) {2,}/gm), ([, label]) => label);
  const asked = 'BROKEN,SINCE,FOR WHOM,MONEY,CHANGED,TO TRY,TRIED,CAUSE,PEOPLE,LATEST,NEXT';
  assert.equal(labels.join(','), asked);
  assert.match(shown, /severity 1, open/);
  assert.match(shown, /BROKEN +application acme\./);
  assert.match(shown.replaceAll(/\s+/g, ' '), /detected by a person \+2 m, acknowledged \+10 m/);
  assert.match(shown, /1\. open: The new timeout is too short\. Refuted by:/);
  assert.match(shown, /owner billing, lead ada, next update in 15 m/);
  const refuted = await ok('judge', short, '1', 'refuted', '--verdict', 'It was not there.');
  assert.match(refuted, /open, severity 1/);
  assert.equal((await run('judge', short, '1', 'refuted')).code, 1);
  assert.match(
    await ok('mark', short, 'mitigated', '--why', 'no failures', '--at', '4m'),
    /mitigated, severity 1/,
  );
  assert.match(
    await ok('fix', short, 'The timeout is 15 s again.', '--since', '3m'),
    /has to hold/,
  );
  assert.match(await ok('mark', short, 'fixed', '--why', 'it held'), /NEXT +Take it into review/);
  await ok('prevention', short, 'Timeouts are tried by a canary first.');
  assert.match(await ok('review', short), /in review/);
  // Of severity 1 its postmortem is asked for.
  assert.match((await run('close', short)).stderr, /cannot be closed yet: .*postmortem/);
  await ok('severity', short, '3', 'Two invoices.');
  assert.match(await ok('close', short), /closed/);
  const timeline = await ok('timeline', short);
  assert.ok(timeline.indexOf('The queue grew') < timeline.indexOf('A timeout is suspected.'));
  assert.match(await ok('timeline', short, '--kind', 'update'), /^\S+ +update +A timeout/);
  assert.match(await ok('list'), /no such incidents|INCIDENT/);
});

test('without a text, update shows what the facts would say and sends nothing; --drafted sends it', async () => {
  const id = await open('Drafted');
  const shown = await ok('update', id);
  assert.match(shown, /For responders\n {2}Severity \d, open\. Impact since/);
  assert.match(shown, /on the status feed\n {2}Since /);
  assert.match(shown, /Nothing was sent\.[^]*holdfast incident update \w+ --drafted$/m);
  for (const line of shown.split('\n')) assert.ok(line.length <= 80, line);
  assert.equal(
    await ok('timeline', id, '--kind', 'update'),
    await ok('timeline', id, '--kind', 'undo'),
  );
  const draft = JSON.parse(await ok('update', id, '--json'));
  assert.deepEqual(Object.keys(draft).toSorted(), ['nextDueAt', 'owners', 'responders']);
  assert.match((await run('update', id, '--owners', 'Late.')).stderr, /Give the text.*--drafted/);
  await ok('update', id, '--drafted', '--owners', 'They are late.');
  assert.match(await ok('timeline', id, '--kind', 'update'), /Severity \d, open/);
  await ok('decline', id, 'A test.');
});

test('the list shows what its flags ask for', async () => {
  const id = await open('Listed');
  await ok('severity', id, '2', 'It is worse.');
  const listed = async (...flags: string[]) => (await ok('list', ...flags)).includes('Listed');
  assert.ok(await listed('--severity', '1,2', '--no-drill', '--since', '1h'));
  assert.ok(await listed('--state', 'open', '--cause', 'unknown,deploy'));
  for (const misses of [
    ['--severity', '1'],
    ['--drill'],
    ['--owner', 'nobody'],
    ['--cause', 'data'],
  ]) {
    assert.ok(!(await listed(...misses)), misses.join(' '));
  }
  assert.match(
    (await run('list', '--cause', 'chance')).stderr,
    /"cause_class" takes configuration,/,
  );
  await ok('decline', id, 'A test.');
  assert.ok(!(await listed()));
  assert.ok(await listed('--state', 'declined'));
  assert.ok(await listed('--all'));
});

test('an incident is named by its end, its beginning, its id or "latest", and by nothing that could be two', async () => {
  const [first, second] = [await open('First'), await open('Second')];
  const listed = await ok('list');
  assert.match(listed, /^INCIDENT +SEV +STATE +SINCE +ACK +TITLE/);
  const short = /^(\w+) .*Second/m.exec(listed)?.[1] ?? '';
  assert.equal(short.length, 4);
  assert.match(await ok('show', short), new RegExp(second));
  assert.match(await ok('show', first), new RegExp(first));
  assert.match(await ok('show', 'latest'), new RegExp(second));
  const ambiguous = await run('show', 'inc_');
  assert.equal(ambiguous.code, 1);
  assert.match(ambiguous.stderr, /"inc_" could be \d+ of them: .*\(incident\) \[validation\]/);
  assert.match((await run('show', 'zzzzzz')).stderr, /No incident goes by "zzzzzz".*\[not_found\]/);
  const json = JSON.parse(await ok('show', short, '--json'));
  assert.equal(json.incident.id, second);
  assert.equal(json.incident.durations.timeToDetectMs, 0);
  assert.ok(Array.isArray(json.suspects.data));
  assert.match(await ok('merge', first, short), /a part of another one/);
  assert.match(await ok('decline', short, 'A test.'), /declined/);
});

test('a mitigation is applied and taken back by one command each, and what stands in its way is named', async () => {
  await service.call('/app', { name: 'Cargo', uid: 'cargo' });
  const endpoint = await service.call('/app/cargo/endpoint', {
    url: 'http://127.0.0.1:9/',
    uid: 'cargo-orders',
  });
  const id = await open('Cargo fails');
  const target = JSON.stringify({ endpointId: endpoint.id });
  const why = ['--target', target, '--why', 'to look at it'];
  const applied = await ok('mitigate', id, 'pause_endpoint', ...why);
  assert.match(applied, /Pause an endpoint: cargo-orders by admin \(IN FORCE\)/);
  const lane = await service.call('/app/cargo/endpoint/cargo-orders/lane');
  assert.equal(lane.isPaused, true);
  const again = await run('mitigate', id, 'pause_endpoint', ...why);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /Pause an endpoint: cargo-orders.*Undo it first.*\[state_conflict\]/s);
  assert.match(await ok('show', id), /TRIED +1\. .*Pause an endpoint: cargo-orders by admin/);
  assert.match(await ok('undo', id, '1'), /\(undone /);
  assert.equal((await service.call('/app/cargo/endpoint/cargo-orders/lane')).isPaused, false);
  assert.equal((await run('undo', id, '1')).code, 1);
  assert.match(await ok('menu', id), /menu|holdfast incident mitigate/);
  assert.match(await ok('figures'), /^OF +COUNT +DETECT +ACK +MITIGATE +FIX +VISIBLE/m);
  await ok('decline', id, 'A test.');
});

test('what changed before it is named with the counts that say why, and how to take it back', async () => {
  await service.call('/app', { name: 'Bolt', uid: 'bolt' });
  await service.call('/app/bolt/endpoint', { url: 'http://127.0.0.1:9/', uid: 'gone' });
  await service.call('/app/bolt/msg', { eventType: 'a.b', payload: {} });
  const id = await open('Bolt gets nothing');
  const suspects = await holdfast(['incident', 'suspects', id, ...service.flags]);
  assert.equal(suspects.code, 0, suspects.stderr);
  for (const line of suspects.stdout.split('\n')) assert.ok(Array.from(line).length <= 80, line);
});

test('help of every command has examples, and no line of it is over 100 columns', async () => {
  const { stdout } = await holdfast(['incident', '--help']);
  const names = Array.from(stdout.matchAll(/^ {2}(\w+) .*\[options\]/gm), ([, name = '']) => name);
  for (const name of ['list', 'show', 'ack', 'suspects', 'update', 'close', 'open', 'timeline']) {
    assert.ok(names.includes(name), name);
  }
  const help = await holdfast(['incident', 'show', '--help']);
  assert.match(help.stdout, /Examples:\n {2}holdfast incident show/);
});

describe('short ids', () => {
  const ids = ['inc_2ElJJWpdoqNhEJx', 'inc_2ElJJWadoqNhEJx', 'inc_2ElJJWpdpqNhEJx'];

  test('are as long as it takes to tell them apart', () => {
    assert.equal(shortId(ids[0] ?? '', ids), 'Wpdo');
    assert.equal(shortId(ids[1] ?? '', ids), 'Wado');
    assert.equal(shortId('inc_AAAAAAbcdqNhEJx', ['inc_BBBBBAbcdqNhEJx']), 'AAbcd');
  });

  test('mean one or nothing', () => {
    const of = { what: 'incident', isNumbered: false };
    assert.equal(matchId(ids, 'Wpdo', of), ids[0]);
    assert.equal(matchId(ids, 'inc_2ElJJWa', of), ids[1]);
    assert.throws(() => matchId(ids, '2ElJJW', of), /could be 3 of them/);
    assert.throws(() => matchId(ids, '', of), /No incident/);
    assert.equal(matchId(ids, '3', { ...of, isNumbered: true }), ids[2]);
    assert.throws(() => matchId(ids, '4', { ...of, isNumbered: true }), /No incident/);
  });
});
