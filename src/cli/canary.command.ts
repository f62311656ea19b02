import type { Command } from 'commander';
import { canaryMoveCommands } from './canary-move.command.ts';
import { canaryShowCommand } from './canary-show.command.ts';
import { canaryStartCommand } from './canary-start.command.ts';
import { newGroup } from './new-command.ts';

export function canaryCommand(): Command {
  return newGroup(
    'canary',
    'try a change of an endpoint on a few messages first',
    [
      'holdfast canary start main --app acme --header "x-version: 2"',
      'holdfast canary show main --app acme',
      'holdfast canary pause main --app acme --why "they deploy"',
      'holdfast canary stop main --app acme',
    ],
    [canaryStartCommand(), canaryShowCommand(), ...canaryMoveCommands()],
  );
}
