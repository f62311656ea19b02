import { readFileSync } from 'node:fs';
import type { IncidentSeverity } from '../incident/index.ts';

/** full: every section there is · short: what a small incident needs. One file each. */
export const templateNames = ['full', 'short'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Severities 1 and 2 need every section. */
export function templateFor(severity: IncidentSeverity): TemplateName {
  return severity <= 2 ? 'full' : 'short';
}

/** Markdown with references. */
export function templateText(name: TemplateName): string {
  return readFileSync(new URL(`templates/${name}.md`, import.meta.url), 'utf8');
}
