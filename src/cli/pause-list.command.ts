import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import type { PauseAnswer } from './pause-answers.ts';
import { formatTable } from './table.ts';
import { timeWords } from './time-words.ts';

type Flags = ClientFlags & { readonly json?: true };

export function pauseListCommand(): Command {
  return withClient(
    newCommand('list', 'list what is paused beside single endpoints, the oldest first', [
      'holdfast pause list',
      'holdfast pause list --json',
    ]),
  ).action(async (flags: Flags) => {
    printResult(flags, { data: await apiFrom(flags).pauses() }, ({ data }) => describe(data));
  });
}

function describe(pauses: readonly PauseAnswer[]): string {
  if (pauses.length === 0) return 'Nothing is paused but what "holdfast lane list" shows.';
  const now = systemClock.now();
  return formatTable(
    [
      { title: 'PAUSE', value: ({ id }: PauseAnswer) => id },
      { title: 'APPLICATION', value: ({ appId }) => appId ?? 'all' },
      { title: 'EVENT TYPE', value: ({ eventType }) => eventType ?? 'all' },
      { title: 'FOR', value: ({ since }) => timeWords(now - Date.parse(since)) },
      { title: 'WHY', value: ({ reason }) => oneLine(reason) },
    ],
    pauses,
  );
}
