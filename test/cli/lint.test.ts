import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { holdfast, temporaryFolder, type Undo } from './processes.ts';

const BLAMING = '# Payments\n\n## Causes\n\nThe on-call engineer failed to notice the alert.\n';
const CLEAN = '# Payments\n\n## Causes\n\nNo alert covered the third shard.\n';

/** What is looked at of it. */
type Sarif = {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation?: { readonly uri: string };
          readonly region?: Readonly<
            Record<'startLine' | 'startColumn' | 'charOffset' | 'charLength', number>
          >;
        };
      }[];
    }[];
  }[];
};

function folderWith(context: Undo, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(context);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('holdfast lint', { concurrency: 2 }, () => {
  it('shows phrase, reason and rewrite in 80 columns, and ends with 1', async (context) => {
    const long = `${BLAMING}\n${'word '.repeat(40)}and ${'very '.repeat(30)}obviously \u001b[31mred.\n`;
    const cwd = folderWith(context, { 'a.md': long });
    const { code, stdout } = await holdfast(['lint', 'a.md'], { cwd });
    assert.equal(code, 1);
    assert.match(stdout, /^a\.md:5:1 {2}BLOCKS {2}failed-to \(causes\)$/m);
    assert.match(stdout, /»The on-call engineer failed to« notice the alert/);
    assert.match(stdout, /→ Say what was not there/);
    assert.match(stdout, /2 findings in 1 file, 2 of them blocking\./);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('ends with 0 where nothing blocks', async (context) => {
    const cwd = folderWith(context, {
      'a.md': CLEAN,
      'b.md': '## Timeline\n\n14:05 the team forgot it.\n',
    });
    const { code, stdout } = await holdfast(['lint', 'a.md'], { cwd });
    assert.deepEqual([code, stdout], [0, 'Nothing found in 1 file.\n']);
    const { code: warned } = await holdfast(['lint', 'a.md', 'b.md'], { cwd });
    assert.equal(warned, 0);
  });

  it('ends with 2 where it is called wrongly', async (context) => {
    const cwd = folderWith(context, { 'a.md': CLEAN });
    const calls = [
      ['lint'],
      ['lint', 'nowhere.md'],
      ['lint', 'a.md', '--section', 'reasons'],
      ['lint', 'a.md', '--format', 'xml'],
      ['lint', 'a.md', '--json', '--sarif'],
    ];
    for (const args of calls) {
      const { code, stderr } = await holdfast(args, { cwd });
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /validation/);
    }
  });

  it('reads standard input, and takes a section for a text without headings', async () => {
    const { code, stdout } = await holdfast(['lint', '-', '--section', 'timeline', '--json'], {
      input: 'The team forgot it.',
    });
    assert.equal(code, 0);
    const { files, isBlocked } = JSON.parse(stdout);
    assert.equal(isBlocked, false);
    assert.equal(files[0].file, '<stdin>');
    assert.equal(files[0].findings[0].severity, 'warn');
  });

  it('writes a line a finding for editors', async (context) => {
    const cwd = folderWith(context, { 'a.md': BLAMING });
    const { stdout } = await holdfast(['lint', '--format', 'unix', 'a.md'], { cwd });
    assert.match(
      stdout,
      /^a\.md:5:1: error: "The on-call engineer failed to": .* \[failed-to\]\n$/,
    );
  });

  it('writes SARIF with the region and the rule of each finding', async (context) => {
    const cwd = folderWith(context, { 'a b.md': BLAMING });
    const { stdout } = await holdfast(['lint', '--sarif', 'a b.md'], { cwd });
    const { version, runs }: Sarif = JSON.parse(stdout);
    assert.equal(version, '2.1.0');
    const [first] = runs;
    const [result] = first?.results ?? [];
    assert.ok(first && result);
    const { ruleId, level, locations } = result;
    assert.deepEqual([ruleId, level], ['failed-to', 'error']);
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    assert.ok(artifactLocation && region);
    assert.equal(artifactLocation.uri, 'a%20b.md');
    assert.equal(
      BLAMING.slice(region.charOffset, region.charOffset + region.charLength),
      'The on-call engineer failed to',
    );
    assert.deepEqual([region.startLine, region.startColumn], [5, 1]);
    const ids = first.tool.driver.rules.map(({ id }) => id);
    assert.ok(ids.includes(ruleId) && ids.includes('unread'));
  });

  it('blocks a text that it did not read to its end', async () => {
    const { code, stdout } = await holdfast(['lint', '-'], { input: `${'>'.repeat(500)} a\n` });
    assert.equal(code, 1);
    assert.match(stdout, /not read, up to line 2/);
  });
});
