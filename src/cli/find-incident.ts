import { fault } from '../core/index.ts';
import type { Api } from './api/index.ts';
import type { IncidentAnswer } from './incident-answers.ts';
import { isWholeId, matchId } from './short-id.ts';

/** Looked among, beside those that are open. */
const NEWEST = 250;

/** The id of an incident: `latest` (of those that are open, else of all), an id, or its unique beginning or end. */
export async function findIncidentId(api: Api, text: string): Promise<string> {
  if (isWholeId('inc_', text)) return text;
  if (text === 'latest') {
    const [newest] = await api.incidents({ open: 'true' }, 1);
    const [last] = newest === undefined ? await api.incidents({}, 1) : [newest];
    if (last !== undefined) return last.id;
    throw fault('not_found', { field: 'incident', detail: 'There is no incident yet.' });
  }
  const [open, newest] = await Promise.all([
    api.incidents({ open: 'true' }, NEWEST),
    api.incidents({}, NEWEST),
  ]);
  return matchId(uniqueIds([...open, ...newest]), text, { what: 'incident', isNumbered: false });
}

function uniqueIds(incidents: readonly IncidentAnswer[]): readonly string[] {
  return [...new Set(incidents.map(({ id }) => id))];
}
