import type { Command } from 'commander';
import type { DeadLetterAnswer } from './answers.ts';
import { apiFrom, withClient, withFilter, type FilterFlags } from './client-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted, formatTable, type Column } from './table.ts';
import { wholeNumber } from './values.ts';

type Flags = FilterFlags & { readonly limit: number };

export function deadLetterListCommand(): Command {
  return withClient(
    withFilter(
      newCommand('list', 'list dead letters, the newest messages first', [
        'holdfast dead-letter list --app acme',
        'holdfast dead-letter list --app acme --endpoint main --since 2h --limit 500',
        'holdfast dead-letter list --app acme --reason gone --json',
      ]),
    ),
  )
    .option('--limit <number>', 'at most this many', wholeNumber('--limit', 1, 100_000), 50)
    .action(async (flags: Flags) => list(flags));
}

async function list(flags: Flags): Promise<void> {
  const { app, limit } = flags;
  // One more than wanted shows whether there are more.
  const found = await apiFrom(flags).deadLetters(app, flags, limit + 1);
  const page = { data: found.slice(0, limit), done: found.length <= limit };
  printResult(flags, page, () => describe(page, app));
}

type Page = { readonly data: readonly DeadLetterAnswer[]; readonly done: boolean };

function describe({ data, done }: Page, app: string): string {
  if (data.length === 0) return `No dead letter of ${app} matches.`;
  const count = done
    ? `${counted(data.length, 'dead letter')}.`
    : `The newest ${counted(data.length, 'dead letter')}; --limit shows more.`;
  return `${formatTable(columnsFor(process.stdout.columns ?? 80), data)}\n\n${count} "holdfast redrive --app ${app}" sends all again.`;
}

function columnsFor(width: number): readonly Column<DeadLetterAnswer>[] {
  const columns: readonly Column<DeadLetterAnswer>[] = [
    { title: 'MESSAGE', value: ({ msgId }) => msgId },
    { title: 'ENDPOINT', value: ({ endpointId }) => endpointId },
    { title: 'DEAD FOR', value: ({ reason }) => reason ?? '' },
    { title: 'LAST', value: lastOf },
  ];
  if (width < 120) return columns;
  return [
    ...columns,
    { title: 'ATTEMPTS', value: ({ attempts }) => attempts },
    { title: 'EVENT TYPE', value: ({ eventType }) => eventType },
  ];
}

function lastOf({ lastOutcome, lastStatusCode }: DeadLetterAnswer): string {
  return lastStatusCode === null ? (lastOutcome ?? 'never sent') : String(lastStatusCode);
}
