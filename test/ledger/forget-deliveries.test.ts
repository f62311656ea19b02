import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { forgetDeliveries } from '../../src/ledger/index.ts';
import { openFor } from '../support/ledger-faults.ts';
import { createFolder } from '../support/ledger-folder.ts';
import { createScene, inFlight, LEASE_MS, RED } from '../support/ledger-scene.ts';

test('retries that a drill makes a ledger forget are found by the audit and healed', async (t) => {
  const dataDir = createFolder();
  const scene = createScene(await openFor(t, { dataDir }));
  const failed: number[] = [];
  for (let nth = 0; nth < 6; nth += 1) {
    const attemptId = scene.nextId();
    const { id } = await scene.accept({ to: [inFlight(RED, attemptId, scene.now() + LEASE_MS)] });
    failed.push(id);
    const lease = {
      messageId: id,
      endpointId: RED,
      attemptId,
      nth: 1,
      trigger: 'scheduled',
    } as const;
    await scene.settle(lease, { state: 'scheduled', dueAt: scene.now() + 5000 });
  }
  await scene.accept({ to: [RED] });
  const forgotten = forgetDeliveries(dataDir, seededRandom(1), 4, scene.now());
  assert.equal(forgotten.length, 4);
  for (const { messageId } of forgotten) assert.ok(failed.includes(messageId), 'only retries');
  const { unaccounted, findings } = await scene.audit();
  assert.equal(unaccounted, 4);
  assert.deepEqual(Array.from(findings, ({ kind }) => kind).toSorted(), [
    'missing',
    'missing',
    'undated',
    'undated',
  ]);
  assert.equal(await scene.heal(findings), 4);
  await scene.assertAuditClean();
});
