import type { Command } from 'commander';
import { fault } from '../core/index.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient, type AppFlags } from './client-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted } from './table.ts';

type Flags = AppFlags & { readonly endpoint?: string };

export function deadLetterReplayCommand(): Command {
  return withClient(
    newCommand('replay', 'send the dead letters of one message again; for many, see redrive', [
      'holdfast dead-letter replay msg_0GYRfKMU0iAq9Lw --app acme',
      'holdfast dead-letter replay msg_0GYRfKMU0iAq9Lw --app acme --endpoint main',
    ]),
  )
    .argument('<message>', 'id of the message')
    .requiredOption('--app <application>', 'id or uid of the application')
    .option('--endpoint <endpoint>', 'to this endpoint only, also if its delivery is not dead')
    .action(async (message: string, flags: Flags) => replay(message, flags));
}

async function replay(message: string, flags: Flags): Promise<void> {
  const { app, endpoint } = flags;
  const api = apiFrom(flags);
  const endpoints = endpoint === undefined ? await deadEndpointsOf(api, app, message) : [endpoint];
  const acts: { readonly endpoint: string; readonly act: string }[] = [];
  for (const each of endpoints) {
    acts.push({ endpoint: each, act: await api.replay(app, message, each) });
  }
  printResult(
    flags,
    { message, replayed: acts },
    () =>
      `Replayed ${message} to ${counted(acts.length, 'endpoint')}. "holdfast dead-letter show ${message} --app ${app}" shows what becomes of it.`,
  );
}

/** Endpoints that a message is a dead letter to. Throws `state_conflict` where there is none. */
export async function deadEndpointsOf(
  api: Api,
  app: string,
  message: string,
): Promise<readonly string[]> {
  const deliveries = await api.deliveriesOf(app, message);
  const dead = deliveries.filter(({ state }) => state === 'dead');
  if (dead.length > 0) return dead.map(({ endpointId }) => endpointId);
  throw fault('state_conflict', {
    field: 'message',
    detail: `${message} is a dead letter to no endpoint. Name one with --endpoint, or look at it with "holdfast dead-letter show".`,
  });
}
