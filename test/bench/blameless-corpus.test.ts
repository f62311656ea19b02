import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { halfOf, readCorpus } from '../../bench/measure/blameless/corpus.ts';
import { wilson } from '../../bench/measure/blameless/wilson.ts';

describe('the corpus of blaming language', () => {
  it('holds at least 300 sentences, none twice, about half of them innocent', () => {
    const all = [...readCorpus('build'), ...readCorpus('held-back')];
    assert.ok(all.length >= 300);
    assert.equal(new Set(all.map(({ text, section }) => `${section} ${text}`)).size, all.length);
    const innocent = all.filter(({ expected }) => expected.size === 0).length / all.length;
    assert.ok(innocent > 0.45 && innocent < 0.55, String(innocent));
  });

  it('is split by the text alone', () => {
    assert.equal(
      halfOf('The cache forgot its entries at every restart.'),
      halfOf('The cache forgot its entries at every restart.'),
    );
    const held = readCorpus('held-back').length;
    assert.ok(Math.abs(held - readCorpus('build').length) < held * 0.3);
  });
});

test('Wilson intervals are those of the textbook', () => {
  const { low, high } = wilson(81, 263);
  assert.deepEqual([low.toFixed(4), high.toFixed(4)], ['0.2553', '0.3662']);
  assert.equal(wilson(5, 5).high, 1);
});
