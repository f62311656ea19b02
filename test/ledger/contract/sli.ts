import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, SliQuery, SliRow } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  DAY_MS,
  HOUR_MS,
  inFlight,
  MINUTE_MS,
  only,
  openScene,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

const DEADLINE_MS = 60_000;
const all = { fromAt: 0, beforeAt: START * 2, groupBy: [] } as const;

async function rowsOf(scene: Scene, query: Partial<SliQuery> = {}): Promise<readonly SliRow[]> {
  const { rows, nextAt } = await scene.ledger.sli({ unit: 'minute', ...all, ...query });
  assert.equal(nextAt, null);
  return rows;
}

/** What is not 0 in all of it. */
async function sums(
  scene: Scene,
  query: Partial<SliQuery> = {},
): Promise<Readonly<Record<string, number>>> {
  const names = ['accepted', 'cancelled', 'dead', 'onTime', 'late', 'firstOk', 'firstBad'] as const;
  const rows = await rowsOf(scene, query);
  return Object.fromEntries(
    names
      .map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)] as const)
      .filter(([, sum]) => sum !== 0),
  );
}

const keep = (scene: Scene, limit = 100, minutesDays = 14) =>
  scene.ledger.keepSli({ now: scene.now(), limit, minutesDays });

/** Accepted and claimed in one commit, as most messages are. */
async function begin(scene: Scene, eventType = 'invoice.paid') {
  const lease = inFlight(RED, scene.nextId(), scene.now() + 30_000);
  const { id } = await scene.accept({ to: [lease], eventType });
  const { endpointId, attemptId } = lease;
  return { messageId: id, endpointId, attemptId, nth: 1, trigger: 'scheduled' as const };
}

