import type { Static } from 'typebox';
import { fault } from '../core/index.ts';
import type { EvidenceLink, Incident, IncidentSlice } from '../incident/index.ts';
import type { Principal } from './auth.ts';
import type { IncidentIn } from './incident-shapes.ts';
import { momentOf } from './moment.ts';
import type { ApiParts } from './parts.ts';
import { findApplicationOrNull, findEndpointOrNull } from './resolve.ts';

type SliceIn = NonNullable<Static<typeof IncidentIn>['slice']>;

/** Throws `not_found`, naming the field that it stands in. */
export function incidentIdOf(
  { idText }: Pick<ApiParts, 'idText'>,
  text: string,
  field = 'incident_id',
): number {
  const id = idText.parse('incident', text);
  if (id !== undefined) return id;
  throw fault('not_found', { field, detail: `No incident has the id "${text}".` });
}

export async function findIncident(
  { idText, incidents }: Pick<ApiParts, 'idText' | 'incidents'>,
  text: string,
  field = 'incident_id',
): Promise<Incident> {
  const incident = await incidents.byId(incidentIdOf({ idText }, text, field));
  if (incident !== null) return incident;
  throw fault('not_found', { field, detail: `No incident has the id "${text}".` });
}

/** A moment that has passed, since 1970. Throws `validation`. */
export function pastMoment(text: string, field: string, now: number): number {
  const at = momentOf(text, field);
  if (at > now) throw fault('validation', { field, detail: 'It cannot lie in the future.' });
  if (at < 0) throw fault('validation', { field, detail: 'It cannot lie before 1970.' });
  return at;
}

/** Ids of the ledger for what was named by id or uid; empty lists for what was not given. Throws `validation`. */
export async function sliceOf(
  parts: Pick<ApiParts, 'configuration' | 'idText' | 'ledger'>,
  principal: Principal,
  { objective = null, appIds = [], endpointIds = [], eventTypes = [] }: SliceIn,
): Promise<IncidentSlice> {
  const { configuration, idText } = parts;
  const unknown = (what: string, text: string, field: string): Error =>
    fault('validation', { field: `slice.${field}`, detail: `There is no ${what} "${text}".` });
  if (objective !== null && (await configuration.objectives.byName(objective)) === null) {
    throw unknown('objective', objective, 'objective');
  }
  const apps: number[] = [];
  for (const text of appIds) {
    const application = await findApplicationOrNull(parts, principal, text);
    if (application === null) throw unknown('application', text, 'appIds');
    apps.push(application.id);
  }
  const endpoints: number[] = [];
  for (const text of endpointIds) {
    const id = idText.parse('endpoint', text);
    const found =
      id === undefined
        ? await endpointByUids(parts, principal, text)
        : await configuration.endpoints.byId(id);
    if (found === null) throw unknown('endpoint', text, 'endpointIds');
    endpoints.push(found.id);
  }
  return { objective, appIds: apps, endpointIds: endpoints, eventTypes };
}

async function endpointByUids(
  parts: Pick<ApiParts, 'configuration' | 'idText' | 'ledger'>,
  principal: Principal,
  text: string,
): Promise<{ readonly id: number } | null> {
  const slash = text.indexOf('/');
  if (slash === -1) return null;
  const application = await findApplicationOrNull(parts, principal, text.slice(0, slash));
  return application === null
    ? null
    : findEndpointOrNull(parts, application, text.slice(slash + 1));
}

/** Throws `validation` for an address that a browser should not be led to. */
export function evidenceOf(links: readonly EvidenceLink[]): readonly EvidenceLink[] {
  for (const link of links) {
    if (link.kind !== 'url') continue;
    const url = URL.parse(link.url);
    if (url?.protocol === 'https:' || url?.protocol === 'http:') continue;
    throw fault('validation', {
      field: 'evidence',
      detail: 'A link to evidence begins with https:// or http://.',
    });
  }
  return links;
}
