import type { Command } from 'commander';
import { contractCheckCommand } from './contract-check.command.ts';
import { newGroup } from './new-command.ts';

export function contractCommand(): Command {
  return newGroup(
    'contract',
    'see what a new version of a schema would break',
    ['holdfast contract check invoice.paid schemas/invoice.paid.json'],
    [contractCheckCommand()],
  );
}
