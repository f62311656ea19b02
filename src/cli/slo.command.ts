import type { Command } from 'commander';
import { newGroup } from './new-command.ts';
import { sloExplainCommand } from './slo-explain.command.ts';
import { sloExportCommand } from './slo-export.command.ts';
import { sloImportCommand } from './slo-import.command.ts';
import { sloLinkCommand } from './slo-link.command.ts';
import { sloListCommand } from './slo-list.command.ts';
import { sloRulesCommand } from './slo-rules.command.ts';
import { sloShowCommand } from './slo-show.command.ts';
import { sloStatusCommand } from './slo-status.command.ts';

export function sloCommand(): Command {
  return newGroup(
    'slo',
    'objectives: what is promised, and how it stands',
    [
      'holdfast slo status',
      'holdfast slo explain first-attempt',
      'holdfast slo export > objectives.yaml',
      'holdfast slo import objectives.yaml --dry-run',
      'holdfast slo rules > holdfast-rules.yaml',
      'holdfast slo link "billing team" --team billing',
    ],
    [
      sloListCommand(),
      sloShowCommand(),
      sloStatusCommand(),
      sloExplainCommand(),
      sloExportCommand(),
      sloImportCommand(),
      sloRulesCommand(),
      sloLinkCommand(),
    ],
  );
}
