import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = ClientFlags & { readonly team?: string; readonly json?: true };

export function sloLinkCommand(): Command {
  return withClient(
    newCommand(
      'link',
      'a link that shows the board, and nothing else, to whoever has it',
      ['holdfast slo link "billing team" --team billing', 'holdfast slo link everybody'],
      'It is shown once. To end it: holdfast token revoke ID.',
    ),
  )
    .argument('<name>', 'who it is for, as the list of tokens shows it')
    .option('--team <team>', 'only what this team keeps or relies on')
    .action(async (name: string, flags: Flags) => {
      const link = await apiFrom(flags).boardLink(name, flags.team);
      printResult(flags, link, ({ url, id }) => `${url}\n\nTo end it: holdfast token revoke ${id}`);
    });
}
