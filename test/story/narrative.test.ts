import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../../src/core/index.ts';
import {
  checkPace,
  fromTyped,
  parseFacts,
  scoreStory,
  storyForms,
  tell,
} from '../../src/story/index.ts';
import { FULL } from './facts-scene.ts';

const EMPTY = { incident: 'inc_1', title: 'x', facts: [], moments: [] };

test('every number of a narrative leads to the evidence of the fact that says it', () => {
  for (const form of storyForms) {
    const { text, numbers } = tell(form, FULL);
    assert.ok(numbers.length >= 6, `${form}: ${numbers.length}`);
    for (const { from, to, text: number, fact, evidence } of numbers) {
      assert.equal(text.slice(from, to), number);
      assert.ok(evidence !== null, `${form}: ${number} has no evidence`);
      const known =
        FULL.facts.some(
          (one) => one.name === fact && one.text.includes(number.replace(/^T\+.*/, '')),
        ) || FULL.moments.some((one) => one.evidence === evidence);
      assert.ok(known, `${form}: ${number} from ${fact}`);
    }
    assert.ok(!/\{|\}|undefined/.test(text));
  }
});

test('a STAR from a full record is an A, and asks nothing', () => {
  const { text, gaps } = tell('star', FULL);
  assert.deepEqual(gaps, []);
  const score = scoreStory(text, { level: 'senior' });
  assert.equal(score.grade, 'A', JSON.stringify(score.rules));
});

test('what no fact says is asked, and never made up', () => {
  for (const form of storyForms) {
    const { text, numbers, gaps } = tell(form, EMPTY);
    assert.equal(text.replaceAll(/## [A-Z][a-z ]+/g, '').trim(), '', text);
    assert.deepEqual(numbers, []);
    assert.ok(gaps.length >= 4);
  }
});

test('whichever facts are left out, no number is without evidence', () => {
  const some = fc.record({
    facts: fc.subarray([...FULL.facts]),
    moments: fc.subarray([...FULL.moments]),
    form: fc.constantFrom(...storyForms),
  });
  fc.assert(
    fc.property(some, ({ form, ...known }) => {
      const { numbers, text } = tell(form, { ...FULL, ...known });
      assert.deepEqual(
        numbers.filter(({ evidence }) => evidence === null),
        [],
        text,
      );
    }),
  );
});

test('a timeline tells each moment as a decision, with what was not known and the principle', () => {
  const { text } = tell('timeline', FULL);
  const rows = text.split('\n\n');
  assert.deepEqual(
    rows.map((row) => row.slice(0, row.indexOf(':'))),
    ['T+0', 'T+4', 'T+9', 'T+25 h', 'T+14 d'].map((since) =>
      since === 'T+25 h' ? 'T+1 d' : since,
    ),
  );
  for (const row of rows) assert.match(row, /Not known: .+\. Principle: .+\./);
});

test('numbers that were typed are linked where a fact says them word by word, and only there', () => {
  const { numbers } = fromTyped(
    'star',
    'Failures were 2.1 %, not 12.1 %, and cost $8,120.00.',
    FULL.facts,
  );
  assert.deepEqual(
    numbers.map(({ text, evidence }) => [text, evidence]),
    [
      ['2.1 %', 'inc_1#impact'],
      ['12.1 %', null],
      ['$8,120.00', 'inc_1#impact'],
    ],
  );
});

test('typed parts are told apart by their headings, and missing ones asked for', () => {
  const typed =
    '## Situation\n\nIt failed for 5 %.\n\nAction: I rolled back.\n\n**Result**\nNone failed.';
  const { gaps } = fromTyped('star', typed);
  assert.deepEqual([...new Set(gaps.map(({ part }) => part))], ['task', 'reflection']);
});

test('the opening takes 50 s at most, and action most of the words', () => {
  const words = (count: number): string => `${'word '.repeat(count).trim()}.`;
  const told = (situation: number, action: number): string =>
    `## Situation\n\n${words(situation)}\n\n## Action\n\n${words(action)}\n\n## Result\n\n${words(30)}`;
  const of = (text: string, name: string) =>
    checkPace(text, 'star', 'mid').find((one) => one.name === name);
  assert.deepEqual(
    [
      of(told(100, 200), 'situation and task')?.isMet,
      of(told(110, 200), 'situation and task')?.isMet,
    ],
    [true, false],
  );
  assert.equal(of(told(100, 200), 'action')?.isMet, true);
  assert.equal(of(told(100, 60), 'action')?.isMet, false);
  assert.equal(of(told(100, 200), 'words')?.measured, 330);
});

test('facts from a file are parsed, and a mistake names its field', () => {
  const wrong = (value: unknown, field: string): void => {
    assert.throws(
      () => parseFacts(value),
      (thrown) => thrown instanceof HoldfastError && thrown.field === field,
    );
  };
  assert.deepEqual(parseFacts(JSON.parse(JSON.stringify(FULL))), FULL);
  wrong([], 'facts');
  wrong({ ...EMPTY, title: '' }, 'title');
  wrong({ ...EMPTY, facts: [{ ...FULL.facts[0], unit: 'furlong' }] }, 'facts[0].unit');
  wrong({ ...EMPTY, facts: [{ ...FULL.facts[0], value: 4 }] }, 'facts[0].value');
  wrong({ ...EMPTY, moments: [{ ...FULL.moments[0], at: 'noon' }] }, 'moments[0].at');
});
