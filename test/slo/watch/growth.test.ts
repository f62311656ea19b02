import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEvaluator } from '../../../src/slo/index.ts';
import { everything } from '../../../src/slo/objective.ts';
import { HOUR_MS, MINUTE_MS } from '../../support/ledger-scene.ts';
import {
  BACKLOG_LIMIT,
  DEADLINE_MS,
  LOOK_MS,
  openWatchScene,
  type WatchScene,
} from '../../support/watch-scene.ts';

const ids = (scene: WatchScene): readonly number[] => scene.endpoints.map(({ id }) => id);
const text = (scene: WatchScene, endpointId: number): string =>
  scene.idText.format('endpoint', endpointId);

/** Looks until it fires; the looks that it took. */
async function untilFiring(
  scene: WatchScene,
  key: string,
  looks: number,
  before: (nth: number) => void,
): Promise<number> {
  for (let nth = 1; nth <= looks; nth += 1) {
    before(nth);
    await scene.look();
    if ((await scene.firing()).includes(key)) return nth;
  }
  throw new Error(`${key} did not fire in ${looks} looks`);
}

describe('freshness', () => {
  const fresh = { name: 'fresh', indicator: 'freshness', deadlineMs: DEADLINE_MS } as const;
  const KEY = 'growth objective fresh';

  test('is told before a lane that stands still breaks it, and is over with it', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    await scene.objective(fresh);
    for (let nth = 0; nth < 6; nth += 1) await scene.look();
    const [lane = 0] = ids(scene);
    const since = scene.now();
    await untilFiring(scene, KEY, 20, () => {
      scene.said.due = [{ endpointId: lane, oldestDueAt: since }];
    });
    assert.ok(scene.now() - since < DEADLINE_MS, `${scene.now() - since} ms`);
    const { text: said } = await scene.alert(KEY);
    assert.match(
      said,
      /^Objective fresh: the oldest due delivery is [\d.]+ s old, older and older .* it is 60 s old/,
    );
    scene.said.due = [];
    for (let nth = 0; nth < 40; nth += 1) await scene.look();
    assert.deepEqual(await scene.firing(), []);
  });

  test('is of the lanes of its slice alone', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    const [one = 0, other = 0] = ids(scene);
    const endpointIds = [text(scene, one)];
    await scene.objective({ ...fresh, slice: { ...everything, endpointIds } });
    const appIds = [scene.idText.format('application', scene.application.id)];
    await scene.objective({ ...fresh, name: 'ours', slice: { ...everything, appIds } });
    const since = scene.now();
    await untilFiring(scene, 'growth objective ours', 20, () => {
      scene.said.due = [{ endpointId: other, oldestDueAt: since }];
    });
    assert.deepEqual(await scene.firing(), ['growth objective ours']);
  });

  test('burns its budget by what was counted', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    await scene.objective(fresh);
    const [lane = 0] = ids(scene);
    const ages = (good: number, bad: number) => [good, 0, 0, 0, 0, bad, 0, 0, 0];
    const at = scene.now() - (scene.now() % MINUTE_MS);
    const rows = [{ at, endpointId: lane, ages: ages(20, 20) }];
    await scene.ledger.countAges({ rows });
    await untilFiring(scene, 'burn_rate objective fresh', 12, () => {});
  });
});

