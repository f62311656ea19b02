import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import {
  mitigationKinds,
  mitigationMenu,
  type AppliedMitigation,
  type MitigationContext,
  type MitigationOffer,
  type SliceCounts,
  type Suspect,
} from '../../../src/incident/index.ts';
import { timeOfId } from '../../../src/core/index.ts';
import { lengthened } from '../../../src/incident/mitigations/lengthen-retries.ts';
import { defaultPolicy, policyBounds } from '../../../src/retry/index.ts';
import {
  noContext,
  openMitigationScene,
  type MitigationScene,
} from '../../support/mitigation-scene.ts';
import { somebody } from '../../support/somebody.ts';

async function open(t: TestContext): Promise<MitigationScene> {
  const scene = await openMitigationScene();
  t.after(() => scene.ledger.close());
  return scene;
}

const idOf = (scene: MitigationScene, nth: number): number => scene.endpoints[nth]?.id ?? 0;
const appOf = (scene: MitigationScene, nth: number): number => scene.endpoints[nth]?.appId ?? 0;

function row(
  scene: MitigationScene,
  nth: number,
  bad: number,
  total: number,
  eventType = 'a.b',
): SliceCounts {
  return { appId: appOf(scene, nth), endpointId: idOf(scene, nth), eventType, bad, total };
}

function context(given: Partial<MitigationContext>): MitigationContext {
  return { ...noContext, ...given };
}

function suspectOf(changeId: number, given: Partial<Suspect> = {}): Suspect {
  return {
    rank: 1,
    changeId,
    at: timeOfId(changeId),
    score: 0.9,
    bad: { covered: 10, of: 10 },
    good: { covered: 0, of: 100 },
    beforeImpactMs: 60_000,
    together: [],
    isRevertible: true,
    reasons: [],
    ...given,
  };
}

const kindsOf = (offers: readonly MitigationOffer[]): ReadonlySet<string> =>
  new Set(offers.map(({ kind }) => kind));

async function applied(
  scene: MitigationScene,
  kind: string,
  target: Readonly<Record<string, unknown>>,
  before: readonly AppliedMitigation[] = [],
): Promise<AppliedMitigation> {
  const { mitigation, effect, ...looked } = await scene.mitigations.apply(
    kind,
    target,
    before,
    somebody,
  );
  return {
    id: before.length + 1,
    kind: mitigation.kind,
    title: mitigation.title,
    isReversible: mitigation.isReversible,
    target: looked.target,
    touches: looked.touches,
    changeIds: effect.changeIds,
    actId: effect.actId,
    by: 'me',
    isAutomatic: false,
    at: 0,
    undoneAt: null,
    undoneBy: null,
    undoChangeIds: [],
    keptBecause: null,
  };
}

test('the menu has every kind once, with words for all of it, the cheapest first', () => {
  assert.deepEqual(
    mitigationMenu.map(({ kind }) => kind).toSorted(),
    [...mitigationKinds].toSorted(),
  );
  for (const { title, does, costs, timeToEffect, risk, undo } of mitigationMenu) {
    for (const words of [title, does, costs.words, timeToEffect.words, risk, undo]) {
      assert.ok(words.length > 3, title);
    }
  }
  const levels = mitigationMenu.map(({ costs }) => costs.level);
  assert.deepEqual(
    levels,
    levels.toSorted((one, other) => one - other),
  );
  assert.equal(mitigationMenu.at(-1)?.kind, 'drain');
});

