import type { Command } from 'commander';
import { newGroup } from './new-command.ts';
import { policyDeleteCommand } from './policy-delete.command.ts';
import { policyListCommand } from './policy-list.command.ts';
import { policySetCommand } from './policy-set.command.ts';
import { policyShowCommand } from './policy-show.command.ts';
import { policyUseCommand } from './policy-use.command.ts';
import { policyValidateCommand } from './policy-validate.command.ts';

export function policyCommand(): Command {
  return newGroup(
    'policy',
    'named policies: retries, lanes, rates and retention',
    [
      'holdfast policy validate --retry 0s,10s,1m,10m,1h --app acme',
      'holdfast policy set patient --retry 0s,10s,1m,10m,1h',
      'holdfast policy use patient --app acme',
      'holdfast policy list',
    ],
    [
      policyListCommand(),
      policyShowCommand(),
      policySetCommand(),
      policyUseCommand(),
      policyValidateCommand(),
      policyDeleteCommand(),
    ],
  );
}
