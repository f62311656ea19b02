import { seededRandom } from '../../../src/core/index.ts';

/**
 * Makes the table of src/slo/detect/cusum-threshold.ts: `node bench/measure/detect/calibrate.ts`, one minute.
 *
 * Failures are a Poisson process and time is counted in failures expected of the baseline, so one table serves all
 * rates and baselines. With r = p1 / p0 the sum falls by r - 1 a unit of time and rises by ln r a failure. It begins
 * anew whenever it is 0; so the mean time to an alarm is (mean length of such a cycle) / P(a cycle reaches h).
 * P is drawn under the alternative and weighted by exp(-(S - ln r)), since S is the logarithm of the likelihood ratio
 * (Siegmund, Sequential Analysis, 1985): rare alarms cost no more draws than frequent ones.
 */
const RATIOS = [1.5, 2, 3, 5, 10, 20, 50, 100, 300, 1000, 5000];
const LN_TIMES = Array.from({ length: 15 }, (_, index) => index);
const STEP = 0.02;
const DRAWS = 200_000;

const random = seededRandom(1);
console.log(`ln(expected failures between false alarms): ${LN_TIMES.join(', ')}`);
for (const ratio of RATIOS) console.log(`  [${ratio}, [${thresholds(ratio).join(', ')}]],`);

function thresholds(ratio: number): readonly string[] {
  const jump = Math.log(ratio);
  const fall = ratio - 1;
  const highest = 20;
  const reached = new Float64Array(Math.ceil(highest / STEP) + 1);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    let [sum, place] = [jump, 0];
    for (;;) {
      for (; place < reached.length && place * STEP <= sum; place += 1) {
        reached[place] = (reached[place] ?? 0) + Math.exp(jump - sum);
      }
      if (place >= reached.length) break;
      sum -= (-Math.log(1 - random.next()) / ratio) * fall;
      if (sum <= 0) break;
      sum += jump;
    }
  }
  // The wait for a cycle's first failure, and by Wald's identity what it takes to come back to 0.
  const cycle = 1 + jump / (fall - jump);
  return LN_TIMES.map((lnTime) => {
    const wanted = cycle / Math.exp(lnTime);
    const place = reached.findIndex((sum) => sum / DRAWS <= wanted);
    return place === -1 ? 'NaN' : (place * STEP).toFixed(2);
  });
}
