import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom, systemClock } from '../../src/core/index.ts';
import {
  openMemoryLedger,
  readImpact,
  type Impact,
  type ImpactRequest,
  type Ledger,
} from '../../src/ledger/index.ts';
import { runs } from '../support/ledger-property.ts';
import {
  ACME,
  BLUE,
  cancelled,
  createScene,
  DAY_MS,
  GREEN,
  inFlight,
  MINUTE_MS,
  openScene,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../support/ledger-scene.ts';

const DEADLINE_MS = 60_000;
const openLedger = (): Ledger => openMemoryLedger({ clock: systemClock, random: seededRandom(1) });
const keep = async (scene: Scene, minutesDays = 14): Promise<void> => {
  while ((await scene.ledger.keepSli({ now: scene.now(), limit: 100, minutesDays })).isMore);
};

function impactOf(scene: Scene, asked: Partial<ImpactRequest> = {}): Promise<Impact> {
  return readImpact(scene.ledger, {
    slice: {},
    fromAt: START,
    now: scene.now(),
    minutesDays: 14,
    unaccounted: 0,
    peopleOf: () => null,
    ...asked,
  });
}

/** The first attempt delivers, or fails and is retried. */
async function deliver(
  scene: Scene,
  endpointId: number,
  { isOk = true, appId = ACME, eventType = 'a', amount = 0, currency = 'EUR' } = {},
): Promise<void> {
  const lease = inFlight(endpointId, scene.nextId(), scene.now() + 30_000);
  const value = { amount, currency };
  const { id } = await scene.accept({ to: [lease], appId, eventType, value });
  await scene.settle(
    { messageId: id, endpointId, attemptId: lease.attemptId, nth: 1, trigger: 'scheduled' },
    isOk ? { state: 'delivered' } : { state: 'scheduled', dueAt: scene.now() + DAY_MS },
  );
}

describe('the impact of a slice', () => {
  const open = (t: TestContext): Promise<Scene> => openScene(t, async () => openLedger());

  it('tells what failed, is late and is dead, of whom, and what that carried', async (t) => {
    const scene = await open(t);
    await deliver(scene, RED, { amount: 100 });
    await deliver(scene, RED, { amount: 250, isOk: false });
    await deliver(scene, GREEN, { amount: 999, appId: UMBRA });
    await scene.deadLetter([RED, BLUE], { value: { amount: 30, currency: 'JPY' } });
    scene.move(DEADLINE_MS + 1);
    await keep(scene);
    const impact = await impactOf(scene, {
      unaccounted: 2,
      peopleOf: (appId) => (appId === ACME ? 500 : 7),
    });
    const { money, ...rest } = impact;
    assert.deepEqual(rest, {
      fromAt: START,
      beforeAt: scene.now(),
      deliveries: {
        accepted: 5,
        failedAtFirst: 3,
        late: 3,
        dead: 2,
        cancelled: 0,
        unaccounted: 2,
      },
      messages: 2,
      isMessagesAtLeast: false,
      endpoints: 2,
      applications: 1,
      endpointIds: [RED, BLUE],
      applicationIds: [ACME],
      people: 500,
    });
    assert.deepEqual(
      money.map(({ currency, delayed, lost }) => ({ currency, delayed, lost })),
      [
        { currency: 'EUR', delayed: 250, lost: 0 },
        { currency: 'JPY', delayed: 0, lost: 60 },
      ],
    );
    // What a minute brought is reckoned as of five.
    const weeks = (7 * DAY_MS) / (5 * MINUTE_MS);
    assert.equal(money[0]?.perWeek, Math.round(250 * weeks));
  });

  it('is nothing where nothing went badly, and knows of no people where nobody said', async (t) => {
    const scene = await open(t);
    await deliver(scene, RED, { amount: 100 });
    const calm = await impactOf(scene, { peopleOf: () => 5 });
    assert.deepEqual(
      [calm.messages, calm.endpoints, calm.applications, calm.money, calm.people],
      [0, 0, 0, [], null],
    );
    await deliver(scene, RED, { isOk: false });
    assert.equal((await impactOf(scene)).people, null);
    assert.equal((await impactOf(scene, { peopleOf: () => 0 })).people, 0);
  });

  it('is that of a slice, by any of its parts and several values of each', async (t) => {
    const scene = await open(t);
    await deliver(scene, RED, { isOk: false, eventType: 'a' });
    await deliver(scene, BLUE, { isOk: false, eventType: 'b' });
    await deliver(scene, GREEN, { isOk: false, eventType: 'c', appId: UMBRA });
    const failed = async (slice: ImpactRequest['slice']): Promise<readonly number[]> => {
      const { deliveries, messages, endpoints } = await impactOf(scene, { slice });
      return [deliveries.failedAtFirst, messages, endpoints];
    };
    assert.deepEqual(await failed({ appIds: [ACME] }), [2, 2, 2]);
    assert.deepEqual(await failed({ appIds: [ACME, UMBRA] }), [3, 3, 3]);
    assert.deepEqual(await failed({ endpointIds: [RED, GREEN] }), [2, 2, 2]);
    assert.deepEqual(await failed({ eventTypes: ['b', 'c'] }), [2, 2, 2]);
    assert.deepEqual(await failed({ appIds: [UMBRA], eventTypes: ['a', 'b'] }), [0, 0, 0]);
    assert.deepEqual(await failed({ endpointIds: [] }), [0, 0, 0]);
  });

  it('begins with the minute of its moment, and leaves out what was before', async (t) => {
    const scene = await open(t);
    await deliver(scene, RED, { isOk: false });
    scene.move(MINUTE_MS);
    await deliver(scene, RED, { isOk: false });
    scene.move(30_000);
    const { fromAt, deliveries, messages } = await impactOf(scene, { fromAt: scene.now() });
    assert.equal(fromAt, START + MINUTE_MS);
    assert.deepEqual([deliveries.failedAtFirst, messages], [1, 1]);
  });

  it('counts a message once, however many of its deliveries went badly and whatever followed', async (t) => {
    const scene = await open(t);
    const { id } = await scene.deadLetter([RED, BLUE]);
    assert.equal((await impactOf(scene)).messages, 1);
    await scene.finish(await scene.startAct());
    scene.move(1000);
    for (const endpointId of [RED, BLUE]) {
      await scene.settle(await scene.claimOne(endpointId), { state: 'delivered' });
    }
    const { messages, deliveries } = await impactOf(scene);
    assert.deepEqual([messages, deliveries.dead, deliveries.failedAtFirst], [1, 0, 2]);
    assert.equal((await scene.ledger.message(id))?.id, id);
  });

  it('counts a message that died without an attempt, before its deadline', async (t) => {
    const scene = await open(t);
    await scene.accept({ to: [RED] });
    const lane = { endpointId: RED, state: 'dead', reason: 'endpoint_gone', limit: 10 } as const;
    assert.equal(await scene.ledger.closeLane(lane), 1);
    const { messages, deliveries } = await impactOf(scene);
    assert.deepEqual([messages, deliveries.dead, deliveries.failedAtFirst], [1, 1, 0]);
  });

  it('reads whole hours of a long span from hours, and comes to the same', async (t) => {
    const scene = await open(t);
    scene.move(17 * MINUTE_MS);
    for (let nth = 0; nth < 30; nth += 1) {
      await deliver(scene, RED, { isOk: nth % 3 > 0, amount: 10 });
      scene.move(11 * MINUTE_MS);
    }
    await keep(scene);
    const units: string[] = [];
    const sli: Ledger['sli'] = (query) => {
      units.push(query.unit);
      return scene.ledger.sli(query);
    };
    const watched = { ...scene.ledger, sli };
    const request = {
      slice: {},
      fromAt: START + 17 * MINUTE_MS,
      now: scene.now(),
      minutesDays: 14,
      unaccounted: 0,
      peopleOf: () => null,
    };
    const { deliveries, money, messages } = await readImpact(watched, request);
    assert.deepEqual(units, ['minute', 'hour', 'minute']);
    assert.deepEqual(
      [deliveries.accepted, deliveries.failedAtFirst, deliveries.late, messages],
      [30, 10, 10, 10],
    );
    assert.equal(money[0]?.delayed, 100);
  });

  it('begins with the hour where the minutes are forgotten', async (t) => {
    const scene = await open(t);
    scene.move(30 * MINUTE_MS);
    await deliver(scene, RED, { isOk: false, amount: 10 });
    scene.move(3 * DAY_MS);
    await keep(scene, 2);
    const { fromAt, deliveries, money } = await impactOf(scene, {
      fromAt: START + 40 * MINUTE_MS,
      minutesDays: 2,
    });
    assert.equal(fromAt, START);
    assert.equal(deliveries.failedAtFirst, 1);
    assert.equal(money[0]?.delayed, 10);
  });

  it('looks at a bounded number of rows at a time, and at no more than a million', async (t) => {
    const scene = await open(t);
    for (let nth = 0; nth < 5; nth += 1) await scene.deadLetter([RED, BLUE]);
    const span = { fromId: 0, beforeId: Number.MAX_SAFE_INTEGER, limit: 4 };
    const first = await scene.ledger.affectedMessages(span);
    assert.equal(first.messages, 2);
    assert.notEqual(first.nextId, null);
    const rest = await scene.ledger.affectedMessages({
      ...span,
      fromId: Number(first.nextId),
      limit: 6,
    });
    assert.deepEqual(rest, { messages: 3, nextId: null });
    let pages = 0;
    const endless: Ledger['affectedMessages'] = async ({ fromId, limit }) => {
      pages += 1;
      assert.ok(limit <= 20_000);
      return { messages: 1, nextId: fromId + 1 };
    };
    const { messages, isMessagesAtLeast } = await readImpact(
      { ...scene.ledger, affectedMessages: endless },
      {
        slice: {},
        fromAt: START,
        now: scene.now(),
        minutesDays: 14,
        unaccounted: 0,
        peopleOf: () => null,
      },
    );
    assert.deepEqual([messages, pages, isMessagesAtLeast], [50, 50, true]);
  });

  it('equals a recount by hand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const ledger = openLedger();
        try {
          await recount(createScene(ledger), seed);
        } finally {
          await ledger.close();
        }
      }),
      runs(15),
    );
  });
});