describe('what runs out', () => {
  test('is told of a lane before all its places are taken, with its host and the moment', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    const [lane = 0, well = 0] = ids(scene);
    const key = `growth places of ${text(scene, lane)}`;
    const others = { endpointId: well, sending: 6, places: 16, answerMs: 40 };
    const looks = await untilFiring(scene, key, 480, (nth) => {
      const sending = Math.floor(nth / 30);
      scene.said.loads = [others, { endpointId: lane, sending, places: 16, answerMs: 40 }];
    });
    assert.ok(looks < 30 * 15, `${looks} looks`);
    assert.deepEqual(await scene.firing(), [key]);
    const { title } = await scene.alert(key);
    assert.match(
      title,
      /^lane of ep_\w+ \(e0\.example\): .* of 16 places are in use, .* at \d{4}-.*Z, all 16 are taken/,
    );
    scene.said.loads = [];
    for (let nth = 0; nth < (2 * HOUR_MS) / LOOK_MS; nth += 6) await scene.look(MINUTE_MS);
    assert.deepEqual(await scene.firing(), []);
    assert.deepEqual(scene.errors, []);
  });

  test('is told of answers that take longer and longer', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    const [lane = 0] = ids(scene);
    const looks = await untilFiring(scene, `growth answers of ${text(scene, lane)}`, 600, (nth) => {
      scene.said.loads = [{ endpointId: lane, sending: 1, places: 16, answerMs: 50 * nth }];
    });
    assert.ok(50 * looks < 30_000);
  });

  test('is told of the backlog of a lane and of all, before their limits', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false, endpoints: 20 });
    const key = `growth backlog of ${text(scene, ids(scene)[0] ?? 0)}`;
    let nth = 0;
    let laneAt = 0;
    let allAt = 0;
    for (; nth < 60 && (laneAt === 0 || allAt === 0); nth += 1) {
      // Two more in one lane and one more in each other, every minute.
      for (const id of [ids(scene)[0] ?? 0, ...ids(scene)]) await scene.wait(id);
      await scene.look(MINUTE_MS);
      const firing = await scene.firing();
      if (laneAt === 0 && firing.includes(key)) laneAt = nth;
      if (allAt === 0 && firing.includes('growth backlog')) allAt = nth;
    }
    assert.ok(laneAt > 0 && 2 * laneAt < BACKLOG_LIMIT / 10, `lane after ${laneAt} min`);
    assert.ok(allAt > 0 && 21 * allAt < BACKLOG_LIMIT, `all after ${allAt} min`);
  });

  test('keeps its alert over a restart until it had time to see it again', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: false });
    const [lane = 0] = ids(scene);
    const key = `growth places of ${text(scene, lane)}`;
    const load = (sending: number): void => {
      scene.said.loads = [{ endpointId: lane, sending, places: 16, answerMs: 40 }];
    };
    await untilFiring(scene, key, 480, (nth) => load(Math.floor(nth / 30)));
    await scene.restart();
    for (let nth = 0; nth < 30; nth += 1) await scene.look();
    assert.deepEqual(await scene.firing(), [key]);
    load(0);
    for (let nth = 0; nth < 90; nth += 1) await scene.look();
    assert.deepEqual(await scene.firing(), []);
  });
});

describe('unaccounted deliveries', () => {
  test('are bad in the minute in which they were found, and leave it behind', async (t) => {
    const scene = await openWatchScene(t, { hasDefaults: true });
    const objective = await scene.configuration.objectives.byName('accounted');
    assert.ok(objective);
    const foundAt = scene.now() - 2 * HOUR_MS;
    const at = foundAt - (foundAt % MINUTE_MS);
    const evaluator = createEvaluator({
      ledger: scene.ledger,
      configuration: scene.configuration,
      idText: scene.idText,
      clock: { now: scene.now },
      deliveryDeadlineMs: DEADLINE_MS,
      unaccounted: () => [{ at, unitMs: MINUTE_MS, count: 3 }],
    });
    await scene.send(ids(scene)[0] ?? 0, { good: 97 });
    const { bad, good, burn, ruleBurn } = await evaluator.status(objective);
    assert.deepEqual([bad, good], [3, 97]);
    const badOver = (windowMs: number): number | undefined =>
      [...burn, ...ruleBurn].find((one) => one.windowMs === windowMs)?.bad;
    assert.deepEqual([badOver(HOUR_MS), badOver(6 * HOUR_MS)], [0, 3]);
  });
});
