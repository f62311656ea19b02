import type { Static, TSchema } from 'typebox';
import { fault } from '../../core/index.ts';
import {
  exportDrill,
  exportPostmortem,
  factsOf,
  readFactsInput,
  versionOf,
  type PostmortemRequest,
  type PostmortemVersion,
  type ReadPostmortem,
} from '../../review/index.ts';
import { findIncident, incidentIdOf } from '../incident-resolve.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import {
  CommentIn,
  DrillFileOut,
  ExportOut,
  ExportQuery,
  FactsOut,
  PostmortemEdit,
  PostmortemIn,
  PostmortemMoveIn,
  PostmortemOut,
  PostmortemPreviewIn,
  PostmortemPreviewOut,
  PostmortemReturnIn,
  VersionOut,
  VersionsQuery,
} from '../postmortem-shapes.ts';
import { factView, postmortemView, previewView, versionView } from '../postmortem-view.ts';
import { route, type Route } from '../route.ts';
import { listOf } from '../page-shapes.ts';
import { INCIDENT_PATH } from './incident.route.ts';

const PATH = `${INCIDENT_PATH}/postmortem`;

/** Throws `not_found` where the incident has none yet, or no such version. */
async function read(
  { idText, reviews }: ApiParts,
  text: string,
  version?: number,
): Promise<ReadPostmortem> {
  return present(await reviews.read(incidentIdOf({ idText }, text), version));
}

function present(found: ReadPostmortem | null): ReadPostmortem {
  if (found !== null) return found;
  throw fault('not_found', {
    field: 'incident_id',
    detail: 'It has no postmortem yet: one is drafted when its impact is over, or when asked for.',
  });
}

export const getPostmortem = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.postmortem.get',
  summary:
    'Show the postmortem of an incident: its text with live facts, its comments, what its checks ask for, and its language.',
  access: 'organization',
  answers: { 200: PostmortemOut },
  async handle({ path }, parts) {
    const found = await read(parts, path('incident_id'));
    return { status: 200, value: postmortemView(found, parts.idText) };
  },
});

export const draftPostmortem = route({
  method: 'POST',
  path: PATH,
  operationId: 'v1.postmortem.draft',
  summary:
    'Draft the postmortem from the record. This happens by itself when the impact is over; one that is there is answered as it is, but for a short one that nobody edited while the incident grew severe.',
  access: 'organization',
  body: PostmortemIn,
  answers: { 200: PostmortemOut },
  async handle({ path, body, by }, parts) {
    const { id } = await findIncident(parts, path('incident_id'));
    await parts.reviews.draft(id, by().actor, body.template);
    const found = await read(parts, path('incident_id'));
    return { status: 200, value: postmortemView(found, parts.idText) };
  },
});

function moveRoute<Body extends TSchema>(
  given: Pick<Route, 'method' | 'path' | 'operationId' | 'summary'>,
  body: Body,
  requestOf: (body: Static<Body>, path: (name: string) => string) => PostmortemRequest,
): Route {
  return route({
    ...given,
    access: 'organization',
    body,
    answers: { 200: PostmortemOut },
    async handle(input, parts) {
      const { id } = await findIncident(parts, input.path('incident_id'));
      const request = requestOf(input.body, input.path);
      const moved = await parts.reviews.move(id, request, input.by().actor);
      return { status: 200, value: postmortemView(moved, parts.idText) };
    },
  });
}

export const editPostmortem = moveRoute(
  {
    method: 'PUT',
    path: PATH,
    operationId: 'v1.postmortem.edit',
    summary: 'Write a new version of its text; every version is kept.',
  },
  PostmortemEdit,
  ({ markdown, basedOn, note = '' }) => ({ kind: 'edit', markdown, basedOn, note }),
);

export const previewPostmortem = route({
  method: 'POST',
  path: `${PATH}/preview`,
  operationId: 'v1.postmortem.preview',
  summary:
    'Show how another text would read, with its facts, what it lacks, and its language; keeps nothing.',
  access: 'organization',
  changesNothing: true,
  body: PostmortemPreviewIn,
  answers: { 200: PostmortemPreviewOut },
  async handle({ path, body: { markdown } }, { idText, reviews }) {
    const id = incidentIdOf({ idText }, path('incident_id'));
    const value = previewView(present(await reviews.preview(id, markdown)));
    return { status: 200, value };
  },
});

