import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { brokenPromises } from '../support/simulation-proof.ts';
import { Simulation } from '../support/simulation.ts';
import { Traffic } from '../support/simulation-traffic.ts';

/** SIMULATION_SEED=7 replays one seed with its whole trace; SIMULATION_SEEDS=5000 looks at more of them. */
const ONLY = process.env['SIMULATION_SEED'];
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 200);
const ACTIONS = 60;

/** Bounds so tight that traffic meets them. */
function tightSimulation(seed: number): Simulation {
  const random = seededRandom(seed ^ 0x5f3759df);
  const upTo = (most: number): number => 1 + Math.floor(random.next() * most);
  return new Simulation({
    seed,
    settings: {
      maxInFlight: upTo(12),
      maxInFlightBytes: 200 + upTo(1500),
      laneConcurrency: upTo(4),
      intakeQueueMessages: upTo(20),
      leaseMs: 3_000 + upTo(6_000),
      adaptiveConcurrency: random.next() < 0.5 ? 'on' : 'off',
      breakerFailures: random.next() < 0.5 ? 0 : upTo(6),
      breakerFailurePercent: random.next() < 0.5 ? 0 : upTo(100),
      retryBudgetPercent: upTo(50),
      retryBudgetPerSecond: upTo(20),
      longestHoldMs: upTo(10_000),
      deliveryDeadlineMs: 1_000 + upTo(20_000),
    },
    policy: { delaysMs: [random.next() < 0.7 ? 0 : 800, 500, 2_000, 6_000].slice(0, upTo(4)) },
  });
}

/** Gives what happened, line by line. */
async function live(seed: number): Promise<readonly string[]> {
  const simulation = tightSimulation(seed);
  const traffic = new Traffic(simulation);
  const { history } = traffic;
  try {
    await traffic.run(ACTIONS);
    await traffic.heal();
    const { sending, held, heldBytes } = simulation.life.engine.figures();
    if (sending + held + heldBytes !== 0) {
      history.violations.push(
        `an idle engine holds ${JSON.stringify({ sending, held, heldBytes })}`,
      );
    }
    await traffic.stop();
  } catch (thrown) {
    history.violations.push(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
  }
  const broken = await brokenPromises(simulation, history);
  await simulation.store.close();
  const trace = ONLY === undefined ? [] : history.trace;
  if (broken.length > 0) {
    assert.fail(
      [`SIMULATION_SEED=${seed} replays this:`, ...broken.slice(0, 10), ...trace].join('\n'),
    );
  }
  return history.trace;
}

test('the promises hold through random traffic, failures, crashes and full disks', async () => {
  if (ONLY === undefined) for (let seed = 1; seed <= SEEDS; seed += 1) await live(seed);
  else await live(Number(ONLY));
});

test('a seed gives the same run every time', async () => {
  for (const seed of [3, 33, 333]) {
    const first = await live(seed);
    assert.ok(first.length > 60);
    assert.deepEqual(await live(seed), first);
  }
});
