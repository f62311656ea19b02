import type { Finding, LintReport, Unread } from '../review/blameless/index.ts';
import { counted } from './table.ts';
import { wrapText } from './wrap-text.ts';

export type LintedText = {
  readonly file: string;
  readonly text: string;
  readonly report: LintReport;
};

/** Of the line in which a phrase stands, so many characters before and behind it. */
const AROUND = 30;
const WIDTH = 80;

/** For people, in 80 columns: each finding with its phrase in its place, the reason and a rewrite. */
export function describeLint(linted: readonly LintedText[]): string {
  const parts = linted.flatMap(({ file, text, report }) => [
    ...report.findings.map((finding) => describeFinding(file, text, finding)),
    ...report.unread.map((unread) => describeUnread(file, unread)),
  ]);
  return [...parts, verdict(linted)].join('\n\n');
}

function describeFinding(
  file: string,
  text: string,
  { flag, severity, section, start, end, reason, rewrite }: Finding,
): string {
  const where = `${file}:${start.line}:${start.column}`;
  return [
    `${where}  ${severity === 'block' ? 'BLOCKS' : 'warns'}  ${flag} (${section})`,
    `  ${inItsPlace(text, start.offset, end.offset)}`,
    `  ${wrapText(reason, WIDTH - 2, '  ')}`,
    `  → ${wrapText(rewrite, WIDTH - 4, '    ')}`,
  ].join('\n');
}

/** The phrase between brackets that no text has, with what stands around it on one line. */
function inItsPlace(text: string, from: number, to: number): string {
  const room = WIDTH - 8 - 2 * AROUND;
  const phrase = printable(text.slice(from, Math.min(to, from + 200)));
  const shown = phrase.length > room + AROUND ? `${phrase.slice(0, room + AROUND - 1)}…` : phrase;
  const around = Math.max(0, Math.min(AROUND, Math.floor((WIDTH - 6 - shown.length) / 2)));
  const before = printable(text.slice(Math.max(0, from - around), from).replace(/^.*\n/s, ''));
  const after = printable(text.slice(to, to + around).replace(/\n.*$/s, ''));
  return `${before}»${shown}«${after}`.trim();
}

/** One line, and nothing that a terminal would act on. */
function printable(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').toWellFormed();
}

function describeUnread(file: string, { reason, start, end }: Unread): string {
  const where = `${file}:${start.line}:${start.column}`;
  return `${where}  BLOCKS  not read, up to line ${end.line}\n  ${wrapText(reason, WIDTH - 2, '  ')}`;
}

function verdict(linted: readonly LintedText[]): string {
  const findings = linted.flatMap(({ report }) => report.findings);
  const unread = linted.flatMap(({ report }) => report.unread);
  const blocking = findings.filter(({ severity }) => severity === 'block').length;
  const files = counted(linted.length, 'file');
  if (findings.length + unread.length === 0) return `Nothing found in ${files}.`;
  const rest = unread.length === 0 ? '' : ` ${counted(unread.length, 'part')} not read.`;
  return `${counted(findings.length, 'finding')} in ${files}, ${blocking} of them blocking.${rest}`;
}

/** One line a finding, as compilers write them and editors read them: `file:line:column: severity: text [flag]`. */
export function formatUnix(linted: readonly LintedText[]): string {
  return linted
    .flatMap(({ file, report }) => [
      ...report.findings.map(
        ({ start, severity, phrase, reason, rewrite, flag }) =>
          `${file}:${start.line}:${start.column}: ${severity === 'block' ? 'error' : 'warning'}: "${phrase}": ${reason} ${rewrite} [${flag}]\n`,
      ),
      ...report.unread.map(
        ({ start, reason }) => `${file}:${start.line}:${start.column}: error: ${reason} [unread]\n`,
      ),
    ])
    .join('');
}
