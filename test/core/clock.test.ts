import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScaledClock, sleep, systemClock } from '../../src/core/index.ts';

test('a scaled clock begins at the system time and runs so many times as fast', async () => {
  const clock = createScaledClock(100);
  assert.ok(Math.abs(clock.now() - Date.now()) < 1000);
  const [from, realFrom] = [clock.elapsedMs(), performance.now()];
  const fromNow = clock.now();
  await sleep(systemClock, 50);
  const real = performance.now() - realFrom;
  const elapsed = clock.elapsedMs() - from;
  assert.ok(elapsed >= real * 99 && elapsed <= (real + 20) * 101, `${elapsed} in ${real}`);
  assert.ok(Math.abs(clock.now() - fromNow - elapsed) < 2000);
});

test('what waits an hour waits seconds, and never ends early by the clock that it waited on', async () => {
  const clock = createScaledClock(10_000);
  for (const delayMs of [0, 1, 999, 60_000, 3_600_000]) {
    const beganAt = clock.now();
    await sleep(clock, delayMs);
    assert.ok(clock.now() - beganAt >= delayMs, `${delayMs}`);
  }
});

test('what was cancelled is not called', async () => {
  const clock = createScaledClock(1000);
  let calls = 0;
  const cancel = clock.after(5_000, () => void (calls += 1));
  cancel();
  await sleep(clock, 20_000);
  assert.equal(calls, 0);
});

test('a factor that is none is refused', () => {
  for (const factor of [0, -1, 0.5, 10_001, Number.NaN]) {
    assert.throws(() => createScaledClock(factor), RangeError);
  }
});
