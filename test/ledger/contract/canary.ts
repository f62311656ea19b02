import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idAt } from '../../../src/core/index.ts';
import { beginCanary, type Canary } from '../../../src/change/index.ts';
import { sumCells } from '../../../src/change/canary/counts.ts';
import { CanaryFollower } from '../../../src/change/canary/figures.ts';
import type { CanarySecond, Ledger } from '../../../src/ledger/index.ts';
import {
  BLUE,
  inFlight,
  LEASE_MS,
  MINUTE_MS,
  openScene,
  RED,
  SECOND_MS,
  START,
  type Scene,
} from '../../support/ledger-scene.ts';

const CANARY = 77;
const DEADLINE_MS = 60_000;

type Tried = {
  readonly canaryId?: number | null;
  readonly outcome?: string;
  readonly durationMs?: number;
  readonly endpointId?: number;
};

/** A message whose first attempt ended as said; what failed is scheduled again at once. */
async function attempt(scene: Scene, tried: Tried = {}): Promise<void> {
  const { canaryId = null, outcome = 'delivered', durationMs = 10, endpointId = RED } = tried;
  const lease = inFlight(endpointId, scene.nextId(), scene.now() + LEASE_MS);
  const { id: messageId } = await scene.accept({ to: [lease] });
  const state = outcome === 'delivered' ? 'delivered' : 'scheduled';
  await scene.settle(
    { messageId, endpointId, attemptId: lease.attemptId, nth: 1, trigger: 'scheduled' },
    { state, outcome, durationMs, canaryId, dueAt: state === 'scheduled' ? scene.now() : null },
  );
}

async function retry(scene: Scene): Promise<void> {
  const claim = await scene.claimOne(RED);
  await scene.settle(claim, { state: 'delivered', durationMs: 10 });
}

export function describeCanary(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: what canaries compare`, () => {
    const counts = async (
      { ledger, now }: Scene,
      limit = 100,
    ): Promise<readonly CanarySecond[]> => {
      const seconds: CanarySecond[] = [];
      for (let afterId = 0; ;) {
        const read = await ledger.canaryCounts({
          canaryId: CANARY,
          endpointId: RED,
          slowAfterMs: 100,
          deadlineMs: DEADLINE_MS,
          now: now(),
          afterId,
          beforeId: Number.MAX_SAFE_INTEGER,
          limit,
        });
        seconds.push(...read.seconds);
        if (!read.isMore) return seconds;
        afterId = read.lastId;
      }
    };

    it('counts first attempts by second and arm, and nothing of other endpoints', async (t) => {
      const scene = await openScene(t, open);
      await attempt(scene);
      await attempt(scene, { outcome: 'server_error' });
      await attempt(scene, { canaryId: CANARY, durationMs: 101 });
      await attempt(scene, { canaryId: 1 });
      await attempt(scene, { endpointId: BLUE });
      await attempt(scene, { outcome: 'interrupted' });
      scene.move(SECOND_MS);
      await attempt(scene, { durationMs: 100 });
      const zero = { ripe: 0, failed: 0, late: 0, slow: 0 };
      assert.deepEqual(await counts(scene), [
        { ...zero, secondAt: START, isCandidate: false, attempts: 3, failed: 1 },
        { ...zero, secondAt: START, isCandidate: true, attempts: 1, slow: 1 },
        { ...zero, secondAt: START + SECOND_MS, isCandidate: false, attempts: 1 },
      ]);
    });

    it('calls late what no attempt delivered within the deadline, once that has passed', async (t) => {
      const scene = await openScene(t, open);
      await attempt(scene, { durationMs: DEADLINE_MS });
      await attempt(scene, { durationMs: DEADLINE_MS + 1 });
      await attempt(scene, { outcome: 'timeout' });
      scene.move(DEADLINE_MS - 10);
      await retry(scene); // just in time
      const late = async (): Promise<readonly number[]> =>
        (await counts(scene)).flatMap((second) => [second.ripe, second.late]);
      assert.deepEqual(await late(), [0, 0]);
      scene.move(10);
      assert.deepEqual(await late(), [3, 1]);
      await attempt(scene, { outcome: 'timeout' });
      scene.move(DEADLINE_MS - 9);
      await retry(scene); // a millisecond too late
      scene.move(9);
      assert.deepEqual(await late(), [3, 1, 1, 1]);
    });

    it('comes to the same in whatever parts it is read', async (t) => {
      const scene = await openScene(t, open);
      const canary: Canary = {
        id: CANARY,
        appId: 1,
        endpointId: RED,
        createdAt: START,
        updatedAt: START,
        revision: 1,
        slowAfterMs: 50,
        deadlineMs: DEADLINE_MS,
        peakNeeded: 5,
        result: null,
        ...beginCanary(
          [
            {
              percent: 50,
              minutes: 1,
              atLeast: 1,
            },
          ],
          START,
        ),
      };
      const live = new CanaryFollower(scene.ledger, LEASE_MS + 10_000);
      scene.move(2 * SECOND_MS);
      for (let nth = 0; nth < 40; nth += 1) {
        await attempt(scene, {
          canaryId: nth % 3 === 0 ? CANARY : null,
          outcome: nth % 5 === 0 ? 'server_error' : 'delivered',
          durationMs: nth * 3,
        });
        scene.move((nth % 4) * 4 * SECOND_MS);
        if (nth % 7 === 0) await live.read(canary, scene.now());
        if (nth % 10 === 9) await retry(scene).catch(() => {});
      }
      scene.move(10 * MINUTE_MS);
      const one = await live.read(canary, scene.now());
      const other = await new CanaryFollower(scene.ledger, LEASE_MS).read(canary, scene.now());
      assert.deepEqual(sumCells(one.cells), sumCells(other.cells));
      assert.equal(one.busiestMinute, other.busiestMinute);
      assert.equal(sumCells(one.cells).candidate.attempts, 14);
      const whole = await counts(scene);
      assert.equal(
        whole.reduce((sum, { attempts }) => sum + attempts, 0),
        (await counts(scene, 3)).reduce((sum, { attempts }) => sum + attempts, 0),
      );
    });

    it('gives the durations of the past', async (t) => {
      const scene = await openScene(t, open);
      await attempt(scene, { durationMs: 1 });
      await attempt(scene, { durationMs: 2, outcome: 'server_error' });
      scene.move(MINUTE_MS);
      await attempt(scene, { durationMs: 3 });
      await attempt(scene, { durationMs: 4, canaryId: CANARY });
      const past = { endpointId: RED, fromId: 0, beforeId: Number.MAX_SAFE_INTEGER, limit: 10 };
      assert.deepEqual(await scene.ledger.firstDurations({ ...past, canaryId: null }), [3, 1]);
      assert.deepEqual(await scene.ledger.firstDurations({ ...past, canaryId: CANARY }), [4]);
      const before = { ...past, beforeId: idAt(START + MINUTE_MS), canaryId: null };
      assert.deepEqual(await scene.ledger.firstDurations(before), [1]);
    });
  });
}
