import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runCrashes } from './run-crashes.ts';

const SEED = 20_251_122;

it('keeps its promises when it is killed twice under load', async () => {
  const { figures, violations } = await runCrashes({ rounds: 2, seed: SEED });
  assert.deepEqual(violations, []);
  assert.equal(figures.kills, 2);
  assert.ok(figures.acknowledged > 0, 'the load was accepted');
  assert.ok(figures.inFlightAtKills > 0, 'the kills interrupted something');
});
