import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import { apiFrom, withWhy, type AppFlags } from './client-options.ts';
import { describeLane } from './describe-lane.ts';
import { laneChangeOf, withLaneFields, type LaneFlags } from './lane-flags.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = AppFlags & LaneFlags;

export function laneSetCommand(): Command {
  const command = withLane(
    newCommand(
      'set',
      "change fields of a lane's policy for one endpoint",
      [
        'holdfast lane set main --app acme --concurrency 4',
        'holdfast lane set main --app acme --breaker-open 10s --breaker-longest-open 1m',
        'holdfast lane set main --app acme --concurrency default --ordered on',
      ],
      'Each takes "default" too: back to the service\'s setting.',
    ),
  );
  return withWhy(withLaneFields(command)).action(async (endpoint: string, flags: Flags) => {
    const change = laneChangeOf(flags);
    if (Object.keys(change).length === 0) {
      throw fault('validation', {
        field: 'lane set',
        detail: 'Name a field to change, such as --concurrency 4. See --help for all of them.',
      });
    }
    const lane = await apiFrom(flags).changeLane(flags.app, endpoint, change);
    printResult(flags, lane, (shown) => describeLane(shown, systemClock.now()));
  });
}
