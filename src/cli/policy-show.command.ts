import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describePolicy } from './describe-policy.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function policyShowCommand(): Command {
  return withClient(
    newCommand('show', 'what a policy says', [
      'holdfast policy show patient',
      'holdfast policy show patient --json',
    ]),
  )
    .argument('<policy>', 'name of the policy')
    .action(async (name: string, flags: ClientFlags & { readonly json?: true }) => {
      const policy = await apiFrom(flags).policy(name);
      printResult(flags, policy, (shown) => describePolicy(shown, systemClock.now()));
    });
}
