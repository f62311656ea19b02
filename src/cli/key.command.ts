import type { Command } from 'commander';
import { keyRotateCommand } from './key-rotate.command.ts';
import { newGroup } from './new-command.ts';

export function keyCommand(): Command {
  return newGroup(
    'key',
    'change the key that seals secrets at rest',
    ['holdfast key rotate --data /var/lib/holdfast'],
    [keyRotateCommand()],
  );
}
