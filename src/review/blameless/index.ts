/**
 * Blameless language: findings with positions, reasons and rewrites in the text of a postmortem.
 *
 *     import { lint } from 'holdfast/blameless';
 *
 *     const { findings } = lint('## Causes\n\nThe on-call engineer failed to notice the alert.\n');
 *     findings[0]?.flag; // 'failed-to'
 */
export type { Finding, LintReport, Position, Severity, Unread } from './finding.ts';
export { flags, type Flag, type FlagId } from './flags.ts';
export { lint, type LintOptions } from './lint.ts';
export { replacementsOf } from './replacements.ts';
export { toSarif, type LintedFile } from './sarif.ts';
export { isSection, sections, type Section } from './sections.ts';
