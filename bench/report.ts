import { isMet, shareOfTarget, type Measure, type ScenarioResult } from './measure.ts';

const LONGEST_COMPLAINT = 300;

/** The same values twice: a table for people, one line for programs. */
export function asTable({ measures, failures, complaints, conditions }: ScenarioResult): string {
  const rows = measures.map((measure) => [
    measure.name,
    `${shown(measure.value, measure.unit)}${spreadOf(measure)}`,
    targetOf(measure),
    shareOfTarget(measure)?.toFixed(2) ?? '',
    verdictOf(measure),
    measure.note ?? '',
  ]);
  const head = ['what', 'measured', 'target', 'ratio', '', ''];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const { dataFolder, fsyncMs, busyElsewhere, acceptedPerSecond, concurrency } = conditions;
  return [
    line(head),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map(line),
    '',
    `${String(concurrency)} requests at once; accepted ${Math.round(Number(acceptedPerSecond))}/s while measured; ledger in ${String(dataFolder)}, an fsync there takes ${Number(fsyncMs).toFixed(2)} ms.`,
    `Other processes kept ${Math.round(Number(busyElsewhere) * 100)} % of the machine busy: ratios stand that better than rates.`,
    ...complaints.map(
      (complaint) => `logged by Holdfast: ${complaint.slice(0, LONGEST_COMPLAINT)}`,
    ),
    ...failures.map((failure) => `FAILED: ${failure}`),
  ].join('\n');
}

export function asJson({ measures, failures, complaints, conditions }: ScenarioResult): string {
  return JSON.stringify({
    measures: measures.map((measure) => ({
      ...measure,
      shareOfTarget: shareOfTarget(measure),
      isMet: isMet(measure),
    })),
    failures,
    complaints,
    conditions,
  });
}

function shown(value: number, unit: Measure['unit']): string {
  if (!Number.isFinite(value)) return 'not measured';
  switch (unit) {
    case 'ratio':
      return value.toFixed(3);
    case 'ms':
      return `${value.toFixed(1)} ms`;
    case 'µs':
    case 'MB':
      return `${Math.round(value)} ${unit}`;
    case 'deliveries/s':
      return `${Math.round(value)}/s`;
    case 'bytes':
      return `${Math.round(value)} B`;
    case 'messages':
      return String(value);
    default:
      return unit satisfies never;
  }
}

function spreadOf({ spread, unit }: Measure): string {
  if (spread === undefined || !spread.every(Number.isFinite)) return '';
  const [least, most] = spread.map((value) => shown(value, unit).split(' ')[0]);
  return ` (${least} to ${most})`;
}

function targetOf({ target, unit }: Measure): string {
  if (target === undefined) return '';
  return 'atLeast' in target
    ? `at least ${shown(target.atLeast, unit)}`
    : `at most ${shown(target.atMost, unit)}`;
}

function verdictOf(measure: Measure): string {
  const isGood = isMet(measure);
  return isGood === undefined ? '' : isGood ? 'met' : 'MISSED';
}
