import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { presentEpisode } from '../../src/incident/index.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';
import { openIncidentScene } from '../support/incident-scene.ts';

describe('incidents that open by themselves', () => {
  test('an outage opens one: its impact began with the first bad minute, and T+0 is when the alert fired', async (t) => {
    const scene = await openIncidentScene(t);
    await scene.spend(10 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    assert.deepEqual(scene.incidents().current(), []);
    const beganAt = scene.now();
    await scene.spend(MINUTE_MS, () => scene.sendAll({ bad: 2 }));
    const incident = scene.only();
    const { impactStart, detected } = presentEpisode(incident).markers;
    assert.equal(impactStart?.at, Math.floor(beganAt / MINUTE_MS) * MINUTE_MS);
    assert.ok(detected !== undefined && detected.at > beganAt);
    assert.equal(detected.at, presentEpisode(incident).alerts[0]?.firedAt);
  });

  test('one whose impact ended by itself is mitigated at the first of five good minutes', async (t) => {
    const scene = await openIncidentScene(t);
    await scene.spend(10 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    await scene.spend(3 * MINUTE_MS, () => scene.sendAll({ bad: 2 }));
    const overAt = scene.now();
    await scene.spend(4 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    assert.equal(scene.only().state, 'open');
    await scene.spend(4 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    const incident = scene.only();
    assert.equal(incident.state, 'mitigated');
    const { mitigated } = presentEpisode(incident).markers;
    assert.equal(mitigated?.at, Math.ceil(overAt / MINUTE_MS) * MINUTE_MS);
    assert.match(mitigated.note, /No mitigation/);
  });
});
