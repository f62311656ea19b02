import type { Command } from 'commander';
import { deadLetterCancelCommand } from './dead-letter-cancel.command.ts';
import { deadLetterListCommand } from './dead-letter-list.command.ts';
import { deadLetterReplayCommand } from './dead-letter-replay.command.ts';
import { deadLetterShowCommand } from './dead-letter-show.command.ts';
import { newGroup } from './new-command.ts';

export function deadLetterCommand(): Command {
  return newGroup(
    'dead-letter',
    'list, show, replay or cancel dead letters',
    [
      'holdfast dead-letter list --app acme --since 2h',
      'holdfast dead-letter show msg_0GYRfKMU0iAq9Lw --app acme',
      'holdfast dead-letter replay msg_0GYRfKMU0iAq9Lw --app acme',
      'holdfast dead-letter cancel msg_0GYRfKMU0iAq9Lw --app acme --why "sent by hand"',
    ],
    [
      deadLetterListCommand(),
      deadLetterShowCommand(),
      deadLetterReplayCommand(),
      deadLetterCancelCommand(),
    ],
  );
}
