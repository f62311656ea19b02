import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incidentOf } from '../../../src/drill/incident-record.ts';
import { payment } from '../../../src/drill/payments.ts';
import { replayFile } from '../../../src/drill/index.ts';
import { withScene, type Scene } from '../../../src/drill/scene.ts';
import { readDrillFile, type DrillFile } from '../../../src/review/index.ts';

const MINUTE_MS = 60_000;

/** A receiver that refuses everything for four minutes, and the drill file of its incident. */
async function exported(scene: Scene): Promise<DrillFile> {
  const receiver = await scene.receiver({ address: '127.0.0.2' });
  await scene.application('shop');
  await scene.endpoint('shop', 'main', receiver.url);
  const draft = (nth: number) => payment(scene.random, nth);
  const traffic = scene.traffic({ app: 'shop', perSecond: 1, draft });
  await scene.wait(3 * MINUTE_MS);
  const faultAt = scene.clock.now();
  receiver.behave(() => ({ status: 503 }));
  const incident = await scene.within(4 * MINUTE_MS, () => incidentOf(scene.record, faultAt));
  assert.ok(incident !== null);
  await scene.wait(MINUTE_MS);
  receiver.behave(() => ({ status: 204 }));
  await scene.wait(2 * MINUTE_MS);
  await traffic.stop();
  return readDrillFile(JSON.stringify(await scene.api.get(`/incident/${incident.id}/drill-file`)));
}

test('an incident that was exported is found again when its file is played, and not without its faults', async () => {
  const options = { seed: 3, factor: 60, settings: {}, isFaulty: true, settleMs: 120_000 };
  const { result: file } = await withScene({ ...options, note: () => {} }, exported);
  assert.equal(file.faults[0]?.outcomes[0]?.status, 503);
  const report = await replayFile(file, { seed: 3 });
  const measured = report.checks.map(({ mustShow, measured: said }) => `${mustShow}: ${said}`);
  assert.equal(report.isPassed, true, measured.join('\n'));
  assert.equal(report.isFound, true);
  assert.ok((report.detectedAfterMs ?? Infinity) <= report.recordedAfterMs + 2 * MINUTE_MS);
  const well = await replayFile(file, { seed: 3, isFaulty: false });
  assert.deepEqual([well.isFound, well.isPassed, well.failed.replayed], [false, false, 0]);
});
