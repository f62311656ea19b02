import { isMet, missedBy, shareOfTarget, type Measure } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { ScenarioReport } from './run-scenarios.ts';

const LONGEST_COMPLAINT = 300;
const HEAD = ['what', 'measured', 'target', 'ratio', '', ''];

/** The same values twice: a table for people, one line for programs. */
export function asTable(
  reports: readonly ScenarioReport[],
  { isQuick }: Pick<BenchOptions, 'isQuick'>,
): string {
  const groups = reports.map(({ measures }) => measures.map(cellsOf));
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...groups.flat().map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    line(HEAD),
    line(widths.map((width) => '─'.repeat(width))),
    ...reports.flatMap(({ name, sentence }, place) => [
      `${place === 0 ? '' : '\n'}${name}: ${sentence}`,
      ...(groups[place] ?? []).map(line),
    ]),
    '',
    ...(isQuick ? ['--quick: windows are short, so that figures scatter; not to be quoted.'] : []),
    ...reports.flatMap(underTheTable),
    summaryOf(reports),
  ].join('\n');
}

export function asJson(
  reports: readonly ScenarioReport[],
  { isQuick }: Pick<BenchOptions, 'isQuick'>,
): string {
  return JSON.stringify({
    isQuick,
    scenarios: reports.map((report) => ({
      ...report,
      measures: report.measures.map((measure) => ({
        ...measure,
        shareOfTarget: shareOfTarget(measure),
        isMet: isMet(measure),
        missedBy: missedBy(measure),
      })),
    })),
    failures: reports.flatMap(({ name, failures }) => failures.map((text) => `${name}: ${text}`)),
  });
}

function cellsOf(measure: Measure): readonly string[] {
  return [
    `  ${measure.name}`,
    `${shown(measure.value, measure.unit)}${spreadOf(measure)}`,
    targetOf(measure),
    shareOfTarget(measure)?.toFixed(2) ?? '',
    verdictOf(measure),
    measure.note ?? '',
  ];
}

function underTheTable(report: ScenarioReport): readonly string[] {
  const { name, remarks = [], complaints, failures, seconds, busyElsewhere } = report;
  const busy = Number.isFinite(busyElsewhere)
    ? `; other processes kept ${Math.round(busyElsewhere * 100)} % of the machine busy meanwhile`
    : '';
  return [
    `${name}: ${Math.round(seconds)} s${busy}.`,
    ...remarks.map((remark) => `  ${remark}`),
    ...complaints.map(
      (complaint) => `  logged by Holdfast: ${complaint.slice(0, LONGEST_COMPLAINT)}`,
    ),
    ...failures.map((failure) => `  FAILED: ${failure}`),
  ];
}

function summaryOf(reports: readonly ScenarioReport[]): string {
  const verdicts = reports.flatMap(({ measures }) =>
    measures.filter(({ target }) => target !== undefined).map(isMet),
  );
  const count = (verdict: boolean | undefined): number =>
    verdicts.filter((one) => one === verdict).length;
  const failed = reports.filter(({ failures }) => failures.length > 0).map(({ name }) => name);
  return [
    `${count(true)} met, ${count(false)} MISSED, ${count(undefined)} not measured.`,
    'Ratios stand a busy machine better than rates and latencies do.',
    failed.length === 0
      ? 'All that was sent is accounted for.'
      : `The proof FAILED in ${failed.join(', ')}.`,
  ].join(' ');
}

function shown(value: number, unit: Measure['unit']): string {
  if (!Number.isFinite(value)) return 'not measured';
  switch (unit) {
    case 'ratio':
      return value.toFixed(3);
    case 'requests a message':
      return value.toFixed(2);
    case 'ms':
      return `${value >= 1000 ? Math.round(value) : value.toFixed(1)} ms`;
    case 'MB/h':
      return `${value.toFixed(1)} MB/h`;
    case 'µs':
    case 'MB':
      return `${Math.round(value)} ${unit}`;
    case 'deliveries/s':
      return `${Math.round(value)}/s`;
    case 'bytes':
      return `${Math.round(value)} B`;
    case 'messages':
    case 'rows':
      return String(value);
    default:
      return unit satisfies never;
  }
}

function spreadOf({ spread, unit }: Measure): string {
  if (spread === undefined || !spread.every(Number.isFinite)) return '';
  const [least, most] = spread.map((value) => shown(value, unit).split(/[ /]/, 1)[0]);
  return least === most ? '' : ` (${least} to ${most})`;
}

function targetOf({ target, unit }: Measure): string {
  if (target === undefined) return '';
  return 'atLeast' in target
    ? `at least ${shown(target.atLeast, unit)}`
    : `at most ${shown(target.atMost, unit)}`;
}

function verdictOf(measure: Measure): string {
  const isGood = isMet(measure);
  if (isGood !== false) return isGood === undefined ? '' : 'met';
  const by = missedBy(measure);
  return by === undefined ? 'MISSED' : `MISSED by ${(by * 100).toFixed(by < 0.1 ? 1 : 0)} %`;
}
