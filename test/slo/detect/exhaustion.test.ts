import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom, type Random } from '../../../src/core/index.ts';
import { Exhaustion } from '../../../src/slo/detect/exhaustion.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, sayFinding, type Finding } from '../../../src/slo/index.ts';

const AT = Date.UTC(2026, 0, 5);
const LOOK_MS = 10_000;
const PLACES = 16;

/** Requests under way, seen every ten seconds: a Poisson number, or all places where that is more. */
function sending(random: Random, mean: number): number {
  let count = 0;
  for (let left = -Math.log(1 - random.next()); left < mean; count += 1) {
    left -= Math.log(1 - random.next());
  }
  return Math.min(PLACES, count);
}

/** Of all findings in the time, with what was found each time. */
function foundIn(
  exhaustion: Exhaustion,
  ms: number,
  valueAt: (sinceMs: number) => number,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (let at = 0; at < ms; at += LOOK_MS) {
    const finding = exhaustion.feed(AT + at, valueAt(at));
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

const places = () => new Exhaustion({ gauge: 'places', limit: PLACES, isOftenFull: true });

describe('places that run out', () => {
  it('are nothing in forty days of noise, rhythm and bursts', () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = seededRandom(seed);
      // At most four fifths of all places, at the busiest hour.
      const mean = PLACES * (seed < 3 ? 0.2 : 0.5);
      const rhythm = (at: number): number => 1 + 0.6 * Math.sin((at / DAY_MS) * 2 * Math.PI);
      // A burst fills all places for five minutes, once an hour.
      const isBurst = (at: number): boolean => seed % 2 === 0 && at % HOUR_MS < 5 * MINUTE_MS;
      const found = foundIn(places(), 5 * DAY_MS, (at) =>
        isBurst(at) ? PLACES : sending(random, mean * rhythm(at)),
      );
      assert.deepEqual(found, [], `seed ${seed}`);
    }
  });

  for (const [what, hours, leastLeadMs] of [
    ['an hour', 1, 5 * MINUTE_MS],
    ['eight hours', 8, 60 * MINUTE_MS],
  ] as const) {
    it(`are told before a leak has taken all of them within ${what}`, () => {
      for (let seed = 1; seed <= 10; seed += 1) {
        const random = seededRandom(seed);
        const leaked = (at: number): number => (PLACES * (at - HOUR_MS)) / (hours * HOUR_MS);
        const fullAt = AT + (hours + 1) * HOUR_MS;
        const [found] = foundIn(places(), (hours + 1) * HOUR_MS, (at) =>
          Math.min(PLACES, Math.floor(Math.max(0, leaked(at))) + sending(random, 1)),
        );
        assert.ok(found !== undefined, `seed ${seed}`);
        const leadMs = fullAt - found.seenAt;
        assert.ok(leadMs >= leastLeadMs, `seed ${seed}: ${leadMs / MINUTE_MS} min ahead`);
        assert.ok(Math.abs((found.limitAt ?? 0) - fullAt) < leadMs, `seed ${seed}`);
      }
    });
  }

  it('are told in words, with the moment', () => {
    const [found] = foundIn(places(), 3 * HOUR_MS, (at) => Math.min(PLACES, at / (10 * MINUTE_MS)));
    assert.ok(found !== undefined);
    assert.match(
      sayFinding(found, 'lane of ep_1 (a.example)'),
      /^lane of ep_1 \(a\.example\): [\d.]+ of 16 places are in use, more and more since .*; at this rate, at 2026-01-05T0[234]:\d\dZ, all 16 are taken, and deliveries wait \(.*\)\.$/,
    );
  });

  it('are over when they are free again', () => {
    const exhaustion = places();
    const [found] = foundIn(exhaustion, 2 * HOUR_MS, (at) => Math.min(12, at / (10 * MINUTE_MS)));
    assert.ok(found !== undefined && exhaustion.isRaised);
    for (let at = 2 * HOUR_MS; at < 5 * HOUR_MS; at += LOOK_MS) exhaustion.feed(AT + at, 1);
    assert.equal(exhaustion.isRaised, false);
  });
});

describe('answers that take longer', () => {
  it('are told before they time out', () => {
    const answers = new Exhaustion({ gauge: 'answers', limit: 30_000, isOftenFull: true });
    const random = seededRandom(4);
    const creeping = (at: number): number =>
      200 + (29_800 * at) / (2 * HOUR_MS) + 300 * random.next();
    const [found] = foundIn(answers, 2 * HOUR_MS, creeping);
    assert.ok(found !== undefined && found.seenAt < AT + 100 * MINUTE_MS);
    assert.match(sayFinding(found, 'x'), /answers take \d+ s, longer and .* they take 30 s, and/);
  });
});
