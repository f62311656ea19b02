import type { Command } from 'commander';
import { importSvixCommand } from './import-svix.command.ts';
import { newGroup } from './new-command.ts';

export function importCommand(): Command {
  return newGroup(
    'import',
    'copy the configuration of another webhook server',
    ['holdfast import svix --from https://svix.example.com --token testsk_...'],
    [importSvixCommand()],
  );
}
