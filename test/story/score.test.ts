import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  scoreStory,
  signalIds,
  type DisqualifierId,
  type SignalId,
} from '../../src/story/index.ts';
import { signal, STRONG } from './strong-story.ts';

const without = (sentence: RegExp): string => {
  const text = STRONG.replace(sentence, '');
  assert.notEqual(text, STRONG, `${sentence} is not in the story`);
  return text;
};

test('a story with all ten signals is an A, and each signal cites its sentence by its place', () => {
  const score = scoreStory(STRONG, { level: 'senior' });
  assert.equal(score.grade, 'A');
  assert.deepEqual(
    score.signals.map((one) => one.signal),
    signalIds,
  );
  for (const { signal: id, isEarned, sentence } of score.signals) {
    assert.ok(isEarned, id);
    assert.ok(sentence !== null, id);
    assert.equal(sentence.role, 'earned', id);
    assert.equal(STRONG.slice(sentence.from, sentence.to).replace(/\s+/g, ' '), sentence.text);
  }
  assert.deepEqual(score.disqualifiers, []);
});

test('the same story is scored the same, word for word', () => {
  assert.deepEqual(scoreStory(STRONG), scoreStory(STRONG));
});

test('no prevention stops at B, and the rule is named', () => {
  const score = scoreStory(without(/To prevent.*?2 June\. /s), { level: 'senior' });
  assert.equal(score.grade, 'B');
  assert.ok(score.rules.some(({ rule }) => rule === 'No prevention stops at B.'));
  const prevention = signal(score, 'prevention');
  assert.equal(prevention.score, 0);
  assert.equal(prevention.sentence?.role, 'extend');
  assert.match(prevention.edit, /guardrail/);
});

test('one word for all three stops at B−', () => {
  const text = STRONG.replaceAll(/mitigat\w+/gi, 'fixed')
    .replace('rolled the release back', 'fixed it')
    .replace('stopping the harm', 'fixing it')
    .replace(/To prevent.*?2 June\. /s, 'Then I fixed the process as well. ');
  const score = scoreStory(text, { level: 'senior' });
  assert.equal(score.grade, 'B−');
  assert.match(score.rules[0]?.rule ?? '', /One word/);
  assert.equal(signal(score, 'three-words').sentence?.role, 'lost');
});

test('a blaming sentence loses signal 4 whatever else is said, and is cited', () => {
  const score = scoreStory(`${STRONG} The orders team forgot to read the schema.`);
  const blame = signal(score, 'blameless');
  assert.equal(blame.score, 0);
  assert.equal(blame.sentence?.text, 'The orders team forgot to read the schema.');
  assert.equal(blame.sentence.role, 'lost');
});

test("one's own judgement is reflection, and unasked work ownership, not blame", () => {
  for (const sentence of [
    'I should have asked what changed in minute one.',
    'Looking back, I held on to the first theory for too long.',
    'Nobody had asked me to look.',
  ]) {
    assert.ok(signal(scoreStory(`${STRONG} ${sentence}`), 'blameless').isEarned, sentence);
  }
});

const faults: Readonly<
  Record<Exclude<DisqualifierId, 'no-numbers' | 'one-team'>, readonly string[]>
> = {
  'handed-over': [
    'I handed it over to the network team and waited for their answer.',
    'I opened a ticket for them and waited for a reply.',
  ],
  'more-careful': [
    'Next time I will be more careful.',
    'We agreed to pay more attention to imports.',
  ],
  'no-regrets': ['I would not change anything.', 'There is nothing I would do differently.'],
  'alone-at-night': [
    'I stayed up all night and saved it.',
    'I worked alone until 5 am through the night.',
  ],
  assigned: ['My manager asked me to look into it.', 'The ticket was assigned to me.'],
};

test('what disqualifies ends the story, with the sentence that says it', () => {
  for (const [id, sentences] of Object.entries(faults)) {
    for (const sentence of sentences) {
      const { grade, disqualifiers } = scoreStory(`${STRONG} ${sentence}`, { level: 'senior' });
      assert.equal(grade, 'disqualified', sentence);
      assert.deepEqual(
        disqualifiers.map((one) => [one.id, one.sentence?.text]),
        [[id, sentence]],
      );
    }
  }
});

