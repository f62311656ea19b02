import type { Command } from 'commander';
import { apiFrom, withClient, withWhy } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = ClientFlags & { readonly json?: true };

export function pauseEndCommand(): Command {
  return withWhy(
    withClient(
      newCommand('end', 'end a pause: what waits goes on', [
        'holdfast pause end pause_0UzzMBeSa3fk2Qp',
      ]),
    ).argument('<pause>', 'id of the pause; "holdfast pause list" shows them'),
  ).action(async (id: string, flags: Flags) => {
    await apiFrom(flags).endPause(id);
    printResult(flags, { id }, () => 'The pause is over. What waited goes on.');
  });
}
