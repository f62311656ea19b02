import { setTimeout as sleep } from 'node:timers/promises';
import { settingTable } from '../../src/core/index.ts';
import { RESEND_AFTER_LEASE_MS, budgets } from '../budgets.ts';
import { overRounds, type Measure, type ScenarioResult } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { nowUs } from '../payload.ts';
import { failuresOf, type Proof } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { takeLeases } from '../take-leases.ts';
import { Testbed } from '../testbed.ts';

/**
 * A lease is lost with the process that held it, or in a process that lives on. Measured is the time until the last of
 * the deliveries has been sent again and received.
 */
export const lostLease: Scenario = {
  name: 'lost-lease',
  sentence: 'Time from a lost lease to the delivery being sent again.',
  run,
};

const APPLICATIONS = 8;
/** Eight a lane: all of them are under way at once. */
const MESSAGES = 64;
const POLL_MS = 20;
const GIVE_UP_MS = 60_000;
const sizes = {
  quick: { rounds: 1, leaseMs: 3000, attemptTimeoutMs: 2000 },
  full: {
    rounds: 3,
    leaseMs: settingTable.leaseMs.fallback,
    attemptTimeoutMs: settingTable.attemptTimeoutMs.fallback,
  },
};

async function run(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { isQuick } = options;
  const { rounds: mostRounds, leaseMs, attemptTimeoutMs } = isQuick ? sizes.quick : sizes.full;
  const rounds = Math.min(mostRounds, options.rounds);
  const settings = {
    HOLDFAST_LEASE_MS: String(leaseMs),
    HOLDFAST_ATTEMPT_TIMEOUT_MS: String(attemptTimeoutMs),
  };
  // Both at once: neither does much but wait.
  const [killed, forgotten] = await Promise.all([
    afterKills(rounds, settings, progress),
    afterForgetting(leaseMs, rounds, settings, progress),
  ]);
  const proofs = [killed.proof, forgotten.proof];
  const target = { atMost: leaseMs + RESEND_AFTER_LEASE_MS };
  const measure = (name: string, times: readonly number[]): Measure => ({
    ...overRounds(name, 'ms', times, (ms) => ms),
    target,
    note: `the last of ${MESSAGES}, the lease being ${leaseMs} ms`,
  });
  return {
    measures: [
      measure('kill -9 and start, until sent again', killed.timesMs),
      measure('lease lost in a living process, until sent again', forgotten.timesMs),
      {
        name: 'lost',
        value: proofs.reduce((sum, { lost }) => sum + lost, 0),
        unit: 'messages',
        target: budgets.lost,
      },
    ],
    failures: proofs.flatMap(failuresOf),
    complaints: proofs.flatMap(({ complaints }) => complaints),
    remarks: [
      'After a kill the time counts from the kill; the new process starts at once.',
      'In a living process the lease is written into the ledger beside it, as of a holder that has gone; the time counts from there.',
      ...(isQuick ? [`Reduced from a lease of ${sizes.full.leaseMs} ms.`] : []),
    ],
    conditions: { leaseMs, attemptTimeoutMs, killed, forgotten },
  };
}

type Resent = { readonly timesMs: readonly number[]; readonly proof: Proof };

async function afterKills(
  rounds: number,
  settings: Readonly<Record<string, string>>,
  progress: (line: string) => void,
): Promise<Resent> {
  const connections = MESSAGES;
  const testbed = await Testbed.start({ applications: APPLICATIONS, connections, settings });
  const timesMs: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { received } = await testbed.received();
    await testbed.answer('hanging');
    await testbed.load.call('send', { count: MESSAGES });
    await until(testbed, ({ asked }) => asked === round * MESSAGES);
    const killedAtUs = nowUs();
    await testbed.holdfast.kill();
    await testbed.answer('healthy');
    await testbed.restartHoldfast();
    await until(testbed, (now) => now.received === received + MESSAGES);
    timesMs.push(((await testbed.received()).lastAtUs - killedAtUs) / 1000);
    progress(`kill ${round} of ${rounds}`);
  }
  return { timesMs, proof: await testbed.finish() };
}

/** First attempts are due far in the future, so that nothing but the end of the lease brings the deliveries. */
async function afterForgetting(
  leaseMs: number,
  rounds: number,
  settings: Readonly<Record<string, string>>,
  progress: (line: string) => void,
): Promise<Resent> {
  const testbed = await Testbed.start({
    applications: APPLICATIONS,
    connections: MESSAGES,
    settings: { ...settings, HOLDFAST_RETRY_SCHEDULE: '1h,5s' },
  });
  const timesMs: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await testbed.load.call('send', { count: MESSAGES });
    const takenAtUs = nowUs();
    const taken = takeLeases(testbed.folder.path, Date.now() + leaseMs);
    if (taken !== MESSAGES) throw new Error(`${taken} deliveries were scheduled, not ${MESSAGES}`);
    await until(testbed, ({ received }) => received === round * MESSAGES);
    timesMs.push(((await testbed.received()).lastAtUs - takenAtUs) / 1000);
    progress(`lease ${round} of ${rounds} lost in a living process`);
  }
  return { timesMs, proof: await testbed.finish() };
}

/** Throws where it does not come to hold. */
async function until(
  testbed: Testbed,
  holds: (received: Awaited<ReturnType<Testbed['received']>>) => boolean,
): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    const received = await testbed.received();
    if (holds(received)) return;
    if (performance.now() > giveUpAt) {
      throw new Error(`after ${GIVE_UP_MS} ms still: ${JSON.stringify(received)}`);
    }
    await sleep(POLL_MS);
  }
}
