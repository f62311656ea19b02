import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStatusSource } from '../../src/api/status-source.ts';
import { openIncidentScene } from '../support/incident-scene.ts';
import { draftAt } from '../support/incidents.ts';

async function open(t: Parameters<typeof openIncidentScene>[0], objective: string | null) {
  const scene = await openIncidentScene(t);
  const slice = { objective, appIds: [], endpointIds: [], eventTypes: [] };
  await scene.incidents().open(draftAt(scene.now(), { slice }), 'ann');
  const { ledger, configuration, clock, idText } = scene;
  const read = createStatusSource({
    ledger,
    configuration,
    clock,
    idText,
    incidents: scene.incidents(),
  });
  return { scene, read };
}

test('a feed is worked out once in five seconds, however often it is asked for', async (t) => {
  const { scene, read } = await open(t, null);
  const first = await read(7);
  assert.equal(first.entries.length, 1);
  assert.equal(await read(7), first);
  assert.notEqual(await read(null), first);
  await scene.look(6000);
  assert.notEqual(await read(7), first);
});

test('what was about an objective that is gone is told to no application, and stays in the feed of all', async (t) => {
  const { read } = await open(t, 'deleted-meanwhile');
  assert.equal((await read(7)).entries.length, 0);
  assert.equal((await read(null)).entries.length, 1);
});
