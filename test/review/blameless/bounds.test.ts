import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lint, type LintReport } from '../../../src/review/blameless/index.ts';
import { MOST_CHARACTERS } from '../../../src/review/blameless/bounds.ts';

/** CPU seconds, so that a busy machine does not fail a test; several times what it takes on a quiet one. */
function within(seconds: number, text: string): LintReport {
  const before = process.cpuUsage();
  const report = lint(`## Causes\n\n${text}`);
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1e6 < seconds, `${(user + system) / 1e6} s of CPU`);
  return report;
}

const SIZE = 20_000;
const of = (part: string): string => part.repeat(Math.ceil(SIZE / part.length));

/** What parsers of Markdown and of sentences are known to take quadratic time for, and what is no text at all. */
const bait: Readonly<Record<string, string>> = {
  'nested quotes': of('>'),
  'nested lists on one line': of('- '),
  'lists nested to the bound': of(`${'- '.repeat(11)}a\n`),
  'emphasis that never closes': of('*a_ '),
  brackets: of('['),
  'links that never close': of('[a]('),
  'references to one definition': `[a]: b\n\n${of('[a]')}`,
  'runs of backticks': Array.from({ length: 700 }, (_, index) => `${'`'.repeat(index + 1)}a`).join(
    '',
  ),
  entities: of('&'),
  tags: of('<a '),
  comments: of('<!-- '),
  'lone surrogates': of('\ud800 forgot \udc00'),
  'NUL and other controls': of('\0\u0007\u001b[31m the team forgot '),
  'one word': of('a'),
  initials: of('A. '),
  quotation: of('"'),
  'one sentence of blame': of('the team failed to see and '),
  'words of many patterns': of('who did not have been to the team by mistake '),
  commas: of('we , forgot , '),
  names: of('Maria '),
  'blank lines': of('\n'),
  headings: of('# a\n'),
  'a table': `| a | b |\n|---|---|\n${of('| we forgot | x |\n')}`,
};

describe('a hostile text', () => {
  for (const [name, text] of Object.entries(bait)) {
    it(`is read within bounds: ${name}`, () => {
      const { findings } = within(10, text);
      for (const { phrase } of findings) {
        assert.ok(phrase.length <= 160 && phrase.isWellFormed());
        assert.doesNotMatch(phrase, /\p{Cc}/u);
      }
    });
  }

  it('of one line of 10 MB is read up to the bound, and the rest is named', () => {
    const text = 'The retry waits for its turn and goes on with the next one in its lane. '.repeat(
      145_000,
    );
    const { unread, isBlocked } = within(60, text);
    assert.equal(isBlocked, true);
    assert.equal(unread.at(-1)?.start.offset, MOST_CHARACTERS);
    assert.match(
      unread.at(-1)?.reason ?? '',
      /longer than 4194304 characters: the rest was not read/,
    );
  });

  it('that is nested too deeply is named, and what follows is read', () => {
    const { unread, findings } = lint(
      `## Causes\n\n${'>'.repeat(5000)} a\n\nThe team forgot the flag.\n`,
    );
    assert.deepEqual(
      unread.map(({ start, end }) => [start.line, end.line]),
      [[3, 4]],
    );
    assert.deepEqual(
      findings.map(({ start }) => start.line),
      [5],
    );
  });

  it('with too much markup is read up to there', () => {
    const { unread, isBlocked } = lint(`## Causes\n\n${'[a] '.repeat(40_000)}\n`);
    assert.match(unread[0]?.reason ?? '', /too much markup/);
    assert.equal(isBlocked, true);
  });

  it('full of findings makes a bounded report, and says so', () => {
    const { findings, unread } = lint(`## Causes\n\n${'- We forgot.\n'.repeat(10_400)}`);
    assert.ok(findings.length <= 10_000 && findings.length > 9_000);
    assert.match(unread[0]?.reason ?? '', /findings the rest was not read/);
  });
});
