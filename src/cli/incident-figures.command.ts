import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { fieldsOf, items, number, orNull, text, type Fields } from './answers.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { IncidentFlags } from './incident-flags.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted, formatTable } from './table.ts';
import { timeWords } from './time-words.ts';
import { moment } from './values.ts';
import { foldText } from './wrap-text.ts';

type Flags = IncidentFlags & { readonly since?: string; readonly until?: string };

export function incidentFiguresCommand(): Command {
  return withClient(
    newCommand('figures', 'how fast incidents are detected, mitigated and fixed', [
      'holdfast incident figures',
      'holdfast incident figures --since 30d --json',
    ]),
  )
    .option(
      '--since <moment>',
      'of incidents detected since: 30d ago, or a date (default 90 days)',
      moment('--since', systemClock),
    )
    .option('--until <moment>', 'and before (default now)', moment('--until', systemClock))
    .action(async (flags: Flags) => {
      const answer = await apiFrom(flags).incidentFigures(flags.since, flags.until);
      printResult(flags, answer, describeFigures);
    });
}

type Row = { readonly of: string; readonly figures: Fields };

function describeFigures(answer: unknown): string {
  const figures = fieldsOf(answer);
  const all = fieldsOf(figures['all']);
  const rows: readonly Row[] = [
    { of: 'all', figures: all },
    ...items(figures, 'byCauseClass').map((each) => {
      const of = fieldsOf(each);
      return { of: text(of, 'causeClass'), figures: of };
    }),
    { of: 'drills', figures: fieldsOf(figures['drills']) },
  ];
  const column = (title: string, name: string) => ({
    title,
    value: ({ figures: given }: Row): string => medianWords(fieldsOf(given[name])),
  });
  const table = formatTable(
    [
      { title: 'OF', value: ({ of }: Row) => of },
      { title: 'COUNT', value: ({ figures: given }) => number(given, 'incidents') },
      column('DETECT', 'detect'),
      column('ACK', 'acknowledge'),
      column('MITIGATE', 'mitigate'),
      column('FIX', 'repair'),
      column('VISIBLE', 'visible'),
    ],
    rows,
  );
  const [incidents, bySystem, recurring] = ['incidents', 'foundBySystem', 'recurring'].map((name) =>
    number(all, name),
  );
  const [from, to] = ['from', 'to'].map((name) => text(figures, name).slice(0, 10));
  return [
    foldText(
      `${counted(incidents ?? 0, 'incident')} from ${from} to ${to}: ${bySystem} found by the system before a person, ${recurring} of what had happened before. Drills are apart.`,
    ),
    '',
    table,
    '',
    foldText('Medians of episodes, each with how many it is of in brackets.'),
  ].join('\n');
}

function medianWords(median: Fields): string {
  const ms = orNull(number, median, 'medianMs');
  return ms === null ? '-' : `${timeWords(ms)} (${number(median, 'count')})`;
}
