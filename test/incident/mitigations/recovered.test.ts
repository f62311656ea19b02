import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createIdSource, createIdText, silentLog } from '../../../src/core/index.ts';
import {
  createIncidents,
  createMitigate,
  type Incidents,
  type Mitigations,
} from '../../../src/incident/index.ts';
import { draftAt } from '../../support/incidents.ts';
import { openMitigationScene } from '../../support/mitigation-scene.ts';
import { somebody } from '../../support/somebody.ts';

/** Ends its life where a test says, as a process does: the ledger keeps what was stored, and memory is gone. */
class Killed extends Error {}

async function open(t: TestContext) {
  const scene = await openMitigationScene();
  t.after(() => scene.ledger.close());
  const { ledger, configuration } = scene;
  const clock = {
    now(): number {
      scene.move(1);
      return scene.now();
    },
    after: () => () => {},
  };
  const now = clock.now();
  const ids = createIdSource(clock, 1);
  const idText = createIdText(ledger.mark);
  async function live(more: Partial<{ mitigations: Mitigations; incidents: Partial<Incidents> }>) {
    const real = createIncidents({ ledger, clock, ids, log: silentLog });
    await real.load();
    const incidents: Incidents = { ...real, ...more.incidents };
    const mitigations = more.mitigations ?? scene.mitigations;
    const parts = { configuration, ledger, ids, idText, clock };
    const mitigate = createMitigate({ ...parts, incidents, mitigations });
    await mitigate.load();
    return { incidents: real, mitigate };
  }
  const first = await live({});
  const { id } = await first.incidents.open(draftAt(now), 'ann');
  const endpointId = scene.endpoints[0]?.id ?? 0;
  const pausedAt = async () => (await configuration.endpoints.byId(endpointId))?.pausedAt ?? null;
  const pause = {
    incidentId: id,
    kind: 'pause_endpoint',
    target: { endpointId },
    by: somebody,
    isAutomatic: false,
  };
  return { scene, first, live, id, pause, pausedAt };
}

test('a mitigation whose change was made, and whose record was not, is found by the next life and undone by it', async (t) => {
  const { first, live, id, pause, pausedAt } = await open(t);
  const before = await pausedAt();
  const move: Incidents['move'] = (incidentId, given, ...rest) => {
    if (given.kind === 'add_mitigation') return Promise.reject(new Killed());
    return first.incidents.move(incidentId, given, ...rest);
  };
  const dying = await live({ incidents: { ...first.incidents, move } });
  await assert.rejects(dying.mitigate.apply(pause), Killed);
  assert.notEqual(await pausedAt(), null);
  const { incidents, mitigate } = await live({});
  const incident = await incidents.byId(id);
  const [found] = incident?.mitigations ?? [];
  assert.ok(incident && found);
  assert.deepEqual(
    [incident.mitigations.length, found.kind, found.changeIds.length],
    [1, 'pause_endpoint', 1],
  );
  assert.equal(incident.intended, undefined);
  const undo = { incidentId: id, mitigationId: found.id, by: somebody, choice: 'refuse' } as const;
  await mitigate.undo(undo);
  assert.equal(await pausedAt(), before);
});

test('one that was not applied is not taken for applied, and nothing closes the incident meanwhile', async (t) => {
  const { scene, first, live, id, pause, pausedAt } = await open(t);
  const { mitigations } = scene;
  const dies = { ...mitigations, apply: () => Promise.reject(new Killed()) };
  const move: Incidents['move'] = async (incidentId, given, ...rest) => {
    // Dead: what was refused is not written down either.
    if (given.kind === 'intend_mitigation' && given.intended === null) throw new Killed();
    return first.incidents.move(incidentId, given, ...rest);
  };
  const dying = await live({ mitigations: dies, incidents: { ...first.incidents, move } });
  await assert.rejects(dying.mitigate.apply(pause), Killed);
  const decline = { kind: 'decline', reason: 'a test' } as const;
  await assert.rejects(first.incidents.move(id, decline, 'ann'), /being applied/);
  const { incidents } = await live({});
  const incident = await incidents.byId(id);
  assert.deepEqual([incident?.mitigations, incident?.intended], [[], undefined]);
  assert.equal(await pausedAt(), null);
  const page = { incidentId: id, kind: 'mitigation', limit: 10, descending: false };
  const [row] = await scene.ledger.timeline(page);
  assert.match(row?.doc ?? '', /was not applied: the service ended meanwhile/);
  await incidents.move(id, decline, 'ann');
});

test('one that was taken back, and is held as in force, is undone in the record of the next life', async (t) => {
  const { scene, first, live, id, pause } = await open(t);
  const { mitigation } = await first.mitigate.apply(pause);
  const { changes } = scene.configuration;
  const { changeId } = await changes.revert({ ids: mitigation.changeIds }, 'refuse', somebody);
  const { incidents } = await live({});
  const [found] = (await incidents.byId(id))?.mitigations ?? [];
  assert.ok(found?.undoneAt);
  assert.deepEqual(found.undoChangeIds, [changeId]);
});

test('one whose record failed is written down before the next is applied, and is not forgotten by it', async (t) => {
  const { scene, first, live, pause } = await open(t);
  let isDown = true;
  const move: Incidents['move'] = (incidentId, given, ...rest) => {
    if (given.kind === 'add_mitigation' && isDown) return Promise.reject(new Killed());
    return first.incidents.move(incidentId, given, ...rest);
  };
  const { mitigate } = await live({ incidents: { ...first.incidents, move } });
  await assert.rejects(mitigate.apply(pause), Killed);
  isDown = false;
  const other = scene.endpoints[1];
  assert.ok(other !== undefined);
  const { incident } = await mitigate.apply({ ...pause, target: { endpointId: other.id } });
  assert.deepEqual(
    incident.mitigations.map(({ target }) => target['endpointId']),
    [pause.target.endpointId, other.id],
  );
});
