import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lessons } from '../../../src/drill/after/lesson.ts';
import { drills, runDrill } from '../../../src/drill/index.ts';
import { lint } from '../../../src/review/index.ts';

test('every drill has a lesson, in blameless words and without a number', () => {
  assert.deepEqual(Object.keys(lessons).toSorted(), drills.map(({ name }) => name).toSorted());
  for (const [name, { cause, refutedBy, fix, prevention, item, luck }] of Object.entries(lessons)) {
    for (const text of [cause, refutedBy, fix, prevention, item.text, item.end, luck]) {
      assert.doesNotMatch(text, /\d/, name);
      assert.deepEqual(lint(text).findings, [], `${name}: ${text}`);
    }
  }
});

test('after a drill its postmortem and stories are written, traced and apart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-review-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const drill = drills.find(({ name }) => name === 'bad-change');
  assert.ok(drill !== undefined);
  const { checks } = await runDrill(drill, { seed: 1, reviewFolder: folder });
  const names = ['published', 'language', 'number', 'facts', 'apart'];
  const own = checks.filter(({ mustShow }) => names.some((name) => mustShow.includes(name)));
  assert.equal(own.length, 7);
  assert.deepEqual(
    own.filter(({ isShown }) => !isShown),
    [],
  );
  assert.deepEqual(readdirSync(folder).toSorted(), [
    'bad-change.facts.json',
    'bad-change.postmortem.json',
    'bad-change.postmortem.md',
    'bad-change.story.circles.json',
    'bad-change.story.circles.md',
    'bad-change.story.star.json',
    'bad-change.story.star.md',
    'bad-change.story.timeline.json',
    'bad-change.story.timeline.md',
  ]);
  const postmortem = readFileSync(join(folder, 'bad-change.postmortem.md'), 'utf8');
  // Whether an alert opened it or somebody did, no mitigation of the menu was in it.
  assert.match(postmortem, /^## Mitigation\n\nNo mitigation of the menu was applied\./m);
});
