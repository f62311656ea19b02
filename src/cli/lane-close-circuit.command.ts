import type { Command } from 'commander';
import { apiFrom, withWhy, type AppFlags } from './client-options.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function laneCloseCircuitCommand(): Command {
  return withWhy(
    withLane(
      newCommand('close-circuit', 'close a circuit that was opened by hand', [
        'holdfast lane close-circuit main --app acme --why "it answers again"',
      ]),
    ),
  ).action(async (endpoint: string, flags: AppFlags) => {
    const lane = await apiFrom(flags).closeCircuit(flags.app, endpoint);
    printResult(flags, lane, ({ restsFor }) =>
      restsFor === null
        ? 'The circuit follows what attempts end in again.'
        : `Closed. The lane still rests (${restsFor.replace('_', ' ')}); "holdfast lane show" says why.`,
    );
  });
}
