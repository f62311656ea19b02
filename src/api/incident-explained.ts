import type { Objective } from '../change/index.ts';
import type { IncidentSlice } from '../incident/index.ts';
import { everything } from '../slo/index.ts';
import type { ApiParts } from './parts.ts';

type Explained = Pick<Objective, 'indicator' | 'deadlineMs' | 'slice'>;

/**
 * By what an incident is explained: its objective, or where it has none the first attempts of the applications that it
 * lies in. One endpoint's failures are told by the others beside it.
 */
export async function explainedBy(
  { objective, appIds, endpointIds }: IncidentSlice,
  { configuration, idText }: Pick<ApiParts, 'configuration' | 'idText'>,
): Promise<Explained> {
  const known = objective === null ? null : await configuration.objectives.byName(objective);
  if (known !== null) return known;
  const apps = new Set(appIds);
  for (const id of endpointIds) {
    const endpoint = await configuration.endpoints.byId(id);
    if (endpoint !== null) apps.add(endpoint.appId);
  }
  const slice = { ...everything, appIds: [...apps].map((id) => idText.format('application', id)) };
  return { indicator: 'first_attempt', deadlineMs: null, slice };
}
