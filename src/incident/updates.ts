import { isEnded, presentEpisode, type Incident } from './incident.ts';
import { updateEveryMs } from './update-clock.ts';

/**
 * When word is due again after an update; null: nobody waits for it. An update itself is the move `update`: whoever makes
 * it, `createTelling` tells responders and owners.
 *
 * @param nextInMinutes as it was asked for, 0: no more; undefined: by the clock of its severity, and no more once the
 *   impact is over.
 * @param updateMs how often responders are told of severities 1 and 2.
 */
export function nextUpdateAt(
  incident: Pick<Incident, 'state' | 'severity' | 'episodes'>,
  nextInMinutes: number | undefined,
  now: number,
  updateMs: number,
): number | null {
  if (nextInMinutes !== undefined) return nextInMinutes === 0 ? null : now + nextInMinutes * 60_000;
  if (isEnded(incident) || presentEpisode(incident).markers.mitigated !== undefined) return null;
  const everyMs = updateEveryMs(incident.severity, updateMs);
  return everyMs === null ? null : now + everyMs;
}
