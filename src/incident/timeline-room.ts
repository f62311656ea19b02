import type { TimelineLength } from '../ledger/index.ts';
import { bySystem } from './incident.ts';
import { rowDraft, type RowDraft } from './moves.ts';

/** How many rows one timeline holds. Those of people and those of the service have room of their own. */
export type TimelineBounds = {
  /** By people. Notes and updates are refused beyond it: they are nothing but their row. */
  readonly people: number;
  /** By the service. */
  readonly system: number;
};

/** So many rows more leave what people move; beyond them an incident still moves, and leaves none. */
const MOVES = 1000;

/** True where people have written as much as a timeline holds of theirs. */
export function isFull({ rows, bySystem: ours }: TimelineLength, bounds: TimelineBounds): boolean {
  return rows - ours >= bounds.people;
}

/**
 * The rows that have room. Neither side takes room from the other, and none stops a move: markers, impact and lists go
 * on without rows. The last row of the service's says so. Pure.
 */
export function withinRoom(
  drafts: readonly RowDraft[],
  { rows, bySystem: ours }: TimelineLength,
  bounds: TimelineBounds,
  now: number,
): readonly RowDraft[] {
  let [byPeople, byUs] = [rows - ours, ours];
  const room: RowDraft[] = [];
  for (const draft of drafts) {
    if (draft.source === 'person') {
      byPeople += 1;
      if (byPeople <= bounds.people + MOVES) room.push(draft);
      continue;
    }
    byUs += 1;
    if (byUs < bounds.system) room.push(draft);
    if (byUs === bounds.system) room.push(lastRow(bounds, now));
  }
  return room;
}

function lastRow({ system }: TimelineBounds, now: number): RowDraft {
  const text = `This timeline holds ${system} rows of the service, which is the most. It writes no more; markers, impact and alerts go on.`;
  return rowDraft({ ...bySystem, now }, 'note', text, now);
}
