import type { Command } from 'commander';
import { newGroup } from './new-command.ts';
import { tokenCreateCommand } from './token-create.command.ts';
import { tokenListCommand } from './token-list.command.ts';
import { tokenRevokeCommand } from './token-revoke.command.ts';

export function tokenCommand(): Command {
  return newGroup(
    'token',
    'create, list or revoke API tokens',
    [
      'holdfast token create ci --scope write',
      'holdfast token list',
      'holdfast token revoke tok_0GYRfKMU0iAq9Lw',
    ],
    [tokenCreateCommand(), tokenListCommand(), tokenRevokeCommand()],
  );
}