test('a fault that is only hinted at, with the rest of the story against it, is a question', () => {
  const hints = {
    'no-regrets': 'I would make all of those decisions again.',
    'more-careful': 'We also reminded everyone to stay alert.',
    'handed-over': 'The ball was in their court.',
  };
  for (const [id, sentence] of Object.entries(hints)) {
    const { grade, disqualifiers, questions } = scoreStory(`${STRONG} ${sentence}`, {
      level: 'senior',
    });
    assert.equal(grade, 'A', sentence);
    assert.deepEqual(disqualifiers, []);
    assert.deepEqual(
      questions.map((one) => [one.id, one.sentence?.text]),
      [[id, sentence]],
    );
  }
  const alone =
    'I saw 5 % of mails fail. I raised it with the vendor, and the ball was in their court.';
  assert.equal(scoreStory(alone).grade, 'disqualified');
});

test('what only sounds like it does not disqualify', () => {
  for (const sentence of [
    'Nobody had asked me to look into it.',
    'I handed the pager over at midnight, as the rotation says.',
    'A canary is a better answer than being careful.',
    'I asked the vendor, and moved the traffic while they looked.',
    'I would change the order of two steps.',
  ]) {
    assert.deepEqual(scoreStory(`${STRONG} ${sentence}`).disqualifiers, [], sentence);
  }
});

test('times are no numbers: a story needs counts, shares, durations or money', () => {
  const text =
    'At T+0, 14:03, I noticed that uploads failed. At T+5 I rolled back, so it was mitigated. I fixed the limit.';
  assert.deepEqual(
    scoreStory(text).disqualifiers.map(({ id }) => id),
    ['no-numbers'],
  );
  assert.deepEqual(scoreStory(`${text} 3 % had failed.`).disqualifiers, []);
});

test("one team's scope disqualifies at senior level only", () => {
  const text =
    'At T+0 I noticed that 4 % of our uploads failed. At T+5 I rolled back; mitigated. I fixed the limit at T+1 d.';
  const ids = (level: 'mid' | 'senior' | 'staff'): DisqualifierId[] =>
    scoreStory(text, { level }).disqualifiers.map(({ id }) => id);
  assert.deepEqual([ids('mid'), ids('senior'), ids('staff')], [[], ['one-team'], ['one-team']]);
  assert.deepEqual(
    scoreStory(`${text} Two other teams use it now.`, { level: 'senior' }).disqualifiers,
    [],
  );
});

test('we for what I did loses the voice, and so does a name', () => {
  const ours = scoreStory(
    'We saw 5 % errors. We rolled back. We wrote the fix. We watched it for 3 days.',
  );
  assert.equal(signal(ours, 'voice').score, 0);
  assert.equal(signal(ours, 'voice').sentence?.role, 'lost');
  const mine = scoreStory(
    'I saw 5 % errors. I rolled back. I wrote the fix. I watched it for 3 days.',
  );
  assert.equal(signal(mine, 'voice').score, 1);
});

test('level and company weigh the signals: the same story scores otherwise', () => {
  const text = without(/In retrospect.*?figure\./s);
  const of = (company: 'amazon' | 'microsoft'): number =>
    scoreStory(text, { level: 'junior', company }).score;
  assert.ok(scoreStory(text, { level: 'junior' }).score < scoreStory(text, { level: 'mid' }).score);
  assert.ok(of('microsoft') < of('amazon'));
});

test('the weakest signal is the one whose edit gains most', () => {
  const weak = (text: string): SignalId | null => scoreStory(text, { level: 'senior' }).weakest;
  assert.equal(weak(without(/To prevent.*?2 June\. /s)), 'prevention');
});

test('an empty text is a C with every signal explained', () => {
  const { grade, signals, disqualifiers } = scoreStory('');
  assert.equal(grade, 'C');
  assert.deepEqual(disqualifiers, []);
  for (const { sentence, edit, signal: id } of signals) {
    assert.equal(sentence, null);
    assert.notEqual(edit, '', id);
  }
});
