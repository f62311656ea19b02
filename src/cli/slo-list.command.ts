import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { promiseWords } from './describe-objective.ts';
import { newCommand } from './new-command.ts';
import type { ObjectiveAnswer } from './objective-answers.ts';
import { printResult } from './output.ts';
import { formatTable } from './table.ts';

/** As many as there may be. */
export const MOST_OBJECTIVES = 1000;

export function sloListCommand(): Command {
  return withClient(
    newCommand('list', 'all objectives by name', ['holdfast slo list', 'holdfast slo list --json']),
  ).action(async (flags: ClientFlags & { readonly json?: true }) => {
    const objectives = await apiFrom(flags).objectives(MOST_OBJECTIVES);
    printResult(flags, objectives, (shown) =>
      shown.length === 0 ? 'There are no objectives.' : tableOf(shown),
    );
  });
}

function tableOf(objectives: readonly ObjectiveAnswer[]): string {
  return formatTable(
    [
      { title: 'OBJECTIVE', value: ({ name }: ObjectiveAnswer) => name },
      { title: 'PROMISE', value: promiseWords },
      { title: 'OWNER', value: ({ owner }) => owner },
    ],
    objectives,
  );
}
