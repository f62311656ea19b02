import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lint, type Finding, type LintOptions } from '../../../src/review/blameless/index.ts';

const FAILED = 'The on-call engineer failed to notice the alert.';

function only(text: string, options?: LintOptions): Finding {
  const { findings } = lint(text, options);
  assert.equal(findings.length, 1, JSON.stringify(findings));
  const [finding] = findings;
  assert.ok(finding);
  return finding;
}

const flagsIn = (text: string, options?: LintOptions): readonly string[] =>
  lint(text, options).findings.map(({ flag }) => flag);

describe('blameless language', () => {
  it('names phrase, reason, rewrite and place', () => {
    const finding = only(`# Payments\n\n## Causes\n\n${FAILED}\n`);
    assert.equal(finding.flag, 'failed-to');
    assert.equal(finding.phrase, 'The on-call engineer failed to');
    assert.deepEqual(finding.start, { line: 5, column: 1, offset: 23 });
    assert.deepEqual(finding.end, { line: 5, column: 31, offset: 53 });
    assert.match(finding.rewrite, /No check existed/);
    assert.ok(finding.reason.length > 0);
  });

  it('decides by what does it: a person, a part of the system, a thing named after people', () => {
    assert.deepEqual(flagsIn('The developer ignored the header.', { section: 'causes' }), [
      'person-failed',
    ]);
    assert.deepEqual(flagsIn('The retry ignored the header.', { section: 'causes' }), []);
    assert.deepEqual(
      flagsIn('The developer portal ignored the header.', { section: 'causes' }),
      [],
    );
    assert.deepEqual(
      flagsIn("The developer's laptop ignored the header.", { section: 'causes' }),
      [],
    );
    assert.deepEqual(flagsIn('The breaker failed to close.', { section: 'causes' }), []);
  });

  it('finds the subject behind what hangs on it', () => {
    const section = 'causes';
    assert.deepEqual(flagsIn('The engineer on shift in Berlin forgot the flag.', { section }), [
      'person-failed',
    ]);
    assert.deepEqual(flagsIn('The lead, who had two rotations, forgot the flag.', { section }), [
      'person-failed',
    ]);
    assert.deepEqual(
      flagsIn('The job, written by the network team, forgot the flag.', { section }),
      [],
    );
    assert.deepEqual(flagsIn('None of the reviewers noticed.', { section }), ['failed-to']);
    assert.deepEqual(flagsIn('None of the probes noticed.', { section }), []);
  });

  it('takes no act that was denied or only possible for one that was told', () => {
    assert.deepEqual(flagsIn('The team did not forget the flag.', { section: 'causes' }), []);
    assert.deepEqual(
      flagsIn('An engineer can overlook the grey banner.', { section: 'causes' }),
      [],
    );
  });

  it('blocks in causes, prevention, lessons and action items, and warns in timelines and quotations', () => {
    for (const heading of [
      'Contributing factors',
      'Root causes',
      'Prevention',
      'Lessons learned',
      'Action items',
    ]) {
      assert.equal(only(`## ${heading}\n\n${FAILED}\n`).severity, 'block', heading);
    }
    assert.equal(only(`## Timeline\n\n${FAILED}\n`).severity, 'warn');
    assert.equal(only(`## Causes\n\n> ${FAILED}\n`).severity, 'warn');
    const quoted = only(`## Causes\n\nA note said "${FAILED}"\n`);
    assert.deepEqual([quoted.severity, quoted.isQuoted], ['warn', true]);
  });

  it('blocks blame anywhere else, and warns of wording there', () => {
    assert.equal(only(FAILED).severity, 'block');
    assert.equal(only('The graph clearly pointed at the database.').severity, 'warn');
    assert.equal(
      only('The graph clearly pointed at the database.', { section: 'causes' }).severity,
      'block',
    );
  });

  it('leaves what somebody said in a timeline, titles of links, and code alone', () => {
    assert.deepEqual(flagsIn('## Timeline\n\n14:06 a customer: "you should have told us"\n'), []);
    assert.deepEqual(
      flagsIn('## Causes\n\nSee [who should have known](https://example.org).\n'),
      [],
    );
    assert.deepEqual(flagsIn('## Causes\n\nThe option `--stupid` is off.\n'), []);
    assert.deepEqual(
      flagsIn('## Causes\n\n```\nthe team forgot\n```\n\n    the team forgot\n'),
      [],
    );
    assert.deepEqual(
      flagsIn('---\ntitle: the team forgot\n---\n\n<!-- the team\n\nforgot -->\n\nNothing.\n'),
      [],
    );
  });

  it('keeps a section through headings below it that say nothing, and leaves it at its own depth', () => {
    assert.equal(only(`## Causes\n\n### The pool\n\n${FAILED}\n`).section, 'causes');
    assert.equal(only(`## Causes\n\n## The pool\n\n${FAILED}\n`).section, 'other');
    assert.equal(only(`Causes\n======\n\n${FAILED}\n`).section, 'causes');
    assert.equal(only(`## What went well\n\nLuckily the backup was fresh.\n`).flag, 'luck');
    assert.deepEqual(flagsIn('## Where we got lucky\n\nLuckily the backup was fresh.\n'), []);
  });

  it('warns of a heading in the singular', () => {
    const finding = only('## Root cause\n\nA pool of 50 connections.\n');
    assert.deepEqual(
      [finding.flag, finding.severity, finding.phrase],
      ['single-cause', 'warn', 'Root cause'],
    );
  });

  it('tells the place through entities, escapes, quotes and line ends of Windows', () => {
    const places: readonly string[] = [
      `## Causes\n\nA &amp; B \\* C: ${FAILED}\n`,
      `## Causes\n\n> one\n> two: ${FAILED}\n`,
      `## Causes\r\n\r\nOne\r\ntwo: ${FAILED}\r\n`,
      `## Causes\n\n- one\n  two &lt; three: ${FAILED}\n`,
      `## Causes\n\n**One** \`two\` [three](https://example.org): ${FAILED}\n`,
      `## Causes\n\n| a | b |\n|---|---|\n| x \\| y | ${FAILED} |\n`,
    ];
    for (const text of places) {
      const { start, end } = only(text);
      assert.equal(text.slice(start.offset, end.offset), 'The on-call engineer failed to', text);
      const before = text.slice(0, start.offset).split('\n');
      assert.deepEqual(
        [start.line, start.column],
        [before.length, (before.at(-1)?.length ?? 0) + 1],
      );
    }
  });

  it('lets a measure in another cell or sentence of an action item count', () => {
    const table = (due: string): string =>
      `## Action items\n\n| what | due |\n|---|---|\n| Improve the alert | ${due} |\n`;
    assert.deepEqual(flagsIn(table('soon')), ['unmeasured']);
    assert.deepEqual(flagsIn(table('p99 under 25 ms by 1 March')), []);
    assert.deepEqual(
      flagsIn('## Actions\n\n- Improve the alert. It pages within 30 s.\n- Improve the docs.\n'),
      ['unmeasured'],
    );
  });

  it('only warns of training beside a guardrail', () => {
    const training = '- Train all engineers on the console.\n';
    assert.equal(only(`## Prevention\n\n${training}`).severity, 'block');
    assert.equal(
      only(`## Prevention\n\n${training}- CI refuses a deploy without a canary.\n`).severity,
      'warn',
    );
  });

  it('asks for roles instead of names in causes and lessons, and lets owners stand', () => {
    assert.equal(only('## Causes\n\nMaria merged the change.\n').flag, 'name');
    assert.equal(
      only('## Lessons\n\nThe change by @sre-lena went out first.\n').phrase,
      '@sre-lena',
    );
    assert.deepEqual(
      flagsIn('## Action items\n\n- The form refuses 500; owner: @maria, due 1 March.\n'),
      [],
    );
    assert.deepEqual(flagsIn('## Causes\n\nThe plugin @fastify/cors and ops@example.org.\n'), []);
    assert.deepEqual(
      flagsIn('## Causes\n\nMark the lane as held. Jenkins merged it. The Chandra cluster.\n'),
      [],
    );
  });

  it('reads plain text without markup', () => {
    assert.equal(
      only(`* not a list\n\n${FAILED}\n`, { format: 'text', section: 'causes' }).start.line,
      3,
    );
  });
});
