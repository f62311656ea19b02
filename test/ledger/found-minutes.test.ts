import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FoundMinutes } from '../../src/ledger/found-minutes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AT = Date.UTC(2026, 0, 5, 12);
const sum = (found: FoundMinutes): number =>
  found.slots.reduce((total, { count }) => total + count, 0);

describe('what the audit found, by when', () => {
  it('counts what it healed once, and what it could not heal once a minute', () => {
    const found = new FoundMinutes();
    for (let step = 0; step < 24; step += 1) found.add(AT + step * 5000, 3, step === 0 ? 1 : 0);
    // 1 healed, 2 left, then 3 that each step of two minutes finds again.
    assert.deepEqual(
      found.slots.map(({ at, count }) => [at - AT, count]),
      [
        [0, 4],
        [MINUTE, 3],
      ],
    );
    assert.equal(found.add(AT + 2 * MINUTE, 0, 0), false);
  });

  it('keeps sums of hours and days however much is found, and nothing longer than a period', () => {
    const found = new FoundMinutes();
    let many = 0;
    for (let at = AT; at < AT + 60 * DAY; at += 7 * MINUTE, many += 1) found.add(at, 1, 1);
    assert.equal(sum(found), many);
    assert.ok(found.slots.length < 60 + 24 * 4 + 60, String(found.slots.length));
    const restored = new FoundMinutes(found.state());
    assert.deepEqual(restored.slots, found.slots);
    restored.add(AT + 200 * DAY, 1, 1);
    assert.equal(sum(restored), 1);
  });

  it('begins anew where its state cannot be read', () => {
    assert.deepEqual(new FoundMinutes('{').slots, []);
  });
});
