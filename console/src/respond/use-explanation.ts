import { useAnswer } from '../api/index.ts';
import { isEnded, type Incident } from './incident.ts';

/** What the failures have in common: asked for once, however many parts of the page tell of it. */
export function useExplanation(
  incident: Incident,
): ReturnType<typeof useAnswer<'v1.incident.get-explanation'>> {
  return useAnswer(
    'v1.incident.get-explanation',
    { path: { incident_id: incident.id } },
    isEnded(incident) ? {} : { everyMs: 60_000 },
  );
}
