import type { IdText } from '../../core/index.ts';
import { rowDraft, timelineRowOf, type TimelineRow } from '../../incident/index.ts';
import type { TimelinePlace } from '../../ledger/index.ts';
import { NoteIn, TimelineQueryIn, TimelineRowOut } from '../incident-timeline-shapes.ts';
import { evidenceOf, findIncident, incidentIdOf, pastMoment } from '../incident-resolve.ts';
import { timelineRowView } from '../incident-view.ts';
import { pageFrom, pageJson } from '../paging.ts';
import { route } from '../route.ts';
import { listOf } from '../page-shapes.ts';
import { INCIDENT_PATH } from './incident.route.ts';

export const listTimeline = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/timeline`,
  operationId: 'v1.incident.list-timeline',
  summary:
    'List what happened, in the order in which it happened; the newest first with order=descending.',
  access: 'organization',
  query: TimelineQueryIn,
  answers: { 200: listOf(TimelineRowOut) },
  async handle({ path, query }, parts) {
    const { ledger, idText } = parts;
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    const page = pageFrom(query, query.order === 'descending', (text) => placeOf(text, idText));
    const stored = await ledger.timeline({
      incidentId,
      kind: query.kind,
      after: page.after,
      limit: page.limit,
      descending: page.descending,
    });
    const write = (row: TimelineRow): string => JSON.stringify(timelineRowView(row, idText));
    const textOf = (row: TimelineRow): string => placeText(row, idText);
    return { status: 200, json: pageJson(stored.map(timelineRowOf), page, textOf, write) };
  },
});

export const writeNote = route({
  method: 'POST',
  path: `${INCIDENT_PATH}/timeline`,
  operationId: 'v1.incident.write-note',
  summary: 'Write on the timeline, also of what happened long ago, with links to its evidence.',
  access: 'organization',
  body: NoteIn,
  answers: { 201: TimelineRowOut },
  async handle({ path, body, by }, parts) {
    const id = incidentIdOf(parts, path('incident_id'));
    const now = parts.clock.now();
    const at = body.at === undefined ? now : pastMoment(body.at, 'at', now);
    const evidence = evidenceOf(body.evidence ?? []);
    const kind = evidence.length === 0 ? 'note' : 'evidence';
    const draft = rowDraft({ actor: by().actor, now }, kind, body.text, at, evidence);
    const row = await parts.incidents.note(id, draft);
    return { status: 201, value: timelineRowView(row, parts.idText) };
  },
});

/** Rows stand by moment and id, so a place names both. */
function placeText({ id, at }: TimelinePlace, idText: IdText): string {
  return `${idText.format('timeline', id)}.${at.toString(36)}`;
}

function placeOf(text: string, idText: IdText): TimelinePlace | undefined {
  const dot = text.lastIndexOf('.');
  const at = /^[0-9a-z]{1,10}$/.test(text.slice(dot + 1))
    ? Number.parseInt(text.slice(dot + 1), 36)
    : undefined;
  const id = idText.parse('timeline', text.slice(0, Math.max(0, dot)));
  return id === undefined || at === undefined ? undefined : { at, id };
}
