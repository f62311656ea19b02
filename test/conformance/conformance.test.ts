import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { differences } from './differences.ts';
import { operations } from './operations.ts';
import { runConformance } from './run-conformance.ts';
import { summed } from './verdict.ts';

describe('to the clients of Svix', () => {
  it('answers each of the 42 operations as they expect', async (context) => {
    const { verdicts, unknown } = await runConformance(context, { contractFile: undefined });
    const { failures, ...figures } = summed(verdicts, unknown);
    assert.deepEqual(failures, []);
    assert.partialDeepStrictEqual(figures, { operations: 42, passed: 42, validated: 0 });
  });
});

describe('the page for those who come from Svix', () => {
  const page = readFileSync(new URL('../../docs/reference/svix.md', import.meta.url), 'utf8');

  it('names every operation', () => {
    const missing = operations.filter(
      ({ methods, path, client }) =>
        !page.includes(`| ${methods.join(', ')} | \`${path}\` | ${client} |`),
    );
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });

  it('gives a reason for every difference, and for no other', () => {
    const section = page.slice(page.indexOf('## What differs'));
    const titles = [...section.matchAll(/^\| (.+?) \| .+ \|$/gm)]
      .map(([, title]) => title)
      .slice(1);
    assert.deepEqual(titles, [...differences]);
  });
});
