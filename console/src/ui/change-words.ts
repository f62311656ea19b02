import type { AnswerOf } from '../api/index.ts';
import { words } from './format.ts';

export type Change = AnswerOf<'v1.change.get'>;
export type ChangeItem = Change['items'][number];

const MOST_FIELDS = 3;

/** A change as a sentence begins: "updated endpoint orders (url)". */
export function changeWords({ items }: Pick<Change, 'items'>): string {
  const [first] = items;
  if (first === undefined) return 'a change';
  const more = items.length > 1 ? ` and ${items.length - 1} more` : '';
  return `${itemWords(first)}${more}`;
}

export function itemWords({ verb, kind, subject, subjectId, fields }: ChangeItem): string {
  const names = fields.slice(0, MOST_FIELDS).map(({ field }) => field);
  const rest = fields.length > MOST_FIELDS ? ', …' : '';
  const which = verb === 'updated' && names.length > 0 ? ` (${names.join(', ')}${rest})` : '';
  return `${verb} ${words(kind)} ${subject === '' ? (subjectId ?? '') : subject}`.trim() + which;
}

/** What the fields of an item were and are, for a diff. */
export function sidesOf(fields: ChangeItem['fields']): {
  readonly before: object;
  readonly after: object;
} {
  const shown = (isHidden: boolean, value: unknown): unknown => (isHidden ? '(hidden)' : value);
  return {
    before: Object.fromEntries(
      fields.map(({ field, before, isHidden }) => [
        field,
        shown(isHidden && before !== null, before),
      ]),
    ),
    after: Object.fromEntries(
      fields.map(({ field, after, isHidden }) => [field, shown(isHidden && after !== null, after)]),
    ),
  };
}
