import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { burnWords, leftWords, promiseWords } from './describe-objective.ts';
import { newCommand } from './new-command.ts';
import type { BoardAnswer } from './objective-answers.ts';
import { printResult } from './output.ts';
import { formatTable } from './table.ts';

type Flags = ClientFlags & { readonly team?: string; readonly json?: true };
type Entry = BoardAnswer['entries'][number];

export function sloStatusCommand(): Command {
  return withClient(
    newCommand(
      'status',
      'how all objectives stand, the least left of its budget first',
      ['holdfast slo status', 'holdfast slo status --team billing --json'],
      'Exit code 1 where an objective is missed.',
    ),
  )
    .option('--team <team>', 'only those that this team keeps or relies on')
    .action(async (flags: Flags) => {
      const board = await apiFrom(flags).board(flags.team);
      printResult(flags, board.whole, () =>
        board.entries.length === 0 ? 'There are no objectives.' : tableOf(board.entries),
      );
      if (board.entries.some(({ figures }) => !figures.isMet)) process.exitCode = 1;
    });
}

function tableOf(entries: readonly Entry[]): string {
  return formatTable(
    [
      { title: 'OBJECTIVE', value: ({ objective }: Entry) => objective.name },
      { title: 'PROMISE', value: ({ objective }) => promiseWords(objective) },
      { title: 'LEFT', value: ({ figures }) => leftWords(figures) },
      { title: 'BURN 1h/6h/3d', value: ({ figures }) => burnWords(figures) },
      { title: 'OWNER', value: ({ objective }) => objective.owner },
    ],
    entries,
  );
}
