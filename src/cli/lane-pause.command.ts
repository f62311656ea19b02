import type { Command } from 'commander';
import { apiFrom, type AppFlags } from './client-options.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { wrapText } from './wrap-text.ts';

type Flags = AppFlags & { readonly why: string };

export function lanePauseCommand(): Command {
  return withLane(
    newCommand('pause', 'hold the deliveries of an endpoint back; they wait, none is lost', [
      'holdfast lane pause main --app acme --why "they deploy until 14:00"',
    ]),
  )
    .requiredOption('--why <text>', 'the reason, shown to whoever looks at the lane')
    .action(async (endpoint: string, flags: Flags) => {
      const lane = await apiFrom(flags).pauseLane(flags.app, endpoint, flags.why);
      printResult(flags, lane, () =>
        wrapText(
          `Paused. Messages are accepted as before and wait in the ledger. To go on: holdfast lane resume ${endpoint} --app ${flags.app}`,
        ),
      );
    });
}
