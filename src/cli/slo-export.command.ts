import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { MOST_OBJECTIVES } from './slo-list.command.ts';

type Flags = ClientFlags & { readonly openslo?: true; readonly json?: true };

export function sloExportCommand(): Command {
  return withClient(
    newCommand('export', 'all objectives as YAML, for a file that "slo import" takes', [
      'holdfast slo export > objectives.yaml',
      'holdfast slo export --openslo > slos.yaml',
    ]),
  )
    .option('--openslo', 'as OpenSLO v1 documents')
    .action(async (flags: Flags) => {
      // What only this needs is not loaded for every other command.
      const { writeObjectives } = await import('./slo-files.ts');
      const objectives = await apiFrom(flags).objectives(MOST_OBJECTIVES);
      printResult(flags, objectives, (shown) =>
        writeObjectives(shown, { isOpenSlo: flags.openslo === true }).trimEnd(),
      );
    });
}
