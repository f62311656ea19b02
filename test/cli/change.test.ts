import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  holdfast,
  startService,
  temporaryFolder,
  type Ended,
  type Json,
  type Service,
} from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;

before(async () => {
  service = await startService(file, temporaryFolder(file), {});
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

let count = 0;
async function createApplication(): Promise<string> {
  count += 1;
  const app = `app-${count}`;
  await service.call('/app', { name: app, uid: app });
  await service.call(`/app/${app}/endpoint`, { url: 'https://one.example/', uid: 'main' });
  return app;
}

const run = (...args: string[]): Promise<Ended> => holdfast([...args, ...service.flags]);
const change = (...args: string[]): Promise<Ended> => run('change', ...args);

async function newest(app: string): Promise<Json> {
  const { data } = await service.call(`/app/${app}/change?limit=1`);
  return data[0];
}

function assertNarrow(text: string): void {
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
}

test('what a command writes is a change through the command line, with its reason', async () => {
  const app = await createApplication();
  const why = 'zu langsam · 遅い 🐌';
  const set = ['lane', 'set', 'main', '--app', app, '--concurrency', '4', '--why', why];
  assert.equal((await run(...set)).code, 0);
  const { via, reason, actor } = await newest(app);
  assert.deepEqual([via, reason], ['cli', why]);
  assert.notEqual(actor, '');
  const paused = await run('lane', 'pause', 'main', '--app', app, '--why', 'two\nlines\u001b[2J');
  assert.equal(paused.code, 0, paused.stderr);
  assert.equal((await newest(app)).reason, 'two lines [2J');
  const resumed = await run('lane', 'resume', 'main', '--app', app, '--why', 'over');
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal((await newest(app)).reason, 'over');
  const long = await run(...set.slice(0, -1), 'x'.repeat(501), '--json');
  assert.deepEqual([long.code, JSON.parse(long.stderr).field], [1, '--why']);
});

test('list tells what, who and why; show tells each field, and of secrets only that they changed', async () => {
  const app = await createApplication();
  const rotated = await fetch(`${service.url}/api/v1/app/${app}/endpoint/main/secret/rotate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  assert.equal(rotated.status, 204);
  await run('lane', 'set', 'main', '--app', app, '--concurrency', '4', '--why', 'too \u001bslow');
  const list = await change('list', '--app', app, '--since', '1h');
  assert.equal(list.code, 0, list.stderr);
  assert.match(list.stdout, /^ {2}updated endpoint main: lane$/m);
  assert.match(list.stdout, /^ {2}updated endpoint main: secrets$/m);
  assert.match(list.stdout, /through cli: "too slow"/);
  assert.match(list.stdout, /4 changes\./);
  assertNarrow(list.stdout);
  const kinds = await change('list', '--app', app, '--kind', 'application', '--json');
  const listed: readonly Json[] = JSON.parse(kinds.stdout).data;
  assert.deepEqual(
    listed.map(({ items }) => items[0].verb),
    ['created'],
  );
  const one = await change('list', '--app', app, '--endpoint', 'main', '--limit', '2', '--json');
  const [lane, secret] = JSON.parse(one.stdout).data;
  const shown = await change('show', lane.id);
  assert.match(shown.stdout, /^ {2}lane\n {4}\+ \{"concurrency":4\}$/m);
  assert.match(shown.stdout, new RegExp(`holdfast change revert ${lane.id}`));
  assertNarrow(shown.stdout);
  const hidden = await change('show', secret.id);
  assert.match(hidden.stdout, /secrets: \(changed, not shown\)/);
  assert.doesNotMatch(hidden.stdout, /v1\./);
});

test('revert shows what goes back and what is in the way, and does it with --yes', async () => {
  const app = await createApplication();
  await run('lane', 'set', 'main', '--app', app, '--concurrency', '4');
  const first = await newest(app);
  const preview = await change('revert', first.id);
  assert.equal(preview.code, 0, preview.stderr);
  assert.match(preview.stdout, /updated endpoint main/);
  assert.match(preview.stdout, /Nothing was changed\. Say --yes/);
  assertNarrow(preview.stdout);
  await run('lane', 'set', 'main', '--app', app, '--concurrency', '5');
  const later = await newest(app);
  const conflict = await change('revert', first.id);
  assert.match(conflict.stdout, /1 conflict/);
  assert.ok(conflict.stdout.replaceAll(/\s+/g, ' ').includes(`changed by ${later.id}`));
  assert.match(conflict.stdout, /--on-conflict/);
  assertNarrow(conflict.stdout);
  const refused = await change('revert', first.id, '--yes', '--json');
  assert.equal(refused.code, 1);
  assert.equal(JSON.parse(refused.stderr).code, 'change_conflict');
  const choice = ['--yes', '--on-conflict', 'overwrite', '--why', 'as it was'];
  const made = await change('revert', first.id, ...choice);
  assert.equal(made.code, 0, made.stderr);
  assertNarrow(made.stdout);
  const { overrides } = await service.call(`/app/${app}/endpoint/main/lane`);
  assert.deepEqual(overrides, {});
  const { reason, reverts, via } = await newest(app);
  assert.deepEqual([reason, reverts, via], ['as it was', [first.id], 'cli']);
  const list = await change('list', '--app', app);
  assert.match(list.stdout, new RegExp(`takes back ${first.id}`));
  assert.match(list.stdout, /taken back by chg_/);
});

test('revert --last takes back all that was made in a span of time in one application', async () => {
  const app = await createApplication();
  const other = await createApplication();
  const made = await change('revert', '--last', '10m', '--app', app, '--yes', '--json');
  assert.equal(made.code, 0, made.stderr);
  assert.equal(JSON.parse(made.stdout).reverts.length, 2);
  await assert.rejects(service.call(`/app/${app}`), /404/);
  assert.equal((await service.call(`/app/${other}`)).uid, other);
});

test('deploy tells of a deploy, which cannot be taken back', async () => {
  const args = ['--ref', 'abc', '--env', 'production', '--actor', 'ci', '--at', '10m'];
  const told = await change('deploy', 'billing', '4.7.1', ...args, '--note', 'by hand');
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /marked deploy billing/);
  assert.match(told.stdout, /by ci through cli: "by hand"/);
  assertNarrow(told.stdout);
  const { stdout } = await change('list', '--kind', 'deploy', '--json');
  const [{ id }] = JSON.parse(stdout).data;
  const refused = await change('revert', id, '--json');
  assert.equal(JSON.parse(refused.stderr).code, 'not_revertible');
});

test('a mistake is named with its flag', async () => {
  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [['revert'], '--last'],
    [['revert', 'chg_1', '--last', '1h'], '--last'],
    [['revert', 'chg_1', '--app', 'acme'], '--app'],
    [['revert', '--last', 'soon'], '--last'],
    [['revert', 'chg_1'], 'changeIds'],
    [['show', 'chg_1'], 'change_id'],
    [['list', '--kind', 'nothing'], '--kind'],
    [['list', '--endpoint', 'main'], 'app_id'],
    [['deploy', 'billing', '1', '--link', 'no link'], 'link'],
  ];
  for (const [args, field] of mistakes) {
    const { code, stderr } = await change(...args, '--json');
    assert.equal(code, 1, args.join(' '));
    assert.equal(JSON.parse(stderr).field, field, stderr);
  }
});
