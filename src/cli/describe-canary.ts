import type { CanaryAnswer, CanaryArmAnswer } from './canary-answers.ts';
import { oneLine } from './one-line.ts';
import { formatTable, type Column } from './table.ts';
import { momentWords } from './time-words.ts';
import { wrapText } from './wrap-text.ts';

type Row = { readonly name: string; readonly arm: CanaryArmAnswer };

const columns: readonly Column<Row>[] = [
  { title: 'ARM', value: ({ name }) => name },
  { title: 'FIRST ATTEMPTS', value: ({ arm }) => arm.attempts },
  { title: 'FAILED', value: ({ arm }) => arm.failed },
  { title: 'LATE', value: ({ arm }) => arm.late },
  { title: 'SLOW', value: ({ arm }) => arm.slow },
  { title: 'P95', value: ({ arm }) => (arm.p95Ms === null ? '-' : `${arm.p95Ms} ms`) },
];

/** A canary in words: what it tries, where it is, both arms side by side, and what it waits for. */
export function describeCanary(canary: CanaryAnswer, now: number): string {
  const { id, fields, state, stateReason, step, steps, percent, waitsFor } = canary;
  const why = stateReason === null ? '' : ` ${oneLine(stateReason)}`;
  const since = momentWords(canary.endedAt ?? canary.createdAt, now);
  const where =
    state === 'running'
      ? `It runs since ${since}, at step ${step} of ${steps.length}: ${percent} % of the messages go to the candidate.`
      : `It is ${state.replace('_', ' ').toUpperCase()}${canary.endedAt === null ? '' : ` since ${since}`}.${why}`;
  const rows = [
    { name: 'as it is', arm: canary.stable },
    { name: 'candidate', arm: canary.candidate },
  ];
  return [
    `Canary ${id}: tries another ${fields.join(' and ')}`,
    wrapText(where),
    formatTable(columns, rows),
    canary.compared.map(({ words }) => wrapText(`- ${words}.`, 80, '  ')).join('\n'),
    waitsFor.length === 0 ? '' : wrapText(`It waits for ${waitsFor.join('; for ')}.`),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}