export function describeSli(name: string, open: () => Promise<Ledger>): void {
  describe(`looks at lanes (${name})`, () => {
    const agesOf = async (scene: Scene, query: Partial<SliQuery>) =>
      (await rowsOf(scene, { of: 'lanes', ...query })).map(({ at, endpointId, ages }) => ({
        at,
        endpointId,
        ages,
      }));
    const ages = (...counts: readonly number[]): readonly number[] =>
      Array.from({ length: 9 }, (_, nth) => counts[nth] ?? 0);

    it('add up in their minute, hour and day, by endpoint and as a sum, beside no delivery', async (t) => {
      const scene = await openScene(t, open);
      const minuteAt = START - (START % MINUTE_MS);
      const nextAt = minuteAt + MINUTE_MS;
      const rows = [
        { at: minuteAt, endpointId: RED, ages: ages(1, 2) },
        { at: minuteAt, endpointId: BLUE, ages: ages(0, 0, 4) },
      ];
      await scene.ledger.countAges({ rows });
      await scene.ledger.countAges({ rows: [{ at: nextAt, endpointId: RED, ages: ages(0, 1) }] });
      await scene.ledger.countAges({ rows: [{ at: minuteAt, endpointId: RED, ages: ages(5) }] });
      assert.deepEqual(await agesOf(scene, { groupBy: ['endpoint', 'event_type'] }), [
        { at: minuteAt, endpointId: RED, ages: ages(6, 2) },
        { at: minuteAt, endpointId: BLUE, ages: ages(0, 0, 4) },
        { at: nextAt, endpointId: RED, ages: ages(0, 1) },
      ]);
      for (const unit of ['hour', 'day'] as const) {
        const [sum, ...more] = await agesOf(scene, { unit });
        assert.deepEqual(sum?.ages, ages(6, 3, 4), unit);
        assert.deepEqual(more, []);
        const [red] = await agesOf(scene, { unit, endpointId: RED, eventType: 'any' });
        assert.deepEqual(red?.ages, ages(6, 3), unit);
      }
      assert.deepEqual(await rowsOf(scene), []);
    });

    it('are forgotten by the minute when minutes of deliveries are', async (t) => {
      const scene = await openScene(t, open);
      const minuteAt = START - (START % MINUTE_MS);
      await scene.ledger.countAges({ rows: [{ at: minuteAt, endpointId: RED, ages: ages(1) }] });
      await begin(scene);
      scene.move(3 * DAY_MS);
      while ((await keep(scene, 100, 1)).isMore);
      assert.deepEqual(await agesOf(scene, {}), []);
      assert.equal((await agesOf(scene, { unit: 'hour' })).length, 1);
    });
  });

  describe(`SLI minutes (${name})`, () => {
    it('counts a delivery when it is accepted, when it was attempted, and when it is delivered', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      assert.deepEqual(await sums(scene), { accepted: 1 });
      await scene.settle(lease, { state: 'delivered', durationMs: 40 });
      assert.deepEqual(await sums(scene), { accepted: 1, onTime: 1, firstOk: 1 });
      const row = only(await rowsOf(scene));
      assert.equal(row.at, START);
      assert.equal(row.latency[2], 1, 'within 50 ms: it waited 3 and took 40');
      await scene.assertSliExact();
    });

    it('adds outcomes of a day up, also those of minutes that are in no day yet', async (t) => {
      const scene = await openScene(t, open);
      for (const eventType of ['a.one', 'a.one', 'b.two']) {
        await scene.settle(await begin(scene, eventType), { state: 'delivered' });
        const dueAt = START + DAY_MS;
        await scene.settle(await begin(scene, eventType), { state: 'scheduled', dueAt });
        scene.move(MINUTE_MS);
      }
      const first = { dayAt: START - (START % DAY_MS), indicator: 'first_attempt' } as const;
      const { ledger } = scene;
      const check = async (): Promise<void> => {
        assert.deepEqual(await ledger.sliOfDay(first), [RED, ACME, 3, 3]);
        assert.deepEqual(await ledger.sliOfDay({ ...first, endpointIds: [RED] }), [
          RED,
          ACME,
          3,
          3,
        ]);
        assert.deepEqual(await ledger.sliOfDay({ ...first, endpointIds: [RED + 1] }), []);
        assert.deepEqual(await ledger.sliOfDay({ ...first, eventTypes: ['b.two', 'c'] }), [
          RED,
          ACME,
          1,
          1,
        ]);
        assert.deepEqual(await ledger.sliOfDay({ ...first, dayAt: first.dayAt - DAY_MS }), []);
        assert.deepEqual(await ledger.sliOfDay({ ...first, dayAt: first.dayAt + DAY_MS }), []);
      };
      await check();
      const onTime = { ...first, indicator: 'on_time' } as const;
      assert.deepEqual(await ledger.sliOfDay(onTime), [], 'nothing is late');
      const asked = await ledger.sliOfDay({ ...onTime, endpointIds: [RED] });
      assert.deepEqual(asked, [RED, ACME, 3, 0]);
      for (let isMore = true; isMore;) {
        const keep = { now: START + 10 * MINUTE_MS, limit: 1, minutesDays: 14 };
        ({ isMore } = await ledger.keepSli(keep));
        await check();
      }
      assert.deepEqual(await ledger.sliOfDay(onTime), [RED, ACME, 3, 3]);
    });

    it('adds outcomes up over a span by endpoint, application and event type, page by page', async (t) => {
      const scene = await openScene(t, open);
      for (const eventType of ['a.one', 'a.one', 'b.two']) {
        await scene.settle(await begin(scene, eventType), { state: 'delivered' });
        scene.move(MINUTE_MS);
        await scene.settle(await begin(scene, eventType), {
          state: 'scheduled',
          dueAt: START + DAY_MS,
        });
      }
      const span = { unit: 'minute', fromAt: START, beforeAt: START + HOUR_MS } as const;
      const first = { ...span, indicator: 'first_attempt' } as const;
      assert.deepEqual(await scene.ledger.sliOutcomes(first), {
        sums: [RED, ACME, 'a.one', 2, 2, RED, ACME, 'b.two', 1, 1],
        next: null,
      });
      const after = [START + MINUTE_MS, RED, ACME, 'a.one'] as const;
      const { sums: later } = await scene.ledger.sliOutcomes({ ...first, after });
      assert.deepEqual(later, [RED, ACME, 'a.one', 0, 1, RED, ACME, 'b.two', 1, 1]);
      const before = { ...first, beforeAt: START + MINUTE_MS };
      assert.deepEqual((await scene.ledger.sliOutcomes(before)).sums, [RED, ACME, 'a.one', 1, 0]);
      const onTime = { ...span, indicator: 'on_time' } as const;
      assert.deepEqual((await scene.ledger.sliOutcomes(onTime)).sums, [
        RED,
        ACME,
        'a.one',
        2,
        0,
        RED,
        ACME,
        'b.two',
        1,
        0,
      ]);
    });

    it('puts a first attempt into the minute it ended in, and all else into that of acceptance', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      await scene.settle(lease, { state: 'scheduled', dueAt: START + 1000, durationMs: 70_000 });
      const rows = await rowsOf(scene);
      assert.deepEqual(
        rows.map(({ at, accepted, firstBad }) => ({ at, accepted, firstBad })),
        [
          { at: START, accepted: 1, firstBad: 0 },
          { at: START + MINUTE_MS, accepted: 0, firstBad: 1 },
        ],
      );
      await scene.assertSliExact();
    });

    it('counts a delivery late the moment its deadline passes, once, and never on time after', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      scene.move(DEADLINE_MS);
      assert.equal((await keep(scene)).late, 0, 'the deadline itself is on time');
      scene.move(1);
      assert.equal((await keep(scene)).late, 1);
      assert.equal((await keep(scene)).late, 0);
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'delivered' });
      assert.deepEqual(await sums(scene), { accepted: 1, late: 1, firstOk: 1 });
      await scene.assertSliExact();
    });

    it('counts it late once where it is delivered after its deadline before anybody looked', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      scene.move(2 * DEADLINE_MS);
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'delivered' });
      assert.equal((await keep(scene)).late, 0);
      assert.deepEqual(await sums(scene), { accepted: 1, late: 1, firstOk: 1 });
      await scene.replay(claim.messageId, RED);
      assert.equal((await keep(scene)).late, 0);
      await scene.assertSliExact();
    });

    it('takes "late" back where the outcome of an attempt that ended in time came after the scan', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      scene.move(DEADLINE_MS + 1);
      assert.equal((await keep(scene)).late, 1);
      await scene.settle(lease, { state: 'delivered', durationMs: 59_000 });
      assert.deepEqual(await sums(scene), { accepted: 1, onTime: 1, firstOk: 1 });
      await scene.assertSliExact();
    });

    it('counts the earliest delivery of one that was delivered twice', async (t) => {
      const scene = await openScene(t, open);
      const first = await begin(scene);
      scene.move(30_001);
      const second = await scene.claimOne(RED);
      await scene.settle(second, { state: 'delivered', durationMs: 40_000 });
      assert.deepEqual(await sums(scene), { accepted: 1, late: 1 });
      await scene.settle(first, { state: 'delivered', durationMs: 10 });
      assert.deepEqual(await sums(scene), { accepted: 1, onTime: 1, firstOk: 1 });
      const latency = (await rowsOf(scene)).map((row) => row.latency);
      assert.equal(
        latency.flat().reduce((sum, count) => sum + count),
        1,
      );
      await scene.replay(first.messageId, RED);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.deepEqual(await sums(scene), { accepted: 1, onTime: 1, firstOk: 1 });
      await scene.assertSliExact();
    });

    it('owes nothing by the deadline for what was cancelled then', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.accept({ to: [cancelled(RED), BLUE] });
      await scene.cancel(id, BLUE);
      assert.deepEqual(await sums(scene), { accepted: 2, cancelled: 2 });
      scene.move(DEADLINE_MS + 1);
      assert.equal((await keep(scene)).late, 0);
      await scene.replay(id, BLUE);
      await scene.settle(await scene.claimOne(BLUE), { state: 'delivered' });
      assert.deepEqual(await sums(scene), { accepted: 2, cancelled: 1, firstOk: 1 });
      await scene.assertSliExact();
    });

    it('knows how many are dead letters now', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.deadLetter([RED, BLUE]);
      assert.deepEqual(await sums(scene), { accepted: 2, dead: 2, firstBad: 2 });
      await scene.finish(await scene.startAct({ filter: { endpointId: RED } }));
      assert.deepEqual(await sums(scene), { accepted: 2, dead: 1, firstBad: 2 });
      await scene.cancel(id, BLUE);
      assert.deepEqual(await sums(scene), { accepted: 2, cancelled: 1, firstBad: 2 });
      await scene.assertSliExact();
    });

    it('holds a delivery that was added afterwards to no deadline', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.accept({ to: [] });
      await scene.replay(id, RED);
      scene.move(2 * DEADLINE_MS);
      assert.equal((await keep(scene)).late, 0);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.deepEqual(await sums(scene), { firstOk: 1 });
      await scene.assertSliExact();
    });

    it('counts neither ok nor bad what was interrupted, until its outcome is known', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      await scene.ledger.endLeases(scene.now());
      assert.deepEqual(await sums(scene), { accepted: 1 });
      await scene.settle(lease, { state: 'delivered', durationMs: 5 });
      assert.deepEqual(await sums(scene), { accepted: 1, onTime: 1, firstOk: 1 });
      await scene.assertSliExact();
    });

    it('keeps nothing of an operation that failed, and all of those beside it', async (t) => {
      const scene = await openScene(t, open);
      const good = scene.compose({ to: [RED] });
      const bad = scene.compose({ to: [RED, RED] });
      const results = await Promise.allSettled([
        scene.ledger.accept(good),
        scene.ledger.accept(bad),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      );
      assert.deepEqual(await sums(scene), { accepted: 1 });
      await scene.assertSliExact();
    });

    it('counts at once what was accepted after its deadline had been looked at', async (t) => {
      const scene = await openScene(t, open);
      const slow = scene.compose({ to: [RED] });
      scene.move(1);
      await scene.accept({ to: [RED] });
      scene.move(2 * DEADLINE_MS);
      assert.equal((await keep(scene)).late, 1);
      await scene.ledger.accept(slow);
      assert.deepEqual(await sums(scene), { accepted: 2, late: 2 });
      await scene.assertSliExact();
    });

    it('looks at a bounded number of deliveries in a step, and goes on where it was', async (t) => {
      const scene = await openScene(t, open);
      for (let nth = 0; nth < 5; nth += 1) await scene.accept({ to: [RED, BLUE] });
      scene.move(DEADLINE_MS + 1);
      const first = await keep(scene, 4);
      assert.deepEqual({ late: first.late, isMore: first.isMore }, { late: 4, isMore: true });
      assert.equal(first.oldestDueAt, START);
      assert.deepEqual([(await keep(scene, 4)).late, (await keep(scene, 4)).late], [4, 2]);
      await scene.assertSliExact();
    });

    it('keeps the deadline that was in force at acceptance', async (t) => {
      const scene = await openScene(t, open);
      await scene.ledger.setDeliveryDeadline({ deadlineMs: 10_000, now: scene.now() });
      const { id } = await scene.accept({ to: [RED] });
      await scene.ledger.setDeliveryDeadline({ deadlineMs: 2000, now: scene.now() });
      const other = await scene.accept({ to: [BLUE] });
      scene.move(5000);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      await scene.settle(await scene.claimOne(BLUE), { state: 'delivered' });
      const late = await sums(scene, { endpointId: BLUE });
      assert.deepEqual(await sums(scene, { endpointId: RED }), {
        accepted: 1,
        onTime: 1,
        firstOk: 1,
      });
      assert.deepEqual(late, { accepted: 1, late: 1, firstOk: 1 });
      assert.ok(other.id > id);
      scene.move(MINUTE_MS);
      await keep(scene);
      await scene.assertSliExact();
    });

    it('adds minutes that are over to hours and days, and what comes later to both', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      scene.move(HOUR_MS);
      await begin(scene);
      scene.move(HOUR_MS);
      while ((await keep(scene, 1)).isMore);
      await scene.settle(lease, { state: 'dead', durationMs: 10 });
      const hours = await rowsOf(scene, { unit: 'hour' });
      assert.deepEqual(
        hours.map(({ at, accepted, late, dead, firstBad }) => [at, accepted, late, dead, firstBad]),
        [
          [START, 1, 1, 1, 1],
          [START + HOUR_MS, 1, 1, 0, 0],
        ],
      );
      const day = only(await rowsOf(scene, { unit: 'day' }));
      assert.deepEqual([day.at, day.accepted, day.late], [START - (START % DAY_MS), 2, 2]);
    });

    it('forgets minutes that were kept long enough; hours and days go on being true', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.deadLetter(RED);
      scene.move(3 * DAY_MS);
      for (let steps = 0; steps < 5; steps += 1) await keep(scene, 10, 2);
      assert.deepEqual(await rowsOf(scene), []);
      await scene.cancel(id, RED);
      assert.deepEqual(await rowsOf(scene), [], 'a minute that is gone does not come back');
      for (const unit of ['hour', 'day'] as const) {
        const rest = { accepted: 1, cancelled: 1, late: 1, firstBad: 1 };
        assert.deepEqual(await sums(scene, { unit }), rest);
      }
      await scene.assertSliExact();
    });

    it('is read by application, endpoint and event type, grouped as asked', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED, BLUE], eventType: 'a' });
      await scene.accept({ to: [RED], eventType: 'b' });
      await scene.accept({ to: [RED], eventType: 'b', appId: UMBRA });
      assert.deepEqual(await sums(scene, { appId: UMBRA }), { accepted: 1 });
      assert.deepEqual(await sums(scene, { endpointId: RED, eventType: 'b' }), { accepted: 2 });
      assert.deepEqual(
        (await rowsOf(scene, { groupBy: ['endpoint', 'event_type'], appId: ACME })).map(
          ({ endpointId, eventType, appId, accepted }) => [endpointId, eventType, appId, accepted],
        ),
        [
          [RED, 'a', null, 1],
          [RED, 'b', null, 1],
          [BLUE, 'a', null, 1],
        ],
      );
      assert.deepEqual(await rowsOf(scene, { eventType: 'c' }), []);
      assert.deepEqual(await rowsOf(scene, { beforeAt: START }), []);
    });

    it('does not compare minutes whose attempts were purged', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene);
      await scene.settle(lease, { state: 'delivered' });
      scene.move(31 * DAY_MS);
      await begin(scene);
      assert.equal(await scene.purgeAll(), 1);
      const { rows, comparedFromAt, differences } = await scene.ledger.compareSli({
        fromAt: 0,
        beforeAt: START * 2,
        nameAtMost: 10,
      });
      assert.deepEqual({ rows, differences }, { rows: 1, differences: [] });
      assert.ok(comparedFromAt > START);
      assert.deepEqual(await sums(scene), { accepted: 2, onTime: 1, firstOk: 1 });
    });
  });
}
