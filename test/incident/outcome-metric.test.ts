import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  judgeHypothesis,
  metricProblem,
  type Incident,
  type IncidentSlice,
} from '../../src/incident/index.ts';
import { createEvaluator, everything } from '../../src/slo/index.ts';
import { draftAt, hypothesisOf } from '../support/incidents.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';
import { somebody } from '../support/somebody.ts';
import { DEADLINE_MS, promise } from '../support/watch-scene.ts';

type Named = Partial<typeof everything>;

function objective(scene: IncidentScene, name: string, slice: Named) {
  const draft = { ...promise, name, slice: { ...everything, ...slice } };
  return scene.configuration.objectives.create(draft, somebody);
}

function problem(scene: IncidentScene, slice: Partial<IncidentSlice>, metric: string) {
  const whole = { objective: null, appIds: [], endpointIds: [], eventTypes: [], ...slice };
  return metricProblem({ slice: whole }, metric, scene);
}

function endpointOf(scene: IncidentScene, nth: number) {
  const found = scene.endpoints[nth];
  assert.ok(found !== undefined);
  return found;
}

describe('the outcome metric of a hypothesis', () => {
  test('is an objective that counts all that the incident hits; of what does not, those that do are named', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 2 });
    const { application, idText } = scene;
    const [one, other] = [endpointOf(scene, 0), endpointOf(scene, 1)];
    const publicId = idText.format('endpoint', one.id);
    await objective(scene, 'of-app', { appIds: [idText.format('application', application.id)] });
    await objective(scene, 'of-one', { endpointIds: [publicId] });
    await objective(scene, 'of-invoices', { eventTypes: ['invoice.paid'] });
    const ofOne = { appIds: [application.id], endpointIds: [one.id] };
    for (const metric of ['first-attempt', 'of-app', 'of-one']) {
      assert.equal(await problem(scene, ofOne, metric), null, metric);
    }
    // Its application is known by the endpoint; an objective of one endpoint says nothing of another.
    assert.equal(await problem(scene, { endpointIds: [one.id] }, 'of-app'), null);
    const foreign = (await problem(scene, { endpointIds: [other.id] }, 'of-one')) ?? '';
    assert.match(foreign, /"of-one" does not count all/);
    assert.match(foreign, /These do: accounted, first-attempt, of-app, on-time\./);
    assert.match((await problem(scene, ofOne, 'of-invoices')) ?? '', /does not count all/);
    const invoices = { eventTypes: ['invoice.paid'] };
    assert.equal(await problem(scene, invoices, 'of-invoices'), null);
    assert.match((await problem(scene, {}, 'of-app')) ?? '', /does not count all/);
    assert.match(
      (await problem(scene, {}, 'lock-waits')) ?? '',
      /no objective "lock-waits".*proxy/,
    );
    // What opened it always fits.
    assert.equal(await problem(scene, { objective: 'of-one' }, 'of-one'), null);
    assert.equal(await problem(scene, { objective: 'of-one' }, 'of-app'), null);
    assert.match((await problem(scene, { objective: 'of-app' }, 'of-one')) ?? '', /does not count/);
  });

  test('is measured over the slice of the incident: what is well elsewhere does not hide that it moved', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 2 });
    const { ledger, configuration, idText, clock } = scene;
    const [ill, well] = [endpointOf(scene, 0), endpointOf(scene, 1)];
    const startAt = scene.now();
    const send = async (bad: boolean) => {
      await scene.send(ill.id, bad ? { bad: 1 } : { good: 3 });
      await scene.send(well.id, { good: 200 });
    };
    for (let nth = 0; nth < 8; nth += 1) {
      await send(true);
      await scene.look();
    }
    const changed = await configuration.endpoints.update(
      ill,
      (now) => ({ ...now, url: 'https://other.example/' }),
      somebody,
    );
    await scene.look(MINUTE_MS);
    for (let nth = 0; nth < 8; nth += 1) {
      await send(false);
      await scene.look(50_000);
    }
    const evaluator = createEvaluator({
      ledger,
      configuration,
      idText,
      clock,
      deliveryDeadlineMs: DEADLINE_MS,
      unaccounted: () => [],
    });
    const confirm = async (endpointIds: readonly number[]): Promise<Incident> => {
      const slice = { objective: null, appIds: [], endpointIds, eventTypes: [] };
      const draft = draftAt(startAt, { slice });
      const { id } = await scene.incidents().open(draft, 'ann');
      const hypothesis = hypothesisOf({ changeIds: [changed.revision] });
      await scene.incidents().move(id, { kind: 'add_hypothesis', hypothesis }, 'ann');
      const { incident } = await judgeHypothesis(
        { ...scene, incidents: scene.incidents(), evaluator },
        {
          incidentId: id,
          hypothesisId: hypothesis.id,
          state: 'confirmed',
          verdict: '',
          testedBy: null,
          actor: 'ann',
        },
      );
      return incident;
    };
    await assert.rejects(confirm([]), /The SLI did not move/);
    const { hypotheses, episodes } = await confirm([ill.id]);
    assert.match(
      hypotheses[0]?.verdict ?? '',
      /6 of 6 bad \(100 %\) before it, 0 of 24 bad \(0 %\)/,
    );
    assert.equal(episodes[0]?.markers.causeLocated?.source, 'person');
  });
});
