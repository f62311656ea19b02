import {
  inForce,
  presentEpisode,
  type EvidenceLink,
  type Incident,
  type TimelineRow,
} from '../incident/index.ts';
import { MINUTE_MS } from '../slo/index.ts';
import { isVerified, type ActionItem } from './action-item.ts';
import { ownersText, type FactsInput } from './facts.ts';
import { detectionLines, firstWarning, impactLines, moneyLines, summaryOf } from './prose.ts';
import { escapedMarkdown, oneLineOf, sayMoment, sayTime } from './say.ts';

const listNames = [
  'summary',
  'impact',
  'detection',
  'timeline',
  'mitigations',
  'fixes',
  'preventions',
  'causes',
  'suspects',
  'money',
  'messages',
  'actions',
  'went_well',
  'went_wrong',
  'luck',
] as const;
type ListName = (typeof listNames)[number];

/** Stands where nothing is recorded: whoever writes the postmortem has to. Required parts that hold it are missing. */
export const NOT_WRITTEN = '*Not written yet.*';

/** Rows of a timeline that a document shows; kinds that repeat what others say are left out first. */
const MOST_ROWS = 300;
const MOST_LISTED = 100;
/** Of a suspect that is worth a line: below it a change does not cover what failed. */
const LEAST_SCORE = 0.05;
/** Detection after this is said not to have been soon. */
const SOON_MS = 5 * MINUTE_MS;

/** Every list as Markdown, from the record alone; what people wrote in it is escaped. Pure. */
export function listsOf(input: FactsInput): ReadonlyMap<string, string> {
  const lists: Readonly<Record<ListName, readonly string[]>> = {
    summary: summaryOf(input),
    impact: impactLines(input.incident),
    detection: detectionLines(input.incident),
    timeline: timelineTable(input),
    mitigations: mitigationLines(input),
    fixes: fixLines(input),
    preventions: preventionLines(input),
    causes: causeLines(input),
    suspects: suspectLines(input),
    money: moneyLines(input.incident),
    messages: messageLines(input),
    actions: actionLines(input),
    went_well: wentWell(input),
    went_wrong: wentWrong(input),
    luck: luckLines(input.incident),
  };
  return new Map(
    Object.entries(lists).map(([name, lines]) => [
      name,
      lines.length === 0 ? NOT_WRITTEN : lines.join('\n'),
    ]),
  );
}

function timelineTable({ timeline, timelineRows }: FactsInput): readonly string[] {
  const rows = timeline.slice(0, MOST_ROWS);
  const [first] = rows;
  if (first === undefined) return [];
  const more = timelineRows - rows.length;
  let day = '';
  const lines = rows.map(({ at, kind, by, text, evidence }) => {
    const today = sayMoment(at).slice(0, 10);
    const when = today === day ? sayTime(at) : sayMoment(at).slice(0, 16);
    day = today;
    const links = evidence.map(linkText);
    return `| ${when} | ${kind} | ${escapedMarkdown(text)} | ${escapedMarkdown(by)} | ${links.length === 0 ? 'the record' : links.join(', ')} |`;
  });
  return [
    '| UTC | kind | what happened | by | evidence |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    ...(more > 0 ? ['', `And ${more} more rows in the record.`] : []),
  ];
}

function linkText(link: EvidenceLink): string {
  if (link.kind !== 'url') return `${link.kind} \`${link.id.replaceAll('`', '')}\``;
  // Encoded, it cannot leave the brackets.
  return `[link](<${(URL.parse(link.url)?.href ?? '').replace(/[<>|\\]/g, encodeURIComponent)}>)`;
}

function mitigationLines({ incident, idText }: FactsInput): readonly string[] {
  const lines = incident.mitigations.slice(0, MOST_LISTED).map((each, nth) => {
    const { by, isAutomatic, undoneAt, keptBecause, id } = each;
    const name = `mitigation.${nth + 1}`;
    const how = isAutomatic ? 'by itself, as its rule allows' : `by ${escapedMarkdown(by)}`;
    const end =
      undoneAt !== null
        ? `taken back at {{fact:${name}.undone_at}}`
        : keptBecause === null
          ? 'in force'
          : `it stays: ${withoutStop(keptBecause)}`;
    return `- {{fact:${name}.at}}, ${how}: {{fact:${name}.title}}; ${end} (mitigation \`${idText.format('mitigation', id)}\`).`;
  });
  if (lines.length > 0) return lines;
  const { mitigated } = presentEpisode(incident).markers;
  if (mitigated === undefined) return [];
  const isTold = mitigated.source === 'person' && mitigated.note !== '';
  const how = isTold
    ? sentence(mitigated.note)
    : isHealed(incident)
      ? 'The audit scheduled again what was unaccounted for.'
      : 'The impact ended by itself.';
  return [`No mitigation of the menu was applied. ${how}`];
}

/** What the audit finds it also schedules again; its alert is over once all of it is. */
function isHealed({ episodes }: Pick<Incident, 'episodes'>): boolean {
  return presentEpisode({ episodes }).alerts.some(({ kind }) => kind === 'unaccounted');
}

