import type { Command } from 'commander';
import { readPage } from './answers.ts';
import { withClient } from './client-options.ts';
import { apiPath, createClient, type ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { formatTable } from './table.ts';
import { readToken, type TokenAnswer } from './token-answer.ts';

type Flags = ClientFlags & { readonly revoked?: true; readonly json?: true };

const PAGE = 250;

const NOTE = `The token of the data folder (admin-token, or HOLDFAST_ADMIN_TOKEN) is not among them: it is no row of the
ledger, and ends when the file or the variable changes and the service starts again.`;

export function tokenListCommand(): Command {
  return withClient(
    newCommand(
      'list',
      'list tokens: name, scope, age; never the token itself',
      ['holdfast token list', 'holdfast token list --revoked --json'],
      NOTE,
    ),
  )
    .option('--revoked', 'also those that were revoked')
    .action(async (flags: Flags) => list(flags));
}

async function list(flags: Flags): Promise<void> {
  const client = createClient(flags, process.env);
  const tokens: TokenAnswer[] = [];
  let iterator: string | undefined;
  for (;;) {
    const answer = await client.get(apiPath`/api/v1/token`, { limit: PAGE, iterator });
    const page = readPage(answer, readToken);
    tokens.push(...page.data.filter(({ isRevoked }) => flags.revoked === true || !isRevoked));
    if (page.done || page.iterator === null) break;
    iterator = page.iterator;
  }
  printResult(flags, { data: tokens }, ({ data }) => describe(data));
}

function describe(tokens: readonly TokenAnswer[]): string {
  if (tokens.length === 0) return 'No token. "holdfast token create" makes one.';
  return formatTable(
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'SCOPE', value: ({ scope }) => scope },
      { title: 'STATE', value: ({ isRevoked }) => (isRevoked ? 'revoked' : 'in force') },
      { title: 'CREATED', value: ({ createdAt }) => createdAt },
      { title: 'NAME', value: ({ name }) => name },
    ],
    tokens,
  );
}
