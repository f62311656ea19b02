import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { headersChange } from '../../src/cli/import/headers-change.ts';
import { readPages } from '../../src/cli/import/pages.ts';
import { createRetry } from '../../src/cli/import/retries.ts';
import { fault, seededRandom, type Clock } from '../../src/core/index.ts';

test('a list with ever new items ends at its bound', async () => {
  let asked = 0;
  const pages = readPages({
    path: '/app',
    get: async () => {
      asked += 1;
      return { data: Array.from({ length: 100 }, () => ({})), done: false, iterator: `i${asked}` };
    },
    query: {},
    readItem: (value) => value,
    mostItems: 450,
  });
  await assert.rejects(Array.fromAsync(pages), /goes on after 450 items/);
  assert.equal(asked, 5);
});

test('all requests wait while the server asks one of them to', async () => {
  let now = 0;
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(delayMs, run) {
      timers.push({ at: now + delayMs, run });
      return () => {};
    },
  };
  const retry = createRetry({
    clock,
    random: seededRandom(3),
    signal: new AbortController().signal,
  });
  let tries = 0;
  const limited = retry(async () => {
    tries += 1;
    return tries === 1
      ? { passing: fault('rate_limited', { retryAfterSeconds: 30 }) }
      : { value: 'a' };
  });
  await turn();
  const other = retry(async () => ({ value: now }));
  // A tick at a time, so that nothing comes early.
  for (let tick = 0; tick < 31; tick += 1) {
    await turn();
    now += 1000;
    for (const { at, run } of timers.splice(0)) {
      if (at <= now) run();
      else timers.push({ at, run });
    }
    if (now < 30_000) assert.equal(tries, 1);
  }
  assert.equal(await limited, 'a');
  assert.equal(await other, 30_000);
});

test('an interrupted wait ends at once', async () => {
  const controller = new AbortController();
  const clock: Clock = { now: () => 0, after: () => () => {} };
  const retry = createRetry({ clock, random: seededRandom(4), signal: controller.signal });
  const waiting = retry(async () => ({ passing: fault('overloaded') }));
  setImmediate(() => controller.abort());
  await assert.rejects(waiting, { name: 'AbortError' });
});

test('headers become those of the source, but for what it does not tell', () => {
  const change = headersChange(
    {
      headers: { 'X-A': '1', 'x-b': '2', 'x-c': '3' },
      sensitive: ['Authorization', 'x-auth-token'],
    },
    {
      headers: { 'x-a': '1', 'x-b': '2', 'x-gone': '4' },
      sensitive: ['authorization', 'www-authenticate'],
    },
  );
  assert.deepEqual(change.set, {
    'X-A': '1',
    'x-c': '3',
    'x-gone': null,
    'www-authenticate': null,
  });
  assert.deepEqual(
    change.lacking.map(({ name }) => name),
    ['x-auth-token'],
  );
});
