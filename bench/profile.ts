import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions } from './options.ts';
import { summaryOf, type CpuProfile } from './profile-summary.ts';
import { failuresOf } from './proof.ts';
import { Testbed } from './testbed.ts';

const APPLICATIONS = 8;
const SAMPLE_EVERY_US = 500;

/**
 * Loads a Holdfast under V8's profiler. Each of its threads leaves a .cpuprofile in the folder, for Chrome's DevTools;
 * returned is what their functions cost once it had warmed up. Profiling slows it: no figure of speed comes from here.
 */
export async function profileHoldfast(
  { warmUpSeconds, seconds, concurrency }: BenchOptions,
  folder: string,
  progress: (line: string) => void,
): Promise<string> {
  const directory = resolve(folder);
  mkdirSync(directory, { recursive: true });
  const known = new Set(readdirSync(directory));
  const startedAt = performance.now();
  const testbed = await Testbed.start({
    applications: APPLICATIONS,
    connections: concurrency,
    nodeFlags: [
      '--cpu-prof',
      `--cpu-prof-dir=${directory}`,
      `--cpu-prof-interval=${SAMPLE_EVERY_US}`,
    ],
    cwd: directory,
  });
  progress(`load for ${warmUpSeconds + seconds} s`);
  await testbed.load.call('startClosed');
  await sleep(warmUpSeconds * 1000);
  const skippedUs = (performance.now() - startedAt) * 1000;
  await sleep(seconds * 1000);
  const failures = failuresOf(await testbed.finish());
  const files = readdirSync(directory).filter(
    (name) => name.endsWith('.cpuprofile') && !known.has(name),
  );
  return [
    ...files.toSorted().map((name) => {
      // Written by V8 itself.
      const profile = JSON.parse(readFileSync(join(directory, name), 'utf8')) as CpuProfile;
      return `${name}\n${summaryOf(profile, skippedUs, seconds * 1e6)}`;
    }),
    ...failures.map((failure) => `FAILED: ${failure}`),
  ].join('\n\n');
}
