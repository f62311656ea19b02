import {
  duration,
  type Check,
  type DrillReport,
  type DrillSummary,
  type ReplayReport,
} from '../drill/index.ts';
import { oneLine } from './one-line.ts';
import { formatTable } from './table.ts';

/** One drill as people read it. */
export function describeDrill(report: DrillReport): string {
  const { checks, falseAlarms, money } = report;
  return [
    `${report.drill} (seed ${report.seed}): ${report.truth}.`,
    checkTable(checks),
    [
      report.faultAt === null
        ? 'Nothing is broken.'
        : `Fault at ${report.faultAt}, detected after ${duration(report.detectedAfterMs)}, mitigated ${
            report.mitigatedAfterMs === null
              ? 'never'
              : `${duration(report.mitigatedAfterMs)} later`
          }; the true cause ${report.rank === null ? 'is not named' : `ranks ${report.rank}`}.`,
      `Accepted ${report.accepted}, delivered ${report.delivered}, dead ${report.dead}, redriven ${report.redriven}, lost ${report.lost}, duplicates ${report.duplicates}.`,
      ...(money === null
        ? []
        : [
            `Money hit: ${money.true} ${money.currency} minor units, estimated ${money.estimated ?? 'not at all'}.`,
          ]),
      `False alarms: ${falseAlarms.length === 0 ? 'none' : falseAlarms.join('; ')}.`,
      `Its clock ran up to ${report.factor} times as fast as the wall; it took ${(report.wallMs / 1000).toFixed(1)} s.`,
    ].join('\n'),
  ].join('\n\n');
}

/** A drill file that was played again. */
export function describeReplay(report: ReplayReport): string {
  const { name, title, incident, seed, minutes, endpoints, checks, wallMs } = report;
  return [
    `${name} (seed ${seed}), exported from ${incident}: ${oneLine(title)}`,
    checkTable(checks),
    [
      report.isFound
        ? `Its incident was found again, ${duration(report.detectedAfterMs)} after its impact began; recorded: ${duration(report.recordedAfterMs)}, to the minute.`
        : 'Its incident was not found again.',
      `${minutes} min of ${endpoints === 1 ? '1 endpoint' : `${endpoints} endpoints`}, ${report.accepted} messages; it took ${(wallMs / 1000).toFixed(1)} s.`,
    ].join('\n'),
  ].join('\n\n');
}

function checkTable(checks: readonly Check[]): string {
  return formatTable(
    [
      { title: '', value: ({ isShown }) => (isShown ? 'shown ' : 'MISSED') },
      { title: 'MUST SHOW', value: ({ mustShow }) => mustShow },
      { title: 'WANTED', value: ({ wanted }) => wanted },
      { title: 'MEASURED', value: ({ measured }) => measured },
    ],
    checks,
  );
}

/** All drills in one table. */
export function describeDrills(summaries: readonly DrillSummary[]): string {
  const table = formatTable(
    [
      { title: 'DRILL', value: ({ drill }) => drill },
      { title: 'PASSED', value: ({ passed, runs }) => `${passed}/${runs}` },
      { title: 'DETECTED', value: ({ detectedAfterMs }) => duration(detectedAfterMs) },
      { title: 'MITIGATED', value: ({ mitigatedAfterMs }) => duration(mitigatedAfterMs) },
      { title: 'CAUSE 1ST', value: ({ rankedFirst, runs }) => `${rankedFirst}/${runs}` },
      { title: 'FALSE', value: ({ falseAlarms }) => falseAlarms },
      { title: 'ACCEPTED', value: ({ accepted }) => accepted },
      { title: 'DELIVERED', value: ({ delivered }) => delivered },
      { title: 'DEAD', value: ({ dead }) => dead },
      { title: 'REDRIVEN', value: ({ redriven }) => redriven },
      { title: 'LOST', value: ({ lost }) => lost },
      { title: 'DUPL.', value: ({ duplicates }) => duplicates },
    ],
    summaries,
  );
  const missed = summaries.flatMap(({ drill, runs, missed }) =>
    missed.map((each) => `${drill}, ${each.runs} of ${runs}: ${each.mustShow} — ${each.measured}`),
  );
  return [
    table,
    'DETECTED: from the fault to the first word of it. MITIGATED: from there. Medians, on the clock of the drill.',
    ...(missed.length === 0
      ? ['Everything that must show was shown.']
      : [`Missed:\n${missed.join('\n')}`]),
  ].join('\n\n');
}

/** All drills as the table of the documentation; medians, on the clock of the drill. */
export function drillsAsMarkdown(summaries: readonly DrillSummary[]): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  const after = (ms: number | null): string => (ms === null ? '–' : duration(ms));
  const rows = summaries.map((row) => [
    `\`${row.drill}\``,
    `${row.passed} of ${row.runs}`,
    after(row.detectedAfterMs),
    after(row.mitigatedAfterMs),
    `${row.rankedFirst} of ${row.runs}`,
    count(row.falseAlarms),
    count(row.accepted),
    count(row.lost),
    count(row.duplicates),
  ]);
  const head = [
    'drill',
    'all shown',
    'MTTD',
    'MTTM',
    'cause first',
    'false alarms',
    'accepted',
    'lost',
    'duplicates',
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const missed = summaries.flatMap(({ drill, runs, missed: all }) =>
    all.map(
      (each) =>
        `- \`${drill}\`, ${each.runs} of ${runs}: ${each.mustShow}; such as ${each.measured}.`,
    ),
  );
  return [
    line(head),
    `|${'---|'.repeat(head.length)}`,
    ...rows.map(line),
    ...(missed.length === 0 ? [] : ['', 'Missed:', '', ...missed]),
  ].join('\n');
}
