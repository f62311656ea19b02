import type { Command } from 'commander';
import { fault } from '../core/index.ts';
import type { ActAnswer } from './answers.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient, withFilter, type FilterFlags } from './client-options.ts';
import { deadEndpointsOf } from './dead-letter-replay.command.ts';
import { followAct } from './follow-act.ts';
import { abortOnSignals } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted } from './table.ts';

type Flags = FilterFlags & { readonly why: string; readonly all?: true };

export function deadLetterCancelCommand(): Command {
  return withClient(
    withFilter(
      newCommand('cancel', 'give dead letters up, with a reason: no redrive sends them again', [
        'holdfast dead-letter cancel msg_0GYRfKMU0iAq9Lw --app acme --why "sent by hand"',
        'holdfast dead-letter cancel --app acme --endpoint main --why "customer left"',
        'holdfast dead-letter cancel --app acme --all --why "test data"',
      ]),
    ),
  )
    .argument('[message]', 'id of one message; without it, all that match are cancelled')
    .requiredOption('--why <text>', 'the reason, kept in the ledger')
    .option('--all', 'all dead letters of the application')
    .action(async (message: string | undefined, flags: Flags) => cancel(message, flags));
}

async function cancel(message: string | undefined, flags: Flags): Promise<void> {
  const signal = abortOnSignals();
  const api = apiFrom(flags, signal);
  const acts =
    message === undefined
      ? [await cancelMatching(api, flags, signal)]
      : await cancelOne(api, message, flags);
  const cancelled = acts.reduce((sum, { touched }) => sum + touched, 0);
  printResult(
    flags,
    { cancelled, acts },
    () => `Cancelled ${counted(cancelled, 'dead letter')}. A replay can still send one again.`,
  );
}

async function cancelOne(
  api: Api,
  message: string,
  { app, endpoint, why }: Flags,
): Promise<readonly ActAnswer[]> {
  const endpoints = endpoint === undefined ? await deadEndpointsOf(api, app, message) : [endpoint];
  const acts: ActAnswer[] = [];
  for (const each of endpoints) acts.push(await api.cancel(app, message, each, why));
  return acts;
}

async function cancelMatching(api: Api, flags: Flags, signal: AbortSignal): Promise<ActAnswer> {
  const { app, endpoint, reason, since, until, why } = flags;
  const filter = { endpoint, reason, since, until };
  if (flags.all !== true && Object.values(filter).every((part) => part === undefined)) {
    throw fault('validation', {
      field: '--all',
      detail: `Name a message or a filter, or say --all to cancel every dead letter of ${app}.`,
    });
  }
  const begun = await api.cancelMany(app, filter, why);
  return followAct(api, app, begun, { signal, onChange() {} });
}
