import { join } from 'node:path';
import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import { newCommand } from './new-command.ts';
import { createProgress } from './progress.ts';
import { readText } from './read-text.ts';
import { wholeNumber } from './values.ts';

type Flags = {
  readonly seed: number;
  readonly seeds: number;
  /** false with --no-fault. */
  readonly fault: boolean;
  readonly review?: string;
  readonly file?: string;
  readonly json?: true;
};

const MOST_SEEDS = 1000;

export function drillCommand(): Command {
  return newCommand(
    'drill',
    'stage a known incident and judge what is shown of it',
    [
      'holdfast drill null-outage            one drill, with every check',
      'holdfast drill all                    all of them in one table',
      'holdfast drill all --seeds 20 --json  each of them twenty times, for programs',
      'holdfast drill --file 4xKq.json       an incident that was exported, played again',
      'holdfast drill all --review reviews   with postmortem and stories of each, judged too',
    ],
    'Starts a service of its own, in a temporary folder and on loopback alone. Ends with 1 if anything that must show is missed.',
  )
    .argument('[name]', 'a drill, or all')
    .option('--file <file>', 'a drill file of holdfast incident export-drill, instead of a name')
    .option('--seed <number>', 'the first seed', wholeNumber('--seed', 0, 2 ** 32 - 1), 1)
    .option(
      '--seeds <number>',
      'how many seeds, one after another',
      wholeNumber('--seeds', 1, MOST_SEEDS),
      1,
    )
    .option('--review <folder>', 'write postmortem and stories of each, and judge them')
    .option('--no-fault', 'stage everything but the fault: then every drill must fail')
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
  const { seed, seeds, fault: isFaulty, review, json } = flags;
  // Loaded only here: it needs all of the service's parts.
  const { drills, runDrill, summarize } = await import('../drill/index.ts');
  const { describeDrill, describeDrills } = await import('./describe-drill.ts');
  const chosen = name === 'all' ? drills : drills.filter((each) => each.name === name);
  if (chosen.length === 0) {
    throw fault('validation', {
      field: 'name',
      detail: `There is no drill "${name}". There are ${drills.map((each) => each.name).join(', ')}, and all.`,
    });
  }
  const progress = createProgress(process.stderr, systemClock);
  const reports: Awaited<ReturnType<typeof runDrill>>[] = [];
  try {
    for (let nth = 0; nth < seeds; nth += 1) {
      for (const each of chosen) {
        const place = `${reports.length + 1} of ${seeds * chosen.length}`;
        progress.show(`drill ${place}: ${each.name}, seed ${seed + nth}`);
        const reviewFolder =
          review === undefined || seeds === 1 ? review : join(review, `seed-${seed + nth}`);
        const report = await runDrill(each, {
          seed: seed + nth,
          isFaulty,
          ...(reviewFolder === undefined ? {} : { reviewFolder }),
        });
        reports.push(report);
        const missed = report.checks.filter(({ isShown }) => !isShown).length;
        progress.note(
          `${each.name}, seed ${seed + nth}: ${missed === 0 ? 'all shown' : `${missed} of ${report.checks.length} missed`}, ${(report.wallMs / 1000).toFixed(1)} s`,
        );
      }
    }
  } finally {
    progress.end();
  }
  const summaries = summarize(reports);
  const [only] = reports;
  if (json === true) console.log(JSON.stringify({ summaries, reports }));
  else {
    console.log(
      only !== undefined && reports.length === 1 ? describeDrill(only) : describeDrills(summaries),
    );
  }
  // A drill that passes without its fault proves nothing.
  if (reports.some(({ isPassed }) => isPassed !== isFaulty)) process.exitCode = 1;
}
