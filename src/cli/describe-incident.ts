import { sayMoney } from '../core/index.ts';
import type {
  HypothesisAnswer,
  IncidentAnswer,
  IncidentDetailAnswer,
  MitigationAnswer,
  SuspectAnswer,
  TimelineRowAnswer,
} from './incident-answers.ts';
import type { OfferAnswer } from './mitigation-answers.ts';
import { nextStep, type ShownIncident } from './incident-next.ts';
import { oneLine } from './one-line.ts';
import { shortId } from './short-id.ts';
import { counted, formatCount, formatTable } from './table.ts';
import { clockWords, timeWords } from './time-words.ts';
import { foldText, hanging } from './wrap-text.ts';

const WIDTH = 80;
const LABEL = 10;

export function incidentTable(incidents: readonly IncidentAnswer[], now: number): string {
  if (incidents.length === 0) return 'There are no such incidents.';
  const ids = incidents.map(({ id }) => id);
  const table = formatTable(
    [
      { title: 'INCIDENT', value: ({ id }: IncidentAnswer) => shortId(id, ids) },
      { title: 'SEV', value: ({ severity }) => severity },
      { title: 'STATE', value: ({ state }) => oneLine(state) },
      { title: 'SINCE', value: ({ openedAt }) => `${timeWords(now - Date.parse(openedAt))} ago` },
      {
        title: 'ACK',
        value: ({ markers }) => (markers['acknowledged'] === undefined ? '-' : 'yes'),
      },
      {
        title: 'TITLE',
        value: ({ title, isDrill }) => `${isDrill ? '(drill) ' : ''}${oneLine(title)}`,
      },
    ],
    incidents,
  );
  return cutLines(table);
}

/** All that somebody needs who was just woken up, in the order in which it is asked for. */
export function describeIncident(shown: ShownIncident, now: number): string {
  const { incident, suspects, menu, timeline } = shown;
  const { id, title, severity, state, episode, isDrill, isRetrospective } = incident;
  const facts = [
    `severity ${severity}`,
    oneLine(state).replace('_', ' '),
    ...(episode > 1 ? [`episode ${episode}`] : []),
    ...(isDrill ? ['A DRILL'] : []),
    ...(isRetrospective ? ['in retrospect'] : []),
  ];
  const step = nextStep(shown, now);
  return [
    foldText(oneLine(title), WIDTH),
    foldText(`${id}  ${facts.join(', ')}`, WIDTH),
    '',
    labelled('BROKEN', brokenWords(incident)),
    labelled('SINCE', sinceWords(incident, now)),
    labelled('FOR WHOM', forWhomWords(incident)),
    labelled('MONEY', moneyWords(incident)),
    labelled('CHANGED', ...changedLines(suspects, now)),
    labelled('TO TRY', ...menuLines(menu)),
    labelled('TRIED', ...triedLines(incident, now)),
    labelled('CAUSE', ...causeLines(incident.hypotheses)),
    labelled('PEOPLE', peopleWords(incident, now)),
    labelled('LATEST', ...timelineLines(timeline, now)),
    '',
    labelled('NEXT', step.why, ...step.commands.map((command) => `  ${command}`)),
  ].join('\n');
}

/** A line for what a command did, and what comes next. */
export function describeMoved(incident: IncidentDetailAnswer, now: number): string {
  const { id, title, state, severity } = incident;
  const step = nextStep({ incident, menu: [] }, now);
  return [
    foldText(
      `${oneLine(title)}: ${oneLine(state).replace('_', ' ')}, severity ${severity}.`,
      WIDTH,
    ),
    id,
    '',
    labelled('NEXT', step.why, ...step.commands.map((command) => `  ${command}`)),
  ].join('\n');
}

export function describeTimeline(rows: readonly TimelineRowAnswer[], now: number): string {
  if (rows.length === 0) return 'There are no such rows.';
  return rows
    .map(({ at, kind, by, text }) =>
      hanging(`${clockWords(at, now)}  ${kind.padEnd(10)} `, `${oneLine(text)} [${oneLine(by)}]`),
    )
    .join('\n');
}

