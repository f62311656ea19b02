import { formatTable } from '../../src/cli/table.ts';
import { differences } from './differences.ts';
import type { Report, Verdict } from './verdict.ts';

/** The same values for people. */
export function asTable(verdicts: readonly Verdict[], report: Report, seconds: number): string {
  const { operations, passed, checks, exchanges, validated, failures } = report;
  return [
    formatTable(
      [
        { title: 'operation', value: ({ operation }: Verdict) => operation.id },
        { title: 'by', value: ({ operation }) => operation.client },
        { title: 'checks', value: ({ checks }) => checks },
        { title: 'exchanges', value: ({ exchanges }) => exchanges },
        { title: 'validated', value: ({ validated }) => validated },
        { title: 'failures', value: ({ failures }) => failures.length },
      ],
      verdicts,
    ),
    '',
    ...failures.map(({ operation, check, reason }) => `FAILED ${operation} ${check}: ${reason}`),
    ...(failures.length === 0 ? [] : ['']),
    `${passed} of ${operations} operations passed: ${checks} checks, ${exchanges} exchanges in ${seconds} s.`,
    validated === 0
      ? 'None was held against a contract: SVIX_OPENAPI names no file.'
      : `${validated} exchanges were held against the contract; the others have a status that it leaves out.`,
    `${differences.length} differences are chosen; docs/reference/svix.md gives their reasons.`,
  ].join('\n');
}