describe('what makes sense', () => {
  test('is nothing where nothing fails and nobody is suspected', async (t) => {
    const scene = await open(t);
    assert.deepEqual(await scene.mitigations.offers(noContext, []), []);
  });

  test('is the alternate URL only where there is one, and it is not in use', async (t) => {
    const scene = await open(t);
    const failing = context({ counts: [row(scene, 0, 9, 10), row(scene, 1, 9, 10)] });
    const offered = async (): Promise<readonly unknown[]> =>
      (await scene.mitigations.offers(failing, []))
        .filter(({ kind }) => kind === 'alternate_url')
        .map(({ target }) => target['endpointId']);
    assert.deepEqual(await offered(), [idOf(scene, 0)]);
    await applied(scene, 'alternate_url', { endpointId: idOf(scene, 0) });
    assert.deepEqual(await offered(), []);
  });

  test('is a revert only of what stands, is suspected, and is in force over the failures', async (t) => {
    const scene = await open(t);
    const { configuration, endpoints, mitigations } = scene;
    const [one] = endpoints;
    assert.ok(one);
    const moved = await configuration.endpoints.update(
      one,
      (known) => ({ ...known, url: 'https://wrong.example/' }),
      somebody,
    );
    const offered = async (suspect: Suspect, ownChangeIds: readonly number[] = []) =>
      (await mitigations.offers(context({ suspects: [suspect], ownChangeIds }), []))
        .filter(({ kind }) => kind === 'revert_changes')
        .map(({ target }) => target);
    const suspect = suspectOf(moved.revision);
    assert.deepEqual(await offered(suspect), [{ changeIds: [moved.revision] }]);
    assert.deepEqual(await offered(suspect, [moved.revision]), [], "a mitigation's own");
    assert.deepEqual(await offered({ ...suspect, isRevertible: false }), []);
    assert.deepEqual(await offered({ ...suspect, bad: { covered: 1, of: 10 } }), []);
    const revert = await applied(scene, 'revert_changes', { changeIds: [moved.revision] });
    assert.equal((await configuration.endpoints.byId(one.id))?.url, one.url);
    assert.deepEqual(await offered(suspect), [], 'it went back already');
    await mitigations.undo(revert, somebody);
    assert.equal((await configuration.endpoints.byId(one.id))?.url, 'https://wrong.example/');
  });

  test('is the end of a canary only where one runs', async (t) => {
    const scene = await open(t);
    const { configuration, endpoints, mitigations } = scene;
    const [one] = endpoints;
    assert.ok(one);
    const failing = context({ counts: [row(scene, 0, 3, 10)] });
    assert.ok(!kindsOf(await mitigations.offers(failing, [])).has('stop_canary'));
    const canary = await configuration.canaries.start(
      one,
      {
        url: 'https://try.example/',
        deadlineMs: 60_000,
        steps: [{ percent: 5, minutes: 10 }],
        peakPercent: null,
      } as unknown as Parameters<typeof configuration.canaries.start>[1],
      somebody,
    );
    const offers = await mitigations.offers(failing, []);
    const [stop] = offers.filter(({ kind }) => kind === 'stop_canary');
    assert.deepEqual(stop?.target, { canaryId: canary.id });
    assert.ok(!kindsOf(offers).has('alternate_url'), 'a canary of the URL excludes it');
    const done = await applied(scene, 'stop_canary', { canaryId: canary.id });
    assert.equal(configuration.canaries.activeOf(one.id), null);
    await assert.rejects(mitigations.undo(done, somebody), { code: 'state_conflict' });
  });

  test('is a pause of the application only where several of its endpoints fail', async (t) => {
    const scene = await open(t);
    const one = context({ counts: [row(scene, 0, 9, 10), row(scene, 1, 0, 10)] });
    assert.ok(!kindsOf(await scene.mitigations.offers(one, [])).has('pause_application'));
    const both = context({ counts: [row(scene, 0, 9, 10), row(scene, 1, 9, 10)] });
    assert.ok(kindsOf(await scene.mitigations.offers(both, [])).has('pause_application'));
  });

  test('is a hold of the event type where it has the failures and others have none', async (t) => {
    const scene = await open(t);
    const offered = async (counts: readonly SliceCounts[]) =>
      (await scene.mitigations.offers(context({ counts }), []))
        .filter(({ kind }) => kind === 'pause_event_type')
        .map(({ target }) => [target['eventType'], target['appId']]);
    const bad = row(scene, 0, 9, 10, 'bad.type');
    assert.deepEqual(await offered([bad, row(scene, 0, 0, 90)]), [['bad.type', appOf(scene, 0)]]);
    assert.deepEqual(await offered([bad]), [], 'there is but one type');
    assert.deepEqual(await offered([bad, row(scene, 0, 9, 10)]), [], 'both fail alike');
    const everywhere = [bad, row(scene, 2, 9, 10, 'bad.type'), row(scene, 2, 0, 50)];
    assert.deepEqual(await offered(everywhere), [['bad.type', null]]);
  });

  test('is a drain only where most of what is sent fails, at several applications', async (t) => {
    const scene = await open(t);
    const has = async (...counts: readonly SliceCounts[]): Promise<boolean> =>
      kindsOf(await scene.mitigations.offers(context({ counts }), [])).has('drain');
    assert.equal(await has(row(scene, 0, 9, 10), row(scene, 2, 9, 10)), true);
    assert.equal(await has(row(scene, 0, 9, 10), row(scene, 1, 9, 10)), false);
    assert.equal(await has(row(scene, 0, 1, 10), row(scene, 2, 1, 10)), false);
  });

  test('comes the cheapest first', async (t) => {
    const scene = await open(t);
    const counts = [row(scene, 0, 9, 10), row(scene, 1, 9, 10), row(scene, 2, 9, 10)];
    const levels = (await scene.mitigations.offers(context({ counts }), [])).map(
      ({ costs }) => costs.level,
    );
    assert.ok(levels.length > 8);
    assert.deepEqual(
      levels,
      levels.toSorted((one, other) => one - other),
    );
  });
});