function fixLines({ incident, idText }: FactsInput): readonly string[] {
  return incident.fixes.slice(0, MOST_LISTED).map(({ text, heldAt, changeId }, nth) => {
    const name = `fix.${nth + 1}`;
    const held =
      heldAt === null ? 'not yet seen to hold' : `seen to hold from {{fact:${name}.held_at}}`;
    const change =
      changeId === null
        ? 'made outside of what is recorded here'
        : `carried by the change \`${idText.format('change', changeId)}\``;
    return `- In force since {{fact:${name}.in_force_at}}: ${stopped(`${name}.text`, text)} It was ${change}, and is ${held}.`;
  });
}

function preventionLines({ incident, actionItems }: FactsInput): readonly string[] {
  return [
    ...incident.preventions
      .slice(0, MOST_LISTED)
      .map(({ text }, nth) => `- ${stopped(`prevention.${nth + 1}.text`, text)}`),
    ...actionItems
      .slice(0, MOST_LISTED)
      .flatMap((item, nth) =>
        item.type === 'prevent'
          ? [
              `- ${stopped(`action.${nth + 1}.text`, item.text)} Action item: ${itemState(item, nth)}${/\.\s*$/.test(item.results.at(-1)?.text ?? '') ? '' : '.'}`,
            ]
          : [],
      ),
  ];
}

function causeLines({ incident, idText }: FactsInput): readonly string[] {
  const { hypotheses, episodes } = incident;
  const shared = new Set(
    episodes.flatMap(({ alerts }) => alerts.flatMap(({ explanation }) => explanation ?? [])),
  );
  const order = ['confirmed', 'open', 'refuted'] as const;
  const words = { confirmed: 'Confirmed', open: 'Not confirmed', refuted: 'Refuted' } as const;
  const sorted = hypotheses
    .slice(0, MOST_LISTED)
    .map((each, nth) => ({ ...each, name: `hypothesis.${nth + 1}` }))
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return [
    ...sorted.map(({ name, state, cause, verdict, refutedBy, id }) => {
      const seen =
        state === 'open'
          ? ` What would refute it: ${sentence(refutedBy)}`
          : verdict === ''
            ? ''
            : ` Seen: ${stopped(`${name}.verdict`, verdict)}`;
      return `- ${words[state]} (hypothesis \`${idText.format('hypothesis', id)}\`): ${stopped(`${name}.cause`, cause)}${seen}`;
    }),
    ...(shared.size === 0
      ? []
      : [
          `- What failed had in common: ${[...shared]
            .slice(0, 5)
            .map((each) => `\`${oneLineOf(each).replaceAll('`', '')}\``)
            .join('; ')}.`,
        ]),
  ];
}

function suspectLines({ suspects, incident, idText }: FactsInput): readonly string[] {
  const { impactStart } = presentEpisode(incident).markers;
  const startAt = impactStart?.at ?? incident.openedAt;
  const likely = suspects.slice(0, 5).filter(({ score }) => score >= LEAST_SCORE);
  if (likely.length === 0) return ['- No change of the 14 days before covers what failed.'];
  return likely.map(({ changeId, at }, nth) => {
    const name = `suspect.${nth + 1}`;
    const when = at <= startAt ? 'before the impact' : 'after the impact began';
    return `- {{fact:${name}.at}}, {{fact:${name}.distance}} ${when}: {{fact:${name}.text}} (change \`${idText.format('change', changeId)}\`, score {{fact:${name}.score}}).`;
  });
}

function messageLines({ timeline }: FactsInput): readonly string[] {
  const updates = timeline.filter(({ kind }) => kind === 'update');
  if (updates.length === 0) return ['- No update was sent.'];
  return updates.slice(0, MOST_LISTED).flatMap(({ pinned }, nth) => {
    const name = `update.${nth + 1}`;
    return [
      `- {{fact:${name}.at}}, to responders: {{fact:${name}.text}}`,
      ...(ownersText(pinned) === ''
        ? []
        : [`- {{fact:${name}.at}}, to endpoint owners: {{fact:${name}.owners}}`]),
    ];
  });
}

function actionLines({ actionItems, idText }: FactsInput): readonly string[] {
  if (actionItems.length === 0) return [];
  return [
    '| type | what | owner | due | done when | state | item |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...actionItems.slice(0, MOST_LISTED).map((item, nth) => {
      const name = `action.${nth + 1}`;
      const due = item.dueAt === null ? 'no date yet' : `{{fact:${name}.due_at}}`;
      const end = item.end === '' ? 'not said yet' : `{{fact:${name}.end}}`;
      const owner = item.owner === '' ? 'nobody yet' : escapedMarkdown(item.owner);
      return `| ${item.type} | {{fact:${name}.text}} | ${owner} | ${due} | ${end} | ${itemState(item, nth)} | \`${idText.format('action_item', item.id)}\` |`;
    }),
  ];
}

