import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom, type Random } from '../../../src/core/index.ts';
import type { CanarySecond } from '../../../src/ledger/index.ts';
import {
  BLOCK_MS,
  foldCounts,
  noCounts,
  sumCells,
  type Cell,
} from '../../../src/change/canary/counts.ts';
import { evidenceOf, neededEvidence } from '../../../src/change/canary/evidence.ts';
import type { CanaryPhase } from '../../../src/change/canary/phases.ts';

const START_AT = 1_800_000_000_000;
const at = (percent: number): readonly CanaryPhase[] => [{ fromAt: START_AT, percent, step: 0 }];
const failures = (block: number, candidate: number, stable: number, phase = 0): Cell => ({
  phase,
  block,
  candidate: {
    ...noCounts,
    attempts: candidate,
    failed: candidate,
  },
  stable: {
    ...noCounts,
    attempts: stable,
    failed: stable,
  },
});

/** The evidence after each of `draws` failures whose arms are drawn with probability `chance`; the highest of them. */
function highest(random: Random, percent: number, chance: number, draws: number): number {
  const cells: Cell[] = [];
  const phases = at(percent);
  let most = 0;
  for (let nth = 0; nth < draws; nth += 1) {
    const block = Math.floor(nth / 10);
    const known = cells[block] ?? failures(block, 0, 0);
    const isCandidate = random.next() < chance;
    const { candidate, stable } = known;
    cells[block] = failures(
      block,
      candidate.failed + Number(isCandidate),
      stable.failed + Number(!isCandidate),
    );
    most = Math.max(most, evidenceOf(cells, phases, 'failed'));
  }
  return most;
}

describe('evidence against a candidate', () => {
  it('is 1 where nothing failed, and for percents that leave nothing to compare', () => {
    assert.ok(Math.abs(evidenceOf([], at(5), 'failed') - 1) < 1e-12);
    assert.ok(Math.abs(evidenceOf([failures(3, 0, 0)], at(5), 'failed') - 1) < 1e-12);
    assert.ok(Math.abs(evidenceOf([failures(0, 9, 9)], at(0), 'failed') - 1) < 1e-12);
  });

  it('grows with each failure of the candidate, and falls with each of the other arm', () => {
    const value = (candidate: number, stable: number): number =>
      evidenceOf([failures(0, candidate, stable)], at(5), 'failed');
    for (let count = 0; count < 5; count += 1) {
      assert.ok(value(count + 1, 2) > value(count, 2));
      assert.ok(value(2, count + 1) < value(2, count));
    }
    // Three failures of one message in twenty, and none of the others.
    assert.ok(value(3, 0) >= neededEvidence('failed'));
  });

  it('is fair: on average over the arms that could have been drawn it stays 1', () => {
    // All 2^8 ways to share eight failures in two blocks, each with its probability.
    for (const percent of [1, 5, 25, 50]) {
      const p = percent / 100;
      let mean = 0;
      for (let ways = 0; ways < 256; ways += 1) {
        const bits = Array.from({ length: 8 }, (_, bit) => (ways >> bit) & 1);
        const [early, late] = [bits.slice(0, 5), bits.slice(5)].map((some) =>
          some.reduce((sum, one) => sum + one, 0),
        );
        const cells = [
          failures(0, early ?? 0, 5 - (early ?? 0)),
          failures(2, late ?? 0, 3 - (late ?? 0)),
        ];
        const probability = bits.reduce((product, one) => product * (one === 1 ? p : 1 - p), 1);
        mean += probability * evidenceOf(cells, at(percent), 'failed');
      }
      assert.ok(Math.abs(mean - 1) < 1e-9, `${percent} %: ${mean}`);
    }
  });

  it('cries wolf no more often than promised, though it is looked at after every failure', (test) => {
    const seed = 20_260_401;
    test.diagnostic(`seed ${seed}`);
    const random = seededRandom(seed);
    for (const percent of [1, 5, 25, 50]) {
      // With 1 in 20 as the promise false alarms are common enough to be counted.
      const runs = 1000;
      let alarms = 0;
      for (let run = 0; run < runs; run += 1) {
        if (highest(random, percent, percent / 100, 100) >= 20) alarms += 1;
      }
      // Ville: at most 5 % are expected; 50 and three deviations.
      assert.ok(alarms <= 50 + 3 * Math.sqrt(47.5), `${percent} %: ${alarms} of ${runs}`);
    }
  });

  it('finds harm soon after an outage of both arms', () => {
    const outage = failures(0, 50, 950);
    const phases = at(5);
    assert.ok(evidenceOf([outage], phases, 'failed') < 1.1);
    assert.ok(
      evidenceOf([outage, failures(1, 4, 0)], phases, 'failed') >= neededEvidence('failed'),
    );
  });

  it('does not depend on the order or the parts in which counts were read', () => {
    const second = fc.record({
      secondAt: fc.nat({ max: 7200 }).map((seconds) => START_AT + seconds * 1000),
      isCandidate: fc.boolean(),
      attempts: fc.nat({ max: 50 }),
      ripe: fc.nat({ max: 50 }),
      failed: fc.nat({ max: 5 }),
      late: fc.nat({ max: 5 }),
      slow: fc.nat({ max: 5 }),
    });
    const phases: readonly CanaryPhase[] = [
      ...at(5),
      { fromAt: START_AT + 3_600_000, percent: 25, step: 1 },
    ];
    fc.assert(
      fc.property(fc.array(second, { maxLength: 40 }), fc.nat({ max: 40 }), (rows, cut) => {
        const whole = foldCounts([], phases, rows);
        const backwards: readonly CanarySecond[] = rows.toReversed();
        const parts = foldCounts(
          foldCounts([], phases, backwards.slice(0, cut)),
          phases,
          backwards.slice(cut),
        );
        assert.deepEqual(sumCells(parts), sumCells(whole));
        const [one, other] = [whole, parts].map((cells) => evidenceOf(cells, phases, 'late'));
        assert.ok(Math.abs((one ?? 0) / (other ?? 1) - 1) < 1e-9);
      }),
    );
  });

  it('counts nothing that was accepted before the canary began', () => {
    const row = { ...noCounts, secondAt: START_AT - 1000, isCandidate: false, attempts: 3 };
    assert.deepEqual(foldCounts([], at(5), [row]), []);
    assert.equal(foldCounts([], at(5), [{ ...row, secondAt: START_AT + BLOCK_MS }])[0]?.block, 1);
  });
});
