import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import {
  difficulties,
  nextRound,
  questions,
  QUESTIONS_A_ROUND,
  standings,
} from '../../src/story/index.ts';

test('the bank has sixty questions or more, in three difficulties, each with four choices and a reason', () => {
  assert.ok(questions.length >= 60);
  for (const difficulty of difficulties) {
    assert.ok(questions.filter((one) => one.difficulty === difficulty).length >= 20, difficulty);
  }
  for (const { id, choices, because, question } of questions) {
    assert.equal(new Set(choices).size, 4, id);
    assert.ok(because.endsWith('.') || because.endsWith('?'), id);
    assert.ok(question.length > 10, id);
  }
  assert.equal(new Set(questions.map(({ question }) => question)).size, questions.length);
});

test('a round asks ten, no question twice, and its right choice is where it says', () => {
  const round = nextRound([], seededRandom(1));
  assert.equal(round.length, QUESTIONS_A_ROUND);
  assert.equal(new Set(round.map(({ question }) => question.id)).size, QUESTIONS_A_ROUND);
  for (const { question, choices, right } of round) {
    assert.equal(choices[right], question.choices[0]);
  }
  assert.deepEqual(nextRound([], seededRandom(1)), round);
});

test('the weakest area comes first, and what was right comes last', () => {
  const ofArea = questions.filter(({ area }) => area === 'voice');
  const wrong = ofArea.slice(0, 2).map(({ id }) => ({ id, isRight: false }));
  const right = questions
    .filter(({ area }) => area !== 'voice')
    .map(({ id }) => ({ id, isRight: true }));
  const answers = [...right, ...wrong];
  assert.equal(standings(answers)[0]?.area, 'voice');
  assert.equal(nextRound(answers, seededRandom(2))[0]?.question.area, 'voice');
  const known = ofArea.slice(1).map(({ id }) => ({ id, isRight: true }));
  for (let seed = 0; seed < 20; seed += 1) {
    const first = nextRound([...known, ...wrong.slice(0, 1), ...right], seededRandom(seed)).find(
      ({ question }) => question.area === 'voice',
    );
    assert.equal(first?.question.id, ofArea[0]?.id, `seed ${seed}`);
  }
});

test('a difficulty asks only its own', () => {
  const round = nextRound([], seededRandom(3), 'hard');
  assert.equal(round.length, QUESTIONS_A_ROUND);
  assert.ok(round.every(({ question }) => question.difficulty === 'hard'));
});

test('the right choice stands at every place', () => {
  const places = new Set(
    [1, 2, 3, 4].flatMap((seed) => nextRound([], seededRandom(seed)).map(({ right }) => right)),
  );
  assert.deepEqual(
    [...places].toSorted((a, b) => a - b),
    [0, 1, 2, 3],
  );
});
