import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { FULL } from '../story/facts-scene.ts';
import { STRONG } from '../story/strong-story.ts';
import { holdfast, startService, temporaryFolder, type Json } from './processes.ts';

function assertNarrow(text: string): void {
  for (const line of text.split('\n')) assert.ok(Array.from(line).length <= 80, line);
}

test('a story is scored in 80 columns, and the same as JSON', async () => {
  const text = await holdfast(['story', 'score', '-', '--level', 'senior', '--company', 'google'], {
    input: STRONG,
  });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^Grade A {3}score 1\.00/);
  assertNarrow(text.stdout);
  const json = await holdfast(['story', 'score', '-', '--level', 'senior', '--json'], {
    input: STRONG,
  });
  const score: Json = JSON.parse(json.stdout);
  assert.equal(score.grade, 'A');
  assert.equal(score.signals.length, 10);
  const wrong = await holdfast(['story', 'score', '-', '--level', 'king'], { input: STRONG });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /--level/);
});

test('hostile input is scored in 80 columns too, and nothing of it moves a cursor', async () => {
  const input = `I saw \u001b[31m 5 % ${'x'.repeat(500)}\u202e and ${'we fixed '.repeat(300)}`;
  for (const args of [
    ['story', 'score', '-'],
    ['story', 'prompts', '-'],
    ['story', 'draft', '-'],
  ]) {
    const { stdout, code, stderr } = await holdfast(args, { input });
    assert.equal(code, 0, stderr);
    assertNarrow(stdout);
    // oxlint-disable-next-line no-control-regex -- it is what must not be there
    assert.ok(!/[\u001b\u202e]/.test(stdout));
  }
});

test('a draft is told from facts in each form, numbers beside their evidence', async (t) => {
  const file = join(temporaryFolder(t), 'facts.json');
  writeFileSync(file, JSON.stringify(FULL));
  for (const form of ['star', 'circles', 'timeline']) {
    const { stdout, code, stderr } = await holdfast(['story', 'draft', file, '--form', form]);
    assert.equal(code, 0, stderr);
    assertNarrow(stdout);
    assert.match(stdout, /T\+9: mitigated|T\+9: T:mitigated/);
    assert.ok(!stdout.includes('Without evidence'), stdout);
  }
  const neither = await holdfast(['story', 'draft']);
  assert.equal(neither.code, 1);
  assert.match(neither.stderr, /file or --incident/);
});

test('a draft of an incident is told from what the service recorded of it', async (t) => {
  const service = await startService(t, temporaryFolder(t));
  const incident = await service.call('/incident', {
    title: 'invoices arrive late',
    severity: 2,
    owner: 'payments',
  });
  const { stdout, code, stderr } = await holdfast([
    'story',
    'draft',
    '--incident',
    'latest',
    '--json',
    ...service.flags,
  ]);
  assert.equal(code, 0, stderr);
  const { narrative }: Json = JSON.parse(stdout);
  assert.match(narrative.text, /invoices arrive late/);
  for (const { evidence } of narrative.numbers) {
    assert.equal(String(evidence).split('#')[0], incident.id);
  }
  assert.ok(narrative.gaps.length > 5);
});

test('a model suggests only where one is set, marked and beside the draft', async (t) => {
  const file = join(temporaryFolder(t), 'facts.json');
  writeFileSync(file, JSON.stringify(FULL));
  const unset = await holdfast(['story', 'draft', file, '--suggest']);
  assert.equal(unset.code, 1);
  assert.match(unset.stderr, /HOLDFAST_LLM_URL/);
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ choices: [{ message: { content: 'It was 77 % better.' } }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const env = { HOLDFAST_LLM_URL: `http://127.0.0.1:${port}/v1`, HOLDFAST_LLM_MODEL: 'small' };
  const { stdout, code, stderr } = await holdfast(['story', 'draft', file, '--suggest'], { env });
  assert.equal(code, 0, stderr);
  assertNarrow(stdout);
  assert.match(stdout, /SUGGESTED BY A LANGUAGE MODEL \(small\); not scored/);
  assert.match(stdout, /NOT in the facts: 77 %/);
});

test('the eleven prompts are listed, and fitted to a story', async () => {
  const all: Json = JSON.parse((await holdfast(['story', 'prompts', '--json'])).stdout);
  assert.equal(all.length, 11);
  const fits: Json = JSON.parse(
    (await holdfast(['story', 'prompts', '-', '--json'], { input: STRONG })).stdout,
  );
  assert.equal(fits.length, 11);
  assert.ok(fits[0].isServed);
});

test('a second try is compared with the first; the file keeps no text', async (t) => {
  const state = join(temporaryFolder(t), 'deep', 'practice.json');
  const args = ['practice', '--prompt', 'outage', '--state', state];
  const first = await holdfast(args, { input: STRONG.replace(/To prevent.*?2 June\. /s, '') });
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /first try that is kept/);
  assert.match(first.stdout, /You are asked:\n {2}- .*guardrail/);
  const second = await holdfast(args, { input: STRONG });
  assertNarrow(first.stdout + second.stdout);
  assert.match(second.stdout, /Better:[^]*prevention/);
  const kept = readFileSync(state, 'utf8');
  assert.ok(!kept.includes('report'));
  assert.equal(JSON.parse(kept).length, 2);
  writeFileSync(state, '{');
  const damaged = await holdfast(args, { input: STRONG });
  assert.equal(damaged.code, 1);
  assert.match(damaged.stderr, /cannot be read.*--state/);
  assert.equal(readFileSync(state, 'utf8'), '{');
});

test('practice without --prompt takes the least practised one, and sections from headings', async (t) => {
  const state = join(temporaryFolder(t), 'practice.json');
  const input = '## Situation\nIt failed at T+0 for 5 %.\n\n## Action\nI rolled back.\n';
  const of = async (): Promise<Json> =>
    JSON.parse((await holdfast(['practice', '--state', state, '--json'], { input })).stdout);
  const [first, second] = [await of(), await of()];
  assert.notEqual(first.prompt, second.prompt);
  assert.equal(first.clock.length, 5);
  const nothing = await holdfast(['practice', '--state', state], { input: '\n' });
  assert.match(nothing.stderr, /Nothing was told/);
});

test('a quiz round is answered on standard input, kept, and the weakest area comes first', async (t) => {
  const env = { XDG_STATE_HOME: temporaryFolder(t) };
  const ask = async (input: string, seed: string): Promise<Json> =>
    JSON.parse((await holdfast(['quiz', '--seed', seed, '--json'], { input, env })).stdout);
  const looked = await ask('', '5');
  assert.equal(looked.asked, 0);
  assert.equal(looked.questions.length, 10);
  const asked: readonly { right: string }[] = looked.questions;
  const letters = asked.map(({ right }) => right);
  const wrong = letters[9] === 'a' ? 'b' : 'a';
  const answered = await ask([...letters.slice(0, 9), wrong].join('\n'), '5');
  assert.deepEqual([answered.asked, answered.right], [10, 9]);
  assert.equal(answered.questions[9].isRight, false);
  const next = await ask('', '6');
  assert.equal(next.questions[0].area, answered.questions[9].area);
  const text = await holdfast(['quiz', '--difficulty', 'hard'], { input: 'a\n\nz\n', env });
  assert.equal(text.code, 0, text.stderr);
  assertNarrow(text.stdout);
  assert.match(text.stdout, /of 1 question right/);
});
