import type { Finding, LintReport, Position, Severity } from './finding.ts';
import { flags } from './flags.ts';

/** A linted file: its name as the caller knows it, and what was found in it. */
export type LintedFile = { readonly file: string; readonly report: LintReport };

const UNREAD = 'unread';

/**
 * A report in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts and editors show beside
 * the text. What was not read is a result too, of the rule `unread`.
 */
export function toSarif(files: readonly LintedFile[]): object {
  const rules = [
    ...Object.entries(flags).map(([id, { title, reason, rewrite }]) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: reason },
      help: { text: rewrite },
    })),
    { id: UNREAD, shortDescription: { text: 'A part of the text that was not read' } },
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'holdfast lint', rules } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, report }) => [
          ...report.findings.map((finding) => resultOf(file, finding)),
          ...report.unread.map(({ reason, start, end }) =>
            result(file, UNREAD, 'block', reason, start, end),
          ),
        ]),
      },
    ],
  };
}

function resultOf(
  file: string,
  { flag, severity, phrase, reason, rewrite, start, end }: Finding,
): object {
  return result(file, flag, severity, `"${phrase}": ${reason} ${rewrite}`, start, end);
}

function result(
  file: string,
  ruleId: string,
  severity: Severity,
  text: string,
  start: Position,
  end: Position,
): object {
  return {
    ruleId,
    level: severity === 'block' ? 'error' : 'warning',
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/').toWellFormed()) },
          region: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
            charOffset: start.offset,
            charLength: end.offset - start.offset,
          },
        },
      },
    ],
  };
}
