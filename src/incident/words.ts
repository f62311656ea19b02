import { counted, sayMoney } from '../core/index.ts';
import { holdingNow } from './holding.ts';
import {
  incidentBounds,
  inForce,
  presentEpisode,
  type Hypothesis,
  type Impact,
  type Incident,
} from './incident.ts';

/** One text for those who respond, one for those whose endpoints are hit. */
export type UpdateTexts = { readonly responders: string; readonly owners: string };

/** How an incident stands, from its facts: to be sent as it is, or to begin with. Each fits into an update. */
export function draftUpdate(incident: Incident, now: number): UpdateTexts {
  const fitting = (text: string): string =>
    text.length <= incidentBounds.text ? text : `${text.slice(0, incidentBounds.text - 1)}…`;
  return {
    responders: fitting(forResponders(incident, now)),
    owners: fitting(forOwners(incident)),
  };
}

function forResponders(incident: Incident, now: number): string {
  const { severity, roles, updateDueAt, hypotheses, impact } = incident;
  const { impactStart, detected, mitigated, causeLocated, fixed } =
    presentEpisode(incident).markers;
  const startAt = impactStart?.at ?? incident.openedAt;
  const lines = [
    `Severity ${severity}, ${incident.state.replace('_', ' ')}. Impact since ${moment(startAt)}, detected ${moment(detected?.at ?? startAt)}.`,
    mitigated === undefined
      ? `It lasts for ${minutes(now - startAt)}.`
      : `The impact was over at ${moment(mitigated.at)}, after ${minutes(mitigated.at - startAt)}. ${mitigated.note}`,
    ...(impact === null ? [] : [sayImpact(impact)]),
    sayMitigations(incident),
    causeLocated === undefined
      ? sayHypotheses(hypotheses)
      : `The cause was located at ${moment(causeLocated.at)}: ${causeLocated.note}`,
    ...(fixed === undefined ? [] : [`Fixed at ${moment(fixed.at)}: ${fixed.note}`]),
    `Lead: ${roles.lead ?? 'nobody yet'}.`,
    ...(updateDueAt === null ? [] : [`Next update by ${moment(updateDueAt)}.`]),
  ];
  return lines.join('\n');
}

/** What owners may know: nothing of other customers, no names, no causes that are only thought of. */
function forOwners(incident: Incident): string {
  const { state, updateDueAt, impact } = incident;
  const { impactStart, mitigated } = presentEpisode(incident).markers;
  const since = moment(impactStart?.at ?? incident.openedAt);
  if (state === 'declined') return 'We looked into it: this was no incident.';
  if (mitigated !== undefined && holdingNow(incident).length > 0) {
    return `From ${since} to ${moment(mitigated.at)} deliveries to your endpoints failed or were late. Since then they are held, so that they do not fail; they arrive once they are let go. ${sayWhatRemains(impact)}`;
  }
  if (mitigated !== undefined) {
    return `From ${since} to ${moment(mitigated.at)} deliveries to your endpoints failed or were late. They arrive as usual again. ${sayWhatRemains(impact)}`;
  }
  if (impact !== null && !isFelt(impact)) {
    return `Since ${since} we look into something that could disturb deliveries to your endpoints. None has failed or is late so far.`;
  }
  const next = updateDueAt === null ? '' : ` You hear from us again by ${moment(updateDueAt)}.`;
  return `Since ${since} deliveries to your endpoints fail or are late. ${sayWhatRemains(impact)} We are working on it.${next}`;
}

function isFelt({ failed, late, dead, lost }: Impact): boolean {
  return failed + late + dead + lost > 0;
}

function sayWhatRemains(impact: Impact | null): string {
  if (impact !== null && impact.lost > 0) {
    return `${counted(impact.lost, 'delivery is', 'deliveries are')} unaccounted for; we look for what is missing and will name it.`;
  }
  if (impact !== null && impact.dead > 0) {
    return `None is lost: ${impact.dead} are out of tries and kept; they can be sent again.`;
  }
  return 'None is lost: what fails is sent again.';
}

function sayImpact(impact: Impact): string {
  const { failed, late, dead, lost, deliveries, messages, endpoints, applications, people } =
    impact;
  const parts = [
    `${counted(failed, 'failed first attempt')}, ${late} late, ${dead} dead and ${lost} unaccounted of ${counted(deliveries, 'delivery', 'deliveries')} (${counted(messages, 'message')})`,
    `at ${counted(endpoints, 'endpoint')} of ${counted(applications, 'application')}`,
    ...(people === null ? [] : [`${counted(people, 'person', 'people')} behind them`]),
  ];
  const money = impact.money.map(
    ({ currency, delayed, lost: gone, perWeek }) =>
      `${sayMoney(delayed, currency)} delayed, ${sayMoney(gone, currency)} lost, ${sayMoney(perWeek, currency)} a week at this rate`,
  );
  return `Impact: ${[...parts, ...money].join('; ')}.`;
}

function sayMitigations(incident: Incident): string {
  const titles = inForce(incident).map(({ title }) => title);
  return titles.length === 0
    ? 'No mitigation is in force.'
    : `Mitigations in force: ${titles.join('; ')}.`;
}

function sayHypotheses(hypotheses: readonly Hypothesis[]): string {
  const open = hypotheses.filter(({ state }) => state === 'open');
  if (open.length === 0) return 'The cause is not located.';
  return `The cause is not located. Looked into: ${open.map(({ cause }) => cause).join('; ')}`;
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

function minutes(ms: number): string {
  const count = Math.max(1, Math.round(ms / 60_000));
  return count === 1 ? 'a minute' : `${count} minutes`;
}
