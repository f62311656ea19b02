import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { holdfast, startService, temporaryFolder, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;
let folder: string;

before(async () => {
  service = await startService(file, temporaryFolder(file), {});
  folder = temporaryFolder(file);
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

const slo = (...args: string[]) => holdfast(['slo', ...args, ...service.flags]);

function assertNarrow(text: string): void {
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
}

test('objectives are exported, and imported again without a change, in both forms', async () => {
  for (const flags of [[], ['--openslo']]) {
    const exported = await slo('export', ...flags);
    assert.equal(exported.code, 0, exported.stderr);
    const path = join(folder, `objectives${flags.length}.yaml`);
    writeFileSync(path, exported.stdout);
    const again = await slo('import', path, '--json');
    assert.equal(again.code, 0, again.stderr);
    const rows: readonly { result: string }[] = JSON.parse(again.stdout);
    const results = rows.map(({ result }) => result);
    assert.deepEqual(results, ['unchanged', 'unchanged', 'unchanged']);
  }
});

test('an import tells what it would do, does it once, and refuses all where one is wrong', async () => {
  const path = join(folder, 'mine.yaml');
  const lines = [
    'objectives:',
    '  - { name: checkout, indicator: on_time, target: 0.995, owner: shop, consumers: [web] }',
    '  - { name: on-time, indicator: on_time, target: 0.99, owner: platform }',
  ];
  writeFileSync(path, lines.join('\n'));
  const dry = await slo('import', path, '--dry-run');
  assert.match(dry.stdout, /checkout +created/);
  assert.match(dry.stdout, /on-time +updated +description, target/);
  assert.match(dry.stdout, /Nothing was changed/);
  assert.ok(!(await slo('list')).stdout.includes('checkout'));
  assert.equal((await slo('import', path)).code, 0);
  assert.match((await slo('import', path)).stdout, /checkout +unchanged/);
  const list = await slo('list');
  assert.match(list.stdout, /^checkout +99\.5 % on time in 60 s, 30 d +shop/m);
  assertNarrow(list.stdout);
  writeFileSync(
    path,
    [
      ...lines,
      '  - { name: wrong, indicator: confirmed, target: 0.5, owner: x }',
      '  - { name: good, indicator: accounted, target: 0.5, owner: x }',
    ].join('\n'),
  );
  const refused = await slo('import', path);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /Receivers cannot say yet/);
  assert.ok(!(await slo('list')).stdout.includes('good'));
});

test('status and show tell how objectives stand', async () => {
  const status = await slo('status');
  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /^accounted .* no traffic/m);
  const show = await slo('show', 'accounted');
  assert.match(show.stdout, /Objective accounted: 99\.999 % accounted, 30 d/);
  assert.match(show.stdout, /No endpoint failed/);
  assert.equal(JSON.parse((await slo('show', 'accounted', '--json')).stdout).status.isMet, true);
});

test('rules are YAML that Prometheus reads, with what has none named', async () => {
  const { stdout, code, stderr } = await slo('rules');
  assert.equal(code, 0, stderr);
  const { groups }: { groups: readonly { name: string }[] } = parse(stdout);
  const names = groups.map(({ name }) => name);
  assert.ok(names.includes('holdfast-slo-on-time'));
  const one = await slo('rules', '--objective', 'accounted');
  assert.equal(parse(one.stdout).groups.length, 1);
});

test('a link shows the board without a token', async () => {
  const { stdout, code, stderr } = await slo('link', 'for the shop', '--team', 'shop', '--json');
  assert.equal(code, 0, stderr);
  const { url, team } = JSON.parse(stdout);
  assert.equal(team, 'shop');
  const page = await (await fetch(url)).text();
  assert.ok(page.includes('checkout') && !page.includes('accounted'));
});
