import type { Incident } from '../incident/index.ts';
import { SYSTEM, presentEpisode } from '../incident/index.ts';

/** What went wrong with the subject, by the kind of the alert that opened it. */
const happened: Readonly<Record<string, string>> = {
  unaccounted: 'were unaccounted for',
  burn_rate: 'failed',
  fast_burn: 'failed',
  outage: 'failed',
  small_step: 'failed more than usual',
  stuck: 'stood still',
  first_dead_letter: 'were given up',
  silence: 'fell silent',
  growth: 'slowed down',
  certificate: 'were at risk of a certificate',
};

/** What is hit, as the subject of a sentence. Pure. */
export function subjectOf(sliceNames: readonly string[]): string {
  const [first, second] = sliceNames;
  if (first === undefined) return 'deliveries';
  if (second === undefined) return `deliveries to ${withArticle(first)}`;
  const more = sliceNames.length - 2;
  if (more === 0) return `deliveries to ${withArticle(first)} and ${withArticle(second)}`;
  return `deliveries to ${withArticle(first)}, ${withArticle(second)} and ${more} more`;
}

/**
 * What an incident is called in prose. A title that somebody gave says it; an alert's own text is evidence, and no
 * headline. Pure.
 */
export function headlineOf(incident: Incident, sliceNames: readonly string[]): string {
  const [alert] = presentEpisode(incident).alerts;
  const isNamed = incident.openedBy !== SYSTEM || alert === undefined;
  if (isNamed || incident.title !== alert.title) return incident.title;
  if (alert.kind === 'drift') return 'Payloads changed without notice';
  const subject = subjectOf(sliceNames);
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${happened[alert.kind] ?? 'were disturbed'}`;
}

function withArticle(name: string): string {
  return `the ${name}`;
}
