import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { createApi, type Api, type DeadLetterFilter } from './api/index.ts';
import { createClient, type ClientFlags } from './client.ts';
import { moment } from './values.ts';

/** Options of every command that talks to a running service. */
export function withClient(command: Command): Command {
  return command
    .option('--url <address>', 'address of the service, or HOLDFAST_URL', undefined)
    .option('--token <token>', 'token, or HOLDFAST_TOKEN; else the one in the data folder')
    .option('--data <folder>', 'data folder of the service on this machine (default ./data)');
}

/** For commands whose routes keep no reason of their own. */
export function withWhy(command: Command): Command {
  return command.option('--why <text>', 'the reason, kept with the change');
}

/** Options that choose among the dead letters of an application. */
export function withFilter(command: Command): Command {
  return command
    .requiredOption('--app <application>', 'id or uid of the application')
    .option('--endpoint <endpoint>', 'only those to this endpoint, by id or uid')
    .option('--reason <reason>', 'only those dead for this reason: attempts_exhausted, gone, ...')
    .option(
      '--since <moment>',
      'only messages accepted since: 2h ago, or a date',
      moment('--since', systemClock),
    )
    .option('--until <moment>', 'only messages accepted before', moment('--until', systemClock));
}

export type AppFlags = ClientFlags & { readonly app: string; readonly json?: true };
export type FilterFlags = AppFlags & DeadLetterFilter;

export function apiFrom(flags: ClientFlags, signal?: AbortSignal): Api {
  return createApi(createClient(flags, process.env, signal));
}
