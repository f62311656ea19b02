import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import type { AlertAnswer } from './alert-answers.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { alertTable, describeAlert } from './describe-alert.ts';
import { newCommand, newGroup } from './new-command.ts';
import { printResult } from './output.ts';
import { durationWithin, wholeNumber } from './values.ts';

type Flags = ClientFlags & { readonly json?: true };
type ListFlags = Flags & {
  readonly all?: true;
  readonly state?: string;
  readonly severity?: string;
  readonly kind?: string;
  readonly owner?: string;
  readonly objective?: string;
  readonly app?: string;
  readonly silenced?: boolean;
  readonly limit: number;
};

const LONGEST_SILENCE_MS = 30 * 86_400_000;

export function alertCommand(): Command {
  return newGroup(
    'alert',
    'alerts: what is wrong, and who looks after it',
    [
      'holdfast alert list',
      'holdfast alert show alert_2ElJJWpdogqNhEJ',
      'holdfast alert ack alert_2ElJJWpdogqNhEJ',
      'holdfast alert silence alert_2ElJJWpdogqNhEJ --for 2h',
    ],
    [listCommand(), showCommand(), ...moveCommands(), silenceCommand()],
  );
}

function listCommand(): Command {
  return withClient(
    newCommand('list', 'alerts that are open, the newest first', [
      'holdfast alert list',
      'holdfast alert list --owner billing --severity page',
      'holdfast alert list --app acme --all --limit 500',
    ]),
  )
    .option('--all', 'those that are resolved as well')
    .option('--state <states>', 'only these: firing, acknowledged, resolved; with commas')
    .option('--severity <severities>', 'only these: page, ticket, info; with commas')
    .option('--kind <kinds>', 'only what these found: burn_rate, outage, notifier, ...')
    .option('--owner <team>', 'only those of this team')
    .option('--objective <name>', 'only those over this objective')
    .option('--app <application>', 'only those about this application, by id or uid')
    .option('--silenced', 'only those that are silenced now')
    .option('--no-silenced', 'none that is silenced now')
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 10_000), 100)
    .action(async (flags: ListFlags) => {
      const { state, severity, kind, owner, objective, app, silenced, limit } = flags;
      const open = flags.all || state !== undefined ? undefined : 'true';
      const isSilenced = silenced === undefined ? undefined : String(silenced);
      const words = { open, state, severity, kind, owner, objective };
      const alerts = await apiFrom(flags).alerts(
        { ...words, app_id: app, silenced: isSilenced },
        limit,
      );
      printResult(flags, alerts, (shown) => alertTable(shown, systemClock.now()));
    });
}

function showCommand(): Command {
  return withAlert('show', 'an alert in full, with what happened to it').action(
    async (id: string, flags: Flags) => print(flags, await apiFrom(flags).alert(id)),
  );
}

function moveCommands(): readonly Command[] {
  const moves = [
    ['ack', 'acknowledge', 'say that you look after it: nobody else is told'],
    ['resolve', 'resolve', 'call it over; what still holds fires anew'],
  ] as const;
  return moves.map(([name, move, summary]) =>
    withAlert(name, summary).action(async (id: string, flags: Flags) =>
      print(flags, await apiFrom(flags).moveAlert(id, move, {})),
    ),
  );
}

function silenceCommand(): Command {
  return withAlert('silence', 'tell nobody of it for a while, unless it gets worse')
    .option(
      '--for <time>',
      'how long: 30m, 2h, 5d; 0 ends it',
      durationWithin('--for', 0, LONGEST_SILENCE_MS),
      3_600_000,
    )
    .action(async (id: string, flags: Flags & { readonly for: number }) => {
      const until = new Date(systemClock.now() + flags.for).toISOString();
      print(flags, await apiFrom(flags).moveAlert(id, 'silence', { until }));
    });
}

function withAlert(name: string, summary: string): Command {
  const example = `holdfast alert ${name} alert_2ElJJWpdogqNhEJ`;
  return withClient(newCommand(name, summary, [example])).argument('<alert>', 'its id');
}

function print(flags: Flags, alert: AlertAnswer): void {
  printResult(flags, alert, (shown) => describeAlert(shown, systemClock.now()));
}
