import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workbook } from '../../bench/measure/detect/judge.ts';
import { Traffic, type Pattern } from '../../bench/measure/detect/traffic.ts';
import { tryFault, watchHealthy } from '../../bench/measure/detect/trials.ts';
import { seededRandom } from '../../src/core/index.ts';
import { MINUTE_MS } from '../../src/slo/index.ts';

const beganAt = Date.UTC(2026, 0, 5);

function drawn(
  perHour: number,
  pattern: Pattern,
  minutes: number,
): { total: number; bad: number; endpoints: number } {
  const traffic = new Traffic(perHour, 0.001, seededRandom(1));
  const endpoints = new Set<number>();
  let [total, bad] = [0, 0];
  for (let minute = 0; minute < minutes; minute += 1) {
    const bin = traffic.bin(beganAt + minute * MINUTE_MS, MINUTE_MS, pattern, 0);
    total += bin.total;
    bad += bin.bad;
    for (const { endpointId } of bin.failing) endpoints.add(endpointId);
    assert.equal(
      bin.failing.reduce((sum, one) => sum + one.bad, 0),
      bin.bad,
    );
  }
  return { total, bad, endpoints: endpoints.size };
}

const near = (value: number, wanted: number, part: number): void =>
  assert.ok(Math.abs(value / wanted - 1) < part, `${value}, not ${wanted}`);

describe('traffic of the judge of detectors', () => {
  it('has the rate and the share that were asked for, at a low and a high rate', () => {
    for (const perHour of [600, 60_000]) {
      const { total, bad } = drawn(perHour, { name: 'step', share: () => 0.01 }, 6000);
      near(total, perHour * 100, 0.02);
      near(bad, total * 0.01, 0.1);
    }
  });

  it('fails everything in an outage, a tenth of the endpoints in a region, one in a cluster', () => {
    const outage = drawn(6000, { name: 'outage', share: () => 1 }, 60);
    assert.equal(outage.bad, outage.total);
    const region = drawn(60_000, { name: 'region', share: () => 1e-9, regionShare: 0.03 }, 600);
    assert.equal(region.endpoints, 20);
    near(region.bad, region.total * 0.003, 0.1);
    const cluster = drawn(
      60_000,
      { name: 'clustered', share: () => 1e-9, isClustered: true },
      1440,
    );
    assert.equal(cluster.endpoints, 1);
    near(cluster.bad, (2 * 60_000) / 200, 0.15);
  });
});

describe('a trial', () => {
  it('is the same again from the same seed, and leaves the detectors of its moment as they were', () => {
    const steady = { name: 'steady' };
    const fault = { name: 'outage', share: () => 1 };
    const time = watchHealthy(
      new Traffic(1000, 0.0002, seededRandom(1)),
      steady,
      [workbook()],
      0.02,
      1,
    );
    const [moment] = time.moments;
    assert.ok(moment !== undefined);
    const trial = (): unknown =>
      tryFault(moment, 1000, 0.0002, { fault, healthy: steady }, seededRandom(7));
    const first = trial();
    assert.deepEqual(trial(), first);
    assert.equal(moment.judges[0]?.isRaised, false);
  });
});
