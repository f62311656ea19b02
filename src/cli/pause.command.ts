import type { Command } from 'commander';
import { newGroup } from './new-command.ts';
import { pauseBeginCommand } from './pause-begin.command.ts';
import { pauseEndCommand } from './pause-end.command.ts';
import { pauseListCommand } from './pause-list.command.ts';

export function pauseCommand(): Command {
  return newGroup(
    'pause',
    'hold back an application, an event type or everything',
    [
      'holdfast pause begin --app acme --why "they move house"',
      'holdfast pause list',
      'holdfast pause end pause_0UzzMBeSa3fk2Qp',
    ],
    [pauseBeginCommand(), pauseListCommand(), pauseEndCommand()],
  );
}
