import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeChange } from './describe-change.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function changeShowCommand(): Command {
  return withClient(
    newCommand(
      'show',
      'show a change: each field before (-) and after (+)',
      ['holdfast change show chg_0UzzMBeSa3fk2Qp', 'holdfast change show chg_... --json'],
      'Of secrets and headers it is shown that they changed, never what they are.',
    ),
  )
    .argument('<id>', 'id of the change, as "holdfast change list" shows it')
    .action(async (id: string, flags: ClientFlags & { readonly json?: true }) => {
      const change = await apiFrom(flags).change(id);
      printResult(flags, change, (shown) => describeChange(shown, systemClock.now()));
    });
}
