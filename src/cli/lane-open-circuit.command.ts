import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { duration } from './values.ts';
import { wrapText } from './wrap-text.ts';

type Flags = AppFlags & { readonly why: string; readonly for?: number; readonly probes?: true };

export function laneOpenCircuitCommand(): Command {
  return withLane(
    newCommand('open-circuit', 'open the circuit of an endpoint by hand', [
      'holdfast lane open-circuit main --app acme --for 30m --why "their database is down"',
      'holdfast lane open-circuit main --app acme --probes --why "until we know more"',
    ]),
  )
    .option(
      '--for <time>',
      'then a probe decides; without it, until it is closed',
      duration('--for'),
    )
    .option('--probes', 'send one delivery now and then; what it meets closes nothing')
    .requiredOption('--why <text>', 'the reason, shown to whoever looks at the lane')
    .action(async (endpoint: string, flags: Flags) => {
      const { app, why: reason, for: openMs, probes: withProbes } = flags;
      const until =
        openMs === undefined ? undefined : new Date(systemClock.now() + openMs).toISOString();
      const lane = await apiFrom(flags).openCircuit(app, endpoint, { reason, until, withProbes });
      printResult(flags, lane, () =>
        wrapText(
          `The circuit is open. Messages are accepted as before and wait in the ledger. To close it: holdfast lane close-circuit ${endpoint} --app ${app}`,
        ),
      );
    });
}
