import { setTimeout as sleep } from 'node:timers/promises';
import type { Latencies } from './latencies.ts';
import type { Testbed } from './testbed.ts';

export type PacedLatencies = Latencies & {
  readonly perSecond: number;
  /** Messages that waited in the sender for a free connection, at most. */
  readonly longestWait: number;
};

const SETTLE_MS = 1000;

/** From the moment a message leaves the sender, at a fixed rate whatever the answers, to its arrival. */
export async function measureLatency(
  testbed: Testbed,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<PacedLatencies> {
  await testbed.load.call('startPaced', { perSecond });
  await sleep(SETTLE_MS);
  await testbed.receiver.call('beginLatencies', { stream: 'holdfast' });
  await sleep(seconds * 1000);
  const latencies = await testbed.receiver.call('endLatencies', { stream: 'holdfast' });
  const { longestWait } = await testbed.load.call('mark');
  await testbed.load.call('stop');
  await testbed.drained();
  return { ...latencies, perSecond, longestWait };
}
