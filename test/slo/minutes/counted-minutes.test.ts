import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import { CountedMinutes } from '../../../src/slo/minutes/counted-minutes.ts';
import { openWatchScene, type WatchScene } from '../../support/watch-scene.ts';

const MINUTE_MS = 60_000;
const all = { apps: null, endpoints: null, eventTypes: null };
const firsts = { indicator: 'first_attempt' } as const;

/** As the ledger adds the same minutes up. */
async function read({ ledger }: WatchScene, fromAt: number, beforeAt: number): Promise<string[]> {
  const span = { unit: 'minute', fromAt, beforeAt } as const;
  const { sums, next } = await ledger.sliOutcomes({ ...firsts, ...span });
  assert.equal(next, null);
  const rows: string[] = [];
  for (let nth = 0; nth < sums.length; nth += 5) rows.push(sums.slice(nth, nth + 5).join(' '));
  return rows.toSorted();
}

async function held(
  minutes: CountedMinutes,
  fromAt: number,
  beforeAt: number,
): Promise<string[] | null> {
  const rows = await minutes.outcomes(firsts, fromAt, beforeAt);
  return (
    rows
      ?.map(({ appId, endpointId, eventType, good, bad }) =>
        [endpointId, appId, eventType, good, bad].join(' '),
      )
      .toSorted() ?? null
  );
}

test('what is held of the last hour is what the ledger adds up, and what is not is not given', async (t) => {
  const seed = Date.now();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random.next() * (most + 1));
  const scene = await openWatchScene(t, { endpoints: 5, hasDefaults: false });
  const minutes = new CountedMinutes(scene.ledger);
  const minuteNow = (): number => scene.now() - (scene.now() % MINUTE_MS);
  const startAt = minuteNow();
  await minutes.refresh(scene.now());
  assert.equal(await held(minutes, startAt, startAt + MINUTE_MS), null, 'nobody asked for it yet');
  await minutes.sums(firsts, all, startAt);
  for (let nth = 0; nth < 150; nth += 1) {
    const endpoint = scene.endpoints[upTo(4)];
    assert.ok(endpoint);
    await scene.send(endpoint.id, { good: nth % 40 === 9 ? 300 : upTo(3), bad: upTo(2) });
    await scene.look(upTo(90_000));
    await minutes.refresh(scene.now());
    await minutes.sums(firsts, all, minuteNow());
    const fromAt = Math.max(startAt, minuteNow() - upTo(60) * MINUTE_MS);
    const beforeAt = fromAt + (1 + upTo(60)) * MINUTE_MS;
    assert.deepEqual(
      await held(minutes, fromAt, beforeAt),
      await read(scene, fromAt, beforeAt),
      `look ${nth}`,
    );
  }
  assert.ok(minuteNow() - startAt > 70 * MINUTE_MS);
  assert.equal(await held(minutes, minuteNow() - 70 * MINUTE_MS, scene.now()), null);
});
