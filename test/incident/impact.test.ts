import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImpact } from '../../src/incident/impact.ts';
import { openIncidentScene } from '../support/incident-scene.ts';

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

test('a minute in which one episode was over and the next began is counted once', async (t) => {
  const scene = await openIncidentScene(t, { endpoints: 1 });
  const [endpoint] = scene.endpoints;
  assert.ok(endpoint !== undefined);
  const fromAt = scene.now();
  await scene.send(endpoint.id, { bad: 3, good: 2 });
  await scene.look(10 * MINUTE_MS);
  const overAt = fromAt + 20_000;
  const marker = (at: number) =>
    ({ at, source: 'alert', by: 'holdfast', note: '', setAt: at }) as const;
  const episodes = [
    { nth: 1, markers: { impactStart: marker(fromAt), mitigated: marker(overAt) }, alerts: [] },
    { nth: 2, markers: { impactStart: marker(overAt) }, alerts: [] },
  ];
  const { impact } = await readImpact(
    {
      slice: { objective: null, appIds: [], endpointIds: [endpoint.id], eventTypes: [] },
      mitigations: [],
      episodes,
    },
    {
      ledger: scene.ledger,
      configuration: scene.configuration,
      sliMinutesDays: 14,
      unaccounted: () => [],
    },
    scene.now(),
  );
  assert.deepEqual([impact.deliveries, impact.failed], [5, 3]);
});
