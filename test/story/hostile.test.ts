import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkPace,
  fromTyped,
  promptsServed,
  readStory,
  scoreStory,
} from '../../src/story/index.ts';

const MEGABYTE = 1_048_576;

const bait: Readonly<Record<string, string>> = {
  'one line of words': 'I rolled back and waited for it ',
  'no blank at all': 'a',
  'a sentence a word': 'I. ',
  'digits and signs': '1,0.0:0%$ ',
  'T+ without end': 'T+',
  'every cue again and again':
    'from 4 % to 5 % the team has adopted it, cost of waiting, undone, be more careful ',
  'open brackets': '([{',
  'lone surrogates': '\ud800 \udfff',
  'line separators': '\u2028\u0085\u00a0\n',
  'headings only': '## Action\n',
  'marks of direction': '\u202e\u200b\ufeff',
};

test('a megabyte of anything is read within two seconds of CPU time, and the rest is named', () => {
  for (const [name, piece] of Object.entries(bait)) {
    const text = piece.repeat(Math.ceil(MEGABYTE / piece.length));
    const from = process.cpuUsage();
    const score = scoreStory(text, { level: 'senior', company: 'google' });
    promptsServed(readStory(text));
    checkPace(text, 'star', 'mid');
    const { user, system } = process.cpuUsage(from);
    assert.equal(score.unreadFrom, 32_768, name);
    assert.ok(user + system < 2_000_000, `${name}: ${(user + system) / 1000} ms`);
  }
});

test('whatever text is given, scores are in bounds, places are in the text, and well formed', () => {
  const words = fc.constantFrom(
    ...Object.values(bait),
    'At T+0 I fixed it. ',
    '\n\n',
    'We ',
    '5 % ',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 30 }),
      (parts) => {
        const text = parts.join('');
        const { score, signals } = scoreStory(text);
        assert.ok(score >= 0 && score <= 1);
        for (const { score: one, sentence } of signals) {
          assert.ok(one >= 0 && one <= 1);
          if (sentence === null) continue;
          assert.ok(
            sentence.from >= 0 && sentence.from < sentence.to && sentence.to <= text.length,
          );
          assert.ok(sentence.text.isWellFormed());
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('broken Unicode in typed text comes out well formed', () => {
  assert.ok(fromTyped('star', 'I saw \ud800 5 %').text.isWellFormed());
});
