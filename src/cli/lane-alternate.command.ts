import type { Command } from 'commander';
import { apiFrom, type AppFlags } from './client-options.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';

type Flags = AppFlags & { readonly why: string; readonly back?: true };

export function laneAlternateCommand(): Command {
  return withLane(
    newCommand('alternate', "send to the endpoint's alternate URL, or back to the usual one", [
      'holdfast lane alternate main --app acme --why "their first site is down"',
      'holdfast lane alternate main --app acme --back --why "it is up again"',
    ]),
  )
    .option('--back', 'to the usual URL')
    .requiredOption('--why <text>', 'the reason, kept with the change')
    .action(async (endpoint: string, flags: Flags) => {
      const { app, why, back = false } = flags;
      const lane = await apiFrom(flags).switchAlternate(app, endpoint, !back, why);
      printResult(
        flags,
        lane,
        ({ url }) => `Requests go to ${oneLine(url)} now, retries of what failed included.`,
      );
    });
}
