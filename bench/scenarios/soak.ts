import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { budgets } from '../budgets.ts';
import { median, type ScenarioResult } from '../measure.ts';
import { measureHoldfast } from '../measure-throughput.ts';
import type { BenchOptions } from '../options.ts';
import { failuresOf } from '../proof.ts';
import type { Scenario } from '../scenario.ts';
import { csvHead, csvLine, growthOf, sizesOf, soakPlot, type SoakSample } from '../soak-samples.ts';
import { Testbed } from '../testbed.ts';

/** Half of what it can do, one answer in a hundred a 500, for as long as it is given. What grows, shows. */
export const soak: Scenario = {
  name: 'soak',
  sentence: 'Steady load at half of the capacity with 1 % failing answers: what grows?',
  isOnRequest: true,
  run,
};

const APPLICATIONS = 8;
const LOAD_SHARE = 0.5;
const FAIL_ONE_IN = 100;
const SAMPLE_MS = 2000;
const CAPACITY_SECONDS = 5;
/** One collection of V8's old space moves tens of MB: over less than this the slope says little. */
const SHORTEST_GROWTH_SECONDS = 300;
/** The first retry comes 5 s after the failure, give or take a fifth. */
const RETRIES_OVER_MS = 6500;
const LONGEST_RECOVERY_MS = 30_000;

async function run(
  { concurrency, soakMinutes, out }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const folder = out === undefined ? mkdtempSync(join(tmpdir(), 'holdfast-soak-')) : resolve(out);
  mkdirSync(folder, { recursive: true });
  const [csvPath, svgPath] = [join(folder, 'soak.csv'), join(folder, 'soak.svg')];
  const testbed = await Testbed.start({
    applications: APPLICATIONS,
    connections: concurrency,
    tellsHeap: true,
  });
  progress('measuring the capacity');
  await measureHoldfast(testbed, { seconds: CAPACITY_SECONDS });
  const capacity = await measureHoldfast(testbed, { seconds: CAPACITY_SECONDS });
  const perSecond = Math.round(
    Math.min(capacity.acceptedPerSecond, capacity.deliveriesPerSecond) * LOAD_SHARE,
  );
  progress(`${perSecond} messages/s for ${soakMinutes} min; samples go to ${csvPath}`);
  await testbed.receiver.call('answer', { answering: 'healthy', failOneIn: FAIL_ONE_IN });
  await testbed.load.call('startPaced', { perSecond });
  writeFileSync(csvPath, csvHead);
  const samples: SoakSample[] = [];
  // Written as they come, so that a soak that is broken off leaves what it saw.
  for await (const sample of samplesOf(testbed, soakMinutes * 60)) {
    samples.push(sample);
    appendFileSync(csvPath, csvLine(sample));
  }
  await testbed.load.call('stop');
  await testbed.receiver.call('answer', { answering: 'healthy' });
  await testbed.quiet(RETRIES_OVER_MS, LONGEST_RECOVERY_MS);
  const subtitle = `${perSecond} messages/s (half of the capacity), 1 kB payloads, 1 % of the answers failing, ${soakMinutes} min`;
  writeFileSync(svgPath, soakPlot(samples, subtitle));
  progress('stopping, then auditing the ledger');
  const proof = await testbed.finish({ mayBeOpen: true });
  const growth = growthOf(samples);
  const p99s = samples.map(({ p99Ms }) => p99Ms).filter(Number.isFinite);
  const resident = samples.map(({ residentBytes }) => residentBytes / 1e6);
  return {
    measures: [
      {
        name: 'growth of resident memory',
        value: growth.mbAnHour,
        unit: 'MB/h',
        note: `linear regression over the last ${(growth.seconds / 60).toFixed(1)} min${growth.seconds < SHORTEST_GROWTH_SECONDS ? ': too short to tell growth from filling up' : ''}`,
      },
      { name: 'peak resident memory', value: Math.max(...resident), unit: 'MB' },
      {
        name: 'latency p99, every 2 s',
        value: median(p99s),
        unit: 'ms',
        spread: [Math.min(...p99s), Math.max(...p99s)],
      },
      { name: 'largest log', value: Math.max(...samples.map(logMb)), unit: 'MB' },
      {
        name: 'disk a delivery, 1 kB payload',
        value: proof.dataFolderBytes / proof.received,
        unit: 'bytes',
        target: budgets.diskBytesADelivery,
      },
      { name: 'lost', value: proof.lost, unit: 'messages', target: budgets.lost },
    ],
    failures: failuresOf(proof),
    complaints: proof.complaints,
    remarks: [
      `${perSecond} messages/s for ${soakMinutes} min, after ${2 * CAPACITY_SECONDS} s at full load that told the capacity.`,
      `Plot: ${svgPath}`,
      `Samples: ${csvPath}`,
    ],
    conditions: {
      perSecond,
      soakMinutes,
      csvPath,
      svgPath,
      samples: samples.length,
      growth,
      proof,
    },
  };
}

async function* samplesOf(testbed: Testbed, seconds: number): AsyncGenerator<SoakSample> {
  const startedAt = performance.now();
  let before = await testbed.receiver.call('mark', { stream: 'holdfast' });
  while (performance.now() - startedAt < seconds * 1000) {
    await testbed.receiver.call('beginLatencies', { stream: 'holdfast' });
    await sleep(SAMPLE_MS);
    const { p50Ms, p99Ms } = await testbed.receiver.call('endLatencies', { stream: 'holdfast' });
    const now = await testbed.receiver.call('mark', { stream: 'holdfast' });
    const received = now.received - before.received;
    const deliveriesPerSecond = (received / (now.atUs - before.atUs)) * 1e6;
    before = now;
    const atSeconds = (performance.now() - startedAt) / 1000;
    const sizes = sizesOf(testbed.holdfast, testbed.folder.path);
    yield { atSeconds, ...sizes, deliveriesPerSecond, p50Ms, p99Ms };
  }
}

function logMb({ logBytes }: SoakSample): number {
  return logBytes / 1e6;
}
