import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IncidentRule } from '../../src/change/index.ts';
import { seededRandom } from '../../src/core/index.ts';
import {
  createAutoMitigate,
  draftUpdate,
  heldUntil,
  mitigationMenu,
  presentEpisode,
  type Incident,
} from '../../src/incident/index.ts';
import { findingOf } from '../support/alert-scene.ts';
import { appliedMitigation, draftAt, incidentAt } from '../support/incidents.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';
import { LOOK_MS } from '../support/watch-scene.ts';
import { HOUR_MS, MINUTE_MS } from '../support/ledger-scene.ts';
import { somebody } from '../support/somebody.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);

const good = (scene: IncidentScene) => () => scene.sendAll({ good: 2 });
const bad = (scene: IncidentScene) => () => scene.sendAll({ bad: 2 });

/** Ten minutes in which all is well, so that there is a before. */
async function afterGoodMinutes(scene: IncidentScene): Promise<void> {
  await scene.spend(10 * MINUTE_MS, good(scene));
  assert.deepEqual(scene.incidents().current(), []);
}

function markersOf(incident: Incident) {
  return presentEpisode(incident).markers;
}

function rule(scene: IncidentScene, more: Partial<IncidentRule>): Promise<IncidentRule> {
  return scene.configuration.incidentRules.create(
    {
      name: 'rule',
      description: '',
      position: 1,
      match: { owners: [], severities: [], kinds: [], hours: null },
      opens: true,
      mitigations: [],
      ...more,
    },
    somebody,
  );
}

