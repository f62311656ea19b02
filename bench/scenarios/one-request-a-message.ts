import { setTimeout as sleep } from 'node:timers/promises';
import type { BareClientCalls } from '../bare-client.ts';
import { budgets } from '../budgets.ts';
import { Child } from '../child.ts';
import { fsyncMs } from '../disk.ts';
import { median, overRounds, type Measure, type ScenarioResult } from '../measure.ts';
import { measureLatency } from '../measure-latency.ts';
import {
  measureBareClient,
  measureHoldfast,
  type HoldfastWindow,
  type Window,
} from '../measure-throughput.ts';
import type { BenchOptions } from '../options.ts';
import { failuresOf } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { Testbed } from '../testbed.ts';

/**
 * The main budget: one HTTP request a message, one delivery each, fsync on, against the bare client loop. Both run by
 * turns in one run, so that a busy machine slows both; the ratio is taken within each round.
 */
export const oneRequestAMessage: Scenario = {
  name: 'one-request',
  sentence: 'One HTTP request a message, accept to receiver, against the bare client loop.',
  run,
};

const APPLICATIONS = 8;

async function run(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { concurrency } = options;
  const testbed = await Testbed.start({ applications: APPLICATIONS, connections: concurrency });
  const { folder, holdfast } = testbed;
  const fsync = fsyncMs(folder.path);
  const bareClient = new Child<BareClientCalls>(new URL('../bare-client.ts', import.meta.url));
  await bareClient.call('prepare', {
    url: testbed.receiverUrl,
    secret: testbed.secret,
    concurrency,
  });

  const { seconds, warmUpSeconds } = options;
  progress(`warming up; the ledger is in ${folder.path} (${folder.fileSystem})`);
  await measureBareClient(testbed, bareClient, { seconds: 1, concurrency });
  await measureHoldfast(testbed, { seconds: warmUpSeconds });

  const bare: Window[] = [];
  const served: HoldfastWindow[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const bareTurn = async (): Promise<unknown> =>
      bare.push(await measureBareClient(testbed, bareClient, { seconds, concurrency }));
    const holdfastTurn = async (): Promise<unknown> =>
      served.push(await measureHoldfast(testbed, { seconds }));
    // By turns first and second, so that a drift of the machine favours neither.
    for (const turn of round % 2 === 0 ? [bareTurn, holdfastTurn] : [holdfastTurn, bareTurn]) {
      await turn();
      await sleep(100);
    }
    progress(
      `round ${round + 1} of ${options.rounds}: bare ${perSecond(bare[round])}, Holdfast ${perSecond(served[round])}`,
    );
  }
  await bareClient.stop();

  const half = median(served.map(({ deliveriesPerSecond }) => deliveriesPerSecond)) / 2;
  progress(`latency at ${Math.round(half)} messages/s`);
  const latency = await measureLatency(testbed, {
    perSecond: half,
    seconds: options.latencySeconds,
  });
  const { peakResidentBytes } = holdfast.usage();
  progress('stopping, then auditing the ledger');
  const proof = await testbed.finish();

  const ratios = served.map(
    (window, round) => window.deliveriesPerSecond / (bare[round]?.deliveriesPerSecond ?? 0),
  );
  const accepted = median(served.map(({ acceptedPerSecond }) => acceptedPerSecond));
  const measures: readonly Measure[] = [
    overRounds('bare client loop', 'deliveries/s', bare, (window) => window.deliveriesPerSecond),
    overRounds(
      'Holdfast, accept to receiver',
      'deliveries/s',
      served,
      (w) => w.deliveriesPerSecond,
    ),
    {
      ...overRounds('Holdfast to bare client', 'ratio', ratios, (ratio) => ratio),
      target: budgets.ratioToBareClient,
      note: `rounds: ${ratios.map((ratio) => ratio.toFixed(3)).join(' ')}`,
    },
    overRounds('CPU a delivery, bare client', 'µs', bare, ({ cpuUs }) => cpuUs),
    {
      ...overRounds('CPU a delivery, Holdfast', 'µs', served, ({ cpuUs }) => cpuUs),
      note: `main thread ${inMedian(served, (w) => w.mainThreadUs)}, ledger threads ${inMedian(served, (w) => sum(w.workerThreadsUs))}`,
    },
    {
      name: 'latency p50 at half load',
      value: latency.p50Ms,
      unit: 'ms',
      target: budgets.latencyP50Ms,
      note: `${Math.round(latency.perSecond)} messages/s, ${latency.count} of them`,
    },
    {
      name: 'latency p99 at half load',
      value: latency.p99Ms,
      unit: 'ms',
      target: budgets.latencyP99Ms,
      note: `longest ${latency.maxMs.toFixed(1)} ms`,
    },
    {
      name: 'disk a delivery, 1 kB payload',
      value: proof.dataFolderBytes / proof.received,
      unit: 'bytes',
      target: budgets.diskBytesADelivery,
      note: `${proof.received} deliveries, after a clean stop`,
    },
    { name: 'peak resident memory', value: peakResidentBytes / 1e6, unit: 'MB' },
    { name: 'lost', value: proof.lost, unit: 'messages', target: budgets.lost },
  ];
  return {
    measures,
    failures: failuresOf(proof),
    complaints: proof.complaints,
    remarks: [
      `${concurrency} requests at once; the ledger in ${folder.path} (${folder.fileSystem}), where an fsync takes ${fsync.toFixed(2)} ms.`,
      `Accepted ${Math.round(accepted)}/s while measured: what is accepted faster than delivered waits its turn.`,
    ],
    conditions: {
      dataFolder: `${folder.path} on ${folder.fileSystem}`,
      fsyncMs: fsync,
      concurrency,
      applications: APPLICATIONS,
      acceptedPerSecond: accepted,
      busyElsewhere: median([...bare, ...served].map(({ elsewhere }) => elsewhere)),
      receiverCpuUs: median(served.map(({ receiverCpuUs }) => receiverCpuUs)),
      loadCpuUs: median(served.map(({ loadCpuUs }) => loadCpuUs)),
      workerThreadsUs: served.map(({ workerThreadsUs }) => workerThreadsUs),
      ratios,
      bare,
      holdfast: served,
      latency,
      proof,
    },
  };
}

function inMedian(windows: readonly HoldfastWindow[], pick: (w: HoldfastWindow) => number): string {
  return `${Math.round(median(windows.map(pick)))} µs`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function perSecond(window: Window | undefined): string {
  return `${Math.round(window?.deliveriesPerSecond ?? 0)}/s`;
}
