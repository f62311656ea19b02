import { Type } from 'typebox';
import type { Application } from '../../change/index.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import { applicationDraft } from '../application-draft.ts';
import { patched } from '../patch.ts';
import { assertMayCreate, findApplicationOrNull } from '../resolve.ts';
import { route } from '../route.ts';
import { ApplicationIn, ApplicationOut, ApplicationPatch } from '../application-shapes.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';
import { applicationView } from '../views.ts';

export const createApplication = route({
  method: 'POST',
  path: '/api/v1/app',
  operationId: 'v1.application.create',
  summary: 'Create an application: one customer of yours.',
  access: 'organization',
  query: Type.Object({ get_if_exists: Type.Optional(Type.Boolean()) }),
  body: ApplicationIn,
  answers: { 200: ApplicationOut, 201: ApplicationOut },
  async handle({ body, query, by }, { configuration, idText }) {
    if (query.get_if_exists === true && typeof body.uid === 'string') {
      const known = await configuration.applications.byUid(body.uid);
      if (known !== null) return { status: 200, value: applicationView(known, idText) };
    }
    const created = await configuration.applications.create(applicationDraft(body), by());
    return { status: 201, value: applicationView(created, idText) };
  },
});

export const listApplications = route({
  method: 'GET',
  path: '/api/v1/app',
  operationId: 'v1.application.list',
  summary: 'List applications, the oldest first unless asked otherwise.',
  access: 'organization',
  query: OrderedPageQuery,
  answers: { 200: listOf(ApplicationOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageById(query, query.order === 'descending', 'application', idText);
    const applications = await configuration.applications.list(ledgerPage(page));
    const idOf = ({ id }: Application): string => idText.format('application', id);
    const write = (row: Application): string => JSON.stringify(applicationView(row, idText));
    return { status: 200, json: pageJson(applications, page, idOf, write) };
  },
});

export const getApplication = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}',
  operationId: 'v1.application.get',
  summary: 'Get an application by id or uid.',
  access: 'portal',
  answers: { 200: ApplicationOut },
  async handle({ application }, { idText }) {
    return { status: 200, value: applicationView(await application(), idText) };
  },
});

export const putApplication = route({
  method: 'PUT',
  path: '/api/v1/app/{app_id}',
  operationId: 'v1.application.update',
  summary: 'Replace an application; a uid that is not there yet is created.',
  access: 'organization',
  body: ApplicationIn,
  answers: { 200: ApplicationOut, 201: ApplicationOut },
  async handle({ path, body, principal, by }, parts) {
    const { configuration, idText } = parts;
    const known = await findApplicationOrNull(parts, principal, path('app_id'));
    const draft = applicationDraft(body);
    if (known === null) {
      assertMayCreate(parts, 'application', path('app_id'));
      const created = await configuration.applications.create(draft, by());
      return { status: 201, value: applicationView(created, idText) };
    }
    const update = (now: Application): Application => ({
      ...now,
      ...draft,
      // Those who do not know of it leave it as it is.
      people: patched(body.people, now.people ?? null),
      policy: now.policy,
    });
    const updated = await configuration.applications.update(known, update, by());
    return { status: 200, value: applicationView(updated, idText) };
  },
});

export const patchApplication = route({
  method: 'PATCH',
  path: '/api/v1/app/{app_id}',
  operationId: 'patch_application',
  summary: 'Change the given fields of an application.',
  access: 'organization',
  body: ApplicationPatch,
  answers: { 200: ApplicationOut },
  async handle({ body, application, by }, { configuration, idText }) {
    const patch = (known: Application): Application => ({
      ...known,
      name: patched(body.name, known.name),
      uid: patched(body.uid, known.uid),
      metadata: patched(body.metadata, known.metadata) ?? {},
      throttleRate: patched(body.throttleRate, known.throttleRate),
      people: patched(body.people, known.people ?? null),
      signatureHeaders: patched(body.signatureHeaders, known.signatureHeaders),
    });
    const changed = await configuration.applications.update(await application(), patch, by());
    return { status: 200, value: applicationView(changed, idText) };
  },
});

export const deleteApplication = route({
  method: 'DELETE',
  path: '/api/v1/app/{app_id}',
  operationId: 'v1.application.delete',
  summary:
    'Delete an application and its endpoints; what is still scheduled is cancelled on record.',
  access: 'organization',
  answers: { 204: null },
  async handle({ application, by }, { configuration }) {
    const { id } = await application();
    await configuration.applications.remove(id, by());
    return { status: 204 };
  },
});
