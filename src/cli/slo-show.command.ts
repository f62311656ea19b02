import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeStatus } from './describe-objective.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function sloShowCommand(): Command {
  return withClient(
    newCommand('show', 'an objective, how it stands, and where it fails', [
      'holdfast slo show on-time',
      'holdfast slo show on-time --json',
    ]),
  )
    .argument('<objective>', 'name of the objective')
    .action(async (name: string, flags: ClientFlags & { readonly json?: true }) => {
      const answer = await apiFrom(flags).objectiveStatus(name);
      const { objective, figures, endpoints } = answer;
      const result = { objective, status: figures.whole, endpoints };
      printResult(flags, result, () => describeStatus(answer));
    });
}
