import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { termsOf, type PolicyAnswer } from './policy-answers.ts';
import { formatTable } from './table.ts';

/** More than there may be. */
const MOST = 1000;

export function policyListCommand(): Command {
  return withClient(
    newCommand('list', 'all policies by name', [
      'holdfast policy list',
      'holdfast policy list --json',
    ]),
  ).action(async (flags: ClientFlags & { readonly json?: true }) => {
    const policies = await apiFrom(flags).policies(MOST);
    printResult(flags, policies, (shown) =>
      shown.length === 0 ? 'There are no policies.' : tableOf(shown),
    );
  });
}

function tableOf(policies: readonly PolicyAnswer[]): string {
  return formatTable(
    [
      { title: 'POLICY', value: ({ name }: PolicyAnswer) => name },
      { title: 'VERSION', value: ({ version }) => version },
      { title: 'FIELDS', value: (policy) => termsOf(policy).length },
      { title: 'DESCRIPTION', value: ({ description }) => oneLine(description) },
    ],
    policies,
  );
}
