import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  judgePractice,
  parseTries,
  promptsServed,
  promptIds,
  readStory,
  sections,
} from '../../src/story/index.ts';
import { STRONG } from './strong-story.ts';

const told = (text: string) =>
  sections.map((section) => ({ section, text: section === 'action' ? text : '', seconds: 30 }));
const input = {
  prompt: 'outage',
  level: 'mid',
  company: undefined,
  earlier: [],
  at: '2026-03-01T12:00:00.000Z',
} as const;

test('a practice asks two questions that probe the weakest signal, and others the next time', () => {
  const weak = STRONG.replace(/To prevent.*?2 June\. /s, '');
  const first = judgePractice({ ...input, told: told(weak) });
  assert.equal(first.aimedAt, 'prevention');
  assert.equal(new Set(first.followUps).size, 2);
  assert.ok(first.followUps.some((one) => one.includes('guardrail')));
  const next = judgePractice({ ...input, told: told(weak), earlier: [first.attempt] });
  assert.notDeepEqual(next.followUps, first.followUps);
});

test('a try is compared with the last of the same prompt, else with the last of all', () => {
  const weak = STRONG.replace(/To prevent.*?2 June\. /s, '');
  const first = judgePractice({ ...input, told: told(weak) });
  assert.equal(first.comparison, null);
  const other = { ...first.attempt, prompt: 'stressful', at: '2026-03-02T12:00:00.000Z' } as const;
  const second = judgePractice({ ...input, told: told(STRONG), earlier: [first.attempt, other] });
  assert.equal(second.comparison?.with, first.attempt.at);
  assert.ok(second.comparison.isSamePrompt);
  assert.ok(second.comparison.scoreChange > 0);
  assert.ok(second.comparison.better.includes('prevention'));
  assert.deepEqual(second.comparison.worse, []);
  const third = judgePractice({ ...input, told: told(STRONG), earlier: [other] });
  assert.equal(third.comparison?.isSamePrompt, false);
});

test('each section is held against its clock', () => {
  const { clock } = judgePractice({ ...input, told: told(STRONG) });
  assert.deepEqual(
    clock.map(({ section, target }) => [section, target]),
    [
      ['situation', 30],
      ['task', 20],
      ['action', 90],
      ['result', 20],
      ['reflection', 15],
    ],
  );
});

test('tries that were kept are read again; what is not one is left out', () => {
  const { attempt } = judgePractice({ ...input, told: told(STRONG) });
  const kept: unknown = JSON.parse(
    JSON.stringify([attempt, { at: 1 }, null, { ...attempt, prompt: 'x' }]),
  );
  assert.deepEqual(parseTries(kept), [attempt]);
  assert.deepEqual(parseTries({ no: 'list' }), []);
});

test('a story serves the prompts that it has a sentence for, and says how to open each', () => {
  const fits = promptsServed(readStory(STRONG));
  assert.deepEqual(fits.map(({ prompt }) => prompt).toSorted(), promptIds.toSorted());
  const of = (prompt: string) => fits.find((one) => one.prompt === prompt);
  assert.ok(of('outage')?.isServed);
  assert.ok(of('outside-team')?.isServed);
  assert.match(of('outside-team')?.sentence?.text ?? '', /two other teams/);
  assert.equal(of('own-decision')?.isServed, false);
  const own = promptsServed(
    readStory(`${STRONG} It was my own change, and I declared it. I rolled back.`),
  );
  assert.ok(own.find((one) => one.prompt === 'own-decision')?.isServed);
});
