import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createIdSource, timeOfId } from '../../../src/core/index.ts';
import { drawOf, isCandidate } from '../../../src/change/canary/arm.ts';
import {
  isCandidateOf,
  nextPhaseAt,
  runningMs,
  type CanaryPhase,
} from '../../../src/change/canary/phases.ts';

const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe("a message's arm", () => {
  it('is the same whenever it is asked for, and a larger percent only adds messages', () => {
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.nat({ max: 9999 }),
        fc.nat({ max: 9999 }),
        (canaryId, messageId, one, other) => {
          const [less, more] = [Math.min(one, other) / 100, Math.max(one, other) / 100];
          assert.equal(isCandidate(canaryId, messageId, 0), false);
          assert.equal(isCandidate(canaryId, messageId, 100), true);
          if (isCandidate(canaryId, messageId, less)) {
            assert.ok(isCandidate(canaryId, messageId, more));
          }
        },
      ),
    );
  });

  it('is drawn evenly, for messages that follow each other in any rhythm', () => {
    for (const stepMs of [0, 1, 7, 1000, 60_000]) {
      let now = Date.UTC(2026, 3, 1);
      const source = createIdSource({ now: () => now, after: () => () => {} });
      const canaryId = source.next();
      const counts = Array.from({ length: 100 }, () => 0);
      const draws = 100_000;
      for (let nth = 0; nth < draws; nth += 1) {
        now += stepMs;
        const bucket = Math.floor(drawOf(canaryId, source.next()) / 100);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
      const expected = draws / 100;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // 99 degrees of freedom: above 161 once in 10,000 times.
      assert.ok(chiSquare < 161, `${stepMs} ms apart: ${chiSquare}`);
    }
  });

  it('has no bond with its arm in another canary, nor with that of the message before', () => {
    let now = Date.UTC(2026, 3, 1);
    const source = createIdSource({ now: () => (now += 3), after: () => () => {} });
    const [one, other] = [source.next(), source.next()];
    let [both, neighbours, before] = [0, 0, false];
    for (let nth = 0; nth < 100_000; nth += 1) {
      const message = source.next();
      const isIn = isCandidate(one, message, 10);
      if (isIn && isCandidate(other, message, 10)) both += 1;
      if (isIn && before) neighbours += 1;
      before = isIn;
    }
    // 1,000 expected of each, with a deviation of 31.5.
    assert.ok(Math.abs(both - 1000) < 130, String(both));
    assert.ok(Math.abs(neighbours - 1000) < 130, String(neighbours));
  });

  it('is decided by the phase in which it was accepted, whatever came later', () => {
    const at = Date.UTC(2026, 3, 1);
    let now = at;
    const source = createIdSource({ now: () => now, after: () => () => {} });
    const canaryId = source.next();
    const first: CanaryPhase = { fromAt: nextPhaseAt(at), percent: 20, step: 0 };
    const second: CanaryPhase = { fromAt: nextPhaseAt(at + 60_000), percent: 90, step: 1 };
    const [early, during] = [source.next(), [] as number[]];
    now = first.fromAt;
    for (let nth = 0; nth < 500; nth += 1) during.push(source.next());
    assert.equal(isCandidateOf(canaryId, [first], early), false);
    const arms = during.map((id) => isCandidateOf(canaryId, [first], id));
    assert.deepEqual(
      during.map((id) => isCandidateOf(canaryId, [first, second], id)),
      arms,
    );
    assert.ok(timeOfId(during.at(-1) ?? 0) < second.fromAt);
  });
});

describe('the time of a step', () => {
  it('stands still in a pause', () => {
    const phases: readonly CanaryPhase[] = [
      { fromAt: 1000, percent: 5, step: 0 },
      { fromAt: 11_000, percent: 0, step: 0 },
      { fromAt: 100_000, percent: 5, step: 0 },
      { fromAt: 103_000, percent: 25, step: 1 },
    ];
    assert.equal(runningMs(phases, 0, 6000), 5000);
    assert.equal(runningMs(phases, 0, 50_000), 10_000);
    assert.equal(runningMs(phases, 0, 200_000), 13_000);
    assert.equal(runningMs(phases, 1, 104_000), 1000);
  });
});
