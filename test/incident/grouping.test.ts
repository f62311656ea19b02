import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupFor } from '../../src/incident/grouping.ts';
import type { Alert } from '../../src/slo/index.ts';
import { moveAlert } from '../../src/slo/alerts/state.ts';
import { findingOf, plainRules } from '../support/alert-scene.ts';
import { attachedAlert, incidentAt, markerAt } from '../support/incidents.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

function alertOf(more: Parameters<typeof findingOf>[0], id = 77): Alert {
  const finding = findingOf({ owner: 'nobody', ...more });
  const moved = moveAlert(null, { kind: 'raise', id, finding }, NOW, plainRules)?.alert;
  assert.ok(moved);
  return moved;
}

const explained = (dimension: string, value: string) => {
  const counts = { bad: 9, total: 10, otherBad: 0, otherTotal: 90 };
  return { dimension, value, ...counts, lift: 9, liftAtLeast: 5, explained: 1 };
};

describe('which incident an alert belongs to', () => {
  const incident = incidentAt(NOW - 10 * MINUTE, { owner: 'billing' });

  test('none, where nothing is the same', () => {
    assert.equal(groupFor(alertOf({ key: 'x' }), [incident], NOW), null);
  });

  test('the one with the same alert, by id or by key', () => {
    const byKey = alertOf({ key: 'outage objective first-attempt' });
    assert.equal(groupFor(byKey, [incident], NOW)?.because, 'alert');
    assert.equal(groupFor(alertOf({ key: 'x' }, 1), [incident], NOW)?.because, 'alert');
  });

  test('the one about the same objective; a group that is no objective says nothing', () => {
    const burning = alertOf({ key: 'burn_rate objective first-attempt' });
    assert.equal(groupFor(burning, [incident], NOW)?.because, 'objective');
    const stuck = attachedAlert({ key: 'stuck lane of ep_1', group: 'stuck' });
    const episode = { nth: 1, markers: { detected: markerAt(NOW - MINUTE) }, alerts: [stuck] };
    const other = incidentAt(NOW, { episodes: [episode] });
    const lane = alertOf({ key: 'stuck lane of ep_2', group: 'stuck' });
    assert.equal(groupFor(lane, [other], NOW), null);
  });

  test('the one with the same explanation: the most telling of those that say the same', () => {
    const attached = attachedAlert({ key: 'y', explanation: 'endpoint ep_1' });
    const episode = {
      nth: 1,
      markers: { detected: markerAt(NOW - 3_600_000) },
      alerts: [attached],
    };
    const known = incidentAt(NOW - 3_600_000, { episodes: [episode] });
    const facts = {
      explanations: [explained('application', 'app_1'), explained('endpoint', 'ep_1')],
    };
    const same = alertOf({ key: 'small_step objective other', facts });
    assert.equal(groupFor(same, [known], NOW)?.because, 'explanation');
    const endpoint = alertOf({ key: 'fast_burn endpoint ep_1' });
    assert.equal(groupFor(endpoint, [known], NOW)?.because, 'explanation');
  });

  test('the one of the same owner, within half an hour and while the impact lasts; nobody is no owner', () => {
    const mine = alertOf({ key: 'x', owner: 'billing' });
    assert.equal(groupFor(mine, [incident], NOW)?.because, 'owner');
    const late = incidentAt(NOW - 31 * MINUTE, { owner: 'billing' });
    assert.equal(groupFor(mine, [late], NOW), null);
    const over = { ...incident, state: 'mitigated' } as const;
    assert.equal(groupFor(mine, [over], NOW), null);
    const unowned = incidentAt(NOW, { owner: '' });
    assert.equal(groupFor(alertOf({ key: 'x', owner: '' }), [unowned], NOW), null);
  });

  test('the surest reason decides, then the newest; ended and retrospective ones take none', () => {
    const alert = alertOf({ key: 'outage objective first-attempt', owner: 'billing' });
    const byOwner = incidentAt(NOW, {
      id: 9,
      owner: 'billing',
      slice: { ...incident.slice, objective: null },
      episodes: [{ nth: 1, markers: { detected: markerAt(NOW) }, alerts: [] }],
    });
    assert.equal(groupFor(alert, [byOwner, incident], NOW)?.incident.id, 1);
    const newer = { ...incident, id: 5 };
    assert.equal(groupFor(alert, [newer, incident], NOW)?.incident.id, 5);
    const ended = { ...incident, state: 'closed', endedAt: NOW } as const;
    assert.equal(groupFor(alert, [ended, { ...incident, isRetrospective: true }], NOW), null);
  });

  test('a day after the impact was over it is a recurrence, and an incident of its own', () => {
    const alert = alertOf({ key: 'outage objective first-attempt' });
    const overFor = (hours: number) => {
      const mitigated = markerAt(NOW - hours * 3_600_000);
      const [episode] = incident.episodes;
      assert.ok(episode);
      const markers = { ...episode.markers, mitigated };
      return { ...incident, state: 'mitigated', episodes: [{ ...episode, markers }] } as const;
    };
    assert.equal(groupFor(alert, [overFor(23)], NOW)?.because, 'alert');
    assert.equal(groupFor(alert, [overFor(25)], NOW), null);
  });
});
