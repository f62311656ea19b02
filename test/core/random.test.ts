import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom, systemRandom, type Random } from '../../src/core/index.ts';
import { runs } from '../support/ledger-property.ts';

const draw = (random: Random, count: number): readonly number[] =>
  Array.from({ length: count }, () => random.next());

describe('random numbers from a seed', () => {
  it('are the same for the same seed and others for another', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        assert.deepEqual(draw(seededRandom(seed), 20), draw(seededRandom(seed), 20));
        assert.notDeepEqual(draw(seededRandom(seed), 20), draw(seededRandom(seed + 1), 20));
        assert.deepEqual(seededRandom(seed).bytes(20), seededRandom(seed).bytes(20));
      }),
      runs(200),
    );
  });

  it('are the ones that mulberry32 gives', () => {
    // Computed with the published function (gist tommyettinger/46a874533244883189143505d203312c).
    assert.deepEqual(
      draw(seededRandom(1), 3).map((value) => Math.floor(value * 2 ** 32)),
      [2693262067, 11749833, 2265367787],
    );
  });

  it('are of two sources independent of each other', () => {
    const one = seededRandom(7);
    const alone = draw(seededRandom(7), 10);
    const other = seededRandom(7);
    const mixed = alone.map(() => {
      other.next();
      return one.next();
    });
    assert.deepEqual(mixed, alone);
  });
});

for (const [name, random] of [
  ['random numbers from a seed', seededRandom(3)],
  ['random numbers of the system', systemRandom],
] as const) {
  describe(name, () => {
    it('lie in [0, 1) and spread evenly', () => {
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const value of draw(random, 50_000)) {
        assert.ok(value >= 0 && value < 1);
        const tenth = Math.floor(value * 10);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      // 5,000 each; the bounds are 7 standard deviations away.
      for (const count of tenths) assert.ok(count > 4530 && count < 5470, tenths.join(' '));
    });

    it('come as as many bytes as were asked for', () => {
      for (const count of [0, 1, 32, 1000]) assert.equal(random.bytes(count).length, count);
      const seen = new Set(random.bytes(10_000));
      assert.equal(seen.size, 256);
    });
  });
}
