import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { WhichChanges } from '../../change/index.ts';
import type { Change, ChangesQuery as LedgerQuery } from '../../ledger/index.ts';
import type { Principal } from '../auth.ts';
import { withReason } from '../change-by.ts';
import {
  ApplicationChangesQuery,
  ChangeOut,
  ChangesQuery,
  DeployIn,
  RevertIn,
  RevertOut,
} from '../change-shapes.ts';
import { changeView, revertView } from '../change-view.ts';
import { momentOf } from '../moment.ts';
import { idRange, ledgerPage, pageById, pageJson, type PageRequest } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { findApplication, findEndpoint } from '../resolve.ts';
import { route, type Answer, type RouteInput } from '../route.ts';
import { listOf } from '../page-shapes.ts';

const MINUTE_MS = 60_000;

function isAdminOf({ scope }: Principal): boolean {
  return scope === 'admin';
}

async function answerPage(
  { configuration, idText }: ApiParts,
  query: PageRequest,
  filter: Pick<LedgerQuery, 'appId' | 'subjectId' | 'kind' | 'subject'>,
  isAdmin: boolean,
): Promise<Answer> {
  const page = pageById(query, true, 'change', idText);
  const rows = await configuration.changes.list({
    ...filter,
    ...idRange(query),
    ...ledgerPage(page),
  });
  const idOf = ({ id }: Change): string => idText.format('change', id);
  const write = (row: Change): string => JSON.stringify(changeView(row, idText, isAdmin));
  return { status: 200, json: pageJson(rows, page, idOf, write) };
}

export const listChanges = route({
  method: 'GET',
  path: '/api/v1/change',
  operationId: 'v1.change.list',
  summary:
    'List changes of configuration, deploys that were told of, and what was seen to change at receivers; the newest first.',
  access: 'organization',
  query: ChangesQuery,
  answers: { 200: listOf(ChangeOut) },
  async handle({ query, principal }, parts) {
    const { app_id: app, endpoint_id: endpoint, kind, subject: subjectName } = query;
    if (subjectName !== undefined && kind === undefined) {
      throw fault('validation', {
        field: 'kind',
        detail: 'Give kind too: the same name may stand for things of several kinds.',
      });
    }
    if (app === undefined && endpoint !== undefined) {
      throw fault('validation', {
        field: 'app_id',
        detail: 'Give app_id too: an endpoint is looked up in its application.',
      });
    }
    const application = app === undefined ? null : await findApplication(parts, principal, app);
    const subject =
      application === null || endpoint === undefined
        ? null
        : await findEndpoint(parts, application, endpoint);
    const filter = {
      kind,
      subject: subjectName,
      appId: subject === null ? application?.id : undefined,
      subjectId: subject?.id,
    };
    return answerPage(parts, query, filter, isAdminOf(principal));
  },
});

export const listChangesOfApplication = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/change',
  operationId: 'v1.change.list-of-application',
  summary: 'List the changes of an application and of its endpoints; the newest first.',
  access: 'portal',
  query: ApplicationChangesQuery,
  answers: { 200: listOf(ChangeOut) },
  async handle({ query, application, principal }, parts) {
    const { id } = await application();
    const page = pageById(query, true, 'change', parts.idText);
    const filter = { appId: id, ...idRange(query), ...ledgerPage(page) };
    const rows = await parts.configuration.changes.list(filter);
    const idOf = (row: Change): string => parts.idText.format('change', row.id);
    // A change may touch several applications; its owner sees the part that is its own.
    const own = (row: Change): Change =>
      principal.appId === null
        ? row
        : { ...row, items: row.items.filter(({ appId }) => appId === principal.appId) };
    const write = (row: Change): string =>
      JSON.stringify(changeView(own(row), parts.idText, isAdminOf(principal)));
    return { status: 200, json: pageJson(rows, page, idOf, write) };
  },
});

