import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sleep } from '../../src/core/index.ts';
import { createDrillClock, type DrillClock } from '../../src/drill/drill-clock.ts';

const START = 1_700_000_000_000;

function clockFor(t: TestContext, factor: number): DrillClock {
  const clock = createDrillClock(factor, START);
  t.after(() => clock.stop());
  return clock;
}

test('a minute passes in a few milliseconds, and never early', async (t) => {
  const clock = clockFor(t, 5000);
  const from = clock.now();
  assert.ok(from >= START);
  const began = performance.now();
  await sleep(clock, 60_000);
  assert.ok(clock.now() - from >= 60_000);
  assert.ok(performance.now() - began >= 60_000 / 5000);
});

test('a wait that is cancelled does not run', async (t) => {
  const clock = clockFor(t, 1000);
  let ran = false;
  const cancel = clock.after(1000, () => (ran = true));
  cancel();
  await sleep(clock, 5000);
  assert.equal(ran, false);
});

test('a wait that has begun follows a new pace', async (t) => {
  const clock = clockFor(t, 1);
  const waited = sleep(clock, 3_600_000);
  clock.pace(100_000);
  await waited;
  assert.ok(clock.now() >= START + 3_600_000);
  assert.equal(clock.speed, 100_000);
});

test('what was due by the time that is skipped to runs then', async (t) => {
  const clock = clockFor(t, 1000);
  const waited = sleep(clock, 86_400_000);
  clock.skip(86_400_000);
  await waited;
  assert.ok(clock.now() >= START + 86_400_000);
});

test('it stands while the machine has no time for the process', (t) => {
  const clock = clockFor(t, 100);
  const from = clock.elapsedMs();
  const began = performance.now();
  while (performance.now() - began < 200);
  const passedMs = clock.elapsedMs() - from;
  assert.ok(passedMs <= 30 * 100, `${passedMs} ms passed in a pause of 200 ms at 100 times`);
});
