import type { Command } from 'commander';
import { laneAlternateCommand } from './lane-alternate.command.ts';
import { laneCloseCircuitCommand } from './lane-close-circuit.command.ts';
import { laneListCommand } from './lane-list.command.ts';
import { laneOpenCircuitCommand } from './lane-open-circuit.command.ts';
import { lanePauseCommand } from './lane-pause.command.ts';
import { laneResumeCommand } from './lane-resume.command.ts';
import { laneSetCommand } from './lane-set.command.ts';
import { laneShowCommand } from './lane-show.command.ts';
import { newGroup } from './new-command.ts';

export function laneCommand(): Command {
  return newGroup(
    'lane',
    'see, tune, pause, divert or resume lanes of endpoints',
    [
      'holdfast lane list',
      'holdfast lane show main --app acme',
      'holdfast lane set main --app acme --concurrency 4',
      'holdfast lane pause main --app acme --why "they deploy"',
      'holdfast lane resume main --app acme',
    ],
    [
      laneListCommand(),
      laneShowCommand(),
      laneSetCommand(),
      lanePauseCommand(),
      laneResumeCommand(),
      laneAlternateCommand(),
      laneOpenCircuitCommand(),
      laneCloseCircuitCommand(),
    ],
  );
}