describe('incidents that open by themselves', () => {
  test('an outage opens one: its impact began with the first bad minute, and T+0 is when the alert fired', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    const beganAt = scene.now();
    await scene.spend(2 * MINUTE_MS, bad(scene));
    const incident = scene.only();
    const { impactStart, detected } = markersOf(incident);
    assert.equal(impactStart?.at, Math.floor(beganAt / MINUTE_MS) * MINUTE_MS);
    assert.ok(detected !== undefined && detected.at > beganAt);
    assert.equal(detected.at, presentEpisode(incident).alerts[0]?.firedAt);
    assert.equal(incident.severity, 1);
    assert.equal(incident.impact?.endpoints, 10);
    assert.equal(incident.slice.objective, 'first-attempt');
    // Its burn rates and its endpoints' own alerts are the same incident.
    assert.ok(presentEpisode(incident).alerts.length > 3);
    assert.deepEqual(scene.errors, []);
  });

  test('a fault that comes and goes began with its first spell, not with the noise before it', async (t) => {
    const scene = await openIncidentScene(t);
    const [endpoint] = scene.endpoints;
    assert.ok(endpoint !== undefined);
    let beganAt = Infinity;
    let looks = 0;
    const send = async (): Promise<void> => {
      const periodMs = (scene.now() - beganAt) % (3 * MINUTE_MS);
      const isBad = beganAt <= scene.now() && periodMs < LOOK_MS;
      looks += 1;
      // One failure among 800 is ordinary.
      await scene.send(endpoint.id, isBad ? { good: 12, bad: 8 } : { good: 20 });
      if (looks % 40 === 0) await scene.send(endpoint.id, { bad: 1 });
    };
    await scene.spend(10 * MINUTE_MS, send);
    assert.deepEqual(scene.incidents().current(), []);
    beganAt = scene.now();
    await scene.spend(7 * MINUTE_MS, send);
    const { impactStart } = markersOf(scene.only());
    assert.equal(impactStart?.at, Math.floor(beganAt / MINUTE_MS) * MINUTE_MS);
  });

  test('one whose impact ended by itself is mitigated at the first of five good minutes, and not before they are over', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(3 * MINUTE_MS, bad(scene));
    const overAt = scene.now();
    await scene.spend(4 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'open');
    await scene.spend(4 * MINUTE_MS, good(scene));
    const incident = scene.only();
    assert.equal(incident.state, 'mitigated');
    assert.equal(markersOf(incident).mitigated?.at, Math.ceil(overAt / MINUTE_MS) * MINUTE_MS);
    assert.match(markersOf(incident).mitigated?.note ?? '', /No mitigation/);
    const crossings = (await scene.timeline(incident)).filter(({ kind }) => kind === 'sli');
    assert.deepEqual(
      crossings.map(({ text }) => /left|back/.exec(text)?.[0]),
      ['left', 'back'],
    );
  });

  test('the marker says after which mitigation the impact ended, and a fix that held marks it as fixed', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(3 * MINUTE_MS, bad(scene));
    const { id } = scene.only();
    const mitigation = appliedMitigation({
      kind: 'revert_changes',
      title: 'The deploy was reverted',
      at: scene.now(),
    });
    await scene.incidents().move(id, { kind: 'add_mitigation', mitigation }, 'ann');
    await scene.spend(8 * MINUTE_MS, good(scene));
    assert.match(markersOf(scene.only()).mitigated?.note ?? '', /After "The deploy was reverted"/);
    const inForceAt = scene.now();
    const fix = { id: 5, text: 'The limit was raised.', changeId: 7, inForceAt, by: 'ann' };
    const move = { kind: 'add_fix', fix: { ...fix, at: inForceAt, heldAt: null } } as const;
    await scene.incidents().move(id, move, 'ann');
    await scene.spend(4 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'mitigated');
    await scene.spend(4 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'fixed');
    const { fixed } = markersOf(scene.only());
    assert.ok(fixed !== undefined && fixed.at >= inForceAt && fixed.at < inForceAt + 2 * MINUTE_MS);
  });

  test('what fires again after the impact was over is a second episode, and the markers of the first stay', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(3 * MINUTE_MS, bad(scene));
    await scene.spend(20 * MINUTE_MS, good(scene));
    const first = scene.only().episodes[0];
    assert.equal(scene.only().state, 'mitigated');
    assert.equal(scene.only().episodes.length, 1);
    const againAt = scene.now();
    await scene.spend(2 * MINUTE_MS, bad(scene));
    const incident = scene.only();
    assert.equal(incident.state, 'open');
    assert.equal(incident.episodes.length, 2);
    assert.deepEqual(incident.episodes[0]?.markers, first?.markers);
    assert.equal(markersOf(incident).impactStart?.at, Math.floor(againAt / MINUTE_MS) * MINUTE_MS);
  });

  test('word is due in a second episode as well, and no later than a worse severity asks for', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(3 * MINUTE_MS, bad(scene));
    await scene.spend(12 * MINUTE_MS, good(scene));
    assert.deepEqual([scene.only().state, scene.only().updateDueAt], ['mitigated', null]);
    await scene.spend(2 * MINUTE_MS, bad(scene));
    const { state, updateDueAt, id } = scene.only();
    assert.equal(state, 'open');
    assert.ok(updateDueAt !== null && updateDueAt > scene.now());
    const update = { kind: 'update', responders: 'x', owners: '' } as const;
    await scene.incidents().move(id, { ...update, nextDueAt: null }, 'ann');
    await scene.look();
    assert.equal(scene.only().updateDueAt, null, 'nobody waits where somebody said so');
    const [mild, worse] = [4, 2] as const;
    const severe = { kind: 'set_severity', reason: 'seen' } as const;
    const updateDueBy = scene.now() + MINUTE_MS;
    await scene.incidents().move(id, { ...severe, severity: mild, updateDueBy }, 'ann');
    assert.equal(scene.only().updateDueAt, null);
    await scene.incidents().move(id, { ...severe, severity: worse, updateDueBy }, 'ann');
    assert.equal(scene.only().updateDueAt, updateDueBy);
  });

  test('failures that end because deliveries are held: mitigated, and the record says that they reach nobody', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(3 * MINUTE_MS, bad(scene));
    const { id } = scene.only();
    const mitigation = appliedMitigation({ id: 9, title: 'The pause', at: scene.now() });
    await scene.incidents().move(id, { kind: 'add_mitigation', mitigation }, 'ann');
    const inForceAt = scene.now();
    const fix = { id: 5, text: 'Mended.', changeId: null, inForceAt, by: 'ann', at: inForceAt };
    await scene.incidents().move(id, { kind: 'add_fix', fix: { ...fix, heldAt: null } }, 'ann');
    await scene.spend(20 * MINUTE_MS);
    const held = scene.only();
    assert.equal(held.state, 'mitigated', 'a fix over which nothing is sent did not hold');
    assert.match(markersOf(held).mitigated?.note ?? '', /held by "The pause", and reach nobody/);
    assert.match(draftUpdate(held, scene.now()).owners, /Since then they are held/);
    assert.doesNotMatch(draftUpdate(held, scene.now()).owners, /as usual/);
    assert.equal(heldUntil(held, scene.now()), scene.now());
    const undo = { kind: 'undo_mitigation', id: 9, undoChangeIds: [] } as const;
    await scene.incidents().move(id, undo, 'ann');
    const letGoAt = scene.now();
    await scene.spend(8 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'fixed');
    assert.ok((markersOf(scene.only()).fixed?.at ?? 0) >= letGoAt);
  });

  test('a real alert never becomes a part of a staged incident', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.incidents().open(draftAt(scene.now(), { isDrill: true }), 'ann');
    await scene.spend(2 * MINUTE_MS, bad(scene));
    const drills = scene
      .incidents()
      .current()
      .map(({ isDrill }) => isDrill);
    assert.deepEqual(new Set(drills), new Set([false, true]));
    assert.equal(drills.length, 2);
  });

  test('a restart in the middle goes on: one incident, and its end is seen', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    await scene.spend(2 * MINUTE_MS, bad(scene));
    const { id } = scene.only();
    await scene.restart();
    await scene.spend(MINUTE_MS, bad(scene));
    await scene.spend(3 * MINUTE_MS, good(scene));
    await scene.restart();
    await scene.spend(5 * MINUTE_MS, good(scene));
    assert.equal(scene.only().id, id);
    assert.equal(scene.only().state, 'mitigated');
    const texts = (await scene.timeline({ id })).map(({ kind, text }) => `${kind} ${text}`);
    assert.equal(new Set(texts).size, texts.length, 'nothing is told twice');
  });

  test('an alert that is about no objective: the impact is over once its condition is gone for five minutes', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    const key = 'unaccounted the ledger';
    await scene.alerts().raise(findingOf({ key, kind: 'unaccounted', facts: {} }));
    await scene.tick();
    assert.equal(scene.only().slice.objective, null);
    await scene.spend(7 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'open');
    const goneAt = scene.now();
    await scene.alerts().clear(key);
    await scene.spend(4 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'open');
    await scene.spend(3 * MINUTE_MS, good(scene));
    assert.equal(markersOf(scene.only()).mitigated?.at, goneAt);
  });

  test('one that a person opened over an SLI that is well is not taken for mitigated', async (t) => {
    const scene = await openIncidentScene(t);
    await afterGoodMinutes(scene);
    const at = scene.now();
    const draft = incidentAt(at, { detectedBy: 'person' });
    await scene
      .incidents()
      .open({ ...draft, impactStartAt: at, detectedAt: at, source: 'person', alerts: [] }, 'ann');
    await scene.spend(10 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'open');
    await scene.spend(2 * MINUTE_MS, bad(scene));
    await scene.spend(10 * MINUTE_MS, good(scene));
    assert.equal(scene.only().state, 'mitigated');
  });

  test('a day of ordinary noise opens none', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 3 });
    const random = seededRandom(seed);
    for (let minute = 0; minute < 1440; minute += 1) {
      for (const { id } of scene.endpoints) {
        await scene.send(id, random.next() < 0.004 ? { good: 1, bad: 1 } : { good: 2 });
      }
      await scene.look(MINUTE_MS);
      assert.deepEqual(scene.incidents().current(), []);
    }
  });
});

