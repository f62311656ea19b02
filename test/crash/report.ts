import type { CrashFigures } from './judge.ts';

export type CrashReport = CrashFigures & {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly violations: readonly string[];
};

export function asTable(report: CrashReport): string {
  const { inFlightAtKills, unanswered } = report;
  const rows: readonly (readonly [what: string, count: number, allowed: string])[] = [
    ['messages acknowledged', report.acknowledged, ''],
    ['sent again by their key', report.sentAgain, ''],
    ['deliveries owed for them', report.owed, ''],
    ['deliveries received', report.received, ''],
    ['lost', report.lost, '0'],
    ['in flight at the kills', inFlightAtKills, ''],
    ['attempts without an answer', unanswered, ''],
    ['duplicates', report.duplicates, `at most ${inFlightAtKills + unanswered}`],
    ['duplicates unexplained', report.unexplainedDuplicates, '0'],
    ['received, not acknowledged', report.receivedUnacknowledged, 'any'],
    ['accepted twice', report.acceptedTwice, '0'],
    ['bodies changed', report.bodiesChanged, '0'],
    ['signature failures', report.signatureFailures, '0'],
    ['attempts not on record', report.unrecordedAttempts, '0'],
    ['not delivered', report.notDelivered, '0'],
    ['unaccounted in the audit', report.unaccounted, '0'],
    ['SLI minutes counted', report.sliMinutes, ''],
    ['differing from the recount', report.sliDiffering, '0'],
    ['healed by the audit', report.healed, '0'],
    ['faults in the file', report.fileFaults, '0'],
  ];
  return [
    `${report.kills} kills in ${report.seconds} s, seed ${report.seed}`,
    '',
    `${'what'.padEnd(28)}${'count'.padStart(8)}  allowed`,
    ...rows.map(([what, count, allowed]) =>
      `${what.padEnd(28)}${String(count).padStart(8)}  ${allowed}`.trimEnd(),
    ),
    '',
    ...(report.violations.length === 0
      ? ['Every promise held.']
      : report.violations.map((violation) => `BROKEN: ${violation}`)),
    ...(report.violations.length === 0
      ? []
      : [`Again: npm run crash -- --rounds ${report.rounds} --seed ${report.seed}`]),
  ].join('\n');
}
