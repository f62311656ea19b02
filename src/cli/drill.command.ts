import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import { newCommand } from './new-command.ts';
import { createProgress } from './progress.ts';
import { wholeNumber } from './values.ts';

type Flags = {
  readonly seed: number;
  readonly seeds: number;
  readonly jobs: number;
  readonly hours?: number;
  /** false with --no-fault. */
  readonly fault: boolean;
  readonly markdown?: true;
  readonly json?: true;
};

const MOST_SEEDS = 1000;
const MOST_JOBS = 64;
const MOST_HOURS = 24 * 7;
const QUIET = 'quiet';
const QUIET_HOURS = 24;

export function drillCommand(): Command {
  return newCommand(
    'drill',
    'stage a known incident and judge what is shown of it',
    [
      'holdfast drill null-outage            one drill, with every check',
      'holdfast drill all                    all of them in one table',
      'holdfast drill all --seeds 20 --jobs 2 --markdown',
      'holdfast drill quiet --hours 24       a day on which nothing is broken',
    ],
    'Starts a service of its own, in a temporary folder and on loopback alone. Ends with 1 if anything that must show is missed.',
  )
    .argument('<name>', 'a drill, all, or quiet')
    .option('--seed <number>', 'the first seed', wholeNumber('--seed', 0, 2 ** 32 - 1), 1)
    .option('--seeds <number>', 'how many seeds', wholeNumber('--seeds', 1, MOST_SEEDS), 1)
    .option(
      '--jobs <number>',
      'so many at a time; a core and a half each',
      wholeNumber('--jobs', 1, MOST_JOBS),
      1,
    )
    .option(
      '--hours <number>',
      'how long quiet lasts, by its clock: 24',
      wholeNumber('--hours', 1, MOST_HOURS),
    )
    .option('--no-fault', 'stage everything but the fault: then every drill must fail')
    .option('--markdown', 'the table as Markdown')
    .action(async (name: string, flags: Flags) => drill(name, flags));
}

async function drill(name: string, flags: Flags): Promise<void> {
  const { seed, seeds, jobs, fault: isFaulty, hours, markdown, json } = flags;
  // Loaded only here: it needs all of the service's parts.
  const { drills, quiet, summarize } = await import('../drill/index.ts');
  const { describeDrill, describeDrills, drillsAsMarkdown } = await import('./describe-drill.ts');
  const { runDrills } = await import('./run-drills.ts');
  if (name !== QUIET && hours !== undefined) {
    throw fault('validation', { field: 'hours', detail: 'Only quiet lasts as long as you say.' });
  }
  if (name === QUIET && (!isFaulty || jobs > 1)) {
    const detail = isFaulty
      ? 'quiet runs one at a time, in this process.'
      : 'quiet has no fault that could be left out.';
    throw fault('validation', { field: isFaulty ? 'jobs' : 'fault', detail });
  }
  const known = name === QUIET ? [quiet(hours ?? QUIET_HOURS)] : drills;
  const chosen = name === 'all' ? known : known.filter((each) => each.name === name);
  if (chosen.length === 0) {
    throw fault('validation', {
      field: 'name',
      detail: `There is no drill "${name}". There are ${drills.map((each) => each.name).join(', ')}; all of them, and quiet.`,
    });
  }
  const runs = Array.from({ length: seeds }, (_, nth) =>
    chosen.map((each) => ({ drill: each, seed: seed + nth })),
  ).flat();
  const progress = createProgress(process.stderr, systemClock);
  let ended = 0;
  const reports = await runDrills(runs, {
    isFaulty,
    jobs: Math.min(jobs, runs.length),
    begun: (run, line) =>
      progress.show(
        `drill ${ended + 1} of ${runs.length}: ${run.drill.name}, seed ${run.seed}${line === '' ? '' : `, ${line}`}`,
      ),
    ended(report) {
      ended += 1;
      const missed = report.checks.filter(({ isShown }) => !isShown).length;
      progress.note(
        `${report.drill}, seed ${report.seed}: ${missed === 0 ? 'all shown' : `${missed} of ${report.checks.length} missed`}, ${(report.wallMs / 1000).toFixed(1)} s`,
      );
    },
  }).finally(() => progress.end());
  const summaries = summarize(reports);
  const [only] = reports;
  if (json === true) console.log(JSON.stringify({ summaries, reports }));
  else if (markdown === true) console.log(drillsAsMarkdown(summaries));
  else {
    console.log(
      only !== undefined && reports.length === 1 ? describeDrill(only) : describeDrills(summaries),
    );
  }
  // A drill that passes without its fault proves nothing.
  if (reports.some(({ isPassed }) => isPassed !== isFaulty)) process.exitCode = 1;
}