describe('what interacts', () => {
  test('two that alter one setting exclude each other until the first is undone', async (t) => {
    const scene = await open(t);
    const endpointId = idOf(scene, 0);
    const lower = { endpointId, concurrency: 2 };
    const first = await applied(scene, 'lower_rate', lower);
    const raise = { endpointId, concurrency: 64 };
    await assert.rejects(scene.mitigations.apply('raise_concurrency', raise, [first], somebody), {
      code: 'state_conflict',
    });
    const look = await scene.mitigations.look('raise_concurrency', raise, [first]);
    assert.deepEqual(
      look.interactions.map(({ verdict, mitigationId }) => [verdict, mitigationId]),
      [['refuse', 1]],
    );
    const [changeId] = await scene.mitigations.undo(first, somebody);
    assert.ok(changeId);
    const undone = { ...first, undoneAt: 1 };
    await scene.mitigations.apply('raise_concurrency', raise, [undone], somebody);
    await assert.rejects(scene.mitigations.undo(undone, somebody), { code: 'state_conflict' });
  });

  test('two that act on one lane by different settings warn, and two elsewhere say nothing', async (t) => {
    const scene = await open(t);
    const first = await applied(scene, 'lower_rate', {
      endpointId: idOf(scene, 0),
      concurrency: 2,
    });
    const verdictOf = async (kind: string, target: Readonly<Record<string, unknown>>) =>
      (await scene.mitigations.look(kind, target, [first])).interactions.map(
        ({ verdict }) => verdict,
      );
    assert.deepEqual(await verdictOf('open_circuit', { endpointId: idOf(scene, 0) }), ['warn']);
    assert.deepEqual(await verdictOf('open_circuit', { endpointId: idOf(scene, 1) }), []);
    assert.deepEqual(await verdictOf('pause_application', { appId: appOf(scene, 0) }), ['warn']);
    assert.deepEqual(await verdictOf('pause_application', { appId: appOf(scene, 2) }), []);
    assert.deepEqual(await verdictOf('drain', {}), ['warn']);
    assert.deepEqual(await verdictOf('pause_event_type', { eventType: 'a.b' }), ['warn']);
  });

  test('a revert of the field that one has altered is refused', async (t) => {
    const scene = await open(t);
    const endpointId = idOf(scene, 1);
    const known = await scene.configuration.endpoints.byId(endpointId);
    assert.ok(known);
    const changed = await scene.configuration.endpoints.update(
      known,
      (now) => ({ ...now, lane: { ...now.lane, adaptive: true } }),
      somebody,
    );
    const first = await applied(scene, 'lower_rate', { endpointId, concurrency: 1 });
    const target = { changeIds: [changed.revision] };
    await assert.rejects(scene.mitigations.apply('revert_changes', target, [first], somebody), {
      code: 'state_conflict',
    });
  });
});

