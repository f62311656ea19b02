import type { MarkerSource, ReviewMarker } from '../incident/index.ts';
import { isAssigned, isVerified, type ActionItem } from './action-item.ts';
import type { Postmortem } from './postmortem.ts';

export type ReachedMarker = {
  readonly marker: ReviewMarker;
  readonly source: Extract<MarkerSource, 'person' | 'verification'>;
  /** What bears it out, at most 1,000 characters. */
  readonly note: string;
};

const LONGEST_NOTE = 1000;

/** Markers of the review that the record bears out by now, in their order. */
export function reachedMarkers(
  postmortem: Pick<Postmortem, 'publishedVersion'> | null,
  actionItems: readonly ActionItem[],
): readonly ReachedMarker[] {
  const published = postmortem?.publishedVersion ?? null;
  const items = actionItems.filter(({ state }) => state !== 'not_doing');
  const preventing = items.filter(({ type }) => type === 'prevent');
  const reached: ReachedMarker[] = [];
  if (published !== null) {
    const note = `Version ${published} was published.`;
    reached.push({ marker: 'postmortem', source: 'person', note });
  }
  if (items.length > 0 && items.every(isAssigned)) {
    const note = `Of ${items.length} action items.`;
    reached.push({ marker: 'actionsAssigned', source: 'verification', note });
  }
  if (preventing.length > 0 && preventing.every(isVerified)) {
    const said = preventing.map(({ results }) => results.at(-1)?.text ?? '').join(' ');
    const note = said.slice(0, LONGEST_NOTE);
    reached.push({ marker: 'preventionVerified', source: 'verification', note });
  }
  return reached;
}
