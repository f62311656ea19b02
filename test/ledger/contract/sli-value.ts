import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertNever } from '../../../src/core/index.ts';
import type { Ledger, SliQuery, SliValueRow } from '../../../src/ledger/index.ts';
import { runs } from '../../support/ledger-property.ts';
import {
  ACME,
  BLUE,
  cancelled,
  createScene,
  DAY_MS,
  HOUR_MS,
  inFlight,
  only,
  openScene,
  RED,
  START,
  UMBRA,
  type AttemptLease,
  type Plan,
  type Scene,
} from '../../support/ledger-scene.ts';

const DEADLINE_MS = 60_000;
const all = { fromAt: 0, beforeAt: START * 2, groupBy: [] } as const;
const names = ['accepted', 'cancelled', 'dead', 'delivered', 'late', 'delayed', 'lost'] as const;
const euros = (amount: number) => ({ amount, currency: 'EUR' });

async function rowsOf(
  { ledger }: Scene,
  query: Partial<SliQuery> = {},
): Promise<readonly SliValueRow[]> {
  const { rows, nextAt } = await ledger.sliValue({ unit: 'minute', ...all, ...query });
  assert.equal(nextAt, null);
  return rows;
}

/** By currency, what is not 0 in all of it. */
async function carried(scene: Scene, query: Partial<SliQuery> = {}) {
  const byCurrency = Map.groupBy(await rowsOf(scene, query), ({ currency }) => currency);
  return Object.fromEntries(
    Array.from(byCurrency, ([currency, rows]) => [
      currency,
      Object.fromEntries(
        names
          .map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)] as const)
          .filter(([, sum]) => sum !== 0),
      ),
    ]),
  );
}

const keep = (scene: Scene, limit = 100, minutesDays = 14) =>
  scene.ledger.keepSli({ now: scene.now(), limit, minutesDays });

async function begin(scene: Scene, plan: Plan): Promise<AttemptLease> {
  const lease = inFlight(RED, scene.nextId(), scene.now() + 30_000);
  const { id } = await scene.accept({ to: [lease], ...plan });
  return {
    messageId: id,
    endpointId: RED,
    attemptId: lease.attemptId,
    nth: 1,
    trigger: 'scheduled',
  };
}

