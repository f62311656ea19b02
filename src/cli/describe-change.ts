import type {
  ChangeAnswer,
  ChangeItemAnswer,
  ConflictAnswer,
  FieldAnswer,
  RevertAnswer,
} from './change-answers.ts';
import { oneLine } from './one-line.ts';
import { counted } from './table.ts';
import { momentWords } from './time-words.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
/** Of one value; --json has all of it. */
const LONGEST_VALUE = 600;
/** Fields that a list names of one item. */
const MOST_NAMED = 6;

/** A change in a few lines, as a list shows it: what, who, why; no values. */
export function describeBriefly(change: ChangeAnswer, now: number): string {
  return [
    `${change.id}  ${momentWords(change.at, now)}`,
    ...change.items.slice(0, MOST_NAMED).map((item) => indented(titleWithFields(item), 2)),
    ...(change.items.length > MOST_NAMED
      ? [`  and ${counted(change.items.length - MOST_NAMED, 'item')} more`]
      : []),
    ...origin(change).map((line) => indented(line, 2)),
  ].join('\n');
}

/** A change field by field. */
export function describeChange(change: ChangeAnswer, now: number): string {
  const { id, isRevertible, revertedBy } = change;
  const way =
    isRevertible && revertedBy === null
      ? [`To take it back: holdfast change revert ${id}`]
      : isRevertible
        ? []
        : ['It cannot be taken back from here.'];
  return [
    [`Change ${id} of ${momentWords(change.at, now)}`, ...origin(change)]
      .map((line) => folded(line))
      .join('\n'),
    ...change.items.map(describeItem),
    ...way,
  ].join('\n\n');
}

/** What goes back, and what stands in the way. */
export function describeRevert(answer: RevertAnswer): string {
  const { changeId, reverts, items, conflicts, warnings } = answer;
  const many = counted(reverts.length, 'change');
  const title =
    changeId === null
      ? `Taking back ${many} would make this of the present configuration:`
      : `Took back ${many}, by change ${changeId}:`;
  if (items.length === 0 && conflicts.length === 0) {
    return `${counted(reverts.length, 'change')}: all is as it was before. There is nothing to take back.`;
  }
  return [
    items.length === 0 ? `Taking back ${many} alters nothing.` : title,
    ...items.map(describeItem),
    ...warnings.map((warning) => folded(`WARNING: ${oneLine(warning)}`)),
    ...(conflicts.length === 0
      ? []
      : [
          changeId === null
            ? `In the way (${counted(conflicts.length, 'conflict')}):`
            : `There ${conflicts.length === 1 ? 'was' : 'were'} ${counted(conflicts.length, 'conflict')}:`,
          ...conflicts.map(describeConflict),
        ]),
  ].join('\n\n');
}

function origin({ actor, via, reason, reverts, revertedBy }: ChangeAnswer): readonly string[] {
  return [
    `by ${oneLine(actor)} through ${via}${reason === '' ? '' : `: "${oneLine(reason)}"`}`,
    ...(reverts.length === 0 ? [] : [`takes back ${reverts.join(', ')}`]),
    ...(revertedBy === null ? [] : [`taken back by ${revertedBy}`]),
  ];
}

function describeItem(item: ChangeItemAnswer): string {
  const place = item.kind === 'application' || item.appId === null ? '' : ` of ${item.appId}`;
  const id = item.subjectId === null || item.subject === '' ? '' : ` (${item.subjectId})`;
  return [folded(`${titleOf(item)}${id}${place}`), ...item.fields.map(describeField)].join('\n');
}

function describeField({ field, before, after, isHidden }: FieldAnswer): string {
  if (isHidden) return indented(`${oneLine(field)}: (changed, not shown)`, 2);
  return [
    indented(oneLine(field), 2),
    ...(isNothing(before) ? [] : [indented(`- ${valueText(before)}`, 4)]),
    ...(isNothing(after) ? [] : [indented(`+ ${valueText(after)}`, 4)]),
    ...(isNothing(before) && isNothing(after) ? ['    (none)'] : []),
  ].join('\n');
}

function describeConflict(conflict: ConflictAnswer): string {
  const { changeId, laterId, kind, subject, subjectId, field, now, before, isHidden } = conflict;
  const what = `${kindWords(kind)} ${oneLine(subject === '' ? subjectId : subject)}`.trim();
  const by = laterId === null ? 'by something since' : `by ${laterId}`;
  if (field === '') {
    const why =
      laterId === null ? 'is not as it was left, or holds what came later' : `was changed ${by}`;
    return indented(`${what} ${why}, after ${changeId}`, 2);
  }
  return [
    indented(`${oneLine(field)} of ${what}, changed ${by} after ${changeId}`, 2),
    ...(isHidden
      ? ['    (changed, not shown)']
      : [indented(`now:    ${valueText(now)}`, 4), indented(`before: ${valueText(before)}`, 4)]),
  ].join('\n');
}

function titleWithFields(item: ChangeItemAnswer): string {
  const names = item.fields.slice(0, MOST_NAMED).map(({ field }) => oneLine(field));
  const more = item.fields.length > MOST_NAMED ? ', ...' : '';
  return item.verb === 'updated' && names.length > 0
    ? `${titleOf(item)}: ${names.join(', ')}${more}`
    : titleOf(item);
}

function titleOf({ kind, verb, subject, subjectId }: ChangeItemAnswer): string {
  const name = subject === '' ? (subjectId ?? '') : subject;
  return `${verb} ${kindWords(kind)} ${oneLine(name)}`.trim();
}

function kindWords(kind: string): string {
  return oneLine(kind).replaceAll('_', ' ');
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function valueText(value: unknown): string {
  const text = oneLine(JSON.stringify(value ?? null));
  if (text.length <= LONGEST_VALUE) return text;
  return `${text.slice(0, LONGEST_VALUE)}... (${counted(text.length - LONGEST_VALUE, 'character')} more with --json)`;
}

/** Lines of at most 80 characters; what has no space in it is cut. */
function folded(text: string, width = WIDTH): string {
  return wrapText(text, width, '  ')
    .split('\n')
    .flatMap((line) => cut(line, width))
    .join('\n');
}

function indented(text: string, by: number): string {
  return folded(text, WIDTH - by)
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}

/** By code points: half a character is none. */
function cut(line: string, width: number): readonly string[] {
  const points = Array.from(line);
  const parts: string[] = [];
  for (let at = 0; at < points.length; at += width) {
    parts.push(points.slice(at, at + width).join(''));
  }
  return parts.length === 0 ? [''] : parts;
}
