import { setTimeout as sleep } from 'node:timers/promises';
import type { BareClientCalls } from '../bare-client.ts';
import { budgets } from '../budgets.ts';
import { Child } from '../child.ts';
import { fsyncMs } from '../disk.ts';
import { median, type Measure, type ScenarioResult } from '../measure.ts';
import {
  measureBareClient,
  measureHoldfast,
  type HoldfastWindow,
  type Window,
} from '../measure-throughput.ts';
import type { BenchOptions } from '../options.ts';
import { peers as choices } from '../peers/all.ts';
import { installPeers } from '../peers/install.ts';
import { Peer, type PeerProof, type PeerWindow } from '../peers/peer.ts';
import { failuresOf } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { Testbed } from '../testbed.ts';

/**
 * The job queues that a team on Node would reach for, each with a server and a worker of a few lines, beside Holdfast
 * and the bare client loop: the same messages, the same bytes and signatures at the receiver, by turns in one run.
 */
const APPLICATIONS = 8;

type Skipped = { readonly name: string; readonly reason: string };
type Measured = { readonly peer: Peer; readonly windows: PeerWindow[] };

export const peers: Scenario = {
  name: 'peers',
  sentence: 'Job queues that do the same, by turns with Holdfast and the bare client.',
  isOnRequest: true,
  run: besidePeers,
};

async function besidePeers(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { concurrency, rounds, seconds, warmUpSeconds } = options;
  const testbed = await Testbed.start({ applications: APPLICATIONS, connections: concurrency });
  const { holdfast, folder, secret } = testbed;
  const fsync = fsyncMs(folder.path);
  const bareClient = new Child<BareClientCalls>(new URL('../bare-client.ts', import.meta.url));
  await bareClient.call('prepare', { url: testbed.receiverUrl, secret, concurrency });
  const { measured, skipped } = await startPeers({ secret, connections: concurrency }, progress);

  progress('warming up');
  await measureBareClient(testbed, bareClient, { seconds: 1, concurrency });
  await measureHoldfast(testbed, { seconds: warmUpSeconds });
  holdfast.pause();
  for (const { peer } of measured) await peer.measure({ seconds: warmUpSeconds });
  holdfast.resume();

  const bare: Window[] = [];
  const served: HoldfastWindow[] = [];
  const turns = [
    async () => bare.push(await measureBareClient(testbed, bareClient, { seconds, concurrency })),
    async () => served.push(await measureHoldfast(testbed, { seconds })),
    ...measured.map(({ peer, windows }) => async () => {
      holdfast.pause();
      windows.push(await peer.measure({ seconds }));
      holdfast.resume();
    }),
  ];
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, so that a drift of the machine favours none.
    for (let turn = 0; turn < turns.length; turn += 1) {
      await turns[(round + turn) % turns.length]?.();
      await sleep(100);
    }
    progress(`round ${round + 1} of ${rounds}: ${rates(round, bare, served, measured)}`);
  }

  progress('stopping, then counting what arrived');
  await bareClient.stop();
  const proof = await testbed.finish();
  const proofs: [string, PeerProof][] = [];
  for (const { peer } of measured) proofs.push([peer.name, await peer.finish()]);
  return {
    measures: [
      over('bare client loop', 'deliveries/s', bare, (window) => window.deliveriesPerSecond),
      over('Holdfast', 'deliveries/s', served, (window) => window.deliveriesPerSecond),
      over('CPU a delivery, Holdfast', 'µs', served, ({ cpuUs }) => cpuUs),
      ...measured.flatMap((each) => measuresOf(each, served)),
      ...skipped.map(notMeasured),
    ],
    failures: [
      ...failuresOf(proof),
      ...proofs.flatMap(([name, found]) => failuresOfPeer(name, found)),
    ],
    complaints: proof.complaints,
    conditions: {
      dataFolder: `${folder.path} on ${folder.fileSystem}`,
      fsyncMs: fsync,
      concurrency,
      applications: APPLICATIONS,
      acceptedPerSecond: median(served.map((window) => window.acceptedPerSecond)),
      busyElsewhere: median([...bare, ...served].map(({ elsewhere }) => elsewhere)),
      bare,
      holdfast: served,
      proof,
      peers: measured.map(({ peer: { name, settings }, windows }, index) => ({
        name,
        settings,
        windows,
        proof: proofs[index]?.[1],
      })),
      skipped,
    },
  };
}

