import type { Acceptance } from '../ledger/index.ts';
import { presentEpisode, isEnded, type Incident } from './incident.ts';
import type { RowDraft } from './moves.ts';

/** What one move made of an incident. */
export type IncidentMoved = {
  /** null: it was opened. */
  readonly before: Incident | null;
  readonly after: Incident;
  /** What was written on its timeline. */
  readonly rows: readonly RowDraft[];
};

/** Hears of every move. */
export type IncidentListener = {
  /** Messages that tell of it, accepted in its commit. Never throws. */
  noticesOf(moved: IncidentMoved): Promise<readonly Acceptance[]>;
  /** Once it is durable. Never throws. */
  stored(moved: IncidentMoved, notices: readonly Acceptance[]): void;
};

/** What of it people are told; due: an update is waited for. null: nothing. */
export type IncidentNews = 'opened' | 'update' | 'due' | 'mitigated' | 'closed';

/** What is taken in after the fact is told to nobody. */
export function newsOf({ before, after, rows }: IncidentMoved): IncidentNews | null {
  if (after.isRetrospective) return null;
  if (before === null || after.episodes.length > before.episodes.length) return 'opened';
  if (isEnded(after) && !isEnded(before)) return 'closed';
  const isOver = (incident: Incident): boolean =>
    presentEpisode(incident).markers.mitigated !== undefined;
  if (isOver(after) && !isOver(before)) return 'mitigated';
  if (rows.some(({ kind }) => kind === 'update')) return 'update';
  if (mitigatedByItself({ before, after }) !== null) return 'update';
  return rows.some(({ kind }) => kind === 'reminder') ? 'due' : null;
}

/** The title of what was applied without anybody; null: nothing was. */
export function mitigatedByItself({
  before,
  after,
}: Pick<IncidentMoved, 'before' | 'after'>): string | null {
  const last = after.mitigations.at(-1);
  const isNew = after.mitigations.length > (before?.mitigations.length ?? 0);
  return isNew && last?.isAutomatic === true ? last.title : null;
}