/** @param nth place of the item, from 0. */
function itemState(item: ActionItem, nth: number): string {
  const name = `action.${nth + 1}`;
  const last = item.results.at(-1);
  if (item.state === 'not_doing') return `not doing: ${withoutStop(item.reason)}`;
  const ran =
    last === undefined
      ? ''
      : `; ${isVerified(item) ? 'verified' : 'its verification did not hold'} at {{fact:${name}.verified_at}}: {{fact:${name}.result}}`;
  const due = item.dueAt === null ? 'no date yet' : `due {{fact:${name}.due_at}}`;
  return `${item.state === 'done' ? 'done' : `open, ${due}`}${ran}`;
}

/** What somebody wrote, as a sentence with its stop. */
function sentence(text: string): string {
  const said = escapedMarkdown(text);
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** The same by a reference to its fact. */
function stopped(name: string, text: string): string {
  return `{{fact:${name}}}${/[.!?]\s*$/.test(text) ? '' : '.'}`;
}

function withoutStop(text: string): string {
  return escapedMarkdown(text).replace(/\.$/, '');
}

/** What the record itself says for it. */
function wentWell({ incident, timeline }: FactsInput): readonly string[] {
  const { markers } = presentEpisode(incident);
  const { impactStart, detected, acknowledged, mitigated } = markers;
  const between = (from: { at: number } | undefined, to: { at: number } | undefined): number =>
    from === undefined || to === undefined ? Infinity : to.at - from.at;
  const isUndone =
    incident.mitigations.length > 0 &&
    inForce(incident).every(
      ({ isReversible, keptBecause }) => !isReversible || keptBecause !== null,
    );
  return [
    ...(firstWarning(incident) === null
      ? []
      : ['- An alert had warned of it before the impact began.']),
    ...(incident.detectedBy === 'system' && between(impactStart, detected) <= SOON_MS
      ? ['- An alert found it, {{fact:time.to_detect}} after the impact began.']
      : []),
    ...(between(detected, acknowledged) <= SOON_MS
      ? ['- It was acknowledged {{fact:time.to_acknowledge}} after its detection.']
      : []),
    ...(incident.mitigations.some(({ isReversible }) => isReversible) &&
    mitigated !== undefined &&
    markers.causeLocated === undefined
      ? ['- The impact was stopped by a reversible mitigation, before the cause was known.']
      : []),
    ...(isUndone ? ['- Every mitigation was taken back, or it is said why it stays.'] : []),
    ...(isToldInTime(timeline, mitigated?.at) ? ['- People were told while it lasted.'] : []),
  ];
}

function wentWrong({ incident, timeline }: FactsInput): readonly string[] {
  const { markers } = presentEpisode(incident);
  const { impactStart, detected, acknowledged, mitigated } = markers;
  const lateMs =
    impactStart === undefined || detected === undefined ? 0 : detected.at - impactStart.at;
  const isLate = lateMs > SOON_MS;
  const isSilent = !isToldInTime(timeline, mitigated?.at) && incident.severity <= 2;
  const isUnread =
    detected !== undefined && acknowledged !== undefined && acknowledged.at - detected.at > SOON_MS;
  const stoppedMs =
    detected === undefined || mitigated === undefined ? 0 : mitigated.at - detected.at;
  const isExplained = incident.hypotheses.some(({ state }) => state === 'confirmed');
  return [
    ...(incident.detectedBy === 'person'
      ? ['- No alert found it: a person noticed, {{fact:time.to_detect}} after the impact began.']
      : isLate
        ? ['- Detection took {{fact:time.to_detect}}.']
        : []),
    ...(acknowledged === undefined ? ['- No acknowledgement is recorded.'] : []),
    ...(isUnread ? ['- Acknowledgement took {{fact:time.to_acknowledge}}.'] : []),
    ...(stoppedMs > SOON_MS
      ? ['- From detection until the impact was over it took {{fact:time.to_mitigate}}.']
      : []),
    ...(mitigated !== undefined &&
    mitigated.source !== 'person' &&
    !isHealed(incident) &&
    incident.mitigations.length === 0
      ? ['- No mitigation was on record when the impact ended.']
      : []),
    ...(incident.episodes.length > 1
      ? ['- The impact came back: {{fact:incident.episodes}} episodes.']
      : []),
    ...(isSilent ? ['- No update was sent while it lasted.'] : []),
    ...(isExplained
      ? []
      : ['- No cause is confirmed: no change was followed by a movement of the SLI.']),
  ];
}

/** @param overAt when the impact was over; undefined: it is not. */
function isToldInTime(timeline: readonly TimelineRow[], overAt = Infinity): boolean {
  return timeline.some(({ kind, at }) => kind === 'update' && at <= overAt);
}

function luckLines(incident: Incident): readonly string[] {
  const { mitigations, episodes } = incident;
  const isOver = episodes.at(-1)?.markers.mitigated !== undefined;
  const isTold = episodes.at(-1)?.markers.mitigated?.source === 'person';
  return isOver && !isTold && !isHealed(incident) && mitigations.length === 0
    ? ['- The impact ended by itself: nothing in the record says that it had to.']
    : [];
}
