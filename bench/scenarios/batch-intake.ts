import type { BareClientCalls } from '../bare-client.ts';
import { budgets } from '../budgets.ts';
import { Child } from '../child.ts';
import { median, overRounds, type ScenarioResult } from '../measure.ts';
import { measureBatches, type BatchWindow } from '../measure-batches.ts';
import { measureBareClient, type Window } from '../measure-throughput.ts';
import type { BenchOptions } from '../options.ts';
import { failuresOf } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { Testbed } from '../testbed.ts';

/** The same as one-request, but for how messages come in: NDJSON, many a request. */
export const batchIntake: Scenario = {
  name: 'batch-intake',
  sentence: 'Messages accepted in batches, accept to receiver, against the bare client loop.',
  run,
};

const APPLICATIONS = 8;
const MESSAGES_A_BATCH = 100;
const CONNECTIONS = 8;
const QUICK_ROUNDS = 2;

async function run(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { concurrency, seconds } = options;
  const rounds = options.isQuick ? Math.min(QUICK_ROUNDS, options.rounds) : options.rounds;
  const testbed = await Testbed.start({ applications: APPLICATIONS, connections: CONNECTIONS });
  const bareClient = new Child<BareClientCalls>(new URL('../bare-client.ts', import.meta.url));
  const { receiverUrl: url, secret } = testbed;
  await bareClient.call('prepare', { url, secret, concurrency });
  // Half as long: what intake outran delivery by is delivered afterwards, and belongs to the turn.
  const load = {
    seconds: seconds / 2,
    messagesABatch: MESSAGES_A_BATCH,
    connections: CONNECTIONS,
  };
  progress('warming up');
  await measureBareClient(testbed, bareClient, { seconds: 1, concurrency });
  await measureBatches(testbed, { ...load, seconds: options.warmUpSeconds / 2 });

  const bare: Window[] = [];
  const served: BatchWindow[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bareTurn = async (): Promise<unknown> =>
      bare.push(await measureBareClient(testbed, bareClient, { seconds, concurrency }));
    const batchTurn = async (): Promise<unknown> =>
      served.push(await measureBatches(testbed, load));
    for (const turn of round % 2 === 0 ? [bareTurn, batchTurn] : [batchTurn, bareTurn]) {
      await turn();
    }
    progress(`round ${round + 1} of ${rounds}`);
  }
  await bareClient.stop();
  const { peakResidentBytes } = testbed.holdfast.usage();
  progress('stopping, then auditing the ledger');
  const proof = await testbed.finish();
  const ratios = served.map(
    (window, round) => window.deliveriesPerSecond / (bare[round]?.deliveriesPerSecond ?? 0),
  );
  const perSecond = (window: Window): number => window.deliveriesPerSecond;
  const cpuUs = (window: Window): number => window.cpuUs;
  return {
    measures: [
      overRounds('bare client loop', 'deliveries/s', bare, perSecond),
      overRounds('Holdfast, accept to receiver', 'deliveries/s', served, perSecond),
      {
        ...overRounds('Holdfast to bare client', 'ratio', ratios, (ratio) => ratio),
        target: budgets.batchRatioToBareClient,
        note: `rounds: ${ratios.map((ratio) => ratio.toFixed(3)).join(' ')}`,
      },
      overRounds('CPU a delivery, Holdfast', 'µs', served, cpuUs),
      { name: 'peak resident memory', value: peakResidentBytes / 1e6, unit: 'MB' },
      { name: 'lost', value: proof.lost, unit: 'messages', target: budgets.lost },
    ],
    failures: failuresOf(proof),
    complaints: proof.complaints,
    remarks: [
      `${MESSAGES_A_BATCH} messages a request as NDJSON, ${CONNECTIONS} requests at once. A turn lasts from the first batch to the arrival of its last message.`,
      `Accepted ${Math.round(median(served.map(({ acceptedPerSecond }) => acceptedPerSecond)))}/s while batches were sent.`,
    ],
    conditions: {
      messagesABatch: MESSAGES_A_BATCH,
      connections: CONNECTIONS,
      concurrency,
      ratios,
      bare,
      holdfast: served,
      proof,
    },
  };
}
