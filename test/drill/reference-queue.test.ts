import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createDrillClock } from '../../src/drill/drill-clock.ts';
import { openReceiver } from '../../src/drill/receiver.ts';
import { ReferenceQueue } from '../../src/drill/reference-queue.ts';
import { sleep } from '../../src/core/index.ts';

const MESSAGES = 60;

/** Every message fails once. */
async function lostOf(t: TestContext, gapMs: number): Promise<number> {
  const clock = createDrillClock(20, 1_700_000_000_000);
  t.after(() => clock.stop());
  const receiver = await openReceiver({ clock });
  t.after(() => receiver.close());
  receiver.behave(({ nth }) => ({ status: nth === 1 ? 503 : 204 }));
  const queue = new ReferenceQueue({ clock, url: receiver.url, storeMs: 100, retryMs: 2000 });
  for (let nth = 0; nth < MESSAGES; nth += 1) {
    queue.send(`m${nth}`, '{}');
    await sleep(clock, gapMs);
  }
  await queue.drain();
  const { accepted, errors, waiting } = queue.figures();
  assert.deepEqual({ accepted, errors, waiting }, { accepted: MESSAGES, errors: 0, waiting: 0 });
  return MESSAGES - receiver.acknowledged.size;
}

test('the reference queue loses what fails at once, and its figures show nothing of it', async (t) => {
  assert.ok((await lostOf(t, 0)) > 0);
});

test('it loses nothing where failures come one by one', async (t) => {
  assert.equal(await lostOf(t, 500), 0);
});