test('who alerts whom is no cause: no revert takes it back, nor is refused for it', async (t) => {
  const scene = await open(t);
  scene.move(3_600_000);
  const [one, two] = scene.endpoints;
  assert.ok(one && two);
  const { endpoints, incidentRules } = scene.configuration;
  const match = { owners: [], severities: [], kinds: [], hours: null };
  const rule = { name: 'r', description: '', position: 1, match, opens: true, mitigations: [] };
  const { revision } = await incidentRules.create(rule, somebody);
  const moved = await endpoints.update(one, (now) => ({ ...now, description: 'x' }), somebody);
  await endpoints.update(two, (now) => ({ ...now, description: 'y' }), somebody);
  const suspects = [suspectOf(moved.revision, { together: [revision] })];
  const offers = await scene.mitigations.offers(context({ suspects }), []);
  const reverts = offers.filter(({ kind }) => kind === 'revert_changes');
  assert.deepEqual(
    reverts.map(({ target }) => target),
    [{ changeIds: [moved.revision] }],
  );
  await applied(scene, 'revert_recent', { minutes: 30 });
  assert.equal((await endpoints.byId(two.id))?.description, '');
  assert.notEqual(await incidentRules.byName('r'), null);
});

test('a revert of the last minutes leaves what mitigations have changed', async (t) => {
  const scene = await open(t);
  scene.move(3_600_000);
  const [one, two] = scene.endpoints;
  assert.ok(one && two);
  const { endpoints } = scene.configuration;
  await endpoints.update(one, (now) => ({ ...now, description: 'x' }), somebody);
  await endpoints.update(two, (now) => ({ ...now, description: 'y' }), somebody);
  const paused = await applied(scene, 'pause_endpoint', { endpointId: one.id });
  const target = { minutes: 30, exceptIds: paused.changeIds };
  await applied(scene, 'revert_recent', target, [paused]);
  const now = await endpoints.byId(one.id);
  assert.deepEqual([now?.description, now?.pausedAt === null], ['', false]);
  assert.equal((await endpoints.byId(two.id))?.description, '');
});

test('what is applied twice, or to nothing, is refused and leaves nothing behind', async (t) => {
  const scene = await open(t);
  const { mitigations } = scene;
  const endpointId = idOf(scene, 0);
  await applied(scene, 'pause_endpoint', { endpointId });
  const before = await scene.documents();
  const refused = (kind: string, target: object, code: string): Promise<void> =>
    assert.rejects(mitigations.apply(kind, { ...target }, [], somebody), { code }, kind);
  await refused('pause_endpoint', { endpointId }, 'state_conflict');
  await refused('pause_endpoint', { endpointId: 5 }, 'not_found');
  await refused('alternate_url', { endpointId: idOf(scene, 1) }, 'state_conflict');
  await refused('lower_rate', { endpointId }, 'validation');
  await refused('lower_rate', { endpointId, concurrency: 0 }, 'validation');
  await refused('lengthen_retries', {}, 'validation');
  await refused('pause_application', { appId: 'acme' }, 'validation');
  await refused('open_circuit', { endpointId, minutes: 1e9 }, 'validation');
  await refused('revert_changes', { changeIds: [] }, 'validation');
  await refused('redrive', { appId: 5 }, 'not_found');
  await refused('reboot', {}, 'validation');
  assert.deepEqual(await scene.documents(), before);
});

test('a longer schedule keeps what it began with, and stays within the bounds of a policy', () => {
  const longer = lengthened(defaultPolicy, 48 * 3_600_000);
  const { delaysMs } = defaultPolicy;
  assert.deepEqual(longer.delaysMs.slice(0, delaysMs.length), delaysMs);
  const sum = (delays: readonly number[]): number => delays.reduce((all, each) => all + each, 0);
  assert.equal(sum(longer.delaysMs) - sum(delaysMs), 48 * 3_600_000);
  assert.ok(longer.maxAgeMs >= sum(longer.delaysMs));
  const full = { ...defaultPolicy, delaysMs: Array.from({ length: 50 }, () => 1000) };
  assert.equal(lengthened(full, 3_600_000), full);
  const long = lengthened({ ...defaultPolicy, delaysMs: [0] }, 336 * 3_600_000);
  assert.ok(long.delaysMs.length <= policyBounds.attempts.max);
  assert.ok(long.maxAgeMs <= policyBounds.maxAgeMs.max);
});

test('a redrive is an act at the rate that was asked for', async (t) => {
  const scene = await open(t);
  const target = { appId: appOf(scene, 0), perSecond: 5 };
  const { effect } = await scene.mitigations.apply('redrive', target, [], somebody);
  const act = await scene.ledger.act(effect.actId ?? 0);
  assert.deepEqual([act?.kind, act?.perSecond], ['redrive', 5]);
});