type Fate = 'delivered' | 'retried' | 'dead' | 'cancelled' | 'waits';
type Made = {
  readonly id: number;
  readonly endpointId: number;
  readonly appId: number;
  readonly amount: number;
  readonly currency: string;
  readonly fate: Fate;
};

/** Messages of which every one's fate is known, held against what the ledger says. */
async function recount(scene: Scene, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random.next() * n);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    assert.ok(item !== undefined);
    return item;
  };
  const made: Made[] = [];
  for (let nth = 0; nth < 40; nth += 1) {
    scene.move(below(20_000));
    const appId = pick([ACME, UMBRA]);
    const fate = pick<Fate>(['delivered', 'delivered', 'retried', 'dead', 'cancelled', 'waits']);
    const [amount, currency] = [below(1000), pick(['EUR', 'JPY', 'KWD'])];
    const endpoints = [RED, BLUE, GREEN].filter(() => below(2) === 0);
    const leases = endpoints.map((id) => inFlight(id, scene.nextId(), scene.now() + 1e9));
    const to = leases.map((lease) => (fate === 'cancelled' ? cancelled(lease.endpointId) : lease));
    const { id } = await scene.accept({ to, appId, value: { amount, currency } });
    for (const { endpointId, attemptId } of leases) {
      made.push({ id, endpointId, appId, amount, currency, fate });
      const lease = { messageId: id, endpointId, attemptId, nth: 1, trigger: 'scheduled' } as const;
      const settle = (end: Parameters<Scene['settle']>[1]) => scene.settle(lease, end);
      if (fate === 'delivered') await settle({ state: 'delivered' });
      else if (fate === 'dead') await settle({ state: 'dead' });
      else if (fate === 'retried') {
        await settle({ state: 'scheduled', dueAt: scene.now() });
        await scene.settle(await scene.claimOne(endpointId), { state: 'delivered' });
      }
    }
  }
  scene.move(DEADLINE_MS + 1);
  await keep(scene);
  const slice = pick<ImpactRequest['slice']>([
    {},
    { appIds: [ACME] },
    { endpointIds: [RED, GREEN] },
    { appIds: [UMBRA], endpointIds: [BLUE] },
  ]);
  const among = made.filter(
    ({ appId, endpointId }) =>
      (slice.appIds?.includes(appId) ?? true) && (slice.endpointIds?.includes(endpointId) ?? true),
  );
  const of = (...fates: readonly Fate[]): readonly Made[] =>
    among.filter(({ fate }) => fates.includes(fate));
  const bad = of('retried', 'dead', 'waits');
  const distinct = (rows: readonly Made[], key: 'id' | 'endpointId' | 'appId'): number =>
    new Set(rows.map((row) => row[key])).size;
  const { money, ...impact } = await impactOf(scene, { slice });
  assert.deepEqual(impact.deliveries, {
    accepted: among.length,
    failedAtFirst: of('retried', 'dead').length,
    late: of('dead', 'waits').length,
    dead: of('dead').length,
    cancelled: of('cancelled').length,
    unaccounted: 0,
  });
  assert.deepEqual(
    [impact.messages, impact.endpoints, impact.applications],
    [distinct(bad, 'id'), distinct(bad, 'endpointId'), distinct(bad, 'appId')],
  );
  for (const currency of ['EUR', 'JPY', 'KWD']) {
    const sum = (rows: readonly Made[]): number =>
      rows.filter((row) => row.currency === currency).reduce((so, { amount }) => so + amount, 0);
    const found = money.find((row) => row.currency === currency);
    assert.equal(found?.delayed ?? 0, sum(of('waits')));
    assert.equal(found?.lost ?? 0, sum(of('dead', 'cancelled')));
  }
}
