import type { Command } from 'commander';
import { incidentActCommands } from './incident-act.command.ts';
import { incidentExportDrillCommand } from './incident-export.command.ts';
import { incidentCauseCommands } from './incident-cause.command.ts';
import {
  incidentListCommand,
  incidentShowCommand,
  incidentTimelineCommand,
} from './incident-show.command.ts';
import { incidentFiguresCommand } from './incident-figures.command.ts';
import { incidentMitigateCommands } from './incident-mitigate.command.ts';
import { newGroup } from './new-command.ts';

export function incidentCommand(): Command {
  return newGroup(
    'incident',
    'incidents: what is broken, what changed, what stops it',
    [
      'holdfast incident list',
      'holdfast incident show              # the newest open one',
      'holdfast incident ack latest',
      'holdfast incident suspects 4xKq     # the end of its id is enough',
      'holdfast incident menu              # what would stop it, the cheapest first',
      'holdfast incident mitigate 4xKq 1',
      'holdfast incident undo 4xKq 1',
      'holdfast incident update 4xKq "A certificate is suspected." --owners "Deliveries are late."',
      'holdfast incident close 4xKq',
    ],
    [
      incidentListCommand(),
      incidentShowCommand(),
      incidentTimelineCommand(),
      ...incidentActCommands(),
      ...incidentCauseCommands(),
      ...incidentMitigateCommands(),
      incidentFiguresCommand(),
      incidentExportDrillCommand(),
    ],
  );
}
