/** Blameless language: findings with positions, reasons and rewrites in the text of a postmortem. */
export type { Finding, LintReport, Position, Severity, Unread } from './finding.ts';
export { flags, type Flag, type FlagId } from './flags.ts';
export { lint, type LintOptions } from './lint.ts';
export { sections, type Section } from './sections.ts';
export { toSarif } from './sarif.ts';