export function describeSliValue(name: string, open: () => Promise<Ledger>): void {
  describe(`the value that deliveries carry (${name})`, () => {
    it('is kept with its message', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.accept({ to: [RED], value: euros(1250) });
      const plain = await scene.accept({ to: [RED] });
      assert.deepEqual((await scene.ledger.message(id))?.value, euros(1250));
      assert.equal((await scene.ledger.message(plain.id))?.value, undefined);
    });

    it('is summed once for each delivery, apart by currency, and not at all where there is none', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED, BLUE], value: euros(1250) });
      await scene.accept({ to: [RED], value: { amount: 900, currency: 'JPY' } });
      await scene.accept({ to: [RED], value: euros(0) });
      await scene.accept({ to: [RED] });
      assert.deepEqual(await carried(scene), { EUR: { accepted: 2500 }, JPY: { accepted: 900 } });
      assert.equal((await rowsOf(scene, { groupBy: ['endpoint'] })).length, 3);
      await scene.assertSliExact();
    });

    it('is delayed from the deadline on, and stays so when it is delivered after all', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED], value: euros(500) });
      scene.move(DEADLINE_MS + 1);
      await keep(scene);
      const late = { accepted: 500, late: 500, delayed: 500 };
      assert.deepEqual(await carried(scene), { EUR: late });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.deepEqual(await carried(scene), { EUR: { ...late, delivered: 500 } });
      await scene.assertSliExact();
    });

    it('is lost with a dead letter, late or not, and delayed when a redrive brings it back', async (t) => {
      const scene = await openScene(t, open);
      await scene.deadLetter([RED, BLUE], { value: euros(500) });
      assert.deepEqual(await carried(scene), { EUR: { accepted: 1000, dead: 1000, lost: 1000 } });
      scene.move(DEADLINE_MS + 1);
      await keep(scene);
      assert.deepEqual(await carried(scene), {
        EUR: { accepted: 1000, dead: 1000, lost: 1000, late: 1000 },
      });
      await scene.finish(await scene.startAct({ filter: { endpointId: RED } }));
      const back = { accepted: 1000, dead: 500, lost: 500, late: 1000, delayed: 500 };
      assert.deepEqual(await carried(scene), { EUR: back });
      await scene.assertSliExact();
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.deepEqual(await carried(scene), { EUR: { ...back, delivered: 500 } });
      await scene.assertSliExact();
    });

    it('is lost with what is cancelled, unless the receiver has it', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [cancelled(RED)], value: euros(7) });
      const lease = await begin(scene, { value: euros(100) });
      await scene.settle(lease, { state: 'delivered' });
      await scene.replay(lease.messageId, RED);
      await scene.cancel(lease.messageId, RED);
      assert.deepEqual(await carried(scene), {
        EUR: { accepted: 107, cancelled: 107, delivered: 100, lost: 7 },
      });
      await scene.assertSliExact();
    });

    it('is no longer lost where an attempt that was given up turns out to have delivered', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene, { value: euros(100) });
      scene.move(30_001);
      const second = await scene.claimOne(RED);
      await scene.settle(second, { state: 'dead' });
      scene.move(DEADLINE_MS);
      await keep(scene);
      assert.deepEqual(await carried(scene), {
        EUR: { accepted: 100, dead: 100, lost: 100, late: 100 },
      });
      await scene.settle(lease, { state: 'delivered', durationMs: 80_000 });
      assert.deepEqual(await carried(scene), {
        EUR: { accepted: 100, dead: 100, late: 100, delayed: 100, delivered: 100 },
      });
      await scene.assertSliExact();
    });

    it('is in time again where the outcome of an attempt that ended in time came after the scan', async (t) => {
      const scene = await openScene(t, open);
      const lease = await begin(scene, { value: euros(100) });
      scene.move(DEADLINE_MS + 1);
      await keep(scene);
      await scene.settle(lease, { state: 'delivered', durationMs: 59_000 });
      assert.deepEqual(await carried(scene), { EUR: { accepted: 100, delivered: 100 } });
      await scene.assertSliExact();
    });

    it('keeps nothing of an operation that failed', async (t) => {
      const scene = await openScene(t, open);
      const results = await Promise.allSettled([
        scene.ledger.accept(scene.compose({ to: [RED], value: euros(1) })),
        scene.ledger.accept(scene.compose({ to: [RED, RED], value: euros(10) })),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      );
      assert.deepEqual(await carried(scene), { EUR: { accepted: 1 } });
      await scene.assertSliExact();
    });

    it('goes into hours and days with its minute, and what comes later too; minutes are forgotten', async (t) => {
      const scene = await openScene(t, open);
      const { id } = await scene.deadLetter(RED, { value: euros(30) });
      scene.move(HOUR_MS);
      await scene.accept({ to: [RED], value: euros(12) });
      scene.move(3 * DAY_MS);
      for (let steps = 0; steps < 20; steps += 1) await keep(scene, 10, 2);
      assert.deepEqual(await rowsOf(scene), []);
      await scene.cancel(id, RED);
      const sums = { accepted: 42, cancelled: 30, late: 42, delayed: 12, lost: 30 };
      assert.deepEqual(await carried(scene, { unit: 'hour' }), { EUR: sums });
      assert.deepEqual(await carried(scene, { unit: 'day' }), { EUR: sums });
      assert.equal((await rowsOf(scene, { unit: 'hour' })).length, 2);
      await scene.assertSliExact();
    });

    it('says no more than 2^53 - 1, and no sum of it makes a commit or a reading fail', async (t) => {
      const scene = await openScene(t, open);
      const most = Number.MAX_SAFE_INTEGER;
      for (const to of [[RED], [RED, BLUE]]) {
        await scene.accept({ to, value: euros(most) });
        await scene.accept({ to, value: euros(most - 1) });
      }
      const { id } = await scene.deadLetter(RED, { value: euros(most) });
      await scene.cancel(id, RED);
      scene.move(DEADLINE_MS + 1);
      await keep(scene);
      const row = only(await rowsOf(scene));
      assert.deepEqual([row.accepted, row.late, row.cancelled], [most, most, most]);
      await scene.assertSliExact();
    });

    it('is read by application, endpoint and event type', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED, BLUE], eventType: 'a', value: euros(1) });
      await scene.accept({ to: [RED], eventType: 'b', appId: UMBRA, value: euros(10) });
      assert.deepEqual(await carried(scene, { appId: UMBRA }), { EUR: { accepted: 10 } });
      assert.deepEqual(
        (await rowsOf(scene, { groupBy: ['app', 'endpoint', 'event_type'] })).map(
          ({ appId, endpointId, eventType, accepted }) => [appId, endpointId, eventType, accepted],
        ),
        [
          [ACME, RED, 'a', 1],
          [ACME, BLUE, 'a', 1],
          [UMBRA, RED, 'b', 10],
        ].toSorted(([, one], [, other]) => Number(one) - Number(other)),
      );
      assert.deepEqual(await rowsOf(scene, { eventType: 'c' }), []);
    });

    it('equals what every single delivery carries, whatever became of them', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const ledger = await open();
          try {
            await new Run(createScene(ledger)).check(steps);
          } finally {
            await ledger.close();
          }
        }),
        runs(60),
      );
    });
  });
}

