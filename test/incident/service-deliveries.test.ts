import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { createAcceptedIn, readAccepted } from '../../src/incident/service-deliveries.ts';
import { openIncidentScene } from '../support/incident-scene.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);

test('what is kept of the last hours comes to the same as what is read anew, whatever spans are asked for', async (t) => {
  const scene = await openIncidentScene(t, { endpoints: 2 });
  const random = seededRandom(seed);
  const [one, other] = scene.endpoints;
  assert.ok(one !== undefined && other !== undefined);
  let reads = 0;
  const ledger = {
    sli: (query: Parameters<typeof scene.ledger.sli>[0]) => {
      reads += 1;
      return scene.ledger.sli(query);
    },
  };
  const kept = createAcceptedIn(ledger, scene.clock);
  const anew = readAccepted(scene.ledger);
  const whole = (most: number): number => Math.floor(random.next() * most);
  for (let nth = 0; nth < 60; nth += 1) {
    await scene.send(one.id, { good: whole(4), bad: whole(2) });
    await scene.send(other.id, { good: whole(2) });
    await scene.pass(whole(nth % 10 === 0 ? 90 * MINUTE_MS : 2 * MINUTE_MS));
    for (let look = 0; look < 3; look += 1) {
      const beforeAt = scene.now() + 1 - (look === 0 ? 0 : whole(400 * MINUTE_MS));
      const fromAt = beforeAt - whole(400 * MINUTE_MS);
      const span = `look ${nth}: ${fromAt} to ${beforeAt}`;
      assert.equal(await kept(fromAt, beforeAt), await anew(fromAt, beforeAt), span);
    }
  }
  const before = reads;
  for (let nth = 0; nth < 50; nth += 1) await kept(scene.now() - 5 * MINUTE_MS, scene.now() + 1);
  assert.ok(reads - before <= 50, 'only minutes that may still change are read again');
});
