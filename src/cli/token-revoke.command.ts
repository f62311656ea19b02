import type { Command } from 'commander';
import { withClient } from './client-options.ts';
import { apiPath, createClient, type ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = ClientFlags & { readonly json?: true };

export function tokenRevokeCommand(): Command {
  return withClient(
    newCommand('revoke', 'revoke a token; it is refused within two seconds', [
      'holdfast token revoke tok_0GYRfKMU0iAq9Lw',
    ]),
  )
    .argument('<id>', 'id of the token, as "holdfast token list" shows it')
    .action(async (id: string, flags: Flags) => revoke(id, flags));
}

async function revoke(id: string, flags: Flags): Promise<void> {
  await createClient(flags, process.env).delete(apiPath`/api/v1/token/${id}`);
  printResult(
    flags,
    { id, isRevoked: true },
    () => `Revoked ${id}. The service refuses it within two seconds.`,
  );
}
