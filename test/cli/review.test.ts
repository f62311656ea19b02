import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { proposedDetector } from '../../src/cli/proposed-detector.ts';
import { TestScope } from '../support/service-scope.ts';
import { holdfast, startService, temporaryFolder, type Ended, type Service } from './processes.ts';

const scope = new TestScope();
let service: Service;
let folder: string;

before(async () => {
  service = await startService(scope, temporaryFolder(scope));
  folder = mkdtempSync(join(tmpdir(), 'holdfast-review-'));
  scope.after(() => rmSync(folder, { recursive: true, force: true }));
});
after(() => scope.end());

const run = (...args: readonly string[]): Promise<Ended> => holdfast([...args, ...service.flags]);

async function ok(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  assert.ok(!stdout.includes('\u001b'));
  return stdout;
}

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

async function anIncident(): Promise<string> {
  const { id } = await service.call('/incident', {
    title: 'Invoices were \u001b[31mlate',
    impactStartAt: ago(30),
    detectedAt: ago(28),
    isRetrospective: true,
    markers: [{ marker: 'mitigated', at: ago(10), note: 'it ended' }],
  });
  return id;
}

test('a postmortem is written, reviewed, published and exported at the terminal', async () => {
  const id = await anIncident();
  await ok('postmortem', 'draft', id, '--template', 'short');
  assert.match(await ok('postmortem', 'show', id), /# Invoices were[\s\S]*draft, version 1/);
  const file = join(folder, 'draft.md');
  writeFileSync(file, '# Late\n\n## Causes\n\nThe operator forgot it. {{fact:time.to_detect}}.\n');
  const edited = await ok('postmortem', 'edit', id, '--file', file, '--note', 'shorter');
  assert.match(edited, /Missing: blocking language in line 5/);
  assert.match(edited, /Next: holdfast postmortem edit/);
  const edit = join(folder, 'edit.sh');
  writeFileSync(edit, '#!/bin/sh\nsed -i "s/The operator forgot it/Nothing shows it/" "$1"\n', {
    mode: 0o700,
  });
  const inEditor = await holdfast(['postmortem', 'edit', id, ...service.flags], {
    env: { EDITOR: edit, VISUAL: edit },
  });
  assert.equal(inEditor.code, 0, inEditor.stderr);
  assert.match(inEditor.stdout, /version 3[\s\S]*Next: holdfast postmortem submit/);
  const noEditor = await holdfast(['postmortem', 'edit', id, ...service.flags], {
    env: { EDITOR: '', VISUAL: '' },
  });
  assert.match(noEditor.stderr, /--file/);
  await ok('postmortem', 'submit', id);
  assert.match(
    await ok('postmortem', 'comment', id, 'Since when?', '--quote', 'shows it'),
    /Comment 1 by admin/,
  );
  const early = await run('postmortem', 'publish', id);
  assert.match(early.stderr, /comments are open: 1.*\[state_conflict\]/);
  await ok('postmortem', 'resolve', id, '1');
  assert.match(await ok('postmortem', 'publish', id), /published, version 4/);
  assert.match(await ok('postmortem', 'versions', id), /frozen +Published\./);
  assert.match(await ok('postmortem', 'facts', id), /time\.to_detect +2 min/);
  const page = join(folder, 'postmortem.html');
  await ok('postmortem', 'export', id, '--format', 'html', '--out', page);
  assert.match(readFileSync(page, 'utf8'), /<!doctype html>[\s\S]*@media print/);
  assert.match(await ok('postmortem', 'export', id), /2 min\[\^1\]/);
  assert.equal(JSON.parse(await ok('postmortem', 'export', id, '--json')).version, 4);
  assert.match(await ok('postmortem', 'return', id, 'More is known.'), /draft, version 5/);
});

test('action items are added, verified, given up and looked over at the terminal', async () => {
  const id = await anIncident();
  const added = await ok(
    'action',
    'add',
    id,
    'Alert on it',
    '--type',
    'detect',
    '--owner',
    'billing',
    '--due',
    '7d',
    '--end',
    'It fires.',
    '--detector',
    'outage:share=0.3,endpoints=1',
    '--json',
  );
  const item = JSON.parse(added);
  assert.deepEqual(item.verification.proposed, { detector: 'outage', share: 0.3, endpoints: 1 });
  const days = (Date.parse(item.dueAt) - Date.now()) / 86_400_000;
  assert.ok(Math.abs(days - 7) < 0.1, item.dueAt);
  const missed = await run('action', 'verify', item.id);
  assert.equal(missed.code, 1);
  assert.match(missed.stdout, /DID NOT HOLD[\s\S]*No SLI minutes/);
  const marker = join(folder, 'ran');
  const add = async (...verification: readonly string[]): Promise<string> =>
    JSON.parse(
      await ok('action', 'add', id, 'Guard it', '--type', 'prevent', '--json', ...verification),
    ).id;
  const command = await add('--command', 'touch', marker);
  const asked = await run('action', 'verify', command);
  assert.match(asked.stderr, /touch .*ran\. Look at it, then give --run/);
  assert.throws(() => readFileSync(marker));
  assert.match(await ok('action', 'verify', command, '--run'), /Held[\s\S]*ended with 0/);
  readFileSync(marker);
  const failing = await add('--command', 'false');
  assert.equal((await run('action', 'verify', failing, '--run')).code, 1);
  const link = await add('--link', 'https://graphs.example/d/1');
  assert.match((await run('action', 'verify', link)).stderr, /Look at https:\/\/graphs\.example/);
  assert.match(await ok('action', 'verify', link, '--held', 'The graph is flat.'), /flat/);
  assert.match(await ok('action', 'done', link), /done, verified/);
  const overdue = JSON.parse(
    await ok('action', 'add', id, 'Long ago', '--type', 'repair', '--due', '2026-01-01', '--json'),
  ).id;
  const board = await ok('action', 'overdue');
  assert.match(board, /repair +OVERDUE +2026-01-01 +- +Long ago/);
  assert.match(board, /1 item overdue\./);
  for (const line of board.split('\n')) assert.ok(Array.from(line).length <= 80, line);
  const short = /^(\w+) +repair/m.exec(board)?.[1] ?? '';
  assert.match(
    await ok('action', 'not-doing', short, 'It ends in May.'),
    /not doing: It ends in May\./,
  );
  assert.equal(JSON.parse(await ok('action', 'show', overdue, '--json')).state, 'not_doing');
  assert.match(await ok('action', 'list', '--incident', id), /detect +open/);
  assert.match(
    (await run('action', 'add', id, 'x', '--type', 'prevent', '--drill', 'a', '--link', 'b'))
      .stderr,
    /--link|--drill/,
  );
  const none = await run('incident', 'export-drill', id);
  assert.match(none.stderr, /No SLI minutes/);
});

test('a proposed detector has what is usual where it does not say, and names what it does not know', () => {
  assert.deepEqual(proposedDetector('fast_burn'), { detector: 'fast_burn', rate: 0.0144 });
  assert.deepEqual(proposedDetector('burn_rate:burn=6,long=360'), {
    detector: 'burn_rate',
    target: 0.999,
    burnRate: 6,
    longMinutes: 360,
    shortMinutes: 5,
  });
  assert.throws(() => proposedDetector('gut'), /There are burn_rate, outage, fast_burn/);
  assert.throws(() => proposedDetector('outage:rate=1'), /it takes share, endpoints/);
  assert.throws(() => proposedDetector('outage:share=x'), /share=x/);
  assert.throws(() => proposedDetector('constructor'), /no detector/);
  assert.deepEqual(proposedDetector('silence:false=2'), {
    detector: 'silence',
    falseAlarmsPerYear: 2,
  });
  // Why it cannot be replayed the service says.
  assert.deepEqual(proposedDetector('growth'), { detector: 'growth' });
});
