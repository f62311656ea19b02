import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Episode } from '../../src/incident/index.ts';
import { readImpact } from '../../src/incident/impact.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';
import { markerAt } from '../support/incidents.ts';
import { somebody } from '../support/somebody.ts';

const MINUTE_MS = 60_000;

test('what is unaccounted is put at what deliveries carry on average, and what is late beside it is not', async (t) => {
  const scene = await openIncidentScene(t, { endpoints: 2 });
  const [first, second] = scene.endpoints;
  assert.ok(first !== undefined && second !== undefined);
  const fromAt = scene.now();
  await scene.send(first.id, { bad: 1, value: { amount: 4000, currency: 'EUR' } });
  await scene.send(second.id, { bad: 1, value: { amount: 2000, currency: 'EUR' } });
  const at = Math.floor(scene.now() / MINUTE_MS) * MINUTE_MS;
  scene.found.push({ at: at - MINUTE_MS, unitMs: MINUTE_MS, count: 5 });
  scene.found.push({ at, unitMs: MINUTE_MS, count: 3 });
  await scene.look(10 * MINUTE_MS);
  const marker = { at: fromAt, source: 'alert', by: 'holdfast', note: '', setAt: fromAt } as const;
  const alert = { alertId: 1, count: 1, key: 'unaccounted the ledger', kind: 'unaccounted' };
  const attached = {
    ...alert,
    group: '',
    title: '',
    firedAt: fromAt,
    publicId: '',
    severity: 'page',
    owner: '',
    explanation: null,
  } as const;
  const { impact } = await readImpact(
    {
      slice: { objective: null, appIds: [], endpointIds: [], eventTypes: [] },
      mitigations: [],
      episodes: [{ nth: 1, markers: { impactStart: marker }, alerts: [attached] }],
    },
    {
      ledger: scene.ledger,
      configuration: scene.configuration,
      sliMinutesDays: 14,
      unaccounted: () => scene.found,
    },
    scene.now(),
  );
  assert.equal(impact.lost, 3);
  const [money] = impact.money;
  assert.deepEqual([money?.currency, money?.delayed, money?.lost], ['EUR', 9000, 0]);
  assert.ok((money?.perWeek ?? 0) > 9000);
});

const everywhere = { objective: null, appIds: [], endpointIds: [], eventTypes: [] };

/** A spell of impact; its end is null while it lasts. */
function spell(nth: number, fromAt: number, overAt: number | null): Episode {
  const end = overAt === null ? {} : { mitigated: markerAt(overAt) };
  return {
    nth,
    markers: { impactStart: markerAt(fromAt), detected: markerAt(fromAt), ...end },
    alerts: [],
  };
}

async function impactOf(scene: IncidentScene, episodes: readonly Episode[]) {
  const { ledger, configuration } = scene;
  const read = await readImpact(
    { slice: everywhere, mitigations: [], episodes },
    { ledger, configuration, sliMinutesDays: 14, unaccounted: () => [] },
    scene.now(),
  );
  return read.impact;
}

/** An application of its own with one endpoint, and so many people behind it. */
async function applicationOf(scene: IncidentScene, uid: string, people: number) {
  const { applications, endpoints } = scene.configuration;
  const { id: appId } = await applications.create({ ...scene.application, uid, people }, somebody);
  const [known] = scene.endpoints;
  assert.ok(known !== undefined);
  const { id: endpointId } = await endpoints.create({ ...known, appId, uid }, somebody);
  return { send: () => scene.send(endpointId, { bad: 1, appId }) };
}

test('people are those behind each application that was hit in any episode, each application once', async (t) => {
  const scene = await openIncidentScene(t, { endpoints: 1 });
  const one = await applicationOf(scene, 'one', 100);
  const two = await applicationOf(scene, 'two', 30);
  const three = await applicationOf(scene, 'three', 7);
  const firstAt = scene.now();
  await one.send();
  await two.send();
  await scene.look(10 * MINUTE_MS);
  const overAt = scene.now();
  await two.send();
  await three.send();
  await scene.look(10 * MINUTE_MS);
  const first = spell(1, firstAt, overAt);
  assert.equal((await impactOf(scene, [first])).people, 130);
  assert.equal((await impactOf(scene, [spell(1, overAt, null)])).people, 37);
  assert.equal((await impactOf(scene, [first, spell(2, overAt, null)])).people, 137);
});

test('a minute in which one episode ended and the next began is counted once', async (t) => {
  const scene = await openIncidentScene(t, { endpoints: 1 });
  const [endpoint] = scene.endpoints;
  assert.ok(endpoint !== undefined);
  const startAt = scene.now();
  await scene.look(10 * MINUTE_MS);
  const minuteAt = Math.floor(scene.now() / MINUTE_MS) * MINUTE_MS;
  await scene.send(endpoint.id, { bad: 3 });
  await scene.look(10 * MINUTE_MS);
  const twice = [spell(1, startAt, minuteAt), spell(2, minuteAt, null)];
  assert.equal((await impactOf(scene, twice)).failed, 3);
  const within = [spell(1, startAt, minuteAt + 20_000), spell(2, minuteAt + 20_000, null)];
  assert.equal((await impactOf(scene, within)).failed, 3);
});
