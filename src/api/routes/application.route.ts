import { applicationView } from '../views.ts';
import { pageFrom, pageJson } from '../paging.ts';
import { route } from '../route.ts';
import { ApplicationIn, ApplicationOut, listOf, PageQuery } from '../shapes.ts';

export const createApplication = route({
  method: 'POST',
  path: '/api/v1/app',
  operationId: 'v1.application.create',
  summary: 'Create an application: one customer of yours.',
  access: 'token',
  body: ApplicationIn,
  answers: { 201: ApplicationOut },
  async handle({ body }, { configuration, idText }) {
    const { name, uid = null, metadata = {}, throttleRate = null } = body;
    const created = await configuration.createApplication({ name, uid, metadata, throttleRate });
    return { status: 201, value: applicationView(created, idText) };
  },
});

export const listApplications = route({
  method: 'GET',
  path: '/api/v1/app',
  operationId: 'v1.application.list',
  summary: 'List applications, the oldest first.',
  access: 'token',
  query: PageQuery,
  answers: { 200: listOf(ApplicationOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, 'application', idText, false);
    const applications = await configuration.applications(page);
    const idOf = ({ id }: { readonly id: number }): string => idText.format('application', id);
    return {
      status: 200,
      json: pageJson(applications, page, idOf, (row) =>
        JSON.stringify(applicationView(row, idText)),
      ),
    };
  },
});

export const getApplication = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}',
  operationId: 'v1.application.get',
  summary: 'Get an application by id or uid.',
  access: 'token',
  answers: { 200: ApplicationOut },
  async handle({ application }, { idText }) {
    return { status: 200, value: applicationView(await application(), idText) };
  },
});
