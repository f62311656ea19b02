import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, SampledDelivery, SampleQuery } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  cancelled,
  HOUR_MS,
  MINUTE_MS,
  openScene,
  RED,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

const query: SampleQuery = {
  fromAt: START - HOUR_MS,
  beforeAt: START + HOUR_MS,
  now: START + HOUR_MS,
  deadlineMs: null,
  limit: 1000,
  oneOf: 1,
};

/** All pages of so many deliveries each. */
async function readAll(
  ledger: Ledger,
  asked: SampleQuery,
): Promise<{ rows: SampledDelivery[]; lookedAt: number }> {
  const rows: SampledDelivery[] = [];
  let lookedAt = 0;
  for (let after: SampleQuery['after']; ;) {
    const page = await ledger.sampleDeliveries({ ...asked, after });
    assert.ok(page.lookedAt <= asked.limit);
    rows.push(...page.rows);
    lookedAt += page.lookedAt;
    if (page.next === null) return { rows, lookedAt };
    after = page.next;
  }
}

export function describeSamples(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: samples of deliveries`, () => {
    it('gives what the first attempt met, whatever became of it later', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const timing = {
        queuedMs: 7,
        dnsMs: null,
        connectMs: 6.5,
        tlsMs: null,
        sentMs: 0,
        firstByteMs: 7.001,
        lastByteMs: 2,
        failedPhase: 'last_byte' as const,
      };
      await scene.settle(await scene.claimOne(RED), {
        state: 'scheduled',
        outcome: 'timeout',
        statusCode: null,
        detail: 'nothing came',
        dueAt: START,
        timing,
        canaryId: 5,
        address: '192.0.2.7',
        certificate: 'abcd',
      });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered', address: '192.0.2.8' });
      const expected = {
        appId: ACME,
        endpointId: RED,
        eventType: 'invoice.paid',
        isBad: true,
        weight: 1,
        at: START,
        outcome: 'timeout',
        statusCode: null,
        detail: 'nothing came',
        failedPhase: 'last_byte',
        longestPhase: 'first_byte',
        canaryId: 5,
        address: '192.0.2.7',
        certificate: 'abcd',
      };
      for (const who of [{}, { appId: ACME }, { endpointId: RED }]) {
        const page = await scene.ledger.sampleDeliveries({ ...query, ...who });
        assert.deepEqual(page, { rows: [expected], lookedAt: 1, next: null });
      }
      for (const who of [{ appId: UMBRA }, { endpointId: BLUE }]) {
        const page = await scene.ledger.sampleDeliveries({ ...query, ...who });
        assert.deepEqual(page.rows, []);
      }
      const later = await scene.ledger.sampleDeliveries({ ...query, fromAt: START + MINUTE_MS });
      assert.deepEqual(later.rows, []);
    });

    it('pages through fan-outs without missing or repeating one, the newest first', async (t) => {
      const scene = await openScene(t, open);
      for (let nth = 0; nth < 20; nth += 1) {
        await scene.accept({ to: [RED, BLUE] });
        for (const endpointId of [RED, BLUE]) {
          const state = nth % 4 === 0 ? ('dead' as const) : ('delivered' as const);
          await scene.settle(await scene.claimOne(endpointId), { state });
        }
        scene.move(1000);
      }
      for (const who of [{}, { appId: ACME }, { endpointId: RED }]) {
        const { rows, lookedAt } = await readAll(scene.ledger, { ...query, ...who, limit: 3 });
        const count = 'endpointId' in who ? 20 : 40;
        assert.equal(lookedAt, count);
        assert.equal(new Set(rows.map(({ at, endpointId }) => `${at} ${endpointId}`)).size, count);
        const moments = rows.map(({ at }) => at);
        assert.deepEqual(
          moments,
          moments.toSorted((one, other) => other - one),
        );
        assert.equal(rows.filter(({ isBad }) => isBad).length, count / 4);
      }
    });

    it('gives every bad one, and some good ones that stand for the others', async (t) => {
      const scene = await openScene(t, open);
      for (let nth = 0; nth < 30; nth += 1) {
        await scene.accept({ to: [RED] });
        const state = nth % 6 === 0 ? ('dead' as const) : ('delivered' as const);
        await scene.settle(await scene.claimOne(RED), { state });
      }
      const { rows, lookedAt } = await scene.ledger.sampleDeliveries({ ...query, oneOf: 5 });
      assert.equal(lookedAt, 30);
      const bad = rows.filter(({ isBad }) => isBad);
      const good = rows.filter(({ isBad }) => !isBad);
      assert.deepEqual([bad.length, good.length], [5, 5]);
      assert.deepEqual([...new Set(bad.map(({ weight }) => weight))], [1]);
      assert.deepEqual([...new Set(good.map(({ weight }) => weight))], [5]);
    });

    it('by a deadline: late ones are bad, what is open is left out until then, and so is what was cancelled', async (t) => {
      const scene = await openScene(t, open);
      const judged = async (now: number): Promise<readonly boolean[]> =>
        (await scene.ledger.sampleDeliveries({ ...query, now, deadlineMs: 10_000 })).rows.map(
          ({ isBad }) => isBad,
        );
      await scene.accept({ to: [RED] });
      await scene.settle(await scene.claimOne(RED), { state: 'delivered', durationMs: 10_001 });
      await scene.accept({ to: [BLUE] });
      await scene.settle(await scene.claimOne(BLUE), { state: 'scheduled', dueAt: START + 5000 });
      await scene.accept({ to: [cancelled(RED)] });
      assert.deepEqual(await judged(START + 9000), [true]);
      assert.deepEqual(await judged(START + 10_001), [true, true]);
      scene.move(5000);
      await scene.settle(await scene.claimOne(BLUE), { state: 'delivered', durationMs: 100 });
      assert.deepEqual(await judged(START + 10_001), [false, true]);
    });

    it('leaves out first attempts that we interrupted, and shows late ones that were never attempted', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.settle(await scene.claimOne(RED), {
        state: 'scheduled',
        dueAt: START + HOUR_MS,
        outcome: 'interrupted',
      });
      await scene.accept({ to: [BLUE] });
      assert.deepEqual((await scene.ledger.sampleDeliveries(query)).rows, []);
      const { rows } = await scene.ledger.sampleDeliveries({ ...query, deadlineMs: 1000 });
      assert.deepEqual(
        rows.map(({ endpointId, isBad, outcome, address }) => [
          endpointId,
          isBad,
          outcome,
          address,
        ]),
        [
          [BLUE, true, null, null],
          [RED, true, 'interrupted', '192.0.2.1'],
        ],
      );
    });
  });
}
