import type { AnswerOf } from '../api/index.ts';
import { count, duration, percent } from '../ui/index.ts';

type Overview = AnswerOf<'v1.overview.get'>;
type Now = Pick<Overview['now'], 'lagMs' | 'unaccounted' | 'openAlerts' | 'openIncidents'>;

/** Later than this is no trouble of a busy second. */
const LAG_MS = 5000;

export type Standing = { readonly tone: 'good' | 'warn' | 'bad'; readonly sentence: string };

/** Whether all is well, and in a sentence why not. */
export function standingOf(
  { lagMs, unaccounted, openAlerts, openIncidents }: Now,
  minutes: Overview['minutes'],
  successShare: number | null,
): Standing {
  const troubles = [
    ...(unaccounted > 0
      ? [`${plural(unaccounted, 'delivery is', 'deliveries are')} unaccounted for`]
      : []),
    ...(openIncidents > 0 ? [`${plural(openIncidents, 'incident is', 'incidents are')} open`] : []),
    ...(openAlerts > 0 ? [`${plural(openAlerts, 'alert is', 'alerts are')} open`] : []),
    ...(lagMs > LAG_MS ? [`the oldest due delivery is ${duration(lagMs)} late`] : []),
  ];
  const dead = minutes.reduce((sum, minute) => sum + minute.dead, 0);
  const letters =
    dead === 0
      ? []
      : [`${plural(dead, 'delivery', 'deliveries')} became dead letters in the last hour`];
  if (troubles.length > 0) {
    return { tone: 'bad', sentence: sentenceOf([...troubles, ...letters]) };
  }
  if (letters.length > 0) {
    return {
      tone: 'warn',
      sentence: `${sentenceOf(letters)} Every delivery is accounted for, nothing is late, no alert and no incident is open.`,
    };
  }
  const accepted = minutes.reduce((sum, minute) => sum + minute.accepted, 0);
  const rate =
    successShare === null
      ? ''
      : ` ${percent(successShare)} of the last minute’s attempts delivered.`;
  return {
    tone: 'good',
    sentence: `Every delivery is accounted for, nothing is late, no alert and no incident is open.${rate}${
      accepted === 0 ? ' Nothing was accepted in the last hour.' : ''
    }`,
  };
}

function sentenceOf(parts: readonly string[]): string {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function plural(many: number, one: string, more: string): string {
  return many === 1 ? `one ${one}` : `${count(many)} ${more}`;
}