export const getChange = route({
  method: 'GET',
  path: '/api/v1/change/{change_id}',
  operationId: 'v1.change.get',
  summary: 'Get a change: who made it, why, and each field before and after.',
  access: 'organization',
  answers: { 200: ChangeOut },
  async handle({ path, principal }, { configuration, idText }) {
    const id = idText.parse('change', path('change_id'));
    const change = id === undefined ? null : await configuration.changes.byId(id);
    if (change === null) {
      throw fault('not_found', {
        field: 'change_id',
        detail: `No change has the id "${path('change_id')}".`,
      });
    }
    return { status: 200, value: changeView(change, idText, isAdminOf(principal)) };
  },
});

export const previewRevert = route({
  method: 'POST',
  path: '/api/v1/change/revert/preview',
  operationId: 'v1.change.preview-revert',
  summary: 'Show what taking changes back would come to, and what stands in the way.',
  access: 'organization',
  body: RevertIn,
  answers: { 200: RevertOut },
  async handle(input, parts) {
    const { changes } = parts.configuration;
    const preview = await changes.preview(
      await whichOf(input, parts),
      input.body.onConflict ?? 'refuse',
    );
    return { status: 200, value: revertView(preview, parts.idText) };
  },
});

export const revertChanges = route({
  method: 'POST',
  path: '/api/v1/change/revert',
  operationId: 'v1.change.revert',
  summary: 'Take changes back, the newest first, in one change that can itself be taken back.',
  access: 'organization',
  body: RevertIn,
  answers: { 200: RevertOut },
  async handle(input, parts) {
    const { changes } = parts.configuration;
    const { onConflict = 'refuse', reason = '' } = input.body;
    const which = await whichOf(input, parts);
    const reverted = await changes.revert(which, onConflict, withReason(input.by(), reason));
    return { status: 200, value: revertView(reverted, parts.idText) };
  },
});

export const markDeploy = route({
  method: 'POST',
  path: '/api/v1/change/deploy',
  operationId: 'v1.change.mark-deploy',
  summary: 'Tell of a deploy, so that it stands in the list of changes beside all others.',
  access: 'organization',
  body: DeployIn,
  answers: { 201: ChangeOut },
  async handle({ body, by }, { configuration, idText, clock }) {
    const { service, actor, note, at, ...facts } = body;
    const given = by();
    const now = clock.now();
    const inForceAt = at === undefined ? now : momentOf(at, 'at');
    const change = await configuration.changes.record('deploy', {
      by: withReason({ ...given, actor: actor ?? given.actor }, note ?? ''),
      subject: service,
      appId: 0,
      facts: { ...facts, at: new Date(inForceAt).toISOString() },
    });
    return { status: 201, value: changeView(change, idText, true) };
  },
});

/** Throws `validation` unless one way of saying which is given. */
async function whichOf(
  { body, principal }: RouteInput<unknown, Static<typeof RevertIn>>,
  parts: ApiParts,
): Promise<WhichChanges> {
  const { changeIds, lastMinutes, appId } = body;
  const isAdmin = isAdminOf(principal);
  if ((changeIds === undefined) === (lastMinutes === undefined)) {
    throw fault('validation', {
      field: 'changeIds',
      detail: 'Say which changes: either changeIds or lastMinutes.',
    });
  }
  if (changeIds !== undefined) {
    if (appId !== undefined) {
      throw fault('validation', {
        field: 'appId',
        detail: 'An application narrows lastMinutes down; changeIds are taken back in whole.',
      });
    }
    const ids = changeIds.map((text) => parts.idText.parse('change', text));
    const unknown = changeIds.find((_, place) => ids[place] === undefined);
    if (unknown !== undefined) {
      throw fault('not_found', {
        field: 'changeIds',
        detail: `No change has the id "${unknown}".`,
      });
    }
    return { ids: ids.filter((id) => id !== undefined), isAdmin };
  }
  const application = appId === undefined ? null : await findApplication(parts, principal, appId);
  return {
    isAdmin,
    sinceAt: parts.clock.now() - (lastMinutes ?? 0) * MINUTE_MS,
    appId: application?.id,
  };
}
