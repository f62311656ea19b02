import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { brokenPromises } from '../support/simulation-proof.ts';
import { Simulation } from '../support/simulation.ts';
import { Traffic } from '../support/simulation-traffic.ts';

/** SIMULATION_SEED=7 replays one seed with its whole trace; SIMULATION_SEEDS=5000 looks at more of them. */
const ONLY = process.env['SIMULATION_SEED'];
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 250);
const ACTIONS = 60;

/** Bounds so tight that traffic meets them. */
function tightSimulation(seed: number): Simulation {
  const { next } = seededRandom(seed ^ 0x5f3759df);
  const upTo = (most: number): number => 1 + Math.floor(next() * most);
  return new Simulation({
    seed,
    settings: {
      maxInFlight: upTo(12),
      maxInFlightBytes: 200 + upTo(1500),
      laneConcurrency: upTo(4),
      intakeQueueMessages: upTo(20),
      leaseMs: 3_000 + upTo(6_000),
    },
    policy: { delaysMs: [next() < 0.7 ? 0 : 800, 500, 2_000, 6_000].slice(0, 1 + upTo(3)) },
  });
}

export async function live(seed: number): Promise<void> {
  const simulation = tightSimulation(seed);
  const traffic = new Traffic(simulation);
  const { history } = traffic;
  try {
    await traffic.run(ACTIONS);
    await traffic.heal();
    const { lanes, ...rest } = simulation.life.engine.figures();
    if (lanes > 0) history.violations.push(`${lanes} lanes are left in memory`);
    if (rest.held + rest.heldBytes + rest.sending > 0) {
      history.violations.push(`an idle engine holds ${JSON.stringify(rest)}`);
    }
    await traffic.stop();
  } catch (thrown) {
    history.violations.push(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
  }
  const broken = await brokenPromises(simulation, history);
  if (broken.length === 0) return;
  const trace = ONLY === undefined ? [] : history.trace;
  assert.fail(
    [`SIMULATION_SEED=${seed} replays this:`, ...broken.slice(0, 10), ...trace].join('\n'),
  );
}

test('the promises hold through random traffic, failures, crashes and full disks', async () => {
  if (ONLY !== undefined) return live(Number(ONLY));
  for (let seed = 1; seed <= SEEDS; seed += 1) await live(seed);
  return undefined;
});
