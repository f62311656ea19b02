import { bySystem, rowDraft, type Incident, type RowDraft } from '../incident/index.ts';
import type { IdText } from '../core/index.ts';
import type { ActionItem } from './action-item.ts';
import { oneLineOf, sayCounted, sayMoment } from './say.ts';

/** What its failures had in common, of the first alert that tells; null: nothing separates them from what was well. */
export function topExplanation({ episodes }: Pick<Incident, 'episodes'>): string | null {
  for (const { alerts } of episodes) {
    const told = alerts.find(({ explanation }) => explanation !== null);
    if (told !== undefined) return told.explanation;
  }
  return null;
}

/** The last incident before this one with the same explanation; null: there is none. */
export function earlierOf(
  incident: Pick<Incident, 'id' | 'episodes'>,
  others: readonly Incident[],
): Incident | null {
  const explanation = topExplanation(incident);
  if (explanation === null) return null;
  const same = others.filter(
    (other) =>
      other.id < incident.id &&
      !other.isDrill &&
      other.state !== 'declined' &&
      other.state !== 'merged' &&
      topExplanation(other) === explanation,
  );
  return same.toSorted((a, b) => b.id - a.id)[0] ?? null;
}

const MOST_NAMED = 5;

/** The row that names the earlier one and what was never finished of it. `pinned.recurrenceOf` tells it from others. */
export function recurrenceRow(
  incident: Pick<Incident, 'episodes'>,
  earlier: Incident,
  items: readonly ActionItem[],
  idText: Pick<IdText, 'format'>,
  now: number,
): RowDraft {
  const id = idText.format('incident', earlier.id);
  const open = items.filter(({ state }) => state === 'open');
  const named = open.slice(0, MOST_NAMED).map(({ text, owner, dueAt }) => {
    const whose = owner === '' ? 'nobody' : oneLineOf(owner);
    const due = dueAt === null ? 'no date' : `due ${sayMoment(dueAt).slice(0, 10)}`;
    return `"${oneLineOf(text).slice(0, 200)}" (${whose}, ${due})`;
  });
  const more = open.length > named.length ? ` and ${open.length - named.length} more` : '';
  const unfinished =
    open.length === 0
      ? items.length === 0
        ? 'It has no action items.'
        : `All of its ${sayCounted(items.length, 'action item')} are closed: they did not prevent this.`
      : `Unfinished of it: ${named.join('; ')}${more}.`;
  const text = `The same explanation (${String(topExplanation(incident))}) as "${oneLineOf(earlier.title)}" of ${sayMoment(earlier.openedAt)}. ${unfinished}`;
  const draft = rowDraft({ ...bySystem, now }, 'evidence', text, now, [{ kind: 'incident', id }]);
  return { ...draft, pinned: { recurrenceOf: id } };
}