export function describeSuspects(suspects: readonly SuspectAnswer[], now: number): string {
  if (suspects.length === 0) {
    return 'Nothing changed in the 14 days before that could have broken what fails.';
  }
  return suspects
    .map(({ rank, score, at, change, reasons, isRevertible }) => {
      const head = `${String(rank).padStart(2)}. `;
      const ways = isRevertible
        ? [`    holdfast change revert ${change.id}`]
        : ['    It cannot be taken back from here.'];
      return [
        hanging(head, `${score.toFixed(2)}  ${clockWords(at, now)}  ${changeWords(change)}`),
        ...(change.reason === '' ? [] : [hanging('    ', `"${oneLine(change.reason)}"`)]),
        ...reasons.map((reason) => hanging('    ', oneLine(reason))),
        ...ways,
      ].join('\n');
    })
    .join('\n\n');
}

function brokenWords(incident: IncidentDetailAnswer): string {
  const { objective, appIds, endpointIds, eventTypes, summary, names } = incident;
  const unnamed = appIds.length + endpointIds.length - names.length;
  const where = [
    ...(objective === null ? [] : [`objective ${oneLine(objective)}`]),
    ...names.slice(0, MOST_NAMED).map(oneLine),
    ...(names.length > MOST_NAMED ? [`${names.length - MOST_NAMED} more`] : []),
    ...(unnamed > 0 ? [`${unnamed} without a name`] : []),
    ...(eventTypes.length === 0 ? [] : [`event types ${eventTypes.map(oneLine).join(', ')}`]),
  ];
  const slice = where.length === 0 ? 'Deliveries of all applications.' : `${where.join(', ')}.`;
  return summary === '' ? slice : `${slice} ${oneLine(summary)}`;
}

function sinceWords({ markers, detectedBy }: IncidentDetailAnswer, now: number): string {
  const { impactStart, detected, acknowledged, mitigated, causeLocated, fixed } = markers;
  const after = (at: string, from: string | undefined): string =>
    from === undefined ? clockWords(at, now) : `+${timeWords(Date.parse(at) - Date.parse(from))}`;
  const zero = detected?.at;
  const parts = [
    ...(impactStart === undefined
      ? []
      : [
          `impact ${clockWords(impactStart.at, now)} (${timeWords(now - Date.parse(impactStart.at))} ago)`,
        ]),
    ...(detected === undefined
      ? []
      : [
          `detected by ${detectedBy === 'system' ? 'us' : 'a person'} ${after(detected.at, impactStart?.at)}`,
        ]),
    ...(acknowledged === undefined
      ? ['not acknowledged']
      : [`acknowledged ${after(acknowledged.at, zero)}`]),
    ...(mitigated === undefined ? [] : [`mitigated ${after(mitigated.at, zero)}`]),
    ...(causeLocated === undefined ? [] : [`cause located ${after(causeLocated.at, zero)}`]),
    ...(fixed === undefined ? [] : [`fixed ${after(fixed.at, zero)}`]),
  ];
  return `${parts.join(', ')}.`;
}

function forWhomWords({ impact }: IncidentDetailAnswer): string {
  if (impact === null) return 'Not counted yet.';
  const { failed, late, dead, lost, deliveries, endpoints, applications, people } = impact;
  const bad = `${counted(failed, 'failed first attempt')}, ${formatCount(late)} late, ${formatCount(dead)} dead, ${formatCount(lost)} lost, of ${counted(deliveries, 'delivery', 'deliveries')}`;
  const whose = `${counted(endpoints, 'endpoint')} of ${counted(applications, 'application')}`;
  return `${whose}${people === null ? '' : `, ${counted(people, 'person', 'people')}`}: ${bad}.`;
}

function moneyWords({ impact }: IncidentDetailAnswer): string {
  if (impact === null || impact.money.length === 0) return 'No value is known of what failed.';
  return impact.money
    .map(
      ({ currency, delayed, lost, perWeek }) =>
        `${sayMoney(delayed, currency)} delayed, ${sayMoney(lost, currency)} lost; ${sayMoney(perWeek, currency)} a week at this rate.`,
    )
    .join(' ');
}

const MOST_NAMED = 5;
/** Of the suspects the ones at the top. */
const MOST_SUSPECTS = 3;
const MOST_OFFERS = 3;

function changedLines(suspects: readonly SuspectAnswer[], now: number): readonly string[] {
  if (suspects.length === 0) return ['Nothing in 14 days that could have broken what fails.'];
  const shown = suspects
    .slice(0, MOST_SUSPECTS)
    .map(
      ({ rank, at, change, reasons }) =>
        `${rank}. ${clockWords(at, now)} ${changeWords(change)}. ${oneLine(reasons[0] ?? '')}`,
    );
  const more = suspects.length - MOST_SUSPECTS;
  return more > 0 ? [...shown, `and ${more} more: holdfast incident suspects`] : shown;
}

