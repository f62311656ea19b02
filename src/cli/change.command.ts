import type { Command } from 'commander';
import { changeDeployCommand } from './change-deploy.command.ts';
import { changeListCommand } from './change-list.command.ts';
import { changeRevertCommand } from './change-revert.command.ts';
import { changeShowCommand } from './change-show.command.ts';
import { newGroup } from './new-command.ts';

export function changeCommand(): Command {
  return newGroup(
    'change',
    'see what was changed, take it back, tell of deploys',
    [
      'holdfast change list --since 2h',
      'holdfast change show chg_0UzzMBeSa3fk2Qp',
      'holdfast change revert --last 30m --app acme',
      'holdfast change deploy billing 4.7.1',
    ],
    [changeListCommand(), changeShowCommand(), changeRevertCommand(), changeDeployCommand()],
  );
}
