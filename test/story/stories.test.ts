import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStories } from '../../bench/measure/story/stories.ts';
import { kendall, spearman } from '../../bench/measure/story/rank-correlation.ts';
import { grades, scoreStory } from '../../src/story/index.ts';

test('forty stories and more, every grade in both halves, no story in two', () => {
  const build = readStories('build');
  const held = readStories('held-back');
  const names = [...build, ...held].map(({ name }) => name);
  assert.ok(names.length >= 40);
  assert.equal(new Set(names).size, names.length);
  for (const grade of grades) {
    const count = (half: typeof build): number => half.filter((one) => one.grade === grade).length;
    assert.ok(count(build) >= 4 && count(held) >= 4, grade);
  }
});

test('the half that the rules were built on is graded as it was written', () => {
  const wrong = readStories('build')
    .map(({ name, text, level, grade }) => ({
      name,
      grade,
      given: scoreStory(text, { level }).grade,
    }))
    .filter(({ grade, given }) => grade !== given);
  assert.deepEqual(wrong, []);
});

test('rank correlations are those of a worked example with ties', () => {
  // Values by hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
  assert.ok(Math.abs(spearman([1, 2, 2, 3], [1, 3, 2, 4]) - 0.948_683) < 1e-6);
  assert.ok(Math.abs(kendall([1, 2, 2, 3], [1, 3, 2, 4]) - 5 / Math.sqrt(30)) < 1e-9);
  assert.equal(spearman([1, 2, 3], [3, 2, 1]), -1);
});
