import type { Command } from 'commander';
import { createIdText, fault, HoldfastError, systemClock } from '../core/index.ts';
import type { AuditOptions } from './audit-file.ts';
import type { AuditReport, AuditSums } from './audit-report.ts';
import { dataDirFrom } from './data-dir.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { createProgress, silentProgress } from './progress.ts';
import { describeSli } from './describe-sli.ts';
import type { SliProof } from '../ledger/index.ts';
import { counted, formatTable } from './table.ts';

type Flags = {
  readonly data?: string;
  readonly heal?: true;
  readonly integrity?: true;
  readonly json?: true;
};

/** All that --json names, and what one round of healing takes up. */
const NAMED = 10_000;
/** What people are shown. */
const SHOWN = 20;

/** What the audit's findings mean, see FindingKind. */
const meanings = {
  missing: 'promised, but no delivery is there',
  unpromised: 'a delivery that nobody promised',
  lease_overdue: 'in flight, but its lease ended and nobody took it',
  unproven: 'delivered, but no attempt says so',
  undated: 'open, but never due',
  orphaned: 'a delivery without its message',
} as const satisfies Record<AuditReport['findings'][number]['kind'], string>;

const NOTE = `For every application and minute, accepted × matched must equal the sum over the states of its
deliveries. SLI minutes are counted again from the rows. Ends with 1 if anything is unaccounted for or differs.`;

type Outcome = {
  readonly dataDir: string;
  readonly at: string;
  /** Deliveries that were healed; null without --heal. */
  readonly healed: number | null;
  /** SQLite's own check of the file; null without --integrity. */
  readonly fileFaults: readonly string[] | null;
  /** SLI minutes held against the raw rows. */
  readonly sli: SliProof;
} & AuditReport;

export function auditCommand(): Command {
  return newCommand(
    'audit',
    'prove that every delivery is accounted for',
    [
      'holdfast audit                        the ledger in ./data, its service running or not',
      'holdfast audit --data /var/lib/holdfast --json',
      'holdfast audit --heal                 schedule again what is unaccounted',
      'holdfast audit --integrity            let SQLite check the file as well',
    ],
    NOTE,
  )
    .option('--data <folder>', 'folder of the ledger (default ./data)')
    .option('--heal', 'schedule again what is unaccounted')
    .option('--integrity', "run SQLite's check of the file too; reads all of it")
    .action(async (flags: Flags) => audit(flags));
}

async function audit(flags: Flags): Promise<void> {
  // Loaded only here: the other commands need no database.
  const { hasSqliteLedger, ledgerPath, readLedgerFile } = await import('../ledger/index.ts');
  const { auditFile, healFile } = await import('./audit-file.ts');
  const { reportOn } = await import('./audit-report.ts');
  const dataDir = dataDirFrom(flags.data, process.env);
  if (!hasSqliteLedger(dataDir)) {
    throw fault('ledger_not_openable', {
      field: '--data',
      detail: `There is no ledger at ${ledgerPath(dataDir)}. Give the folder of one with --data.`,
    });
  }
  const progress = process.stderr.isTTY
    ? createProgress(process.stderr, systemClock)
    : silentProgress;
  const options: AuditOptions = {
    clock: systemClock,
    nameAtMost: NAMED,
    onProgress: (share) => progress.show(`audited ${Math.floor(share * 100)} % of ${dataDir}`),
  };
  const reading = readLedgerFile(dataDir);
  try {
    const report = (): AuditReport =>
      reportOn(auditFile(reading, options), createIdText(reading.mark), (id) =>
        reading.applicationUid(id),
      );
    const found = report();
    const healing =
      flags.heal === true && !found.accounted
        ? await tryHealing(() => healFile(dataDir, reading, options))
        : noHealing(flags);
    const outcome: Outcome = {
      dataDir,
      at: new Date(systemClock.now()).toISOString(),
      healed: healing.healed,
      fileFaults: flags.integrity === true ? reading.fileFaults() : null,
      sli: reading.sli({ nameAtMost: NAMED }),
      ...((healing.healed ?? 0) > 0 ? report() : found),
    };
    progress.end();
    printResult(flags, outcome, describe);
    const isWhole = (outcome.fileFaults?.length ?? 0) === 0 && outcome.sli.differing === 0;
    if (!outcome.accounted || !isWhole) process.exitCode = 1;
    // The report comes first: it is right, whatever kept us from healing.
    if (healing.error !== undefined) throw healing.error;
  } finally {
    reading.close();
  }
}

