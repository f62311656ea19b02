import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import { LastingBurn } from '../../../src/slo/detect/lasting-burn.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);

const LOOK_MS = 10_000;
const START = Date.UTC(2026, 0, 5, 12);

/** One look each: `.` four delivered, `x` four failed, `m` one of four failed, a space: nothing. Moments of findings, s. */
function findingsIn(looks: string): readonly number[] {
  const burn = new LastingBurn();
  return Array.from(looks).flatMap((look, nth) => {
    const [total = 0, bad = 0] = { '.': [4, 0], x: [4, 4], m: [4, 1] }[look] ?? [];
    const startAt = START + nth * LOOK_MS;
    const found = burn.feed({ startAt, endAt: startAt + LOOK_MS, total, bad });
    return found === null ? [] : [(found.seenAt - START) / 1000];
  });
}

describe('a fast burn that lasts', () => {
  test('half a minute is a restart, with the circuit that it opened, and with noise after it', () => {
    assert.deepEqual(findingsIn('..xxx............................'), []);
    assert.deepEqual(findingsIn('..xxx ..........m..............m....'), []);
  });

  test('where nothing is delivered any more it is found after 50 s, by looks without anything too', () => {
    assert.deepEqual(findingsIn('..xxx       '), [70]);
    assert.deepEqual(findingsIn('..xxxxxxxxxx'), [70]);
  });

  test('where some is delivered it is found once it burns beyond one burst', () => {
    assert.ok(findingsIn('mmmmmmmmmmmmmmmmmmmm').length > 0);
    const [second] = findingsIn('..xx................xx......');
    assert.equal(second, 220, 'a fault that comes back is found when it does');
  });

  test('it is found once, until it delivers again', () => {
    const outage = `${'x'.repeat(20)}${'.'.repeat(400)}`;
    assert.deepEqual(findingsIn(outage), [50]);
    assert.deepEqual(findingsIn(outage + outage), [50, 4250]);
  });

  test('a day with three restarts and a failure in two hundred is none, and an outage in it is one', () => {
    const random = seededRandom(seed);
    const looks = 8640;
    let falsely = 0;
    for (let day = 0; day < 20; day += 1) {
      const restarts = [0, 1, 2].map((nth) =>
        Math.floor(((nth + 0.7 * random.next()) * looks) / 3),
      );
      const burn = new LastingBurn();
      for (let nth = 0; nth < looks; nth += 1) {
        const isDown = restarts.some((at) => nth >= at && nth < at + 3);
        const total = 1 + Math.floor(random.next() * 4);
        let bad = 0;
        for (let of = 0; of < total; of += 1) bad += Number(isDown || random.next() < 0.005);
        const startAt = START + nth * LOOK_MS;
        if (burn.feed({ startAt, endAt: startAt + LOOK_MS, total, bad }) !== null) falsely += 1;
      }
      const from = START + looks * LOOK_MS;
      const found = Array.from({ length: 9 }, (_, nth) => {
        const startAt = from + nth * LOOK_MS;
        return burn.feed({ startAt, endAt: startAt + LOOK_MS, total: 2, bad: 2 });
      });
      assert.ok(burn.isRaised || found.some((each) => each !== null), `day ${day}`);
    }
    assert.ok(falsely <= 1, `${falsely} of 20 days`);
  });
});
