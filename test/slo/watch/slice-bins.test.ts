import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Ledger } from '../../../src/ledger/index.ts';
import { CountedMinutes } from '../../../src/slo/minutes/counted-minutes.ts';
import { SliceBins } from '../../../src/slo/watch/slice-bins.ts';
import { openWatchScene, promise, DEADLINE_MS } from '../../support/watch-scene.ts';

const all = { apps: null, endpoints: null, eventTypes: null };

type Step = {
  readonly ms: number;
  readonly good: number;
  readonly bad: number;
  readonly isLook: boolean;
};

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    ms: fc.oneof(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 0, max: 1_500_000 })),
    good: fc.integer({ min: 0, max: 3 }),
    bad: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 })),
    isLook: fc.boolean(),
  }),
  { maxLength: 12 },
);

test('each outcome is in one bin, whenever somebody looks', async (t) => {
  const seed = Date.now();
  t.diagnostic(`seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.boolean(),
      fc.boolean(),
      async (sequence, wantsEndpoints, isShared) => {
        const cleanups: (() => unknown)[] = [];
        const scene = await openWatchScene(
          { after: (work) => void cleanups.push(work) },
          { endpoints: 3, hasDefaults: false },
        );
        const minutes = isShared ? new CountedMinutes(scene.ledger) : null;
        const bins = new SliceBins(scene.ledger, DEADLINE_MS, minutes);
        const objective = { ...promise };
        const look = async () => {
          await minutes?.refresh(scene.now());
          return bins.look(objective, all, scene.now(), wantsEndpoints);
        };
        const sent = { total: 0, bad: 0 };
        const seen = { total: 0, bad: 0, failing: 0, apart: 0 };
        await look();
        let endAt = scene.now();
        for (const [nth, { ms, good, bad, isLook }] of [
          ...sequence,
          { ms: 1, good: 0, bad: 0, isLook: true },
        ].entries()) {
          await scene.look(ms);
          const endpoint = scene.endpoints[nth % 3];
          if (endpoint !== undefined) await scene.send(endpoint.id, { good, bad });
          sent.total += good + bad;
          sent.bad += bad;
          if (!isLook && scene.now() - endAt < 2_000_000) continue;
          const bin = await look();
          if (bin === null) continue;
          assert.equal(bin.startAt, endAt);
          endAt = bin.endAt;
          seen.total += bin.total;
          seen.bad += bin.bad;
          for (const one of bin.failing) seen.failing += one.bad;
          for (const one of bin.endpoints) seen.apart += one.total;
        }
        assert.deepEqual([seen.total, seen.bad, seen.failing], [sent.total, sent.bad, sent.bad]);
        if (wantsEndpoints) assert.equal(seen.apart, sent.total);
        for (const work of cleanups) await work();
      },
    ),
    { seed, numRuns: 60 },
  );
});

test('what happens between two reads of a look is in its bin as a whole, or not at all', async (t) => {
  const scene = await openWatchScene(t, { endpoints: 2, hasDefaults: false });
  const [one, other] = scene.endpoints;
  assert.ok(one && other);
  let between = (): Promise<void> => Promise.resolve();
  const ledger: Pick<Ledger, 'sli'> = {
    async sli(query) {
      const read = await scene.ledger.sli(query);
      await between();
      return read;
    },
  };
  const bins = new SliceBins(ledger, DEADLINE_MS, null);
  const look = () => bins.look(promise, all, scene.now(), false);
  await look();
  await scene.look();
  await scene.send(one.id, { bad: 1 });
  between = async () => {
    between = () => Promise.resolve();
    await scene.send(other.id, { bad: 2 });
  };
  const bin = await look();
  assert.ok(bin);
  assert.deepEqual([bin.total, bin.bad], [3, 3]);
  assert.equal(
    bin.failing.reduce((sum, { bad }) => sum + bad, 0),
    bin.bad,
  );
  await scene.look();
  assert.equal((await look())?.total, 0);
});
