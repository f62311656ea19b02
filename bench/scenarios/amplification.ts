import { setTimeout as sleep } from 'node:timers/promises';
import { budgets } from '../budgets.ts';
import type { ScenarioResult } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { failuresOf } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { Testbed } from '../testbed.ts';

/** Retries must not multiply the traffic that a receiver in trouble gets: every answer is 500, the load goes on. */
export const amplification: Scenario = {
  name: 'amplification',
  sentence: 'Requests that receivers get a message accepted, while all of them answer 500.',
  run,
};

const APPLICATIONS = 8;
const CONNECTIONS = 16;
const sizes = {
  quick: { seconds: 7, perSecond: 100 },
  full: { seconds: 60, perSecond: 200 },
};

async function run(
  { isQuick }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { seconds, perSecond } = isQuick ? sizes.quick : sizes.full;
  const testbed = await Testbed.start({ applications: APPLICATIONS, connections: CONNECTIONS });
  await testbed.answer('failing');
  progress(`${perSecond} messages/s for ${seconds} s, every answer 500`);
  await testbed.load.call('startPaced', { perSecond });
  await sleep(seconds * 1000);
  await testbed.load.call('stop');
  const { requests } = await testbed.received();
  const { acknowledged } = await testbed.load.call('mark');
  progress('stopping, then auditing the ledger');
  const proof = await testbed.finish({ mayBeOpen: true });
  return {
    measures: [
      {
        name: 'requests a message, all failing',
        value: requests / acknowledged,
        unit: 'requests a message',
        target: budgets.requestsAMessage,
        note: `${requests} requests, ${acknowledged} messages accepted`,
      },
      { name: 'lost', value: proof.lost, unit: 'messages', target: budgets.lost },
    ],
    failures: failuresOf(proof),
    complaints: proof.complaints,
    remarks: [
      `${seconds} s at ${perSecond} messages/s with the default retry schedule; requests and messages of that time alone.`,
      ...(isQuick
        ? [
            `Reduced from ${sizes.full.seconds} s at ${sizes.full.perSecond} messages/s: a longer failure brings more retries a message.`,
          ]
        : []),
    ],
    conditions: { seconds, perSecond, requests, acknowledged, proof },
  };
}
