import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startEndpoint, type EndpointServer } from './endpoint-server.ts';
import {
  holdfast,
  start,
  startService,
  temporaryFolder,
  until,
  type Json,
  type Service,
} from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;
let endpoint: EndpointServer;

before(async () => {
  service = await startService(file, temporaryFolder(file));
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
  endpoint.status = 500;
});

/** Public ids of messages that are dead letters. */
async function deadLetters(number: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < number; n += 1) {
    ids.push((await service.call(`/app/${app}/msg`, { eventType: 'a.b', payload: { n } })).id);
  }
  await until(async () => (await deadNow()).length === number, `${number} dead letters`);
  return ids;
}

type Act = { readonly kind: string; readonly reason: string };

const deadNow = async (): Promise<readonly Json[]> =>
  (await service.call(`/app/${app}/dead-letter`)).data;
const stateOf = async (message: string): Promise<string> =>
  (await service.call(`/app/${app}/msg/${message}/delivery`)).data[0].state;
const run = (...args: string[]) => holdfast([...args, '--app', app, ...service.flags]);

test('list shows the newest first, filters, and says when there are more', async () => {
  const ids = await deadLetters(3);
  const all = await run('dead-letter', 'list');
  assert.equal(all.code, 0, all.stderr);
  const shown = all.stdout.split('\n').flatMap((line) => line.match(/^msg_\w+/) ?? []);
  assert.deepEqual(shown, ids.toReversed());
  assert.ok(
    all.stdout.split('\n').every((line) => line.length <= 80),
    all.stdout,
  );
  assert.match(all.stdout, /attempts_exhausted {2}500$/m);

  const two = JSON.parse((await run('dead-letter', 'list', '--limit', '2', '--json')).stdout);
  assert.equal(two.done, false);
  assert.equal(two.data.length, 2);
  const { data } = JSON.parse((await run('dead-letter', 'list', '--json', '--since', '1h')).stdout);
  assert.equal(data.length, 3);
  for (const filter of [
    ['--until', '1h'],
    ['--reason', 'gone'],
  ]) {
    const none = await run('dead-letter', 'list', ...filter);
    assert.equal(none.stdout, `No dead letter of ${app} matches.\n`);
  }
});

test('show tells every attempt', async () => {
  const [id = ''] = await deadLetters(1);
  const { stdout } = await run('dead-letter', 'show', id);
  assert.match(stdout, new RegExp(`^${id}  a\\.b  accepted `));
  assert.match(stdout, /dead \(attempts_exhausted\) after 2 attempts/);
  assert.equal(stdout.match(/server_error/g)?.length, 2);
});

test('replay sends one again, and only what is dead', async () => {
  const [id = ''] = await deadLetters(1);
  endpoint.status = 200;
  const { code, stdout, stderr } = await run('dead-letter', 'replay', id);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Replayed msg_\w+ to 1 endpoint\./);
  await until(async () => (await stateOf(id)) === 'delivered', 'the replay');
  const again = await run('dead-letter', 'replay', id, '--json');
  assert.equal(again.code, 1);
  assert.equal(JSON.parse(again.stderr).code, 'state_conflict');
});

test('cancel ends one, or all that match, with the reason kept', async () => {
  const [first = '', second = ''] = await deadLetters(3);
  const one = await run('dead-letter', 'cancel', first, '--why', 'sent by hand', '--json');
  assert.equal(one.code, 0, one.stderr);
  assert.equal(JSON.parse(one.stdout).cancelled, 1);
  assert.equal(await stateOf(first), 'cancelled');
  const rest = await run('dead-letter', 'cancel', '--all', '--why', 'customer left');
  assert.match(rest.stdout, /^Cancelled 2 dead letters\./);
  assert.equal(await stateOf(second), 'cancelled');
  const acts: readonly Act[] = (await service.call(`/app/${app}/act`)).data;
  assert.deepEqual(
    acts.map(({ kind, reason }) => `${kind}: ${reason}`),
    ['cancel: customer left', 'cancel: sent by hand'],
  );
});

test('redrive waits until all came to an end and shows how it goes', async () => {
  const ids = await deadLetters(4);
  endpoint.status = 200;
  const { code, stdout, stderr } = await run('redrive', '--rate', '4', '--why', 'they mended it');
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^Redrove 4 dead letters \(act_\w+\): 4 delivered, 0 dead again, 0 cancelled\.\n$/,
  );
  assert.match(stderr, /^touched \d: \d scheduled, \d in flight, \d delivered, 0 dead$/m);
  assert.match(stderr, /^touched 4: 0 scheduled, 0 in flight, 4 delivered, 0 dead$/m);
  for (const id of ids) assert.equal(await stateOf(id), 'delivered');
  const { data } = await service.call(`/app/${app}/act`);
  assert.equal(data[0].reason, 'they mended it');
  assert.equal(data[0].perSecond, 4);
});

test('redrive tells what died again, and without waiting only that it began', async () => {
  await deadLetters(2);
  const failed = await run('redrive', '--endpoint', 'main', '--json');
  assert.equal(failed.code, 0, failed.stderr);
  const act = JSON.parse(failed.stdout);
  assert.equal(act.done, true);
  assert.equal(act.states.dead, 2);
  endpoint.status = 200;
  const begun = await run('redrive', '--no-wait');
  assert.match(begun.stdout, /^Started act_\w+; the service carries it out\.\n$/);
  await until(async () => (await deadNow()).length === 0, 'the redrive');
  const none = await run('redrive');
  assert.equal(none.stdout, `No dead letter of ${app} matched; nothing was sent.\n`);
});

test('a redrive that is no longer watched goes on', async (context) => {
  await deadLetters(4);
  endpoint.status = 200;
  const watching = start(context, ['redrive', '--app', app, '--rate', '1', ...service.flags]);
  await until(() => watching.stderr().includes('touched 4: '), 'the first look');
  assert.equal(await watching.stop('SIGINT'), 130);
  assert.match(watching.stderr(), /No longer watched: act_\w+ goes on in the service\./);
  await until(async () => (await deadNow()).length === 0, 'the others');
});
