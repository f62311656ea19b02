import type { AnswerOf } from '../api/index.ts';
import { count, duration, percent } from '../ui/index.ts';

type Overview = AnswerOf<'v1.overview.get'>;
type Now = Pick<Overview['now'], 'lagMs' | 'unaccounted' | 'openAlerts' | 'openIncidents'>;

/** Later than this is no trouble of a busy second. */
const LAG_MS = 5000;

/** Whether all is well, and in a sentence why not. */
export function standingOf(
  { lagMs, unaccounted, openAlerts, openIncidents }: Now,
  minutes: Overview['minutes'],
  successShare: number | null,
): { readonly isWell: boolean; readonly sentence: string } {
  const troubles = [
    ...(unaccounted > 0
      ? [`${plural(unaccounted, 'delivery is', 'deliveries are')} unaccounted for`]
      : []),
    ...(openIncidents > 0 ? [`${plural(openIncidents, 'incident is', 'incidents are')} open`] : []),
    ...(openAlerts > 0 ? [`${plural(openAlerts, 'alert is', 'alerts are')} open`] : []),
    ...(lagMs > LAG_MS ? [`the oldest due delivery is ${duration(lagMs)} late`] : []),
  ];
  if (troubles.length > 0) {
    const [first = '', ...others] = troubles;
    return {
      isWell: false,
      sentence: `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join('; ')}.`,
    };
  }
  const accepted = minutes.reduce((sum, minute) => sum + minute.accepted, 0);
  const rate =
    successShare === null
      ? ''
      : ` ${percent(successShare)} of the last minute’s attempts delivered.`;
  return {
    isWell: true,
    sentence: `Every delivery is accounted for, nothing is late, no alert and no incident is open.${rate}${
      accepted === 0 ? ' Nothing was accepted in the last hour.' : ''
    }`,
  };
}

function plural(many: number, one: string, more: string): string {
  return many === 1 ? `one ${one}` : `${count(many)} ${more}`;
}
