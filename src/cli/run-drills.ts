import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runDrill, type Drill, type DrillReport } from '../drill/index.ts';

export type DrillRun = { readonly drill: Drill; readonly seed: number };

export type RunDrillsOptions = {
  readonly isFaulty: boolean;
  /** So many at a time; more than one run in processes of their own. */
  readonly jobs: number;
  /** Each incident is reviewed, and what is written of it goes here; of several seeds, into a folder each. */
  readonly reviewFolder?: string;
  readonly begun: (run: DrillRun, line: string) => void;
  readonly ended: (report: DrillReport) => void;
};

/** A report with every check is a few kilobytes. */
const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;
const execute = promisify(execFile);

/** Their reports, in the order of the runs. Throws what a drill throws, once those under way have ended. */
export async function runDrills(
  runs: readonly DrillRun[],
  { isFaulty, jobs, reviewFolder, begun, ended }: RunDrillsOptions,
): Promise<readonly DrillReport[]> {
  const isOneSeed = new Set(runs.map(({ seed }) => seed)).size === 1;
  const folderOf = ({ seed }: DrillRun): { readonly reviewFolder?: string } => {
    if (reviewFolder === undefined) return {};
    return { reviewFolder: isOneSeed ? reviewFolder : join(reviewFolder, `seed-${seed}`) };
  };
  const reports: DrillReport[] = [];
  const waiting = [...runs.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [nth, run] = next;
      begun(run, '');
      const report =
        jobs === 1
          ? await runDrill(run.drill, {
              seed: run.seed,
              isFaulty,
              ...folderOf(run),
              note: (line) => begun(run, line),
            })
          : await runInProcess(run, isFaulty, folderOf(run).reviewFolder);
      reports[nth] = report;
      ended(report);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: jobs }, work));
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  return reports;
}

/** Clocks that share an event loop would hold each other up. */
async function runInProcess(
  { drill, seed }: DrillRun,
  isFaulty: boolean,
  reviewFolder: string | undefined,
): Promise<DrillReport> {
  const [script = ''] = process.argv.slice(1);
  const own = ['drill', drill.name, '--seed', String(seed), ...(isFaulty ? [] : ['--no-fault'])];
  if (reviewFolder !== undefined) own.push('--review', reviewFolder);
  const { stdout, failure } = await execute(
    process.execPath,
    [...process.execArgv, script, ...own, '--json'],
    { maxBuffer: MOST_OUTPUT_BYTES },
  ).then(
    (done) => ({ stdout: done.stdout, failure: null }),
    // It ends with 1 where something is missed; its report is there all the same.
    (thrown: unknown) => ({
      stdout:
        thrown instanceof Error && 'stdout' in thrown && typeof thrown.stdout === 'string'
          ? thrown.stdout
          : '',
      failure: thrown,
    }),
  );
  if (stdout.trim() === '') throw new Error(`${drill.name}: no report`, { cause: failure });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what this command writes itself
  const { reports } = JSON.parse(stdout) as { readonly reports: readonly DrillReport[] };
  const [report] = reports;
  if (report === undefined) throw new Error(`${drill.name}: no report`, { cause: failure });
  return report;
}
