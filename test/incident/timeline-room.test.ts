import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createIncidents, bySystem, rowDraft, type Incidents } from '../../src/incident/index.ts';
import { draftAt } from '../support/incidents.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Incidents whose timelines hold five rows of people and six of the service. */
async function openFull(scene: IncidentScene): Promise<{ incidents: Incidents; id: number }> {
  const { ledger, clock, ids } = scene;
  const timelineBounds = { people: 5, system: 6 };
  const incidents = createIncidents({ ledger, clock, ids, log: quiet, timelineBounds });
  // Opening leaves three rows of the one who opens.
  const { id } = await incidents.open(draftAt(scene.now()), 'ann');
  return { incidents, id };
}

describe('a timeline that is full', () => {
  test('of people refuses their notes and updates, lets them move the incident, and takes what the service writes', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 1 });
    const { incidents, id } = await openFull(scene);
    const now = scene.now();
    const note = (text: string) => rowDraft({ actor: 'ann', now }, 'note', text, now);
    await incidents.note(id, note('one'));
    await incidents.note(id, note('two'));
    await assert.rejects(
      incidents.note(id, note('three')),
      /holds 5 rows of people.*still be moved/,
    );
    const update = { kind: 'update', responders: 'x', owners: '', nextDueAt: null } as const;
    await assert.rejects(incidents.move(id, update, 'ann'), /holds 5 rows of people/);
    const acknowledged = await incidents.move(id, { kind: 'acknowledge', note: '' }, 'ann');
    assert.equal(acknowledged.episodes[0]?.markers.acknowledged?.by, 'ann');
    await incidents.note(id, rowDraft({ ...bySystem, now }, 'sli', 'It left.', now));
    const rows = await scene.timeline({ id });
    assert.deepEqual(rows.map(({ source, kind }) => `${source} ${kind}`).slice(-2), [
      'person marker',
      'system sli',
    ]);
  });

  test('of the service says so once, and takes nothing from people nor from what is moved', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 1 });
    const { incidents, id } = await openFull(scene);
    const now = scene.now();
    for (let nth = 0; nth < 10; nth += 1) {
      await incidents.note(id, rowDraft({ ...bySystem, now }, 'change', `change ${nth}`, now));
    }
    await incidents.note(id, rowDraft({ actor: 'ann', now }, 'note', 'seen', now));
    const mark = { kind: 'mark', marker: 'mitigated', at: now, source: 'ledger' } as const;
    const { state } = await incidents.move(id, { ...mark, note: '', evidence: [] }, bySystem);
    assert.equal(state, 'mitigated');
    const rows = await scene.timeline({ id });
    const ours = rows.filter(({ source }) => source === 'system').map(({ text }) => text);
    assert.deepEqual(
      ours.slice(0, 5),
      [0, 1, 2, 3, 4].map((nth) => `change ${nth}`),
    );
    assert.equal(ours.length, 6);
    assert.match(ours[5] ?? '', /holds 6 rows of the service, which is the most/);
    assert.equal(rows.at(-1)?.text, 'seen');
  });

  test('whose a row is, is told by the way it came, not by the name of a token', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 1 });
    const { id } = await scene.incidents().open(draftAt(scene.now()), 'holdfast');
    await scene.incidents().move(id, { kind: 'acknowledge', note: '' }, 'holdfast');
    await scene.incidents().move(id, { kind: 'remind', text: 'due', nextDueAt: null }, bySystem);
    const told = (await scene.timeline({ id })).map(({ kind, source }) => `${kind} ${source}`);
    const [reminder] = told.splice(told.indexOf('reminder system'), 1);
    assert.equal(reminder, 'reminder system');
    assert.ok(told.length >= 4 && told.every((each) => each.endsWith(' person')), told.join());
  });
});
