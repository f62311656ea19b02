import { stopChildren } from './child.ts';
import { removeDataFolders } from './disk.ts';
import { killHoldfasts } from './holdfast-process.ts';
import type { ScenarioResult } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { cores, machineBusyUs, ownTreeCpuUs } from './process-usage.ts';
import type { Scenario } from './scenario.ts';

export type ScenarioReport = ScenarioResult & {
  readonly name: string;
  readonly sentence: string;
  readonly seconds: number;
  /** Share of the machine's cores that other processes kept busy meanwhile; NaN where it cannot be told. */
  readonly busyElsewhere: number;
};

/** Stops every process and removes every data folder that there is. */
export async function clearUp(): Promise<void> {
  await killHoldfasts();
  await stopChildren();
  removeDataFolders();
}

/** One after the other. One that throws fails by itself: what it left behind is cleared, and the next one runs. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<readonly ScenarioReport[]> {
  const reports: ScenarioReport[] = [];
  for (const { name, sentence, run } of scenarios) {
    const startedAt = performance.now();
    const before = { busyUs: machineBusyUs(), ownUs: ownTreeCpuUs() };
    let result: ScenarioResult;
    try {
      result = await run(options, (line) => progress(`${name}: ${line}`));
    } catch (thrown) {
      const failure = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      result = { measures: [], failures: [failure], complaints: [], conditions: {} };
    } finally {
      await clearUp();
    }
    const elapsedMs = performance.now() - startedAt;
    // The scenario's processes have ended, so their time is counted with ours.
    const othersUs = machineBusyUs() - before.busyUs - (ownTreeCpuUs() - before.ownUs);
    reports.push({
      name,
      sentence,
      seconds: elapsedMs / 1000,
      busyElsewhere: Math.max(0, othersUs / (elapsedMs * 1000 * cores)),
      ...result,
    });
  }
  return reports;
}
