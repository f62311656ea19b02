import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Fact } from '../../src/review/index.ts';
import { escapeMarkup } from '../../src/core/index.ts';
import { markdownHtml } from '../../src/review/markdown-html.ts';
import { postmortemHtml } from '../../src/review/postmortem-html.ts';
import { factsUsed, unknownReferences } from '../../src/review/references.ts';
import { escapedMarkdown } from '../../src/review/say.ts';
import { notedMarkdown, shownText } from '../../src/review/shown.ts';

const AT = Date.UTC(2026, 0, 5, 12);
const fact = (name: string, given: Partial<Fact>): Fact => ({
  name,
  value: 1204,
  unit: 'count',
  currency: null,
  text: '1,204',
  source: 'ledger',
  at: AT,
  evidence: { kind: 'incident', id: 'inc_1' },
  ...given,
});
const hostile = '<script>alert(1)</script> *bold* [a](javascript:alert(1)) | `x` {{fact:n}} "\'&';
const facts = [fact('n', {}), fact('title', { unit: 'text', value: hostile, text: hostile })];
const values = {
  facts: new Map(facts.map((each) => [each.name, each])),
  lists: new Map([['rows', '| a |\n| --- |\n| {{fact:n}} and <b>x</b> |']]),
};
const html = (markdown: string): string => markdownHtml(markdown, (text) => text);
const page = (markdown: string, title = 'It failed'): string =>
  postmortemHtml(
    title,
    { state: 'draft' },
    { incidentId: 1, nth: 2, markdown, by: 'ada', at: AT, note: '', frozen: null },
    values,
    ({ evidence }) => (evidence.kind === 'url' ? evidence.url : evidence.id),
  );

describe('references', () => {
  test('are filled in, those of lists too; a text from outside stays text', () => {
    assert.equal(shownText('{{fact:n}} failed', values), '1,204 failed');
    assert.match(shownText('{{list:rows}}', values), /\| 1,204 and/);
    const shown = shownText('# {{fact:title}}', values);
    assert.doesNotMatch(shown, /1,204|[^\\]<script|[^\\]\*bold/);
    assert.match(html(shown), /&lt;script&gt;alert\(1\)&lt;\/script&gt; \*bold\*/);
  });

  test('that stand for nothing are named, and said not to be known', () => {
    const text = '{{fact:n}} {{fact:m}} {{list:none}} {{list:rows}} {{other:x}}';
    assert.deepEqual(unknownReferences(text, values), ['list:none', 'fact:m']);
    assert.match(shownText(text, values), /\(not known yet: m\)/);
    assert.match(shownText(text, values), /\{\{other:x\}\}/);
    assert.deepEqual(
      factsUsed('{{list:rows}} {{fact:title}}', values).map(({ name }) => name),
      ['n', 'title'],
    );
  });

  test('keep their source: each number has a note with it', () => {
    const noted = notedMarkdown(
      '{{fact:n}} failed, {{fact:n}}. {{fact:title}}',
      values,
      () => 'inc_1',
    );
    assert.match(noted, /^1,204\[\^1\] failed, 1,204\[\^1\]\./);
    assert.match(noted, /^\[\^1\]: `n`, from the ledger, 2026-01-05T12:00:00.000Z; inc_1\.$/m);
    // A title that holds a number has one too.
    assert.match(noted, /\[\^2\]\n\n/);
    assert.equal(noted.match(/\[\^\d+\]:/g)?.length, 2);
  });
});

