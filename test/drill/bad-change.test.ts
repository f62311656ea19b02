import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badChange } from '../../src/drill/drills/bad-change.ts';
import { runDrill } from '../../src/drill/index.ts';

test('a drill shows all that it must', async () => {
  const { checks } = await runDrill(badChange, { seed: 1 });
  assert.deepEqual(
    checks.filter(({ isShown }) => !isShown),
    [],
  );
});

test('a drill whose fault is not staged fails', async () => {
  const { checks, lost, isPassed } = await runDrill(badChange, { seed: 1, isFaulty: false });
  assert.equal(isPassed, false);
  assert.equal(lost, 0);
  assert.equal(checks[0]?.isShown, false);
});
