import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quiet, runDrill } from '../../src/drill/index.ts';

test('what is broken is not quiet', async () => {
  const { checks, falseAlarms, lost, isPassed } = await runDrill(quiet(0.3, 5 * 60_000), {
    seed: 1,
  });
  assert.equal(isPassed, false);
  assert.equal(lost, 0);
  const [incidents, pages] = checks;
  assert.deepEqual([incidents?.isShown, pages?.isShown], [false, false]);
  assert.ok(falseAlarms.some((each) => each.startsWith('page ')));
});
