import { setTimeout as sleep } from 'node:timers/promises';
import { snapshotOf, windowBetween, type Window } from './measure-throughput.ts';
import type { Testbed } from './testbed.ts';

export type BatchWindow = Window & {
  readonly messages: number;
  /** Acknowledged a second while batches were sent: above the deliveries' rate a backlog grows. */
  readonly acceptedPerSecond: number;
};

export type BatchLoad = {
  readonly seconds: number;
  readonly messagesABatch: number;
  /** Each sends its next batch when the last one was answered. */
  readonly connections: number;
};

/**
 * Batches as fast as they are answered. Intake may well outrun delivery, and a rate within the window would not tell
 * what the rest costs: so the time goes from the first batch to the arrival of the last message.
 */
export async function measureBatches(testbed: Testbed, load: BatchLoad): Promise<BatchWindow> {
  const { pid } = testbed.holdfast;
  const before = await testbed.received();
  const sentBefore = await testbed.load.call('mark');
  const startedAtUs = await testbed.load.call('startBatches', load);
  const first = {
    ...snapshotOf(pid, testbed, startedAtUs, before.received),
    loadCpuUs: sentBefore.cpuUs,
    acceptedCount: sentBefore.acknowledged,
  };
  await sleep(load.seconds * 1000);
  await testbed.load.call('stop');
  const sent = await testbed.load.call('mark');
  const sendingUs = sent.atUs - startedAtUs;
  await testbed.drained();
  const after = await testbed.received();
  const last = {
    ...snapshotOf(pid, testbed, after.lastAtUs, after.received),
    loadCpuUs: sent.cpuUs,
    acceptedCount: sent.acknowledged,
  };
  const messages = last.acceptedCount - first.acceptedCount;
  return {
    ...windowBetween(first, last),
    messages,
    acceptedPerSecond: (messages / sendingUs) * 1e6,
  };
}
