import type { Incident, IncidentSlice } from '../incident/index.ts';
import { incidentDetailView } from './incident-view.ts';
import type { ApiParts } from './parts.ts';

type Parts = Pick<ApiParts, 'ledger' | 'configuration' | 'idText'>;

/** Of each kind; the ids are all there. */
const MOST_NAMED = 20;

/** An incident in full, with how people call what it is about. */
export async function incidentDetail(incident: Incident, parts: Parts): Promise<object> {
  const [{ rows }, names] = await Promise.all([
    parts.ledger.timelineLength(incident.id),
    namesOf(incident.slice, parts),
  ]);
  return incidentDetailView(incident, rows, names, parts.idText);
}

/** Uids or names of what a slice names; what is not there any more has none. */
async function namesOf(
  { appIds, endpointIds }: IncidentSlice,
  { configuration: { applications, endpoints } }: Parts,
): Promise<readonly string[]> {
  const nameOf = async (appId: number): Promise<string> => {
    const application = await applications.byId(appId);
    return application === null ? '' : (application.uid ?? application.name);
  };
  const apps = appIds.slice(0, MOST_NAMED).map(async (id) => `application ${await nameOf(id)}`);
  const ends = endpointIds.slice(0, MOST_NAMED).map(async (id) => {
    const endpoint = await endpoints.byId(id);
    if (endpoint === null) return '';
    return `endpoint ${await nameOf(endpoint.appId)}/${endpoint.uid ?? endpoint.url}`;
  });
  const names = await Promise.all([...apps, ...ends]);
  return names.filter((name) => name !== '' && name !== 'application ');
}