async function startPeers(
  options: { readonly secret: string; readonly connections: number },
  progress: (line: string) => void,
): Promise<{ readonly measured: readonly Measured[]; readonly skipped: readonly Skipped[] }> {
  const measured: Measured[] = [];
  const skipped: Skipped[] = [];
  installPeers(progress);
  for (const choice of choices) {
    try {
      const peer = await Peer.start(choice, options);
      measured.push({ peer, windows: [] });
      progress(`${peer.name}: ${peer.settings}`);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      skipped.push({ name: choice.name, reason });
      progress(`${choice.name} is left out: ${reason}`);
    }
  }
  return { measured, skipped };
}

function measuresOf(
  { peer: { name, settings }, windows }: Measured,
  served: readonly HoldfastWindow[],
): readonly Measure[] {
  const ratios = served.map(
    (window, round) => window.deliveriesPerSecond / (windows[round]?.deliveriesPerSecond ?? 0),
  );
  const cpuRatios = windows.map(
    ({ nodeCpuUs, serverCpuUs }, round) =>
      (nodeCpuUs + serverCpuUs) / (served[round]?.cpuUs ?? Number.NaN),
  );
  const inMedian = (pick: (window: PeerWindow) => number): string =>
    String(Math.round(median(windows.map(pick))));
  return [
    {
      ...over(name, 'deliveries/s', windows, (window) => window.deliveriesPerSecond),
      note: `${inMedian((w) => w.whileAccepting)}/s while ${inMedian((w) => w.acceptedPerSecond)}/s were accepted, ${inMedian((w) => w.untilDrained)}/s until all had arrived`,
    },
    {
      ...over(`Holdfast to ${name}`, 'ratio', ratios, (ratio) => ratio),
      target: budgets.ratioToPeer,
      note: `with ${settings}`,
    },
    {
      ...over(`CPU a delivery, ${name}`, 'µs', windows, (w) => w.nodeCpuUs + w.serverCpuUs),
      note: `Node ${inMedian((w) => w.nodeCpuUs)} µs, its server ${inMedian((w) => w.serverCpuUs)} µs`,
    },
    over(`CPU a delivery, ${name} to Holdfast`, 'ratio', cpuRatios, (ratio) => ratio),
  ];
}

function notMeasured({ name, reason }: Skipped): Measure {
  return {
    name: `Holdfast to ${name}`,
    value: Number.NaN,
    unit: 'ratio',
    target: budgets.ratioToPeer,
    note: `left out: ${reason}`,
  };
}

function failuresOfPeer(name: string, proof: PeerProof): readonly string[] {
  const checks: readonly (readonly [isWrong: boolean, sentence: string])[] = [
    [proof.lost > 0, `${proof.lost} acknowledged messages were never received.`],
    [
      proof.acknowledged < proof.sent,
      `${proof.sent - proof.acknowledged} of ${proof.sent} messages were not acknowledged.`,
    ],
    [proof.changed > 0, `${proof.changed} bodies were not what was sent.`],
    [proof.badSignatures > 0, `${proof.badSignatures} signatures did not verify.`],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, sentence]) => `${name}: ${sentence}`);
}

/** The median over the rounds, with the smallest and the largest. */
function over<Round>(
  name: string,
  unit: Measure['unit'],
  windows: readonly Round[],
  pick: (round: Round) => number,
): Measure {
  const values = windows.map(pick);
  return { name, unit, value: median(values), spread: [Math.min(...values), Math.max(...values)] };
}

function rates(
  round: number,
  bare: readonly Window[],
  served: readonly HoldfastWindow[],
  measured: readonly Measured[],
): string {
  return [
    ['bare', bare[round]] as const,
    ['Holdfast', served[round]] as const,
    ...measured.map(({ peer, windows }) => [peer.name, windows[round]] as const),
  ]
    .map(([name, window]) => `${name} ${Math.round(window?.deliveriesPerSecond ?? 0)}/s`)
    .join(', ');
}
