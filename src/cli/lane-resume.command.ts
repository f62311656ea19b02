import type { Command } from 'commander';
import { apiFrom, withWhy, type AppFlags } from './client-options.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function laneResumeCommand(): Command {
  return withWhy(
    withLane(
      newCommand('resume', 'let the deliveries of a paused endpoint start again, at once', [
        'holdfast lane resume main --app acme',
      ]),
    ),
  ).action(async (endpoint: string, flags: AppFlags) => {
    const lane = await apiFrom(flags).resumeLane(flags.app, endpoint);
    printResult(flags, lane, ({ restsFor }) =>
      restsFor === null
        ? 'Resumed. What waited is being sent.'
        : `Resumed. It still rests (${restsFor.replace('_', ' ')}); "holdfast lane show" says until when.`,
    );
  });
}
