import type { Command } from 'commander';
import { apiFrom, withClient, withWhy } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function policyDeleteCommand(): Command {
  return withWhy(
    withClient(
      newCommand('delete', 'delete a policy that nothing refers to', [
        'holdfast policy delete patient',
      ]),
    ),
  )
    .argument('<policy>', 'name of the policy')
    .action(async (name: string, flags: ClientFlags & { readonly json?: true }) => {
      await apiFrom(flags).deletePolicy(name);
      printResult(flags, { deleted: name }, () => `Policy ${name} is deleted.`);
    });
}
