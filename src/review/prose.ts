import { nounOf } from '../core/index.ts';
import { presentEpisode, type Incident } from '../incident/index.ts';
import { HOUR_MS } from '../slo/index.ts';
import type { FactsInput } from './facts.ts';

/**
 * Sections of a postmortem that are sentences, from the record alone. Numbers stand in them as references to facts, so
 * each is live and has its source; the words around them follow the values. Pure.
 */

/** What happened, how it was found, what stopped it and what removed the cause, in five sentences. */
export function summaryOf(input: FactsInput): readonly string[] {
  const { incident } = input;
  const { markers } = presentEpisode(incident);
  const { mitigated } = markers;
  const isAgain = incident.episodes.length > 1;
  const lasted =
    incident.impact === null
      ? 'Since {{fact:marker.impact_start}}'
      : isAgain
        ? 'From {{fact:impact.from}} on, in {{fact:incident.episodes}} episodes'
        : mitigated === undefined
          ? 'Since {{fact:marker.impact_start}}'
          : 'From {{fact:marker.impact_start}} on, for {{fact:time.customer_visible}}';
  const [first, ...others] = incident.mitigations;
  const [fix] = incident.fixes;
  const confirmed = incident.hypotheses.findIndex(({ state }) => state === 'confirmed');
  const cause = incident.hypotheses[confirmed]?.cause;
  const stopped =
    mitigated === undefined
      ? 'It is not mitigated yet.'
      : first === undefined
        ? `The impact was over {{fact:time.to_mitigate}} after its detection, with no mitigation of the menu.`
        : `The impact was over {{fact:time.to_mitigate}} after its detection, with ${others.length === 0 ? 'one mitigation' : '{{fact:mitigation.count}} mitigations'}: "{{fact:mitigation.1.title}}"${others.length === 0 ? '' : ' first'}.`;
  return [
    [
      `${lasted}, ${hit(incident)} ${detectedWords(incident)}`,
      stopped,
      cause === undefined
        ? 'No cause is confirmed.'
        : `The cause that was confirmed: {{fact:hypothesis.${confirmed + 1}.cause}}${stop(cause)}`,
      fix === undefined ? 'No fix is on record.' : `The fix: {{fact:fix.1.text}}${stop(fix.text)}`,
      'Severity {{fact:incident.severity}}.',
    ].join(' '),
  ];
}

/** Whom it hit, and how much of what was sent. */
export function impactLines(incident: Incident): readonly string[] {
  const { impact } = incident;
  if (impact === null) return [];
  const { people } = impact;
  return [
    `${capital(hit(incident))} That is counted from {{fact:impact.from}} on.`,
    ...(impact.messages === 0
      ? []
      : [
          '',
          `What was hit belongs to {{fact:impact.messages}} ${nounOf(impact.messages, 'message')} for {{fact:impact.endpoints}} ${nounOf(impact.endpoints, 'endpoint')} of {{fact:impact.applications}} ${nounOf(impact.applications, 'application')}.${people === null ? '' : ' {{fact:impact.people}} people stand behind them.'}`,
        ]),
  ];
}

/** Money that what is late or lost carries; a rate per week only of what goes on, or went on for an hour. */
export function moneyLines(incident: Incident): readonly string[] {
  const { impact } = incident;
  if (impact === null) return [];
  if (impact.money.length === 0) return ['- No value is declared for what was late or lost.'];
  const { impactStart, mitigated } = presentEpisode(incident).markers;
  const isSpell =
    mitigated !== undefined && mitigated.at - (impactStart?.at ?? mitigated.at) < HOUR_MS;
  return impact.money.map(({ currency }) => {
    const name = `impact.money.${currency.toLowerCase()}`;
    const rate = isSpell
      ? ''
      : ` That is {{fact:${name}.per_week}} a week, at the rate of the last hour.`;
    return `- Money: {{fact:${name}.delayed}} delayed, {{fact:${name}.lost}} lost.${rate}`;
  });
}

export function detectionLines(incident: Incident): readonly string[] {
  const { markers, alerts } = presentEpisode(incident);
  if (markers.impactStart === undefined || markers.detected === undefined) return [];
  const [first] = alerts;
  const by =
    incident.detectedBy === 'person' || first === undefined
      ? ''
      : ` The alert that opened it said: {{fact:alert.1.title}}${stop(first.title)}`;
  const early = firstWarning(incident);
  const last = incident.episodes.length > 1 ? ' of the last episode' : '';
  const [began, found] = ['{{fact:marker.impact_start}}', '{{fact:marker.detected}}'];
  return [
    `The impact${last} began at ${began}. ${incident.detectedBy === 'system' ? 'An alert' : 'A person'} found it at ${found}, {{fact:time.to_detect}} later.${by}`,
    ...(early === null
      ? []
      : [
          '',
          `An alert had warned of it at {{fact:alert.${early.nth}.fired_at}}: {{fact:alert.${early.nth}.title}}${stop(early.title)}`,
        ]),
  ];
}

/** The first of its alerts that fired before the impact began, with its place from 1; null: none did. */
export function firstWarning({
  episodes,
}: Pick<Incident, 'episodes'>): { readonly nth: number; readonly title: string } | null {
  const { markers, alerts } = presentEpisode({ episodes });
  const startAt = markers.impactStart?.at ?? 0;
  const [early] = alerts
    .map(({ firedAt, title }, index) => ({ firedAt, title, nth: index + 1 }))
    .filter(({ firedAt, nth }) => firedAt < startAt && nth <= MOST_FACTS)
    .toSorted((a, b) => a.firedAt - b.firedAt);
  return early ?? null;
}

/** Facts tell of so many alerts. */
const MOST_FACTS = 100;

/** What failed and was late, with the deliveries it is out of; ends with a stop. */
function hit({ impact }: Incident): string {
  if (impact === null) return 'what it hit is not counted yet.';
  const { failed, late, dead, lost } = impact;
  const parts = [
    ...(failed === 0 ? [] : [['failed', 'failed at their first attempt'] as const]),
    ...(late === 0 ? [] : [['late', 'came late'] as const]),
    ...(dead === 0 ? [] : [['dead', 'ended as dead letters'] as const]),
    ...(lost === 0 ? [] : [['lost', 'were unaccounted for'] as const]),
  ];
  const of = 'of {{fact:impact.deliveries}} {{fact:incident.slice}}';
  if (parts.length === 0) return `none ${of} failed or came late.`;
  const said = parts.map(([name, what], nth) =>
    nth === 0 ? `{{fact:impact.${name}}} ${of} ${what}` : `{{fact:impact.${name}}} ${what}`,
  );
  const none = [
    ...(dead === 0 ? ['{{fact:impact.dead}} ended as dead letters'] : []),
    ...(lost === 0 ? ['{{fact:impact.lost}} were lost'] : []),
  ];
  return `${listed(said)}${none.length === 0 ? '' : `; ${none.join(' and ')}`}.`;
}

function detectedWords({ detectedBy, episodes }: Incident): string {
  const { impactStart, detected } = episodes.at(-1)?.markers ?? {};
  if (impactStart === undefined || detected === undefined) return '';
  const began = episodes.length > 1 ? 'the last of them began' : 'it began';
  return `${detectedBy === 'system' ? 'An alert' : 'A person'} found it {{fact:time.to_detect}} after ${began}.`;
}

function listed(parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  return last === undefined ? first : `${[first, ...rest].join(', ')} and ${last}`;
}

/** The stop that a text lacks. */
function stop(text: string): string {
  return /[.!?]\s*$/.test(text) ? '' : '.';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