export const submitPostmortem = moveRoute(
  {
    method: 'POST',
    path: `${PATH}/submit`,
    operationId: 'v1.postmortem.submit',
    summary: 'Hand it in for its review.',
  },
  PostmortemMoveIn,
  () => ({ kind: 'submit' }),
);

export const returnPostmortem = moveRoute(
  {
    method: 'POST',
    path: `${PATH}/return`,
    operationId: 'v1.postmortem.return',
    summary: 'Make it a draft again, with a reason. What was published stays as a version.',
  },
  PostmortemReturnIn,
  ({ reason }) => ({ kind: 'return', reason }),
);

export const publishPostmortem = moveRoute(
  {
    method: 'POST',
    path: `${PATH}/publish`,
    operationId: 'v1.postmortem.publish',
    summary:
      'Publish what was reviewed; its numbers are frozen. Refused with what is missing, and while comments are open.',
  },
  PostmortemMoveIn,
  () => ({ kind: 'publish' }),
);

export const commentPostmortem = moveRoute(
  {
    method: 'POST',
    path: `${PATH}/comment`,
    operationId: 'v1.postmortem.comment',
    summary: 'Comment on words of its text, or on all of it.',
  },
  CommentIn,
  ({ text, quote = '' }) => ({ kind: 'comment', comment: text, quote }),
);

export const resolveComment = moveRoute(
  {
    method: 'POST',
    path: `${PATH}/comment/{comment}/resolve`,
    operationId: 'v1.postmortem.resolve-comment',
    summary: 'Resolve a comment. Again it changes nothing.',
  },
  PostmortemMoveIn,
  (_body, path) => {
    const text = path('comment');
    if (!/^\d{1,4}$/.test(text)) {
      throw fault('not_found', { field: 'comment', detail: `There is no comment "${text}".` });
    }
    return { kind: 'resolve', nth: Number(text) };
  },
);

export const listVersions = route({
  method: 'GET',
  path: `${PATH}/version`,
  operationId: 'v1.postmortem.list-versions',
  summary: 'List the versions of its text, the newest first.',
  access: 'organization',
  query: VersionsQuery,
  answers: { 200: listOf(VersionOut) },
  async handle({ path, query }, parts) {
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    const page = pageFrom(query, true, (text) =>
      /^\d{1,6}$/.test(text) ? Number(text) : undefined,
    );
    // What lies before a page is newer, and is read from the newest on: there are a thousand at most.
    const stored = await parts.ledger.postmortemVersions({
      incidentId,
      beforeNth: page.isBackwards ? undefined : page.after,
      limit: page.isBackwards ? MOST_VERSIONS : page.limit,
    });
    const versions = stored.map(versionOf);
    const { after = 0 } = page;
    const rows = page.isBackwards
      ? versions
          .filter(({ nth }) => nth > after)
          .toReversed()
          .slice(0, page.limit)
      : versions;
    const textOf = ({ nth }: PostmortemVersion): string => String(nth);
    const write = (each: PostmortemVersion): string => JSON.stringify(versionView(each));
    return { status: 200, json: pageJson(rows, page, textOf, write) };
  },
});

const MOST_VERSIONS = 1000;

export const exportRoute = route({
  method: 'GET',
  path: `${PATH}/export`,
  operationId: 'v1.postmortem.export',
  summary:
    'Export it as a document that stands alone: Markdown, HTML (which a browser prints or saves as PDF) or JSON. Each number has its source.',
  access: 'organization',
  query: ExportQuery,
  answers: { 200: ExportOut },
  async handle({ path, query: { format = 'markdown', version } }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    const found = await read(parts, path('incident_id'), version);
    return {
      status: 200,
      value: exportPostmortem(found, incident, format, parts.idText),
    };
  },
});

export const listFacts = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/fact`,
  operationId: 'v1.incident.list-facts',
  summary:
    'List the facts of an incident by name, each with its source and evidence: what a postmortem may refer to.',
  access: 'organization',
  answers: { 200: FactsOut },
  async handle({ path }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    const facts = factsOf(await readFactsInput(incident, parts));
    return { status: 200, value: { data: facts.map(factView) } };
  },
});

export const getDrillFile = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/drill-file`,
  operationId: 'v1.incident.export-drill',
  summary:
    'Export an incident as a drill: its traffic, when what failed, and what came of it, without customers, addresses or payloads.',
  access: 'organization',
  answers: { 200: DrillFileOut },
  async handle({ path }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    return { status: 200, value: await exportDrill(incident, parts) };
  },
});
