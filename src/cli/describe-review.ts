import { oneLine } from './one-line.ts';
import type {
  ActionAnswer,
  FactAnswer,
  PostmortemAnswer,
  VersionAnswer,
} from './review-answers.ts';
import { shortId } from './short-id.ts';
import { counted, formatTable } from './table.ts';
import { clockWords } from './time-words.ts';
import { foldText } from './wrap-text.ts';

const WIDTH = 80;

/** The text as it is, and below it what is to be done. */
export function describePostmortem(postmortem: PostmortemAnswer, now: number): string {
  return [
    plainLines(postmortem.text).trimEnd(),
    '',
    '-'.repeat(WIDTH),
    describeStanding(postmortem, now),
  ].join('\n');
}

/** How it stands, what it lacks, and what comes next. */
export function describeStanding(postmortem: PostmortemAnswer, now: number): string {
  const { incidentId, state, version, changedAt, changedBy, comments, missing, findings } =
    postmortem;
  const open = comments.filter(({ isResolved }) => !isResolved);
  const warned = findings.filter(({ severity }) => severity === 'warn');
  const name = shortId(incidentId, []);
  return [
    `Postmortem of ${name}: ${oneLine(state).replace('_', ' ')}, version ${version}, by ${oneLine(changedBy)}, ${clockWords(changedAt, now)}.`,
    ...open.map(
      ({ comment, quote, text, by }) =>
        `Comment ${comment} by ${oneLine(by)}${quote === '' ? '' : `, on "${oneLine(quote)}"`}: ${oneLine(text)}`,
    ),
    ...missing.map((each) => `Missing: ${oneLine(each)}`),
    ...warned.map(
      ({ phrase, line, rewrite }) => `Line ${line}: "${oneLine(phrase)}". ${oneLine(rewrite)}`,
    ),
    nextOf(postmortem, open.length, name),
  ]
    .map((line) => foldText(line, WIDTH))
    .join('\n');
}

function nextOf({ state, missing }: PostmortemAnswer, open: number, name: string): string {
  if (state === 'published') return `Next: holdfast postmortem export ${name} --format html`;
  if (state === 'draft') {
    return missing.length > 0
      ? `Next: holdfast postmortem edit ${name}`
      : `Next: holdfast postmortem submit ${name}`;
  }
  if (open > 0) return `Next: holdfast postmortem resolve ${name} NUMBER`;
  return missing.length > 0
    ? `Next: holdfast postmortem edit ${name}`
    : `Next: holdfast postmortem publish ${name}`;
}

export function versionTable(versions: readonly VersionAnswer[], now: number): string {
  return formatTable(
    [
      { title: 'VERSION', value: ({ version }: VersionAnswer) => version },
      { title: 'WHEN', value: ({ at }) => clockWords(at, now) },
      { title: 'BY', value: ({ by }) => oneLine(by) },
      { title: 'NUMBERS', value: ({ isFrozen }) => (isFrozen ? 'frozen' : 'live') },
      { title: 'NOTE', value: ({ note }) => oneLine(note) },
    ],
    versions,
  );
}

export function factTable(facts: readonly FactAnswer[]): string {
  return formatTable(
    [
      { title: 'FACT', value: ({ name }: FactAnswer) => name },
      { title: 'VALUE', value: ({ text }) => oneLine(text) },
      { title: 'FROM', value: ({ source }) => oneLine(source) },
    ],
    facts,
  );
}

export function actionTable(items: readonly ActionAnswer[]): string {
  if (items.length === 0) return 'There are no such action items.';
  const ids = items.map(({ id }) => id);
  const table = formatTable(
    [
      { title: 'ITEM', value: ({ id }: ActionAnswer) => shortId(id, ids) },
      { title: 'TYPE', value: ({ type }) => oneLine(type) },
      { title: 'STATE', value: stateWords },
      { title: 'DUE', value: ({ dueAt }) => dueAt?.slice(0, 10) ?? '-' },
      { title: 'OWNER', value: ({ owner }) => (owner === '' ? '-' : oneLine(owner)) },
      { title: 'WHAT', value: ({ text }) => oneLine(text) },
    ],
    items,
  );
  const overdue = items.filter(({ isOverdue }) => isOverdue).length;
  const lines = table.split('\n').map((line) => cut(line));
  return overdue === 0
    ? lines.join('\n')
    : [...lines, '', `${counted(overdue, 'item')} overdue.`].join('\n');
}

function stateWords({ state, isOverdue, isVerified }: ActionAnswer): string {
  const words = isOverdue ? 'OVERDUE' : oneLine(state).replace('_', ' ');
  return isVerified ? `${words}, verified` : words;
}

export function describeAction(item: ActionAnswer, now: number): string {
  const { id, type, text, owner, dueAt, end, reason, verification, results } = item;
  const last = results.at(-1);
  return [
    oneLine(text),
    id,
    `${oneLine(type)}, ${stateWords(item)}${reason === '' ? '' : `: ${oneLine(reason)}`}; owner ${owner === '' ? 'nobody yet' : oneLine(owner)}, due ${dueAt?.slice(0, 10) ?? 'no date yet'}.`,
    `Done when: ${end === '' ? 'not said yet' : oneLine(end)}`,
    `Verified by: ${verification === null ? 'nothing yet' : verificationWords(verification)}`,
    ...(last === undefined
      ? []
      : [
          `${last.isHeld ? 'Held' : 'DID NOT HOLD'} ${clockWords(last.at, now)} (${oneLine(last.by)}): ${oneLine(last.text)}`,
        ]),
  ]
    .map((line) => foldText(line, WIDTH))
    .join('\n');
}

function verificationWords({
  kind,
  name,
  command,
  url,
}: NonNullable<ActionAnswer['verification']>): string {
  const what = [name, ...command, url].filter((part) => part !== '').map(oneLine);
  return `${oneLine(kind)} ${what.join(' ')}`.trim();
}

function cut(line: string): string {
  const points = Array.from(line);
  return points.length <= WIDTH ? line : `${points.slice(0, WIDTH - 3).join('')}...`;
}

/** Lines as they are, without characters that move a terminal's cursor. */
function plainLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cf}/gu, '');
}