describe('what opens none', () => {
  test('a silenced alert and a maintenance window; it does once they are over and it still fires', async (t) => {
    const scene = await openIncidentScene(t);
    const now = scene.now();
    const open = { owners: [], kinds: ['burn_rate'], keyPrefix: '', reason: 'a move' };
    const window = { ...open, fromAt: now, untilAt: now + 10 * MINUTE_MS };
    await scene.configuration.maintenances.create(window, somebody);
    await scene.alerts().raise(findingOf());
    await scene.tick();
    const silenced = await scene.alerts().raise(findingOf({ key: 'other', kind: 'x', owner: '' }));
    await scene.alerts().silence(silenced.id, now + 10 * MINUTE_MS, 'ann');
    await scene.look();
    assert.deepEqual(scene.incidents().current(), []);
    await scene.look(10 * MINUTE_MS);
    assert.equal(scene.incidents().current().length, 2);
  });

  test('endpoints that fail one after another are one incident, which holds and counts them all', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 40 });
    await afterGoodMinutes(scene);
    const [first, second] = scene.endpoints;
    assert.ok(first && second);
    const failing = (ids: readonly number[]) => async () => {
      for (const { id } of scene.endpoints) {
        await scene.send(id, ids.includes(id) ? { bad: 1 } : { good: 1 });
      }
    };
    await scene.spend(2 * MINUTE_MS, failing([first.id]));
    assert.deepEqual(scene.only().slice.endpointIds, [first.id]);
    await scene.spend(2 * MINUTE_MS, failing([first.id, second.id]));
    const { slice, impact, id } = scene.only();
    assert.deepEqual(slice.endpointIds, [first.id, second.id]);
    assert.equal(impact?.endpoints, 2);
    // Whoever takes one out had a reason: that it fires again does not take it back in.
    const narrowed = { ...slice, endpointIds: [first.id] };
    await scene.incidents().move(id, { kind: 'describe', fields: { slice: narrowed } }, 'ann');
    await scene.spend(8 * MINUTE_MS, failing([first.id]));
    await scene.spend(2 * MINUTE_MS, failing([first.id, second.id]));
    assert.deepEqual(scene.only().slice.endpointIds, [first.id]);
  });

  test('a ticket; it joins an incident of its owner. That a notifier fails is none either', async (t) => {
    const scene = await openIncidentScene(t);
    await scene.alerts().raise(findingOf({ key: 'a', severity: 'ticket' }));
    await scene.alerts().raise(findingOf({ key: 'notifier:x', kind: 'notifier', owner: '' }));
    await scene.look();
    assert.deepEqual(scene.incidents().current(), []);
    await scene.alerts().raise(findingOf({ key: 'b' }));
    await scene.look();
    await scene.look();
    const keys = presentEpisode(scene.only()).alerts.map(({ key }) => key);
    assert.deepEqual(keys.toSorted(), ['a', 'b']);
  });

  test('an alert that fires on after its incident was declined, also after a restart; one that gets worse does', async (t) => {
    const scene = await openIncidentScene(t);
    await rule(scene, { match: { owners: [], severities: ['ticket'], kinds: [], hours: null } });
    await scene.alerts().raise(findingOf({ severity: 'ticket' }));
    await scene.look();
    const decline = { kind: 'decline', reason: 'A test of ours.' } as const;
    await scene.incidents().move(scene.only().id, decline, 'ann');
    await scene.look();
    await scene.restart();
    await scene.look();
    assert.deepEqual(scene.incidents().current(), []);
    await scene.alerts().raise(findingOf({ severity: 'page' }));
    await scene.look();
    scene.only();
  });

  test('what a rule says opens none', async (t) => {
    const scene = await openIncidentScene(t);
    await rule(scene, { opens: false, position: 2 });
    await scene.alerts().raise(findingOf());
    await scene.look();
    assert.deepEqual(scene.incidents().current(), []);
    await rule(scene, { name: 'sooner', position: 1 });
    await scene.look();
    scene.only();
  });
});

