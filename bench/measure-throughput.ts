import { setTimeout as sleep } from 'node:timers/promises';
import type { BareClientCalls } from './bare-client.ts';
import type { Child } from './child.ts';
import { cores, machineBusyUs, usageOf } from './process-usage.ts';
import type { Testbed } from './testbed.ts';

/** One window of one side. All CPU times are microseconds a delivery. */
export type Window = {
  readonly deliveriesPerSecond: number;
  /** Of the bare client's process, or of Holdfast's. */
  readonly cpuUs: number;
  readonly mainThreadUs: number;
  readonly workerThreadsUs: readonly number[];
  readonly receiverCpuUs: number;
  readonly loadCpuUs: number;
  /** Share of the machine's cores that processes other than the bench's own kept busy. */
  readonly elsewhere: number;
};

export type HoldfastWindow = Window & {
  /** Messages acknowledged a second: above the deliveries' rate a backlog grows, below it one shrinks. */
  readonly acceptedPerSecond: number;
};

const SETTLE_MS = 600;

export type Snapshot = {
  readonly received: number;
  readonly acceptedCount: number;
  readonly atUs: number;
  readonly cpuUs: number;
  readonly mainThreadUs: number;
  readonly workerThreadsUs: readonly number[];
  readonly receiverCpuUs: number;
  readonly loadCpuUs: number;
  readonly busyUs: number;
};

/** The bare client's loop, Holdfast off the cores meanwhile. */
export async function measureBareClient(
  testbed: Testbed,
  bare: Child<BareClientCalls>,
  { seconds, concurrency }: { readonly seconds: number; readonly concurrency: number },
): Promise<Window> {
  testbed.holdfast.pause();
  await bare.call('start', { concurrency });
  await sleep(SETTLE_MS);
  const look = async (): Promise<Snapshot> => {
    const { atUs, received } = await testbed.receiver.call('mark', { stream: 'bare' });
    return {
      ...snapshotOf(bare.pid, testbed, atUs, received),
      loadCpuUs: 0,
      acceptedCount: 0,
    };
  };
  const before = await look();
  await sleep(seconds * 1000);
  const after = await look();
  await bare.call('stop');
  testbed.holdfast.resume();
  return windowBetween(before, after);
}

/** The sender at full speed. The window counts what arrived in it; then the rest is waited for. */
export async function measureHoldfast(
  testbed: Testbed,
  { seconds }: { readonly seconds: number },
): Promise<HoldfastWindow> {
  await testbed.load.call('startClosed');
  await sleep(SETTLE_MS);
  const look = async (): Promise<Snapshot> => {
    const { acknowledged, cpuUs } = await testbed.load.call('mark');
    const { atUs, received } = await testbed.receiver.call('mark', { stream: 'holdfast' });
    return {
      ...snapshotOf(testbed.holdfast.pid, testbed, atUs, received),
      loadCpuUs: cpuUs,
      acceptedCount: acknowledged,
    };
  };
  const before = await look();
  await sleep(seconds * 1000);
  const after = await look();
  await testbed.load.call('stop');
  await testbed.drained();
  const acceptedPerSecond =
    ((after.acceptedCount - before.acceptedCount) / (after.atUs - before.atUs)) * 1e6;
  return { ...windowBetween(before, after), acceptedPerSecond };
}

export function snapshotOf(
  pid: number,
  testbed: Testbed,
  atUs: number,
  received: number,
): Omit<Snapshot, 'loadCpuUs' | 'acceptedCount'> {
  const { cpuUs, mainThreadUs, workerThreadsUs } = usageOf(pid);
  return {
    atUs,
    received,
    cpuUs,
    mainThreadUs,
    workerThreadsUs,
    receiverCpuUs: usageOf(testbed.receiver.pid).cpuUs,
    busyUs: machineBusyUs(),
  };
}

export function windowBetween(before: Snapshot, after: Snapshot): Window {
  const deliveries = after.received - before.received;
  const elapsedUs = after.atUs - before.atUs;
  const ofOurs =
    after.cpuUs -
    before.cpuUs +
    (after.receiverCpuUs - before.receiverCpuUs) +
    (after.loadCpuUs - before.loadCpuUs);
  const busyUs = after.busyUs - before.busyUs;
  return {
    deliveriesPerSecond: (deliveries / elapsedUs) * 1e6,
    cpuUs: (after.cpuUs - before.cpuUs) / deliveries,
    mainThreadUs: (after.mainThreadUs - before.mainThreadUs) / deliveries,
    workerThreadsUs: after.workerThreadsUs.map(
      (us, index) => (us - (before.workerThreadsUs[index] ?? 0)) / deliveries,
    ),
    receiverCpuUs: (after.receiverCpuUs - before.receiverCpuUs) / deliveries,
    loadCpuUs: (after.loadCpuUs - before.loadCpuUs) / deliveries,
    elsewhere: Math.max(0, (busyUs - ofOurs) / (elapsedUs * cores)),
  };
}
