import type { Static } from 'typebox';
import { fault, idAt } from '../../core/index.ts';
import {
  causeClasses,
  episodeMarkers,
  incidentOf,
  incidentStates,
  readFigures,
  updateEveryMs,
  type Incident,
} from '../../incident/index.ts';
import type { IncidentFilter } from '../../ledger/index.ts';
import {
  FiguresOut,
  FiguresQuery,
  IncidentDetailOut,
  IncidentIn,
  IncidentOut,
  IncidentPatch,
  IncidentsQuery,
} from '../incident-shapes.ts';
import { findIncident, incidentIdOf, pastMoment, sliceOf } from '../incident-resolve.ts';
import { incidentDetail } from '../incident-detail.ts';
import { incidentView } from '../incident-view.ts';
import { momentOf } from '../moment.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import { filterAmong } from '../query-texts.ts';
import { route } from '../route.ts';
import { listOf } from '../page-shapes.ts';

export const INCIDENT_PATH = '/api/v1/incident/{incident_id}';

const SEVERITY = 3;
const FIGURES_MS = 90 * 86_400_000;

const severities = ['1', '2', '3', '4'] as const;

/** What the query asks for, as the ledger takes it. Throws `validation`. */
function filterOf(query: Static<typeof IncidentsQuery>): IncidentFilter {
  const { open, owner, drill, since } = query;
  return {
    isOpen: open,
    states: filterAmong(query.state, incidentStates, 'state'),
    severities: filterAmong(query.severity, severities, 'severity')?.map(Number),
    causeClasses: filterAmong(query.cause_class, causeClasses, 'cause_class'),
    owner,
    isDrill: drill,
    fromId: since === undefined ? undefined : idAt(momentOf(since, 'since')),
  };
}

export const listIncidents = route({
  method: 'GET',
  path: '/api/v1/incident',
  operationId: 'v1.incident.list',
  summary: 'List incidents, the newest first, each with its present episode.',
  access: 'organization',
  query: IncidentsQuery,
  answers: { 200: listOf(IncidentOut) },
  async handle({ query }, { ledger, idText }) {
    const page = pageById(query, true, 'incident', idText);
    const stored = await ledger.incidents({ ...filterOf(query), ...ledgerPage(page) });
    const incidents = stored.map(incidentOf).filter((each) => each !== null);
    const textOf = ({ id }: Incident): string => idText.format('incident', id);
    const write = (each: Incident): string => JSON.stringify(incidentView(each, idText));
    return { status: 200, json: pageJson(incidents, page, textOf, write) };
  },
});

export const openIncident = route({
  method: 'POST',
  path: '/api/v1/incident',
  operationId: 'v1.incident.open',
  summary:
    'Open an incident by hand; a drill, or in retrospect, with the markers that it had at the time.',
  access: 'organization',
  body: IncidentIn,
  answers: { 201: IncidentDetailOut },
  async handle({ body, by, principal }, parts) {
    const { incidents, clock, settings } = parts;
    const now = clock.now();
    const detectedAt =
      body.detectedAt === undefined ? now : pastMoment(body.detectedAt, 'detectedAt', now);
    const impactStartAt =
      body.impactStartAt === undefined
        ? detectedAt
        : pastMoment(body.impactStartAt, 'impactStartAt', now);
    if (impactStartAt > detectedAt) {
      throw fault('validation', {
        field: 'impactStartAt',
        detail: 'The impact cannot begin after its detection.',
      });
    }
    const { isRetrospective = false, severity: given = SEVERITY } = body;
    const everyMs = updateEveryMs(given, settings.incidentUpdateMinutes * 60_000);
    const incident = await incidents.open(
      {
        title: body.title,
        summary: body.summary ?? '',
        severity: given,
        isSeverityByHand: body.severity !== undefined,
        owner: body.owner ?? '',
        consumers: body.consumers ?? [],
        slice: await sliceOf(parts, principal, body.slice ?? {}),
        detectedBy: body.detectedBy ?? 'person',
        isDrill: body.isDrill ?? false,
        isRetrospective,
        impactStartAt,
        detectedAt,
        source: 'person',
        alerts: [],
        updateDueAt: isRetrospective || everyMs === null ? null : now + everyMs,
        markers: (body.markers ?? [])
          .map(({ marker, at, note }) => ({ marker, at: pastMoment(at, 'markers', now), note }))
          .toSorted(
            (one, other) =>
              episodeMarkers.indexOf(one.marker) - episodeMarkers.indexOf(other.marker),
          ),
      },
      by().actor,
    );
    return { status: 201, value: await incidentDetail(incident, parts) };
  },
});

export const getFigures = route({
  method: 'GET',
  path: '/api/v1/incident/figures',
  operationId: 'v1.incident.get-figures',
  summary:
    'Tell how fast incidents were detected, mitigated and fixed: medians with their counts, by cause class too, and drills apart.',
  access: 'organization',
  query: FiguresQuery,
  answers: { 200: FiguresOut },
  async handle({ query }, { ledger, clock }) {
    const beforeAt = query.to === undefined ? clock.now() + 1 : momentOf(query.to, 'to');
    const fromAt =
      query.from === undefined ? Math.max(0, beforeAt - FIGURES_MS) : momentOf(query.from, 'from');
    if (fromAt > beforeAt) {
      throw fault('validation', { field: 'from', detail: '"from" is after "to".' });
    }
    const { all, byCauseClass, drills } = await readFigures(ledger, { fromAt, beforeAt });
    const span = { from: new Date(fromAt).toISOString(), to: new Date(beforeAt).toISOString() };
    return { status: 200, value: { ...span, all, byCauseClass, drills } };
  },
});

export const getIncident = route({
  method: 'GET',
  path: INCIDENT_PATH,
  operationId: 'v1.incident.get',
  summary:
    'Show an incident in full: its episodes with their markers and durations, its impact, hypotheses, mitigations, fixes and preventions.',
  access: 'organization',
  answers: { 200: IncidentDetailOut },
  async handle({ path }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    return { status: 200, value: await incidentDetail(incident, parts) };
  },
});

export const patchIncident = route({
  method: 'PATCH',
  path: INCIDENT_PATH,
  operationId: 'v1.incident.patch',
  summary: 'Describe it anew: its title, summary, owner, consumers, slice, or class of causes.',
  access: 'organization',
  body: IncidentPatch,
  answers: { 200: IncidentDetailOut },
  async handle({ path, body, by, principal }, parts) {
    const id = incidentIdOf(parts, path('incident_id'));
    const { slice, ...fields } = body;
    const sliceField = slice === undefined ? {} : { slice: await sliceOf(parts, principal, slice) };
    const move = { kind: 'describe', fields: { ...fields, ...sliceField } } as const;
    const incident = await parts.incidents.move(id, move, by().actor);
    return { status: 200, value: await incidentDetail(incident, parts) };
  },
});
