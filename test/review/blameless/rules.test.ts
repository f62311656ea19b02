import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCorpus } from '../../../bench/measure/blameless/corpus.ts';
import { flags, lint } from '../../../src/review/blameless/index.ts';
import { inflect } from '../../../src/review/blameless/inflect.ts';
import { rules } from '../../../src/review/blameless/rules/index.ts';

describe('the table of rules', () => {
  it('has patterns for every flag but names, which are looked up', () => {
    const named = new Set<string>(rules.map(({ flag }) => flag));
    assert.deepEqual(
      Object.keys(flags).filter((flag) => !named.has(flag)),
      ['name'],
    );
  });

  it('flags what it is made for: every flag, in the half of the corpus that rules are made on', () => {
    const corpus = readCorpus('build');
    const wrong = corpus.filter(({ text, section, expected }) => {
      const found = new Set(lint(text, { section }).findings.map(({ flag }) => flag));
      return found.symmetricDifference(expected).size > 0;
    });
    assert.ok(corpus.length > 250);
    assert.ok(wrong.length <= 5, wrong.map(({ text }) => text).join('\n'));
    const expected = new Set(corpus.flatMap((one) => [...one.expected]));
    assert.deepEqual([...expected].toSorted(), Object.keys(flags).toSorted());
  });

  it('gives reasons and rewrites that blame nobody themselves', () => {
    for (const [flag, { rewrite }] of Object.entries(flags)) {
      assert.deepEqual(lint(rewrite, { section: 'causes' }).findings, [], flag);
    }
  });
});

describe('verbs', () => {
  it('are known in all their forms', () => {
    assert.deepEqual([...inflect('skip')], ['skip', 'skips', 'skipping', 'skipped']);
    assert.deepEqual(
      [...inflect('forget')],
      ['forget', 'forgets', 'forgetting', 'forgot', 'forgotten'],
    );
    assert.deepEqual([...inflect('ignore')], ['ignore', 'ignores', 'ignoring', 'ignored']);
    assert.deepEqual([...inflect('deny')], ['deny', 'denies', 'denying', 'denied']);
    assert.deepEqual([...inflect('miss')], ['miss', 'misses', 'missing', 'missed']);
    assert.deepEqual([...inflect('notice')], ['notice', 'notices', 'noticing', 'noticed']);
  });
});