describe('what follows', () => {
  test('a rule mitigates once, where the menu says it helps, and says on the timeline where it could not', async (t) => {
    const [offer] = mitigationMenu.filter(({ kind }) => kind === 'open_circuit');
    assert.ok(offer);
    const applied: object[] = [];
    const scene = await openIncidentScene(t, {
      autoMitigate: createAutoMitigate({
        offers: async () => [
          {
            ...offer,
            target: { endpointId: 1 },
            because: 'It fails most.',
            touches: [],
            interactions: [],
          },
          {
            ...offer,
            target: { endpointId: 2 },
            because: 'It fails.',
            touches: [],
            interactions: [],
          },
        ],
        apply: async ({ incidentId, target, by, isAutomatic }) => {
          applied.push(target, by);
          const mitigation = appliedMitigation({ isAutomatic, by: by.actor });
          await scene
            .incidents()
            .move(incidentId, { kind: 'add_mitigation', mitigation }, by.actor);
        },
      }),
    });
    await rule(scene, { mitigations: ['open_circuit', 'pause_endpoint'] });
    await scene.alerts().raise(findingOf());
    await scene.look();
    await scene.look();
    const reason = 'The rule "rule" allows it. It fails most.';
    assert.deepEqual(applied, [{ endpointId: 1 }, { actor: 'holdfast', via: 'holdfast', reason }]);
    const rows = (await scene.timeline(scene.only())).filter(({ kind }) => kind === 'mitigation');
    assert.equal(rows.length, 2);
    assert.match(rows[1]?.text ?? '', /no place where it would help/);
  });

  test('who acknowledges the alert acknowledged the incident, and the other way round', async (t) => {
    const scene = await openIncidentScene(t);
    const first = await scene.alerts().raise(findingOf());
    await scene.look();
    await scene.alerts().acknowledge(first.id, 'ann');
    const at = scene.now();
    await scene.look();
    const { acknowledged } = markersOf(scene.only());
    assert.deepEqual([acknowledged?.by, acknowledged?.at], ['ann', at]);
    const second = await scene.alerts().raise(findingOf({ key: 'x', owner: 'y', group: 'z' }));
    await scene.look();
    const other = scene.incidents().current()[1];
    assert.ok(other);
    await scene.incidents().move(other.id, { kind: 'acknowledge', note: '' }, 'bob');
    await scene.look();
    assert.equal((await scene.alerts().byId(second.id))?.acknowledgedBy, 'bob');
    // What fires later is for somebody to look at anew.
    const third = await scene.alerts().raise(findingOf({ key: 'x2', owner: 'y', group: 'z' }));
    await scene.look();
    assert.equal((await scene.alerts().byId(third.id))?.state, 'firing');
  });

  test('a change over its slice stands on the timeline with a link, once; one besides it does not', async (t) => {
    const scene = await openIncidentScene(t);
    await scene.look();
    await scene.alerts().raise(findingOf());
    await scene.look();
    const [endpoint] = scene.endpoints;
    assert.ok(endpoint);
    await scene.configuration.endpoints.update(
      endpoint,
      (known) => ({ ...known, description: 'moved' }),
      somebody,
    );
    await rule(scene, {});
    await scene.look();
    await scene.restart();
    await scene.look();
    const rows = (await scene.timeline(scene.only())).filter(({ kind }) => kind === 'change');
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.evidence[0]?.kind, 'change');
  });

  test('the lead is reminded once each half hour while the impact lasts, and an update begins it anew', async (t) => {
    const scene = await openIncidentScene(t);
    await scene.alerts().raise(findingOf({ key: 'unaccounted the ledger', facts: {} }));
    await scene.look();
    const { id } = scene.only();
    await scene.incidents().move(id, { kind: 'set_severity', severity: 1, reason: 'x' }, 'ann');
    const update = { kind: 'update', responders: 'We look.', owners: '' } as const;
    const nextDueAt = scene.now() + 30 * MINUTE_MS;
    await scene.incidents().move(id, { ...update, nextDueAt }, 'ann');
    const reminders = async (): Promise<number> =>
      (await scene.timeline({ id })).filter(({ kind }) => kind === 'reminder').length;
    for (let minute = 0; minute < 29; minute += 1) await scene.look(MINUTE_MS);
    assert.equal(await reminders(), 0);
    for (let minute = 0; minute < 3; minute += 1) await scene.look(MINUTE_MS);
    assert.equal(await reminders(), 1);
    for (let minute = 0; minute < 30; minute += 1) await scene.look(MINUTE_MS);
    assert.equal(await reminders(), 2);
    assert.ok(scene.now() < nextDueAt + HOUR_MS);
  });
});
