import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdfast } from './processes.ts';

test('the demo delivers all of GitHub’s examples and loses none', async () => {
  const { code, stdout, stderr } = await holdfast(['demo', '--json']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^\{.*\}\n$/);
  const { deadLettered, redriven, sliMinutes, ...totals } = JSON.parse(stdout);
  assert.deepEqual(totals, {
    accepted: 329,
    deliveries: 987,
    delivered: 987,
    lost: 0,
    unaccounted: 0,
    signatureFailures: 0,
    sliDiffering: 0,
  });
  assert.ok(sliMinutes > 0);
  assert.ok(deadLettered >= 24, `only ${deadLettered} dead letters`);
  assert.ok(redriven >= deadLettered);
  assert.match(stderr, /^sent 329 of 329: 987 delivered, 0 scheduled, 0 in flight, 0 dead$/m);
});