function changeWords({ items, actor }: SuspectAnswer['change']): string {
  const [first] = items;
  if (first === undefined) return 'a change';
  const { verb, kind, subject, subjectId, fields } = first;
  const names = fields.slice(0, 3).map(({ field }) => oneLine(field));
  const what = `${verb} ${kind.replaceAll('_', ' ')} ${oneLine(subject === '' ? (subjectId ?? '') : subject)}`;
  const which = verb === 'updated' && names.length > 0 ? ` (${names.join(', ')})` : '';
  const more = items.length > 1 ? ` and ${items.length - 1} more` : '';
  return `${what.trim()}${which}${more}, by ${oneLine(actor)}`;
}

function menuLines(menu: readonly OfferAnswer[]): readonly string[] {
  if (menu.length === 0) return ['Nothing on the menu makes sense now.'];
  const shown = menu
    .slice(0, MOST_OFFERS)
    .map(
      ({ title, because, cost, isReversible }, nth) =>
        `${nth + 1}. ${oneLine(title)} (cost ${cost} of 5${isReversible ? '' : ', no way back'}). ${oneLine(because)}`,
    );
  const more = menu.length - MOST_OFFERS;
  return more > 0 ? [...shown, `and ${more} more: holdfast incident menu`] : shown;
}

function triedLines({ mitigations, fixes }: IncidentDetailAnswer, now: number): readonly string[] {
  const tried = [
    ...mitigations.map((each, nth) => `${nth + 1}. ${mitigationWords(each, now)}`),
    ...fixes.map(
      ({ text, inForceAt, heldAt }) =>
        `fix ${clockWords(inForceAt, now)}: ${oneLine(text)} (${heldAt === null ? 'not yet seen to hold' : 'held'})`,
    ),
  ];
  return tried.length === 0 ? ['Nothing yet.'] : tried;
}

export function mitigationWords(
  { title, at, by, undoneAt, isReversible, keptBecause }: MitigationAnswer,
  now: number,
): string {
  const state =
    undoneAt !== null
      ? `undone ${clockWords(undoneAt, now)}`
      : keptBecause !== null
        ? `stays: ${oneLine(keptBecause)}`
        : isReversible
          ? 'IN FORCE'
          : 'done';
  return `${clockWords(at, now)} ${oneLine(title)} by ${oneLine(by)} (${state})`;
}

function causeLines(hypotheses: readonly HypothesisAnswer[]): readonly string[] {
  if (hypotheses.length === 0) return ['No hypothesis yet.'];
  return hypotheses.map(
    ({ state, cause, refutedBy }, nth) =>
      `${nth + 1}. ${oneLine(state)}: ${oneLine(cause)}${state === 'open' ? ` Refuted by: ${oneLine(refutedBy)}` : ''}`,
  );
}

function peopleWords({ roles, owner, updateDueAt }: IncidentDetailAnswer, now: number): string {
  const parts = [
    owner === '' ? 'nobody owns it' : `owner ${oneLine(owner)}`,
    ...Object.entries(roles).map(([role, who]) => `${oneLine(role)} ${oneLine(who)}`),
    ...(updateDueAt === null
      ? []
      : [
          Date.parse(updateDueAt) < now
            ? 'an update is OVERDUE'
            : `next update in ${timeWords(Date.parse(updateDueAt) - now)}`,
        ]),
  ];
  return `${parts.join(', ')}.`;
}

function timelineLines(rows: readonly TimelineRowAnswer[], now: number): readonly string[] {
  if (rows.length === 0) return ['Nothing.'];
  return rows.map(({ at, text }) => `${clockWords(at, now)} ${shortened(oneLine(text))}`);
}

const LONGEST_ROW = 160;

function shortened(text: string): string {
  const points = Array.from(text);
  return points.length <= LONGEST_ROW ? text : `${points.slice(0, LONGEST_ROW - 3).join('')}...`;
}

/** `LABEL    text`, and further lines below the text. */
function labelled(label: string, ...lines: readonly string[]): string {
  return lines
    .map((line, nth) => {
      const indent = line.length - line.trimStart().length;
      const head = (nth === 0 ? label : '').padEnd(LABEL) + ' '.repeat(indent);
      return hanging(head, line.trim());
    })
    .join('\n');
}

function cutLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const points = Array.from(line);
      return points.length <= WIDTH ? line : `${points.slice(0, WIDTH - 3).join('')}...`;
    })
    .join('\n');
}
