import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { abortOnSignals } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { createProgress } from './progress.ts';
import { wholeNumber } from './values.ts';

type Flags = { readonly seed: number; readonly keep?: true; readonly json?: true };

export function demoCommand(): Command {
  return newCommand('demo', "deliver GitHub's example events on this machine", [
    'holdfast demo',
    'holdfast demo --seed 7 --json',
    'holdfast demo --keep                  leave the ledger, to look at with "holdfast audit"',
  ])
    .option(
      '--seed <number>',
      'which requests the second receiver fails',
      wholeNumber('--seed', 0, 2 ** 32 - 1),
      1,
    )
    .option('--keep', 'keep the data folder')
    .action(async (flags: Flags) => demo(flags));
}

async function demo(flags: Flags): Promise<void> {
  // Loaded only here: it needs the service's parts and packages that only a clone has.
  const { runDemo } = await import('./demo/run-demo.ts');
  const { describeDemo, isFlawless, totalsOf } = await import('./demo/summary.ts');
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-demo-'));
  const progress = createProgress(process.stderr, systemClock);
  try {
    const result = await runDemo({ dataDir, seed: flags.seed, signal: abortOnSignals(), progress });
    progress.end();
    console.log(
      flags.json === true ? JSON.stringify(totalsOf(result)) : `\n${describeDemo(result)}`,
    );
    if (!isFlawless(result)) process.exitCode = 1;
  } finally {
    progress.end();
    if (flags.keep === true) {
      progress.note(`The ledger is kept in ${dataDir}: holdfast audit --data ${dataDir}`);
    } else rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
