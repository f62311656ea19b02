import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDrillFile } from '../../src/review/index.ts';
import { exportDrill, faultsOf } from '../../src/review/export-drill.ts';
import { openIncidentScene } from '../support/incident-scene.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';

describe('an incident as a drill file', () => {
  test('holds its traffic, when what failed, and what came of it; and can be read back', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 3 });
    await scene.spend(12 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    await scene.spend(3 * MINUTE_MS, () => scene.sendAll({ bad: 1 }));
    await scene.spend(8 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    const incident = scene.only();
    assert.equal(incident.state, 'mitigated');
    const file = await exportDrill(incident, scene);
    assert.deepEqual(readDrillFile(JSON.stringify(file)), file);
    const { recorded, faults, traffic } = file;
    assert.equal(recorded.impactStartMinute, 10);
    assert.equal(recorded.failed, 54);
    assert.equal(
      traffic.reduce((sum, { bad }) => sum + bad, 0),
      54,
    );
    assert.equal(
      traffic.reduce((sum, { accepted }) => sum + accepted, 0),
      recorded.accepted,
    );
    assert.deepEqual(
      faults.map(({ endpoint, fromMinute, badShare }) => [endpoint, fromMinute, badShare]),
      [
        [0, 10, 1],
        [1, 10, 1],
        [2, 10, 1],
      ],
    );
    const [fault] = faults;
    assert.ok(
      fault !== undefined && fault.toMinute - fault.fromMinute === 3,
      JSON.stringify(fault),
    );
    assert.equal(
      fault.outcomes.reduce((sum, { share }) => sum + share, 0),
      1,
    );
    assert.notEqual(fault.outcomes[0]?.outcome, 'unknown');
    const text = JSON.stringify(file);
    for (const { id, url } of scene.endpoints) {
      assert.ok(!text.includes(url) && !text.includes(scene.idText.format('endpoint', id)));
    }
  });

  test('tells spells of failures apart by more than two good minutes', () => {
    const row = (minute: number, ok: number, bad: number) => ({
      minute,
      endpoint: 0,
      eventType: 0,
      accepted: ok + bad,
      ok,
      bad,
    });
    const rows = [row(1, 0, 4), row(2, 4, 0), row(3, 2, 2), row(7, 3, 1)];
    assert.deepEqual(
      faultsOf(rows, () => []).map(({ fromMinute, toMinute, badShare }) => [
        fromMinute,
        toMinute,
        badShare,
      ]),
      [
        [1, 2, 1],
        [2, 4, 0.25],
        [7, 8, 0.25],
      ],
    );
  });

  test('plays a total outage as one, however its first and last minute were', () => {
    const row = (minute: number, accepted: number, ok: number, bad: number) => ({
      minute,
      endpoint: 0,
      eventType: 0,
      accepted,
      ok,
      bad,
    });
    // Its circuit opens: one probe a minute, and a minute with none.
    const rows = [
      row(9, 60, 60, 0),
      row(10, 60, 54, 8),
      row(11, 60, 0, 1),
      row(12, 60, 0, 0),
      row(13, 60, 0, 1),
      row(14, 60, 0, 0),
      row(15, 60, 250, 0),
      row(16, 60, 60, 0),
    ];
    assert.deepEqual(
      faultsOf(rows, () => []).map(({ fromMinute, toMinute, badShare }) => [
        fromMinute,
        toMinute,
        badShare,
      ]),
      [
        [10, 11, 8 / 62],
        [11, 15, 1],
      ],
    );
  });

  test('that somebody changed is refused by the part that is wrong', () => {
    const file = {
      format: 'holdfast-drill/1',
      name: 'inc-1',
      title: 'It failed',
      incident: 'inc_1',
      exportedAt: '2026-01-05T12:00:00.000Z',
      minutes: 20,
      endpoints: 1,
      eventTypes: ['invoice.paid'],
      traffic: [{ minute: 0, endpoint: 0, eventType: 0, accepted: 1, ok: 1, bad: 0 }],
      faults: [
        {
          endpoint: 0,
          fromMinute: 3,
          toMinute: 5,
          badShare: 0.5,
          outcomes: [{ outcome: 'http_error', status: 503, share: 1 }],
        },
      ],
      recorded: {
        impactStartMinute: 3,
        detectedMinute: 4,
        mitigatedMinute: null,
        accepted: 1,
        failed: 0,
        late: 0,
        dead: 0,
      },
    };
    assert.deepEqual(readDrillFile(JSON.stringify(file)), file);
    const [traffic] = file.traffic;
    const [fault] = file.faults;
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ format: 'holdfast-drill/2' }, /"format"/],
      [{ minutes: 0 }, /"minutes"/],
      [{ minutes: 1e9 }, /"minutes"/],
      [{ traffic: [{ ...traffic, endpoint: 1 }] }, /"traffic\.0\.endpoint"/],
      [{ traffic: [{ ...traffic, bad: -1 }] }, /"traffic\.0\.bad"/],
      [{ traffic: {} }, /"traffic"/],
      [{ faults: [{ ...fault, toMinute: 3 }] }, /"faults\.0\.toMinute"/],
      [{ faults: [{ ...fault, badShare: 2 }] }, /"faults\.0\.badShare"/],
      [{ faults: [{ ...fault, outcomes: [{ outcome: 1 }] }] }, /"faults\.0\.outcomes\.0\.outcome"/],
      [{ recorded: null }, /"recorded"/],
      [{ eventTypes: [1] }, /"eventTypes\.0"/],
    ];
    for (const [part, message] of wrong) {
      assert.throws(() => readDrillFile(JSON.stringify({ ...file, ...part })), message);
    }
    assert.throws(() => readDrillFile('{'), /no JSON/);
  });
});