type Healing = { readonly healed: number | null; readonly error?: HoldfastError };

function noHealing({ heal }: Flags): Healing {
  return { healed: heal === true ? 0 : null };
}

async function tryHealing(heal: () => Promise<number>): Promise<Healing> {
  try {
    return { healed: await heal() };
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    const error = thrown.code === 'ledger_in_use' ? serviceRuns(thrown) : thrown;
    return { healed: null, error };
  }
}

function serviceRuns(cause: HoldfastError): HoldfastError {
  return fault('ledger_in_use', {
    cause,
    field: '--heal',
    detail:
      'A service runs on this ledger, and only it may write. Its own background audit schedules again what it finds, the newest messages within seconds: run "holdfast audit" again in a minute, or stop the service and run --heal again.',
  });
}

function describe(outcome: Outcome): string {
  const { applications, total, healed, fileFaults } = outcome;
  const rows = [
    ...applications.map(({ application, uid, ...sums }) => ({ name: uid ?? application, ...sums })),
    ...(applications.length === 1 ? [] : [{ name: 'all', ...total }]),
  ];
  return [
    tableOf(rows),
    ...describeFindings(outcome),
    ...(healed === null || healed === 0
      ? []
      : [
          `Healed: ${counted(healed, 'delivery', 'deliveries')}. What was scheduled again is sent when the service runs.`,
        ]),
    ...(fileFaults === null ? [] : [describeFile(fileFaults)]),
    describeSli(outcome.sli),
    verdict(outcome),
  ].join('\n\n');
}

function tableOf(rows: readonly (AuditSums & { readonly name: string })[]): string {
  return formatTable(
    [
      { title: 'APPLICATION', value: ({ name }) => name },
      { title: 'ACCEPTED', value: ({ accepted }) => accepted },
      { title: 'MATCHED', value: ({ matched }) => matched },
      { title: 'SCHED.', value: ({ states }) => states.scheduled },
      { title: 'FLIGHT', value: ({ states }) => states.in_flight },
      { title: 'DELIVERED', value: ({ states }) => states.delivered },
      { title: 'DEAD', value: ({ states }) => states.dead },
      { title: 'CANC.', value: ({ states }) => states.cancelled },
      { title: 'DIFF', value: (row) => row.difference },
    ],
    rows,
  );
}

function describeFindings({ findings, unaccounted, minutes }: Outcome): readonly string[] {
  if (unaccounted === 0 && minutes.length === 0) return [];
  const shown = findings.slice(0, SHOWN);
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const more = unaccounted - shown.length;
  return [
    [
      formatTable(
        [
          { title: 'UNACCOUNTED', value: ({ kind }) => kind },
          { title: 'MESSAGE', value: ({ message }) => message },
          { title: 'ENDPOINT', value: ({ endpoint }) => endpoint },
        ],
        shown,
      ),
      ...(more > 0 ? [`and ${counted(more, 'more', 'more')}; --json names up to ${NAMED}.`] : []),
    ].join('\n'),
    kinds.map((kind) => `${kind}: ${meanings[kind]}.`).join('\n'),
  ];
}

function describeFile(fileFaults: readonly string[]): string {
  return fileFaults.length === 0
    ? 'SQLite finds the file whole.'
    : `SQLite finds the file damaged. Stop, keep a copy, and restore a backup:\n${fileFaults.join('\n')}`;
}

function verdict({ accounted, unaccounted, total, healed }: Outcome): string {
  if (accounted) {
    return `Every delivery is accounted for: ${counted(total.matched, 'delivery', 'deliveries')} of ${counted(total.accepted, 'message')}.`;
  }
  const rest = `${counted(unaccounted, 'delivery is', 'deliveries are')} not accounted for.`;
  return healed === null
    ? `${rest} "holdfast audit --heal" schedules again what can be.`
    : `${rest} ${unaccounted === 1 ? 'It' : 'They'} cannot be healed: message or payload is gone.`;
}