type Step =
  | { readonly do: 'accept'; readonly amount: number | null; readonly isCancelled: boolean }
  | {
      readonly do: 'settle';
      readonly lease: number;
      readonly state: 'scheduled' | 'delivered' | 'dead';
      readonly durationMs: number;
    }
  | { readonly do: 'claim' | 'keep' | 'redrive' }
  | { readonly do: 'replay' | 'cancel'; readonly message: number }
  | { readonly do: 'move'; readonly byMs: number };

const index = fc.nat({ max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('accept'),
      amount: fc.option(fc.nat({ max: 1_000_000 }), { freq: 6 }),
      isCancelled: fc.nat({ max: 6 }).map((nth) => nth === 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      lease: index,
      state: fc.constantFrom('scheduled', 'delivered', 'dead'),
      durationMs: fc.nat({ max: 90_000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('claim', 'keep', 'redrive') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('replay', 'cancel'), message: index }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move'), byMs: fc.nat({ max: 70_000 }) }) },
);

/**
 * Each message has an event type of its own, so its counts are those of one delivery, and its value must be these
 * counts times its amount. The counts themselves are held against the rows elsewhere.
 */
class Run {
  readonly #scene: Scene;
  readonly #messages: { readonly id: number; readonly amount: number }[] = [];
  readonly #leases: AttemptLease[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async check(steps: readonly Step[]): Promise<void> {
    for (const one of steps) await this.#take(one);
    await this.#take({ do: 'move', byMs: DEADLINE_MS + 1 });
    await this.#take({ do: 'keep' });
    const scene = this.#scene;
    await scene.assertSliExact();
    const groupBy = ['event_type'] as const;
    const { rows } = await scene.ledger.sli({ unit: 'minute', ...all, groupBy });
    const values = await rowsOf(scene, { groupBy });
    for (const [nth, { amount }] of this.#messages.entries()) {
      const own = rows.filter(({ eventType }) => eventType === `type-${nth}`);
      const count = (name: 'accepted' | 'cancelled' | 'dead' | 'late'): number =>
        own.reduce((sum, row) => sum + row[name], 0);
      const delivered = own.flatMap(({ latency }) => latency).reduce((sum, one) => sum + one, 0);
      const lost = count('dead') + count('cancelled') > 0 && delivered === 0 ? 1 : 0;
      const times = {
        accepted: count('accepted'),
        cancelled: count('cancelled'),
        dead: count('dead'),
        delivered,
        late: count('late'),
        delayed: count('late') * (1 - lost),
        lost,
      };
      const row = values.find(({ eventType }) => eventType === `type-${nth}`);
      for (const name of names) assert.equal(row?.[name] ?? 0, times[name] * amount, name);
    }
    // And added up by one reading.
    for (const name of names) {
      const sum = values.reduce((so, row) => so + row[name], 0);
      assert.equal((await carried(scene))['EUR']?.[name] ?? 0, sum);
    }
  }

  async #take(one: Step): Promise<void> {
    const scene = this.#scene;
    switch (one.do) {
      case 'accept': {
        const lease = inFlight(RED, scene.nextId(), scene.now() + 30_000);
        const message = await scene.accept({
          to: [one.isCancelled ? cancelled(RED) : lease],
          eventType: `type-${this.#messages.length}`,
          value: one.amount === null ? undefined : euros(one.amount),
        });
        this.#messages.push({ id: message.id, amount: one.amount ?? 0 });
        if (one.isCancelled) return;
        this.#leases.push({
          messageId: message.id,
          endpointId: RED,
          attemptId: lease.attemptId,
          nth: 1,
          trigger: 'scheduled',
        });
        return;
      }
      case 'settle': {
        const [lease] = this.#leases.splice(one.lease % Math.max(1, this.#leases.length), 1);
        if (lease === undefined) return;
        const dueAt = one.state === 'scheduled' ? scene.now() : null;
        await scene.settle(lease, { state: one.state, dueAt, durationMs: one.durationMs });
        return;
      }
      case 'claim':
        this.#leases.push(...(await scene.claim(RED, { limit: 3 })).claims);
        return;
      case 'keep':
        while ((await keep(scene, 5)).isMore);
        return;
      case 'redrive':
        await scene.finish(await scene.startAct());
        return;
      case 'replay':
      case 'cancel': {
        const { id } = this.#messages[one.message % Math.max(1, this.#messages.length)] ?? {};
        if (id !== undefined) await scene[one.do](id, RED);
        return;
      }
      case 'move':
        scene.move(one.byMs);
        return;
      default:
        return assertNever(one);
    }
  }
}
