import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAlertingReader } from '../../../src/slo/alerts/alerting.ts';
import { escalationsMs } from '../../../src/slo/alerts/routing.ts';
import { findingOf } from '../../support/alert-scene.ts';
import { openNotifyScene } from '../../support/notify-scene.ts';

describe('routes', () => {
  it('are read in the order of their positions, then of their names', async (t) => {
    const scene = await openNotifyScene(t);
    for (const [name, position] of [
      ['a', 3],
      ['b', 1],
      ['d', 2],
      ['c', 2],
    ] as const) {
      await scene.route({ name, position, notifiers: [] });
    }
    const { routes } = await createAlertingReader(scene.configuration)();
    assert.deepEqual(
      routes.map(({ name }) => name),
      ['b', 'c', 'd', 'a'],
    );
  });

  it('without an escalation are not looked through for one', async (t) => {
    const scene = await openNotifyScene(t);
    const alert = await scene.alerts.raise(findingOf());
    const looked: string[] = [];
    const hours = {
      days: [],
      from: '00:00',
      until: '00:00',
      get timeZone() {
        looked.push('hours');
        return 'Europe/Berlin';
      },
    };
    const match = { owners: [], severities: [], kinds: [], hours };
    const plain = { ...(await scene.route({ notifiers: [] })), match };
    assert.deepEqual(escalationsMs([plain, plain], alert, scene.now()), []);
    assert.deepEqual(looked, []);
    const escalation = [{ afterMinutes: 15, notifiers: ['boss'] }];
    assert.deepEqual(escalationsMs([{ ...plain, escalation }], alert, scene.now()), [900_000]);
    assert.notDeepEqual(looked, []);
  });
});