describe('Markdown as HTML', () => {
  test('has headings, tables, lists, emphasis, code and links', () => {
    const made = html(
      '## A\n\n| x | y |\n| - | - |\n| 1 | **b** |\n\n- one\n- two *em*\n\n3. three\n\n`c` [l](https://a.example/?q=1&r=2)\n\n```\n<x>\n```\n\n> q',
    );
    for (const part of [
      '<h2>A</h2>',
      '<th>x</th>',
      '<td><strong>b</strong></td>',
      '<li>two <em>em</em></li>',
      '<ol start="3">',
      '<code>c</code>',
      '<a href="https://a.example/?q=1&amp;r=2" rel="noreferrer">l</a>',
      '<pre><code>&lt;x&gt;</code></pre>',
      '<blockquote><p>q</p>',
    ]) {
      assert.ok(made.includes(part), `${part}\n${made}`);
    }
  });

  test('lets nothing through that runs or loads', () => {
    const made = html(
      '<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![i](http://t.example/p.png) [d](data:text/html,x)\n\n<script>alert(1)</script>\n\n<https://ok.example>',
    );
    assert.doesNotMatch(made, /<(img|script|iframe)|href="(?!https?:|mailto:)/);
    assert.match(made, /<a href="http:\/\/t\.example\/p\.png" rel="noreferrer">i<\/a>/);
  });

  test('keeps a list with blank lines, and code with them, in one piece', () => {
    const made = html('- one\n\n- two\n\n  more\n\nafter\n\n```\na\n\nb\n```\n');
    assert.equal(made.match(/<ul>/g)?.length, 1);
    assert.match(made, /<p>after<\/p>/);
    assert.match(made, /a\n\nb/);
  });

  test('takes bounded time, whatever is given', () => {
    for (const text of [
      '*a_'.repeat(30_000),
      '['.repeat(50_000),
      '| a '.repeat(20_000),
      '`'.repeat(99_000),
    ]) {
      const before = process.cpuUsage();
      html(text);
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 5_000_000, `${text.slice(0, 8)}: ${(user + system) / 1000} ms`);
    }
  });
});

describe('a postmortem as a page', () => {
  test('stands alone, has a print style, and tells of each number where it is from', () => {
    const made = page('# {{fact:title}}\n\n{{fact:n}} failed.\n\n{{list:rows}}');
    assert.match(
      made,
      /<data value="1204" title="n, from the ledger, 2026-01-05 12:00 UTC">1,204<\/data> failed/,
    );
    assert.match(made, /<td><data[^>]*>1,204<\/data> and &lt;b&gt;x&lt;\/b&gt;<\/td>/);
    assert.match(made, /<td>1,204<\/td><td><code>n<\/code><\/td><td>the ledger/);
    for (const part of [
      '@media print',
      '@page',
      'prefers-color-scheme:dark',
      "default-src 'none'",
    ]) {
      assert.ok(made.includes(part), part);
    }
    assert.doesNotMatch(made, /<script|<link|<img|src=|url\(/);
    assert.match(made, /<h1>&lt;script&gt;alert\(1\)/);
  });

  test('takes marks in a text for no facts, and a title for no markup', () => {
    const made = page('a \uE0000\uE001 b {{fact:n}}', '</title><script>');
    assert.match(made, /<p>a 0 b <data/);
    assert.match(made, /<title>&lt;\/title&gt;&lt;script&gt;<\/title>/);
  });
});

test('what people wrote says just that in Markdown', () => {
  for (const text of [
    hostile,
    '# no heading',
    '- no item',
    '1. no item',
    '> no quote',
    '    no code',
    '| no | table |',
    '![i](http://t.example/)',
  ]) {
    const made = html(`a\n\n${escapedMarkdown(text)}`);
    const words = made.replace(/<\/?p>|\n/g, '').slice(1);
    assert.equal(words, escapeMarkup(text.trim()), made);
  }
});

test('its print style makes a PDF of several pages, where there is a browser', (t) => {
  if (spawnSync('chromium', ['--version']).status !== 0) {
    t.skip('there is no chromium here');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-print-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [file, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
  const rows = Array.from({ length: 80 }, (_, nth) => `| ${nth} | {{fact:n}} |`).join('\n');
  writeFileSync(file, page(`# {{fact:title}}\n\n| a | b |\n| - | - |\n${rows}\n`));
  const { status, stderr } = spawnSync(
    'chromium',
    ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`].concat([
      '--no-pdf-header-footer',
      `--print-to-pdf=${pdf}`,
      `file://${file}`,
    ]),
    { timeout: 60_000, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  const printed = readFileSync(pdf, 'latin1');
  assert.match(printed, /^%PDF-/);
  // The table, and its numbers' sources on a page of their own.
  assert.ok((printed.match(/\/Type\s*\/Page\b/g)?.length ?? 0) >= 3);
});
