import {
  inForce,
  presentEpisode,
  type EvidenceLink,
  type Incident,
  type TimelineRow,
} from '../incident/index.ts';
import { MINUTE_MS } from '../slo/index.ts';
import { isVerified, type ActionItem } from './action-item.ts';
import type { FactsInput } from './facts.ts';
import { escapedMarkdown, sayDuration, sayMoment, sayTime } from './say.ts';

const listNames = [
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
/** Detection after this is said not to have been soon. */
const SOON_MS = 5 * MINUTE_MS;

/** Every list as Markdown, from the record alone; what people wrote in it is escaped. Pure. */
export function listsOf(input: FactsInput): ReadonlyMap<string, string> {
  const lists: Readonly<Record<ListName, readonly string[]>> = {
    timeline: timelineTable(input),
    mitigations: mitigationLines(input),
    fixes: fixLines(input),
    preventions: preventionLines(input),
    causes: causeLines(input),
    suspects: suspectLines(input),
    money: moneyLines(input.incident),
    messages: messageLines(input.timeline),
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
  const lines = incident.mitigations.slice(0, MOST_LISTED).map((each) => {
    const { title, at, by, isAutomatic, undoneAt, keptBecause, id } = each;
    const how = isAutomatic ? 'by itself, as its rule allows' : `by ${escapedMarkdown(by)}`;
    const end =
      undoneAt !== null
        ? `taken back at ${sayTime(undoneAt)}`
        : keptBecause === null
          ? 'in force'
          : `it stays: ${escapedMarkdown(keptBecause)}`;
    return `- ${sayMoment(at)}: ${escapedMarkdown(title)}, ${how}; ${end} (mitigation \`${idText.format('mitigation', id)}\`).`;
  });
  if (lines.length > 0) return lines;
  const { mitigated } = presentEpisode(incident).markers;
  return mitigated === undefined ? [] : ['No mitigation was applied: the impact ended by itself.'];
}

function fixLines({ incident, idText }: FactsInput): readonly string[] {
  return incident.fixes.slice(0, MOST_LISTED).map(({ text, inForceAt, heldAt, changeId }) => {
    const held =
      heldAt === null ? 'not yet seen to hold' : `seen to hold from ${sayMoment(heldAt)}`;
    const change =
      changeId === null
        ? 'made outside of what is recorded here'
        : `change \`${idText.format('change', changeId)}\``;
    return `- In force since ${sayMoment(inForceAt)}: ${escapedMarkdown(text)} (${change}; ${held}).`;
  });
}

function preventionLines({ incident, actionItems }: FactsInput): readonly string[] {
  return [
    ...incident.preventions.slice(0, MOST_LISTED).map(({ text }) => `- ${escapedMarkdown(text)}`),
    ...actionItems
      .filter(({ type }) => type === 'prevent')
      .slice(0, MOST_LISTED)
      .map((item) => `- ${escapedMarkdown(item.text)} ${itemState(item)}`),
  ];
}

function causeLines({ incident, idText }: FactsInput): readonly string[] {
  const { hypotheses, episodes } = incident;
  const shared = new Set(
    episodes.flatMap(({ alerts }) => alerts.flatMap(({ explanation }) => explanation ?? [])),
  );
  const judged = hypotheses.filter(({ state }) => state !== 'open');
  return [
    ...judged.slice(0, MOST_LISTED).map(({ state, cause, verdict, id }) => {
      const seen = verdict === '' ? '' : ` Seen: ${escapedMarkdown(verdict)}`;
      return `- ${state === 'confirmed' ? 'Confirmed' : 'Refuted'} (hypothesis \`${idText.format('hypothesis', id)}\`): ${escapedMarkdown(cause)}${seen}`;
    }),
    ...(shared.size === 0
      ? []
      : [
          `- What failed had in common: ${[...shared].slice(0, 5).map(escapedMarkdown).join('; ')}.`,
        ]),
  ];
}

function suspectLines({ suspects, incident, idText }: FactsInput): readonly string[] {
  const { impactStart } = presentEpisode(incident).markers;
  if (suspects.length === 0) return ['- No change of the 14 days before covers what failed.'];
  return suspects.slice(0, 5).map(({ changeId, at, text, score }) => {
    const beforeMs = (impactStart?.at ?? incident.openedAt) - at;
    const when =
      beforeMs >= 0
        ? `${sayDuration(beforeMs)} before the impact`
        : `${sayDuration(-beforeMs)} after the impact began`;
    return `- ${sayMoment(at)}, ${when}: ${escapedMarkdown(text)} (change \`${idText.format('change', changeId)}\`, score ${score.toFixed(2)}).`;
  });
}

function moneyLines({ impact }: Incident): readonly string[] {
  if (impact === null) return [];
  if (impact.money.length === 0) return ['- No value is declared for what failed.'];
  return impact.money.map(({ currency }) => {
    const name = `impact.money.${currency.toLowerCase()}`;
    return `- {{fact:${name}.delayed}} delayed, {{fact:${name}.lost}} lost; {{fact:${name}.per_week}} a week at the rate of the last hour.`;
  });
}

function messageLines(timeline: readonly TimelineRow[]): readonly string[] {
  const updates = timeline.filter(({ kind }) => kind === 'update');
  if (updates.length === 0) return ['- No update was sent.'];
  return updates.slice(0, MOST_LISTED).flatMap(({ at, text, pinned }) => {
    const owners = ownersText(pinned);
    return [
      `- ${sayMoment(at)}, to responders: ${escapedMarkdown(text)}`,
      ...(owners === ''
        ? []
        : [`- ${sayMoment(at)}, to endpoint owners: ${escapedMarkdown(owners)}`]),
    ];
  });
}

function ownersText(pinned: unknown): string {
  if (typeof pinned !== 'object' || pinned === null || !('owners' in pinned)) return '';
  return typeof pinned.owners === 'string' ? pinned.owners : '';
}

function actionLines({ actionItems, idText }: FactsInput): readonly string[] {
  if (actionItems.length === 0) return [];
  return [
    '| type | what | owner | due | done when | state | item |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...actionItems
      .slice(0, MOST_LISTED)
      .map(
        (item) =>
          `| ${item.type} | ${escapedMarkdown(item.text)} | ${item.owner === '' ? 'nobody yet' : escapedMarkdown(item.owner)} | ${item.dueAt === null ? 'no date yet' : sayMoment(item.dueAt).slice(0, 10)} | ${item.end === '' ? 'not said yet' : escapedMarkdown(item.end)} | ${itemState(item)} | \`${idText.format('action_item', item.id)}\` |`,
      ),
  ];
}

function itemState(item: ActionItem): string {
  const last = item.results.at(-1);
  if (item.state === 'not_doing') return `(not doing: ${escapedMarkdown(item.reason)})`;
  const ran =
    last === undefined
      ? ''
      : `, verified ${sayMoment(last.at)}: ${isVerified(item) ? '' : 'did not hold, '}${escapedMarkdown(last.text)}`;
  const due = item.dueAt === null ? 'no date yet' : `due ${sayMoment(item.dueAt).slice(0, 10)}`;
  return `(${item.state === 'done' ? 'done' : `open, ${due}`}${ran})`;
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
    ...(timeline.some(({ kind }) => kind === 'update')
      ? ['- People were told while it lasted.']
      : []),
  ];
}

function wentWrong({ incident, timeline }: FactsInput): readonly string[] {
  const { markers } = presentEpisode(incident);
  const { impactStart, detected, acknowledged, mitigated } = markers;
  const lateMs =
    impactStart === undefined || detected === undefined ? 0 : detected.at - impactStart.at;
  const isLate = lateMs > SOON_MS;
  const isSilent = !timeline.some(({ kind }) => kind === 'update') && incident.severity <= 2;
  return [
    ...(incident.detectedBy === 'person'
      ? ['- No alert found it: a person noticed, {{fact:time.to_detect}} after the impact began.']
      : isLate
        ? ['- Detection took {{fact:time.to_detect}}.']
        : []),
    ...(acknowledged === undefined ? ['- No acknowledgement is recorded.'] : []),
    ...(mitigated !== undefined && incident.mitigations.length === 0
      ? ['- No mitigation was on record when the impact ended.']
      : []),
    ...(incident.episodes.length > 1
      ? ['- The impact came back: {{fact:incident.episodes}} episodes.']
      : []),
    ...(isSilent ? ['- No update was sent while it lasted.'] : []),
  ];
}

function luckLines({ mitigations, episodes }: Incident): readonly string[] {
  const isOver = episodes.at(-1)?.markers.mitigated !== undefined;
  return isOver && mitigations.length === 0
    ? ['- The impact ended by itself: nothing in the record says that it had to.']
    : [];
}
