import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import { newCommand } from './new-command.ts';
import { createProgress } from './progress.ts';
import { readText } from './read-text.ts';
import { wholeNumber } from './values.ts';

type Flags = {
  readonly seed: number;
  readonly seeds: number;
  readonly jobs: number;
  readonly hours?: number;
  /** false with --no-fault. */
  readonly fault: boolean;
  readonly markdown?: true;
  readonly review?: string;
  readonly file?: string;
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
      'holdfast drill all --review reviews   with postmortem and stories of each, judged too',
      'holdfast drill --file 4xKq.json       an incident that was exported, played again',
    ],
    'Starts a service of its own, in a temporary folder and on loopback alone. Ends with 1 if anything that must show is missed.',
  )
    .argument('[name]', 'a drill, all, or quiet')
    .option('--file <file>', 'a drill file of holdfast incident export-drill, instead of a name')
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
    .option('--review <folder>', 'write postmortem and stories of each, and judge them')
    .action(async (name: string | undefined, flags: Flags) => {
      const { file } = flags;
      if ((name === undefined) === (file === undefined)) {
        throw fault('validation', { field: 'name', detail: 'Give either a name or --file.' });
      }
      await (file === undefined ? drill(name ?? '', flags) : replay(file, flags));
    });
}

/** Ends with 1 where the incident is not found again; without its faults, where it is. */
async function replay(file: string, { seed, seeds, fault: isFaulty, json }: Flags): Promise<void> {
  const { replayFile } = await import('../drill/index.ts');
  const { drillFileBounds, readDrillFile } = await import('../review/index.ts');
  const { describeReplay } = await import('./describe-drill.ts');
  const read = readDrillFile(await readText(file, drillFileBounds.bytes + 1));
  const progress = createProgress(process.stderr, systemClock);
  const reports: Awaited<ReturnType<typeof replayFile>>[] = [];
  try {
    for (let nth = 0; nth < seeds; nth += 1) {
      progress.show(`replay ${nth + 1} of ${seeds}: ${read.name}, ${read.minutes} min`);
      reports.push(await replayFile(read, { seed: seed + nth, isFaulty }));
    }
  } finally {
    progress.end();
  }
  if (json === true) console.log(JSON.stringify({ reports }));
  else for (const report of reports) console.log(describeReplay(report));
  if (reports.some(({ isPassed }) => isPassed !== isFaulty)) process.exitCode = 1;
}

async function drill(name: string, flags: Flags): Promise<void> {
  const { seed, seeds, jobs, fault: isFaulty, hours, markdown, review, json } = flags;
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
  if (name === QUIET && review !== undefined) {
    throw fault('validation', {
      field: 'review',
      detail: 'A quiet day has no incident to review.',
    });
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
    ...(review === undefined ? {} : { reviewFolder: review }),
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
