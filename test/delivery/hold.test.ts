import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Hold } from '../../src/delivery/hold.ts';
import { runs } from '../support/ledger-property.ts';

const longestMs = 300_000;

test('holds for as long as it was asked to, and no longer than the policy allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (askedMs, mostMs) => {
        const hold = new Hold();
        hold.begin({ startedAt: 0, now: 50, askedMs, longestMs: mostMs });
        const until = 50 + Math.min(askedMs, mostMs);
        assert.equal(hold.until(50), until > 50 ? until : 0);
        if (until > 50) assert.equal(hold.until(until - 1), until);
        assert.equal(hold.until(until), 0);
      },
    ),
    runs(200),
  );
});

test('waits that nobody named double from a second to a minute, and a success starts anew', () => {
  const hold = new Hold();
  let now = 0;
  const waits: number[] = [];
  for (let answers = 0; answers < 9; answers += 1) {
    hold.begin({ startedAt: now, now: now + 5, askedMs: undefined, longestMs });
    waits.push(hold.until(now + 5) - now - 5);
    now = hold.until(now + 5);
  }
  assert.deepEqual(
    waits,
    [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000),
  );
  hold.succeed(now);
  hold.begin({ startedAt: now, now, askedMs: undefined, longestMs });
  assert.equal(hold.until(now) - now, 1_000);
});

test('requests under way together count once, and their successes are no news', () => {
  const hold = new Hold();
  for (let answer = 0; answer < 30; answer += 1) {
    hold.begin({ startedAt: 0, now: 10 + answer, askedMs: undefined, longestMs });
  }
  assert.equal(hold.until(39), 1_039, 'a second after the last of them');
  hold.succeed(0);
  hold.begin({ startedAt: 1_039, now: 1_050, askedMs: undefined, longestMs });
  assert.equal(hold.until(1_050), 3_050, 'the second in a row: what got through was sent before');
});

test('a shorter wait does not shorten the one in force', () => {
  const hold = new Hold();
  hold.begin({ startedAt: 0, now: 0, askedMs: 60_000, longestMs });
  hold.begin({ startedAt: 0, now: 1_000, askedMs: 1_000, longestMs });
  assert.equal(hold.until(1_000), 60_000);
});

test('a date in the past, or a policy of no holds, holds nothing', () => {
  const hold = new Hold();
  hold.begin({ startedAt: 0, now: 100, askedMs: 0, longestMs });
  assert.equal(hold.until(100), 0);
  hold.begin({ startedAt: 0, now: 100, askedMs: undefined, longestMs: 0 });
  assert.equal(hold.until(100), 0);
});

test('once it was ended nothing of it is left', () => {
  const hold = new Hold();
  for (let row = 0; row < 5; row += 1) {
    hold.begin({ startedAt: row * 100_000, now: row * 100_000, askedMs: undefined, longestMs });
  }
  hold.end();
  assert.equal(hold.until(400_001), 0);
  hold.begin({ startedAt: 400_002, now: 400_002, askedMs: undefined, longestMs });
  assert.equal(hold.until(400_002), 401_002);
});
