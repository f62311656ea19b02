import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeChange } from './describe-change.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { moment } from './values.ts';

type Flags = ClientFlags & {
  readonly ref?: string;
  readonly env?: string;
  readonly actor?: string;
  readonly link?: string;
  readonly at?: string;
  readonly note?: string;
  readonly json?: true;
};

export function changeDeployCommand(): Command {
  return withClient(
    newCommand(
      'deploy',
      'tell of a deploy, so that it stands in the list of changes',
      [
        'holdfast change deploy billing 4.7.1',
        'holdfast change deploy billing 4.7.1 --ref "$(git rev-parse HEAD)" --env production',
        'holdfast change deploy billing 4.7.1 --at 10m --note "rolled out by hand"',
      ],
      'The guide (docs/guide/changes.md) has ready steps for GitHub Actions and GitLab CI.',
    ),
  )
    .argument('<service>', 'what was deployed')
    .argument('<version>', 'the version that is in force now')
    .option('--ref <ref>', 'commit, tag or branch')
    .option('--env <environment>', 'such as production')
    .option('--actor <name>', "who deployed (default: the token's name)")
    .option('--link <url>', 'where to read more')
    .option(
      '--at <moment>',
      'since when it is in force: 10m ago, or a date (default now)',
      moment('--at', systemClock),
    )
    .option('--note <text>', 'what else is to be said')
    .action(async (service: string, version: string, flags: Flags) => {
      const { ref, env: environment, actor, link, at, note } = flags;
      const change = await apiFrom(flags).markDeploy({
        service,
        version,
        ref,
        environment,
        actor,
        link,
        at,
        note,
      });
      printResult(flags, change, (shown) => describeChange(shown, systemClock.now()));
    });
}
