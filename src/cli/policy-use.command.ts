import type { Command } from 'commander';
import { apiFrom, withClient, withWhy, type AppFlags } from './client-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = AppFlags & { readonly endpoint?: string };

export function policyUseCommand(): Command {
  return withWhy(
    withClient(
      newCommand('use', 'put an application, or one endpoint, under a policy', [
        'holdfast policy use patient --app acme',
        'holdfast policy use patient --app acme --endpoint main',
        'holdfast policy use none --app acme',
      ]),
    ),
  )
    .argument('<policy>', 'name of the policy, or "none"')
    .requiredOption('--app <application>', 'id or uid of the application')
    .option('--endpoint <endpoint>', 'only this endpoint, by id or uid')
    .action(async (name: string, flags: Flags) => {
      const { app, endpoint } = flags;
      const policy = name === 'none' ? null : name;
      await apiFrom(flags).usePolicy(app, endpoint, policy);
      const who = endpoint === undefined ? `Application ${app}` : `Endpoint ${endpoint} of ${app}`;
      printResult(flags, { app, endpoint: endpoint ?? null, policy }, () =>
        policy === null ? `${who} stands under no policy.` : `${who} stands under ${policy}.`,
      );
    });
}
