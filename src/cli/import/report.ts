import { counted, formatCount, formatTable } from '../table.ts';
import { kinds, type Counts, type Kind, type Problem } from './tally.ts';

export type ImportReport = {
  readonly from: string;
  readonly to: string;
  readonly isDryRun: boolean;
  /** It came to its end, with problems or without. */
  readonly isEnded: boolean;
  /** All that the source has is in the copy. */
  readonly isWhole: boolean;
  readonly problemCount: number;
  readonly problems: readonly Problem[];
} & Counts;

/** What people are shown. */
const SHOWN = 20;

const kindNames = {
  eventTypes: 'event types',
  applications: 'applications',
  endpoints: 'endpoints',
} as const satisfies Record<Kind, string>;

const oneOf = {
  eventTypes: 'event type',
  applications: 'application',
  endpoints: 'endpoint',
} as const satisfies Record<Kind, string>;

export function describeReport(report: ImportReport): string {
  return [
    formatTable(
      [
        { title: report.isDryRun ? 'WOULD BE' : 'IMPORTED', value: ({ name }) => name },
        { title: 'COPIED', value: ({ copied }) => copied },
        { title: 'UPDATED', value: ({ updated }) => updated },
        { title: 'EQUAL', value: ({ equal }) => equal },
        { title: 'FAILED', value: ({ failed }) => failed },
      ],
      kinds.map((kind) => ({ name: kindNames[kind], ...report[kind] })),
    ),
    ...describeProblems(report),
    verdict(report),
  ].join('\n\n');
}

/** `event types 12, applications 40, endpoints 93, problems 2` */
export function describeProgress(counts: Counts, problemCount: number): string {
  const parts = kinds.map((kind) => {
    const { copied, updated, equal, failed } = counts[kind];
    return `${kindNames[kind]} ${formatCount(copied + updated + equal + failed)}`;
  });
  return [...parts, `problems ${formatCount(problemCount)}`].join(', ');
}

function describeProblems({ problems, problemCount }: ImportReport): readonly string[] {
  if (problemCount === 0) return [];
  const more = problemCount - Math.min(problems.length, SHOWN);
  return [
    [
      'Could not be copied:',
      ...problems.slice(0, SHOWN).map(describeProblem),
      ...(more > 0 ? [`and ${formatCount(more)} more; --json names up to 10,000.`] : []),
    ].join('\n'),
  ];
}

function describeProblem({ kind, id, uid, application, part, code, detail }: Problem): string {
  const name = uid === null ? id : `${id} (${uid})`;
  const within = application === null ? '' : ` of ${application}`;
  const what = part === null ? '' : `, ${part}`;
  return plain(`- ${oneOf[kind]} ${name}${within}${what}: ${detail} [${code}]`);
}

/** A server's own words, without what could move a terminal's cursor. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
}

function verdict({ isDryRun, isEnded, problemCount, from, to }: ImportReport): string {
  const where = `from ${from} to ${to}`;
  if (!isEnded) return `The import ${where} ended early. Run it again: it goes on.`;
  if (isDryRun) {
    return `Nothing was written ${where}. What Holdfast itself would refuse shows only in a real run.`;
  }
  return problemCount === 0
    ? `Everything was copied ${where}.`
    : `Copied ${where}, but for ${counted(problemCount, 'thing')}. Run it again once they are put right: what is equal is left alone.`;
}
