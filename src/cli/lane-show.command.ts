import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { describeLane } from './describe-lane.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function laneShowCommand(): Command {
  return withLane(
    newCommand('show', 'what a lane does now, why it rests, what waits, what to do next', [
      'holdfast lane show main --app acme',
      'holdfast lane show ep_0GYRfKMU0iAq9Lw --app acme --json',
    ]),
  ).action(async (endpoint: string, flags: AppFlags) => {
    const lane = await apiFrom(flags).lane(flags.app, endpoint);
    printResult(flags, lane, (shown) => describeLane(shown, systemClock.now()));
  });
}
