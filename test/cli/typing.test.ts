import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder, until } from './processes.ts';
import { END_OF_INPUT, ENTER, lacksTerminal, openTerminal } from './terminal.ts';

const only = { skip: lacksTerminal };

test('a story is typed section by section, each against its clock', only, async (t) => {
  const state = join(temporaryFolder(t), 'practice.json');
  const { typeAfter, shown, ended } = openTerminal(t, [
    'practice',
    '--prompt',
    'outage',
    '--state',
    state,
  ]);
  // The empty line before the first word does not end the section.
  await typeAfter(
    'SITUATION (30 s)',
    `${ENTER}At 14:03 I noticed that 8 % of logins failed.${ENTER}`,
  );
  const from = performance.now();
  // The clock is what is tested: it has to go on.
  await until(() => performance.now() - from > 1600, 'the clock');
  await typeAfter('logins failed.', ENTER);
  const seconds = Math.round((performance.now() - from) / 1000);
  await typeAfter('TASK (20 s)', ENTER + ENTER);
  await typeAfter('ACTION (90 s)', `I rolled it back at 14:09.${ENTER}I fixed it.${ENTER}${ENTER}`);
  await typeAfter('RESULT (20 s)', END_OF_INPUT);
  assert.equal(await ended, 0, shown());
  const said = /SITUATION[^]*?(\d+) s of 30 s\r/.exec(shown())?.[1];
  assert.ok(Math.abs(Number(said) - seconds) <= 1 && Number(said) > 0, shown());
  assert.match(shown(), /task: 0 s of 20 s[^]*action: \d+ s of 90 s[^]*reflection: 0 s of 15 s/);
  assert.ok(!shown().includes('REFLECTION ('), 'the end of input leaves the rest untold');
  assert.match(shown(), /Grade [^]*You are asked:/);
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).length, 1);
});

test(
  'at a keyboard a quiz asks again for what is no answer, and Ctrl-D keeps what was answered',
  only,
  async (t) => {
    const state = join(temporaryFolder(t), 'quiz.json');
    const { typeAfter, shown, ended } = openTerminal(t, ['quiz', '--seed', '7', '--state', state]);
    await typeAfter('1/10', `maybe${ENTER}`);
    await typeAfter('Answer a, b, c or d', `A${ENTER}`);
    await typeAfter('2/10', END_OF_INPUT);
    assert.equal(await ended, 0, shown());
    assert.match(shown(), /of 1 question right/);
    assert.ok(!shown().includes('3/10'));
    assert.equal(JSON.parse(readFileSync(state, 'utf8')).length, 1);
  },
);
