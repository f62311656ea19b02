import { Option, type Command } from 'commander';
import { tokenScopes, type TokenScope } from '../change/index.ts';
import { readText } from './answers.ts';
import { withClient } from './client-options.ts';
import { apiPath, createClient, type ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { readToken, type TokenAnswer } from './token-answer.ts';

type Flags = ClientFlags & { readonly scope: TokenScope; readonly json?: true };

const NOTE = `read: GET only. write: all but tokens and settings. admin: everything.
The ledger keeps a hash of the token; the token itself is printed once, here.`;

export function tokenCreateCommand(): Command {
  return withClient(
    newCommand(
      'create',
      'create a token and print it, once',
      [
        'holdfast token create ci --scope write',
        'holdfast token create dashboard --scope read --json',
      ],
      NOTE,
    ),
  )
    .argument('<name>', 'what the token is for: audit and acts name it')
    .addOption(
      new Option('--scope <scope>', 'what it may do').choices(tokenScopes).makeOptionMandatory(),
    )
    .action(async (name: string, flags: Flags) => create(name, flags));
}

async function create(name: string, flags: Flags): Promise<void> {
  const body = { json: JSON.stringify({ name, scope: flags.scope }) };
  const answer = await createClient(flags, process.env).post(apiPath`/api/v1/token`, body);
  const created = { ...readToken(answer), token: readText(answer, 'token') };
  printResult(flags, created, describe);
}

function describe({ id, name, scope, token }: TokenAnswer & { readonly token: string }): string {
  return `${token}\n\nThat is ${id} (${name}, scope ${scope}). It is not shown again; "holdfast token revoke ${id}" ends it.`;
}
