import { setTimeout as sleep } from 'node:timers/promises';
import type { Latencies } from '../latencies.ts';
import { budgets } from '../budgets.ts';
import { median, overRounds, type Measure, type ScenarioResult } from '../measure.ts';
import { measureHoldfast } from '../measure-throughput.ts';
import type { BenchOptions } from '../options.ts';
import { failuresOf } from '../proof.ts';
import type { Answering } from '../receiver.ts';
import type { Scenario } from '../scenario.ts';
import { Testbed } from '../testbed.ts';

/**
 * A hundred endpoints, each of an application of its own. Seventy are healthy throughout, at a receiver of their own;
 * three groups of ten get into trouble, each group at one more receiver. The p99 of the seventy in a turn with trouble
 * is held against theirs in the turn before it, when all were healthy.
 */
export const isolation: Scenario = {
  name: 'isolation',
  sentence: 'p99 of healthy endpoints while others are in trouble, against all being healthy.',
  run,
};

const ENDPOINTS = 100;
const CONNECTIONS = 64;
/** The last digit of an application's number gives its receiver: 1 in 10 each, the rest healthy. */
const troubles = ['hanging', 'refusing', 'endless'] as const satisfies readonly Answering[];
type Trouble = (typeof troubles)[number];
const turns = [
  { name: '1 in 10 hangs', with: ['hanging'] },
  { name: '1 in 10 refuses connections', with: ['refusing'] },
  { name: '1 in 10 answers without end', with: ['endless'] },
  { name: 'all three at once', with: troubles },
] as const satisfies readonly { readonly name: string; readonly with: readonly Trouble[] }[];

const sizes = {
  quick: { rounds: 1, capacitySeconds: 1.5, troubleSettleSeconds: 2, settleSeconds: 1, seconds: 3 },
  full: { rounds: 3, capacitySeconds: 5, troubleSettleSeconds: 10, settleSeconds: 3, seconds: 10 },
};
const HEALTHY_SHARE = 1 - troubles.length / 10;
const LOAD_SHARE = 1 / 3;
/** The first retry comes 5 s after the failure, give or take a fifth: once it is over, the next turn begins. */
const RETRIES_OVER_MS = 6500;
const LONGEST_RECOVERY_MS = 30_000;
/** What is under way to endless bodies ends within that. */
const ENDED_MS = 500;

type Turn = {
  readonly name: string;
  readonly baseline: Latencies;
  readonly troubled: Latencies;
};

async function run(
  { isQuick, rounds: mostRounds }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const rounds = Math.min(size.rounds, mostRounds);
  const kinds = isQuick ? turns.slice(-1) : turns;
  const testbed = await Testbed.start({
    applications: ENDPOINTS,
    connections: CONNECTIONS,
    receivers: 1 + troubles.length,
    receiverOf: (application) => (application % 10 < troubles.length ? 1 + (application % 10) : 0),
  });
  progress('measuring the capacity');
  if (!isQuick) await measureHoldfast(testbed, { seconds: size.capacitySeconds });
  const capacity = await measureHoldfast(testbed, { seconds: size.capacitySeconds });
  // The first receiver's alone; what is accepted faster than delivered is no capacity.
  const deliveredPerSecond = capacity.deliveriesPerSecond / HEALTHY_SHARE;
  const perSecond = Math.round(
    Math.min(capacity.acceptedPerSecond, deliveredPerSecond) * LOAD_SHARE,
  );

  const measured: Turn[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, with: present } of kinds) {
      const baseline = await healthyLatencies(testbed, perSecond, size.settleSeconds, size.seconds);
      await setTrouble(testbed, present);
      const { troubleSettleSeconds } = size;
      const troubled = await healthyLatencies(
        testbed,
        perSecond,
        troubleSettleSeconds,
        size.seconds,
      );
      await testbed.quiet(ENDED_MS, RETRIES_OVER_MS);
      await setTrouble(testbed, []);
      // Quickly there is no next turn.
      if (!isQuick) await testbed.quiet(RETRIES_OVER_MS, LONGEST_RECOVERY_MS);
      measured.push({ name, baseline, troubled });
      progress(
        `round ${round} of ${rounds}, ${name}: p99 ${baseline.p99Ms.toFixed(1)} → ${troubled.p99Ms.toFixed(1)} ms`,
      );
    }
  }
  progress('stopping, then auditing the ledger');
  const proof = await testbed.finish({ mayBeOpen: true });
  const baselines = measured.map(({ baseline }) => baseline.p99Ms);
  return {
    measures: [
      overRounds('p99, all healthy', 'ms', baselines, (ms) => ms),
      ...kinds.map(({ name }) => measureOf(name, measured)),
      { name: 'lost', value: proof.lost, unit: 'messages', target: budgets.lost },
    ],
    failures: failuresOf(proof),
    complaints: proof.complaints,
    remarks: [
      `${ENDPOINTS} endpoints at ${perSecond} messages/s in all, a third of what full load brought; trouble lasts ${size.troubleSettleSeconds} s before each window of ${size.seconds} s.`,
      ...(isQuick
        ? [
            `Reduced from ${sizes.full.rounds} rounds of each trouble alone and together, ${sizes.full.troubleSettleSeconds} s before windows of ${sizes.full.seconds} s: lanes may not have filled yet.`,
          ]
        : []),
    ],
    conditions: { endpoints: ENDPOINTS, perSecond, size, turns: measured, proof },
  };
}

function measureOf(name: string, measured: readonly Turn[]): Measure {
  const ofKind = measured.filter((turn) => turn.name === name);
  const p99 = median(ofKind.map(({ troubled }) => troubled.p99Ms));
  return {
    ...overRounds(name, 'ratio', ofKind, (turn) => turn.troubled.p99Ms / turn.baseline.p99Ms),
    target: budgets.healthyP99Ratio,
    note: `p99 ${p99.toFixed(1)} ms of ${ofKind.reduce((sum, { troubled }) => sum + troubled.count, 0)} messages`,
  };
}

/** Receivers after the first are in trouble as named, or healthy. */
async function setTrouble(testbed: Testbed, present: readonly Trouble[]): Promise<void> {
  for (const [place, trouble] of troubles.entries()) {
    const answering = present.includes(trouble) ? trouble : 'healthy';
    await testbed.receivers[1 + place]?.call('answer', { answering });
  }
}

/** Of the endpoints at the first receiver, from leaving the sender to arrival. */
async function healthyLatencies(
  testbed: Testbed,
  perSecond: number,
  settleSeconds: number,
  seconds: number,
): Promise<Latencies> {
  await testbed.load.call('startPaced', { perSecond });
  await sleep(settleSeconds * 1000);
  await testbed.receiver.call('beginLatencies', { stream: 'holdfast' });
  await sleep(seconds * 1000);
  const latencies = await testbed.receiver.call('endLatencies', { stream: 'holdfast' });
  await testbed.load.call('stop');
  return latencies;
}
