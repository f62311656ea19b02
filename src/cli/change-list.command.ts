import { Option, type Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { changeKinds } from '../ledger/index.ts';
import type { ChangeAnswer } from './change-answers.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeBriefly } from './describe-change.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted } from './table.ts';
import { moment, wholeNumber } from './values.ts';

type Flags = ClientFlags & {
  readonly kind?: string;
  readonly app?: string;
  readonly endpoint?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: true;
};

const MOST = 10_000;

export function changeListCommand(): Command {
  return withClient(
    newCommand('list', 'list what was changed, by whom and why, the newest first', [
      'holdfast change list',
      'holdfast change list --app acme --since 2h',
      'holdfast change list --kind deploy --limit 5 --json',
    ]),
  )
    .addOption(new Option('--kind <kind>', 'only changes of this').choices(changeKinds))
    .option('--app <application>', 'only of this application and its endpoints, by id or uid')
    .option('--endpoint <endpoint>', 'only of this endpoint of it, by id or uid')
    .option('--since <moment>', 'only since: 2h ago, or a date', moment('--since', systemClock))
    .option('--limit <number>', 'how many at most', wholeNumber('--limit', 1, MOST), 20)
    .action(async (flags: Flags) => {
      const { kind, app, endpoint, since, limit } = flags;
      const filter = { kind, app_id: app, endpoint_id: endpoint, after: since };
      const changes = await apiFrom(flags).changes(filter, limit);
      printResult(flags, { data: changes }, ({ data }) => describe(data, limit));
    });
}

function describe(changes: readonly ChangeAnswer[], limit: number): string {
  if (changes.length === 0) return 'No change was made.';
  const now = systemClock.now();
  const count =
    changes.length < limit
      ? `${counted(changes.length, 'change')}.`
      : `The newest ${counted(changes.length, 'change')}; --limit shows more.`;
  return [
    ...changes.map((change) => describeBriefly(change, now)),
    `${count} "holdfast change show ID" tells more of one.`,
  ].join('\n\n');
}
